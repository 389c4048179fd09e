"""The paths that name the rows of a list in a document."""

from functools import cache
from typing import Any

from tracker.records.engine.places import named_rows
from tracker.records.engine.types import Document
from tracker.records.registry import KINDS


@cache
def serializer_of(kind: str) -> Any:
    """Return the serializer of what is published of a kind; to make one takes longer than most rules."""
    return KINDS[kind].published()


def place_of(kind: str, document: Document, name: str, row: Document, field: str = "") -> str:
    """Return the path of a row of the list `name`, or of one of its fields: `items[eurofighter-typhoon].quantity`."""
    named = named_rows(serializer_of(kind), document, name)
    key = next(key for key, other in named if other is row)
    return f"{name}[{key}]" + (f".{field}" if field else "")
