"""The columns of a named table as people see them, and which of their numbers lead where."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from tracker.exchange.outbound.grid_json import row_address
from tracker.lib.column_types import BOOLEAN, DECIMAL, INTEGER, Column, Value
from tracker.records import words
from tracker.reporting.named.lineage import ROWS
from tracker.reporting.named.questions import NamedQuestion
from tracker.reporting.tables.dimension_labels import TIMES
from tracker.reporting.tables.dimensions import KINDS, Period
from tracker.reporting.tables.grids import Grid
from tracker.reporting.tables.measures import CURRENCIES
from tracker.web.english import english, plain
from tracker.web.named.values import COUNTS, in_words, percent
from tracker.web.names import is_own_name, name_of
from tracker.web.page_request import PageRequest
from tracker.web.tables.numbers import LARGE, MILLION, Number, Unit


@dataclass(frozen=True)
class NumberOfRow:
    """A number of a row with the head of its column."""

    label: str
    unit: str
    said: str
    number: Number


class ShownColumns:
    """The columns of a table that people see: without ids, money in one unit."""

    def __init__(
        self, asked: PageRequest, question: NamedQuestion, grid: Grid, rows: Sequence[Sequence[Value]]
    ) -> None:
        self._asked, self._grid, self._table = asked, grid, question.named.id
        self._names = [column.name for column in grid.columns]
        self._lineage, self._params = question.lineage(), question.params
        self._by = ROWS.get(question.named.id, ())
        # An id stands behind its name, as a link.
        self._shown = [at for at, name in enumerate(self._names) if not name.endswith("_id")]
        self._units = {at: _unit(grid.columns[at], [row[at] for row in rows]) for at in self._shown}

    def heads(self) -> list[dict[str, Any]]:
        """Return the heads of the columns."""
        return [
            {"label": words.first_capital(self._grid.columns[at].label), "unit": self._units[at].name,
             "said": self._grid.columns[at].description,
             "is_number": self._grid.columns[at].type in (INTEGER, DECIMAL)}
            for at in self._shown
        ]  # fmt: skip

    def cells(self, row: Sequence[Value]) -> list[Number]:
        """Return a row as it is written."""
        named = dict(zip(self._names, row, strict=True))
        return [self._cell(self._grid.columns[at], row[at], named, self._units[at]) for at in self._shown]

    def _cell(self, column: Column, value: Value, row: dict[str, Value], unit: Unit) -> Number:
        if value is None and column.name in TIMES:
            return Number(Period(column.name).name_of_none())
        if value is None or value == "":
            return Number(is_number=column.type in (INTEGER, DECIMAL))
        if column.type == BOOLEAN:
            return Number(_("yes") if value else _("no"))
        if column.type in (INTEGER, DECIMAL) and isinstance(value, (int, Decimal)):
            return Number(unit.written(value), format(Decimal(value), "f"), self._behind(column, row), is_number=True)
        kind, public_id = KINDS.get(column.name, _REFERENCES.get(column.name, "")), row.get(f"{column.name}_id")
        if not kind or not public_id:
            return Number(in_words(self._table, column.name, str(value)))
        shown, where = name_of(kind, str(public_id), str(value)), self._asked.record(kind, str(public_id))
        return Number(english(shown) if is_own_name(kind, str(public_id)) else shown, "", where)

    def address_of(self, row: Sequence[Value]) -> str:
        """Return what stands for a row in the address of its cells; empty in a table that is none of the ledger."""
        return row_address(dict(zip(self._names, row, strict=True)), self._by) if self._by else ""

    def names(self, row: Sequence[Value]) -> list[str]:
        """Return what a row is called: the member of each of its dimensions."""
        named = dict(zip(self._names, row, strict=True))
        columns = [self._grid.columns[self._names.index(name)] for name in self._by]
        return [plain(self._cell(column, named[column.name], named, Unit("")).text) for column in columns]

    def is_worked_out(self, name: str) -> bool:
        """Tell whether a column is worked out of numbers that the ledger adds up to, or of such as are."""
        if not self._by or name not in self._names or name in self._lineage:
            return False
        sources = self._grid.columns[self._names.index(name)].derived_from
        return any(each in self._lineage or self.is_worked_out(each) for each in sources)

    def parts(self, name: str, row: Sequence[Value]) -> list[NumberOfRow]:
        """Return the numbers of a row that one of them is worked out of."""
        sources = self._grid.columns[self._names.index(name)].derived_from
        return [self.part(each, row) for each in sources if each in self._names]

    def part(self, name: str, row: Sequence[Value]) -> NumberOfRow:
        """Return a number of a row with the head of its column."""
        at = self._names.index(name)
        column, unit = self._grid.columns[at], self._units.get(at, Unit(""))
        number = self._cell(column, row[at], dict(zip(self._names, row, strict=True)), unit)
        if number.address.startswith("cell/"):
            # This page is in that folder.
            number = replace(number, address=number.address.removeprefix("cell/"))
        return NumberOfRow(words.first_capital(column.label), unit.name, str(column.description), number)

    def _behind(self, column: Column, row: dict[str, Value]) -> str:
        """Return the address of what is behind a number; empty where it is neither of the ledger nor worked out."""
        if column.name not in self._lineage and not self.is_worked_out(column.name):
            return ""
        is_everywhere = "row" in self._lineage.get(column.name, {})
        row_at = {} if is_everywhere else {"row": row_address(row, self._by)}
        return self._asked.with_moment("cell/", {**self._params, "column": column.name, **row_at})


_REFERENCES = {
    "incident": "incident", "actor": "party", "place": "party", "mission": "initiative", "forum": "forum",
    "requirement": "requirement", "group": "group",
}  # fmt: skip
"""Columns that hold names of records and are no dimensions, and the kinds of these."""


def _unit(column: Column, values: Sequence[Value]) -> Unit:
    """Return what the numbers of a column are in: money of a large table in millions."""
    numbers = [abs(Decimal(value)) for value in values if isinstance(value, (int, Decimal))]
    if column.type == DECIMAL and column.unit in CURRENCIES:
        if max(numbers, default=Decimal(0)) >= LARGE:
            return Unit(_("million %s") % column.unit, MILLION, 1)
        return Unit(column.unit, places=0)
    return percent(column.unit) or Unit(str(COUNTS.get(column.unit, column.unit)), places=column.decimals)
