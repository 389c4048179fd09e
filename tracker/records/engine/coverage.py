"""Coverage: how much of what a record says is supported by a passage of a text, or by a row of a file."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from tracker.records.engine.document_field import fields_of
from tracker.records.engine.places import NOT_SAID, Place, places
from tracker.records.engine.types import Document

_NOT_COUNTED = {
    "name", "short_name", "description", "note", "date_note", "currency", "rate_policy", "quantity_words", "is_total",
    "time_zone", "source", "item", "entry", "aliases",
}  # fmt: skip
"""Names, prose, and what belongs to another value or is how we count: no source has to say it."""
_PASSAGE, _ROW, _ADOPTED = "passage", "row", "adopted"


@dataclass(frozen=True)
class Coverage:
    """How many values a record says, and how many of them a passage or a row supports."""

    said: int = 0
    supported: int = 0

    def __add__(self, other: "Coverage") -> "Coverage":
        return Coverage(self.said + other.said, self.supported + other.supported)

    @property
    def percent(self) -> int | None:
        """The supported part in whole per cent, rounded down, so that all is all; None where nothing is said."""
        return 100 * self.supported // self.said if self.said else None


def coverage(serializer: Any, document: Document) -> Coverage:
    """Return the coverage of a document; a pure function of it.

    A passage supports the value that its claim names; one about a line supports what names the line. A row supports
    all that the record says but what was changed by hand since. Only adopted claims count.
    """
    stands = _standing(document)
    rows, quoted, changed = stands.by_row, stands.quoted, stands.changed
    if not quoted:
        # Nearly all of an import: no line has to be named, which is most of the work.
        tops = list(_tops(serializer, document))
        return Coverage(len(tops), sum(top not in changed for top in tops) if rows else 0)
    said = supported = 0
    for place in _values(serializer, document):
        said += 1
        supported += _is_supported(place, stands)
    return Coverage(said, supported)


def unsupported(serializer: Any, document: Document) -> Iterator[Place]:
    """Yield the values of a document that neither a passage nor a row supports."""
    stands = _standing(document)
    if stands.by_row and not stands.changed:
        return
    for place in _values(serializer, document):
        if not _is_supported(place, stands):
            yield place


@dataclass(frozen=True)
class _Standing:
    """What supports a document: rows, but for the fields that were changed since, and claims about fields."""

    by_row: bool
    changed: set[str]
    quoted: set[str]


def _standing(document: Document) -> _Standing:
    claims = [claim for claim in document.get("claims", ()) if claim["verdict"] == _ADOPTED]
    rows = [claim for claim in claims if claim.get("support") == _ROW and not claim["field"]]
    quoted = {claim["field"] for claim in claims if claim.get("support") in (_PASSAGE, _ROW) and claim["field"]}
    changed = set.intersection(*(set(claim.get("differs", "").split()) for claim in rows)) if rows else set()
    return _Standing(bool(rows), changed, quoted)


def _is_supported(place: Place, stands: _Standing) -> bool:
    by_row = stands.by_row and place.path.partition("[")[0] not in stands.changed
    return by_row or place.path in stands.quoted or _names_its_line(place, stands.quoted)


@cache
def _counted(serializer: Any) -> list[tuple[str, Any, list[tuple[str, Any]]]]:
    """Return the fields that say something, each with those of its rows; worked out once for each serializer."""
    fields = [(name, field) for name, field in fields_of(serializer).items() if name not in NOT_SAID]
    return [
        (
            name, field,
            [pair for pair in fields_of(field.row).items() if pair[0] not in NOT_SAID and pair[0] not in _NOT_COUNTED]
            if field.row is not None else [],
        )
        for name, field in fields
    ]  # fmt: skip


def _tops(serializer: Any, document: Document) -> Iterator[str]:
    """Yield, for each of the values that `_values` yields, the field of the record that it stands in."""
    for name, field, parts in _counted(serializer):
        value = document.get(name)
        if not isinstance(value, list):
            if name not in _NOT_COUNTED and field.says(value):
                yield name
            continue
        for row in value:
            if isinstance(row, dict) and "id" in row:
                yield name
            elif isinstance(row, dict):
                for key, part in parts:
                    if part.says(row.get(key)):
                        yield name


def _values(serializer: Any, document: Document) -> Iterator[Place]:
    for place in places(serializer, document).values():
        name = place.path.rpartition(".")[2]
        if name.endswith("]") and not isinstance(place.value, dict):
            continue
        is_line = name.endswith("]") and "id" not in place.value
        if not is_line and name.partition("[")[0] not in _NOT_COUNTED and place.field.says(place.value):
            yield place


def _names_its_line(place: Place, quoted: set[str]) -> bool:
    """Tell whether a claim about the line supports this value: it is the one by which the line is named."""
    line, _dot, name = place.path.rpartition(".")
    return line in quoted and bool(name) and name in getattr(place.field.parent, "named_by", ("",))[0].split()
