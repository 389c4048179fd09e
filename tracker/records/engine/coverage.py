"""Coverage: how much of what a record says is supported by a passage of a text, or by a cell of a file."""

from collections.abc import Callable, Collection, Iterator, Set
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from tracker.records.engine.document_field import DocumentField, fields_of
from tracker.records.engine.places import NOT_SAID, Place, places
from tracker.records.engine.row_cells import line_of, name_in_line
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

    A passage supports the value that its claim names; one about a line supports what names the line. Rows of a file
    support the values that were read in their cells, as long as the record has them so, and what names a line of which
    they support any. Only adopted claims count.
    """
    stands = _Standing.of(document)
    values = _numbered(serializer, document)
    if not stands.quoted:
        # Nearly all of an import: no line has to be called by a name that stays, which is most of the work.
        held = stands.held
        supported = [value[0] in held or stands.by_row(*value) for value in values]
        return Coverage(len(supported), sum(supported))
    found = [stands.supports(place, value) for place, value in zip(_values(serializer, document), values, strict=True)]
    return Coverage(len(found), sum(found))


def unsupported(serializer: Any, document: Document) -> Iterator[Place]:
    """Yield the values of a document that neither a passage nor a row supports."""
    stands = _Standing.of(document)
    values = list(_numbered(serializer, document))
    if all(stands.by_row(*value) for value in values):
        return
    for place, value in zip(_values(serializer, document), values, strict=True):
        if not stands.supports(place, value):
            yield place


_Numbered = tuple[str, str, bool]
"""A value by its number, its line, and whether it names that."""


@dataclass(frozen=True)
class _Standing:
    """What supports a document: cells of rows that it agrees with (`held`, of `lines`) of those that are `told`; and
    what quotes say.
    """

    held: Set[str]
    told: Set[str]
    quoted: Set[str]

    @cached_property
    def lines(self) -> Set[str]:
        """The lines of which cells say something; what a line is worth is a line of its own, too."""
        return {field.partition(".")[0] for field in self.held} | {field for field in self.held if field[-1:] == ")"}

    @classmethod
    def of(cls, document: Document) -> "_Standing":
        told: set[str] = set()
        held: set[str] = set()
        quoted: set[str] = set()
        for claim in document.get("claims", ()):
            if claim["verdict"] != _ADOPTED:
                continue
            if claim.get("support") == _PASSAGE and claim["field"]:
                quoted.add(claim["field"])
            elif claim.get("support") == _ROW:
                fields = {cell["field"] for cell in claim.get("cells", ())}
                told |= fields
                differs = claim.get("differs")
                held |= fields.difference(differs.split(", ")) if differs else fields
        return cls(held, told, quoted)

    def by_row(self, field: str, line: str, is_name: bool) -> bool:
        """Tell whether cells say the value `field`, or else it names a line of which they say something."""
        return field in self.held or (is_name and line in self.lines and field not in self.told)

    def supports(self, place: Place, value: _Numbered) -> bool:
        """Tell whether cells or a passage say a value."""
        return self.by_row(*value) or place.path in self.quoted or _names_its_line(place, self.quoted)


_Said = list[tuple[str, Callable[[Any], bool] | None]]
"""Keys of a row, and what tells whether a value there says anything: None where only `unknown` does not."""


@cache
def _counted(serializer: Any) -> list[tuple[str, Any, _Said, frozenset[str]]]:
    """Return the fields that say something, each with those of its rows and the names of these by which a row is named;
    worked out once for each serializer.
    """
    return [
        (name, field, *_counted_of_row(field.row))
        for name, field in fields_of(serializer).items()
        if name not in NOT_SAID
    ]


def _counted_of_row(row: Any) -> tuple[_Said, frozenset[str]]:
    if row is None:
        return [], frozenset()
    fields: _Said = []
    for name, field in fields_of(row).items():
        is_plain = type(field).says is DocumentField.says
        if name not in NOT_SAID and name not in _NOT_COUNTED and not (is_plain and (field.row or field.each)):
            fields.append((name, None if is_plain else field.says))
    # Of the ways in which a row can be named, what is part of each.
    return fields, frozenset.intersection(*(frozenset(names.split()) for names in getattr(row, "named_by", ("",))))


def _numbered(serializer: Any, document: Document) -> Iterator[_Numbered]:
    """Yield, for each of the values that `_values` yields, its name by number, its line, and whether it names that."""
    for name, field, parts, names in _counted(serializer):
        value = document.get(name)
        if not isinstance(value, list):
            if name not in _NOT_COUNTED and field.says(value):
                yield name, "", False
            continue
        for row in value:
            if isinstance(row, dict) and "id" in row:
                yield name, "", False
            elif isinstance(row, dict):
                line = line_of(name, row)
                for key, says in parts:
                    # Nothing says anything by being blank; most are.
                    if (inner := row.get(key)) and (says(inner) if says else inner != "unknown"):
                        yield name_in_line(line, row, key), line, key in names


def _values(serializer: Any, document: Document) -> Iterator[Place]:
    for place in places(serializer, document).values():
        name = place.path.rpartition(".")[2]
        if name.endswith("]") and not isinstance(place.value, dict):
            continue
        is_line = name.endswith("]") and "id" not in place.value
        if not is_line and name.partition("[")[0] not in _NOT_COUNTED and place.field.says(place.value):
            yield place


def _names_its_line(place: Place, quoted: Collection[str]) -> bool:
    """Tell whether a claim about the line supports this value: it is the one by which the line is named."""
    line, _dot, name = place.path.rpartition(".")
    return line in quoted and bool(name) and name in getattr(place.field.parent, "named_by", ("",))[0].split()
