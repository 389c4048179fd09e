"""Running numbers, and keys of rows as people and programs write them."""

from collections.abc import Callable, Collection
from itertools import takewhile
from typing import Any

LONGEST_KEY = 18
"""How many digits a key has at most: the databases hold whole numbers of 64 bits."""
_AT_ONCE = 16


def is_key(value: Any) -> bool:
    """Tell whether a value that was sent can be the key of a row: a whole number in ASCII digits."""
    text = str(value)
    return text.isascii() and text.isdigit() and len(text) <= LONGEST_KEY


def next_number(used_of: Callable[[list[int]], Collection[int]], first: int = 1) -> int:
    """Return a number from `first` on that is not used, and follows one that is where any is.

    `used_of` returns those of some numbers that are used. Numbers run on, so the end of them is found by few questions,
    each about 16 of them: by doubling, and then between the last that is used and the first that is not.
    """
    last, asked = first - 1, [first << power for power in range(_AT_ONCE)]
    while True:
        used = list(takewhile(used_of(asked).__contains__, asked))
        last = used[-1] if used else last
        if len(used) == len(asked):
            asked = [last << power for power in range(1, _AT_ONCE + 1)]
            continue
        free = asked[len(used)]
        if free == last + 1:
            return free
        asked = sorted({last + (free - last) * step // _AT_ONCE for step in range(1, _AT_ONCE + 1)} - {last})
