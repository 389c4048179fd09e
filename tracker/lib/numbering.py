"""Running numbers."""

from collections.abc import Callable


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
