"""Long lists in pieces that one query can name."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

T = TypeVar("T")

CHUNK = 400
"""How many ids one query names: SQLite takes a thousand values at most."""


def chunked(values: Iterable[T], size: int = CHUNK) -> Iterator[list[T]]:
    """Yield `values` in lists of at most `size`, reading no further ahead."""
    rest = iter(values)
    while part := list(islice(rest, size)):
        yield part
