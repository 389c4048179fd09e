"""The lines of a list in a document, with the paths that name them."""

from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

from tracker.records.engine.places import named_rows
from tracker.records.engine.types import Document
from tracker.records.registry import KINDS


@cache
def serializer_of(kind: str) -> Any:
    """Return the serializer of what is published of a kind; to make one takes longer than most rules."""
    return KINDS[kind].published()


class RowOfList(NamedTuple):
    """One row of a list in a document."""

    kind: str
    document: Document
    name: str
    row: Document

    def place(self, field: str = "") -> str:
        """Return the path of the row or of one of its fields, such as `items[eurofighter-typhoon].quantity`."""
        named = named_rows(serializer_of(self.kind), self.document, self.name)
        key = next(key for key, row in named if row is self.row)
        return f"{self.name}[{key}]" + (f".{field}" if field else "")


def lines(kind: str, document: Document, name: str) -> Iterator[RowOfList]:
    """Yield the rows of the list `name`. What names them is worked out when it is asked for: most rows are right."""
    for row in document.get(name) or ():
        yield RowOfList(kind, document, name, row)
