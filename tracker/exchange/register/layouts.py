"""Layouts: which sheets and columns the register's own workbook has. All of it follows from the serializers.

There is a sheet for each kind of record, one for each list inside its documents, and one for all claims. The first
column holds the id of the record, so that rows can be joined.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.functional import cached_property

from tracker.exchange.inbound.headers import Header, ProfileColumn
from tracker.exchange.register.cells import entered, shown
from tracker.lib.cells import Cell
from tracker.records.engine.document_field import LEFT_OUT, DocumentField, fields_of
from tracker.records.registry import KINDS

CLAIMS = "claims"
VERSION = "version"
NAME_OF = "{} (name)"
"""Head of a column that shows the name behind an id, for people; it is not read."""

Cells = dict[str, Cell]
Fields = dict[str, Any]


@dataclass(frozen=True)
class SheetColumn:
    """A column, and the field that it holds."""

    name: str
    field: DocumentField
    column: Any

    @property
    def is_reference(self) -> bool:
        return "name" in self.field.keys

    def shown(self, value: Any) -> Cell:
        """Return the cell for a value of a document."""
        return shown(self.field, value)

    def entered(self, cell: Cell) -> Any:
        """Return what a cell says, as the serializer takes it."""
        return entered(self.field, self.column, cell)


@dataclass(frozen=True)
class Layout:
    """One sheet. `part` is the list of the documents that it holds; empty: the records themselves."""

    sheet: str
    kind: str
    part: str
    places: tuple[SheetColumn, ...]
    key: tuple[str, ...] = ()
    """The columns that tell the rows of one record apart."""

    @property
    def is_single(self) -> bool:
        """Whether each row holds a single value, such as an alias."""
        return self.key == (self.part,)

    @property
    def owner(self) -> str:
        """The head of the first column, which holds the id of the record."""
        return "record" if self.part == CLAIMS else (self.kind if self.part else "id")

    @cached_property
    def heads(self) -> list[str]:
        """The heads of the sheet, in order."""
        names = [name for place in self.places for name in self._names_of(place)]
        also = ["kind"] if self.part == CLAIMS else []
        return [self.owner, *also, *names, *([] if self.part else [VERSION])]

    @staticmethod
    def _names_of(place: SheetColumn) -> list[str]:
        return [place.name, NAME_OF.format(place.name)] if place.is_reference else [place.name]

    @property
    def header(self) -> Header:
        """The heads as they are looked for in a file."""
        needed = {self.owner, *self.key, *(["kind"] if self.part == CLAIMS else [])}
        return Header(tuple(ProfileColumn(name, required=name in needed) for name in self.heads))

    def values(self, document: Fields) -> list[Any]:
        """Return the rows of a document in this sheet, as the document has them."""
        return list(document.get(self.part) or ()) if self.part else [document]

    def cells(self, document: Fields) -> list[Cells]:
        """Return the rows of a document in this sheet, by the names of the columns."""
        return [self._row(value) for value in self.values(document)]

    def _row(self, value: Any) -> Cells:
        if self.is_single:
            return {place.name: place.shown(value) for place in self.places}
        return {place.name: place.shown(value.get(place.name)) for place in self.places}

    def entered(self, row: Cells) -> Any:
        """Return what a row says as the serializer takes it; what the register makes itself is left out."""
        fields = {place.name: place.entered(row.get(place.name)) for place in self.places}
        fields = {name: value for name, value in fields.items() if value is not LEFT_OUT}
        return fields.get(self.part, "") if self.is_single else fields


@cache
def layouts_of(kind: str) -> tuple[Layout, ...]:
    """Return the sheets of one kind: its records, then its lists, then its claims."""
    found = KINDS[kind]
    model: Any = found.model
    own: list[SheetColumn] = []
    parts: list[Layout] = []
    for name, field in fields_of(found.published()).items():
        if field.row is not None:
            parts.append(_list_layout(kind, name, field.row))
        elif field.each is not None:
            parts.append(Layout(_sheet(kind, name), kind, name, (SheetColumn(name, field.each, None),), key=(name,)))
        elif name != "id" and not field.read_only:
            own.append(_sheet_column(name, field, model))
    return Layout(found.plural, kind, "", tuple(own)), *parts


def _sheet(kind: str, part: str) -> str:
    return CLAIMS if part == CLAIMS else f"{kind} {part}"


def _list_layout(kind: str, name: str, row: Any) -> Layout:
    places = [
        _sheet_column(inner, field, row.model()) for inner, field in fields_of(row).items() if not field.read_only
    ]
    return Layout(_sheet(kind, name), kind, name, tuple(places), key=row.identity)


def _sheet_column(name: str, field: DocumentField, model: type[models.Model]) -> SheetColumn:
    try:
        column = model._meta.get_field(str(field.source))
    except FieldDoesNotExist:
        column = None
    return SheetColumn(name, field, None if isinstance(column, models.ForeignKey) else column)


def sheets_of(kinds: Iterable[str]) -> Iterator[Layout]:
    """Yield the sheets of a workbook of `kinds`, in order; the one of claims, which kinds share, once and last."""
    found = [layout for kind in kinds for layout in layouts_of(kind)]
    yield from (layout for layout in found if layout.part != CLAIMS)
    yield from [layout for layout in found if layout.part == CLAIMS][:1]
