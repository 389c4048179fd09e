"""What long work is given to call: a clock, and somebody who is told how far it is."""

import datetime as dt
from collections.abc import Callable

Clock = Callable[[], dt.datetime]
"""Says what time it is whenever it is called, such as `timezone.now`."""

Watch = Callable[[int, int], None]
"""Is told how far the work is: how many steps, or records, are done, of how many."""


def unwatched(_done: int, _total: int) -> None:
    """Watch nothing."""
