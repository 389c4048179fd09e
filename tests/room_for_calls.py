"""Room for calls: CPython maps memory anew each time that a call crosses the end of a piece of its stack.

The calls of a test stand so deep that this happens thousands of times in each request. On Python 3.11 it took a tenth
of the suite's time (`strace -c -f`: 260,000 `mmap` in one module, all from `_PyThreadState_BumpFramePointerSlow`).
"""

from collections.abc import Callable

PLACES = 66_000
"""Variables of the frame below: half a megabyte, so that its piece of the stack has as much again for what it calls."""

_NAMES = "=".join(f"_{place}" for place in range(PLACES))
_space: dict[str, Callable[[Callable[[], object]], object]] = {}
exec(f"def with_room(call):\n if call is None: {_NAMES} = None\n return call()", _space)
with_room = _space["with_room"]
