"""Running numbers, and keys of rows as people and programs write them."""

from collections.abc import Callable
from typing import Any

LONGEST_KEY = 18
"""How many digits a key has at most: the databases hold whole numbers of 64 bits."""


def is_key(value: Any) -> bool:
    """Tell whether a value that was sent can be the key of a row: a whole number in ASCII digits."""
    text = str(value)
    return text.isascii() and text.isdigit() and len(text) <= LONGEST_KEY


def next_number(is_used: Callable[[int], bool], first: int = 1) -> int:
    """Return a number from `first` on that is not used, and follows one that is where any is.

    Numbers run on, so the end of them is found by doubling and halving: of ten thousand, 27 are asked about.
    """
    used, free = first - 1, first
    while is_used(free):
        used, free = free, 2 * free
    while free - used > 1:
        middle = (used + free) // 2
        if is_used(middle):
            used = middle
        else:
            free = middle
    return free
