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
    found = _said_by_rows(_counted(serializer), document, stands)
    if stands.quoted:
        found = [stands.supports(place, by_row) for place, by_row in _with_places(serializer, document, found)]
    # Else, as with nearly all of an import, no line has to be called by a name that stays, which is most of the work.
    return Coverage(len(found), sum(found))


def unsupported_figures(serializer: Any, document: Document) -> Iterator[Place]:
    """Yield the numbers and dates of a document that neither a passage nor a row supports."""
    stands = _Standing.of(document)
    if all(_said_by_rows(_counted(serializer, figures=True), document, stands)):
        return
    found = _said_by_rows(_counted(serializer), document, stands)
    for place, by_row in _with_places(serializer, document, found):
        if _is_figure(place.field) and not stands.supports(place, by_row):
            yield place


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

    def supports(self, place: Place, by_row: bool) -> bool:
        """Tell whether a passage says a value, where cells do not."""
        return by_row or place.path in self.quoted or _names_its_line(place, self.quoted)


_Says = Callable[[Any], bool] | None
"""What tells whether a value that is not blank says anything: None where only `unknown` does not."""
_Said = list[tuple[str, _Says]]


_Counted = list[tuple[str, _Says, _Said, frozenset[str]]]


@cache
def _counted(serializer: Any, *, figures: bool = False) -> _Counted:
    """Return the fields that say something, each with those of its rows and the names of these by which a row is named;
    with `figures`, only numbers and dates. Worked out once for each serializer.
    """
    found: _Counted = []
    for name, field in fields_of(serializer).items():
        if name not in NOT_SAID:
            parts, names = _counted_of_row(field.row, figures)
            if parts or _is_figure(field) or not figures:
                found.append((name, _says(field), parts, names))
    return found


def _counted_of_row(row: Any, figures: bool) -> tuple[_Said, frozenset[str]]:
    if row is None:
        return [], frozenset()
    fields = [
        (name, _says(field))
        for name, field in fields_of(row).items()
        if name not in NOT_SAID
        and name not in _NOT_COUNTED
        and not (_says(field) is None and (field.row or field.each))
        and (not figures or _is_figure(field))
    ]
    # Of the ways in which a row can be named, what is part of each.
    return fields, frozenset.intersection(*(frozenset(names.split()) for names in getattr(row, "named_by", ("",))))


def _is_figure(field: DocumentField) -> bool:
    """Tell whether the values of a field are numbers or dates."""
    return type(field).numbers is not DocumentField.numbers or type(field).days is not DocumentField.days


def _says(field: DocumentField) -> _Says:
    return None if type(field).says is DocumentField.says else field.says


def _said_by_rows(counted: _Counted, document: Document, stands: "_Standing") -> list[bool]:
    """Tell of each of the values of some fields whether cells say it, or it names a line of which they say something.

    Of all fields, these are the values that `_values` yields.
    """
    held, told = stands.held, stands.told
    found: list[bool] = []
    for name, says, parts, names in counted:
        value = document.get(name)
        if not isinstance(value, list):
            if value and name not in _NOT_COUNTED and (says(value) if says else value != "unknown"):
                found.append(name in held)
            continue
        for row in value:
            if not isinstance(row, dict):
                continue
            if "id" in row:
                found.append(name in held)
                continue
            line = line_of(name, row)
            for key, says_part in parts:
                # Nothing says anything by being blank; most are.
                if (inner := row.get(key)) and (says_part(inner) if says_part else inner != "unknown"):
                    field = name_in_line(line, row, key)
                    found.append(field in held or (key in names and line in stands.lines and field not in told))
    return found


def _with_places(serializer: Any, document: Document, by_rows: list[bool]) -> Iterator[tuple[Place, bool]]:
    return zip(_values(serializer, document), by_rows, strict=True)


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
