"""What named tables are read with: the filters in force, and tables of contributions at one stage or several."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from tracker.filters.contributions import ContributionFilterSet
from tracker.lib.column_types import DECIMAL, INTEGER, Column, Value
from tracker.lib.text import fold
from tracker.reporting.tables.contributions import make_table
from tracker.reporting.tables.dimension_labels import DIMENSION_LABELS, GROUP, TIMES
from tracker.reporting.tables.figures import Figures, SharedOut
from tracker.reporting.tables.measures import (
    VALUE,
    Measure,
    TableCell,
    added,
    as_number,
    basis_in_words,
    counting_in_words,
    in_unit,
)
from tracker.reporting.tables.members import Member, MemberKey, parts_of
from tracker.reporting.tables.questions import shared_out
from tracker.reporting.tables.table import Options, Table


@dataclass(frozen=True)
class NamedTableOptions:
    """What a named table is asked for, with filters that are valid.

    `stage` is the stage of tables that have one, `year` that of GDP and population, `day` that of
    what stands on a day.
    """

    filters: ContributionFilterSet
    measure: Measure
    stage: str
    year: int
    day: dt.date

    @property
    def moment(self) -> dt.datetime:
        """The newest publishing that the table shows."""
        return self.filters.moment

    @property
    def currency(self) -> str:
        """The currency of values, or that they are in TIV; raises MixedSum for TIV in a currency or beside money."""
        return in_unit(self.measure, self.basis).currency

    @property
    def currency_of_gdp(self) -> str:
        """The currency of values that are held against GDP; raises MixedSum for TIV."""
        return in_unit(replace(self.measure, per="gdp"), self.basis).currency

    @property
    def basis(self) -> list[str]:
        """The basis of values."""
        return self.filters.asked.get("basis") or ["headline"]

    @property
    def in_words(self) -> str:
        """Unit, basis and counting, as they were asked for."""
        unit = _("values in %s") % self.currency
        return "; ".join([unit, basis_in_words(self.basis), counting_in_words(self.measure.counting)])

    def table(
        self, rows: str, columns: str = "none", *, stages: Iterable[str], measure: str = VALUE,
        figures: Figures | None = None, cumulative: bool = False, every_group: bool = False,
        where: dict[str, Any] | None = None,
    ) -> Table:  # fmt: skip
        """Return a table of contributions at some stages, as filters and `where` keep them.

        `every_group` sets a filter by group aside.
        """
        by_group = every_group or GROUP in rows.split(",")
        asked = {name: value for name, value in self.filters.asked.items() if name != GROUP or not every_group}
        kept = self.filters.without(*([GROUP] if by_group else []))
        return make_table(
            kept.filter(stage__in=list(stages), **(where or {})), rows=rows, columns=columns, asked=asked,
            measure=Measure(measure, self.measure.currency, self.measure.counting), moment=self.moment,
            options=Options(cumulative, None, figures or Figures()),
        )  # fmt: skip

    def shared_out(self, stages: Iterable[str]) -> SharedOut:
        """Return how the EU institutions' aid counts as that of the members asked about."""
        return shared_out(self.filters, Measure(VALUE, self.currency, self.measure.counting), stages=stages)


class Sums:
    """The sums of a table by the ids of its row and of each dimension of its columns."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.cells: dict[tuple[Any, ...], TableCell] = {}
        for (row, column), cell in table.cells.items():
            self.cells[row, *parts_of(column)] = cell

    def exact(self, row: MemberKey, *column: str | None) -> int | Fraction | None:
        """Return the sum of a cell in minor units or millionths; None where there is none, or none is known."""
        cell = self.cells.get((row, *column))
        return cell.value if cell else None

    def all(self, row: MemberKey) -> int | Fraction | None:
        """Return the sum of a row over all its columns."""
        cell = (self.table.row_totals or {}).get(row)
        return cell.value if cell else None

    def shown(self, value: int | Fraction | None) -> Value:
        """Return a sum as a grid holds it."""
        return as_number(value, self.table.measure)


def less(promised: int | Fraction | None, *others: int | Fraction | None) -> int | Fraction | None:
    """Return what was promised less others; nothing counts as nothing, but all unknown is unknown."""
    if promised is None and all(other is None for other in others):
        return None
    return (promised or 0) - sum((other or 0 for other in others), 0)


def in_order(tables: Iterable[Table]) -> list[Member]:
    """Return the rows of several tables in one order: by name, or as time passes; none last."""
    members = {row.id: row for table in tables for row in table.rows}
    return sorted(members.values(), key=lambda row: [(part.id is None, fold(part.name)) for part in row.each])


def dimension_columns(*names: str) -> list[Column]:
    """Return the columns that name a row: id and name of records; of times the id alone."""
    columns: list[Column] = []
    for name in names:
        label = str(DIMENSION_LABELS[name])
        if name in TIMES:
            columns.append(Column(name, label, description=_("Such as 2025-09; empty where the date says none.")))
            continue
        columns += [Column(f"{name}_id", f"{label}, id"), Column(name, label)]
    return columns


def dimension_values(row: Member, *names: str) -> list[Value]:
    """Return what stands in the columns that name a row."""
    values: list[Value] = []
    for name, part in zip(names, row.each, strict=True):
        identity = None if part.id is None else str(part.id)
        values += [identity] if name in TIMES else [identity, part.name]
    return values


def money(name: str, label: str, currency: str, description: str = "", of: Iterable[str] = ()) -> Column:
    """Return a column of values; `of` are the columns that it is worked out of."""
    return Column(name, label, DECIMAL, currency, 2, description, tuple(of))


def number(name: str, label: str, unit: str, description: str = "", of: Iterable[str] = ()) -> Column:
    """Return a column of quantities."""
    return Column(name, label, DECIMAL, unit, None, description, tuple(of))


def whole(name: str, label: str, unit: str = "", description: str = "", of: Iterable[str] = ()) -> Column:
    """Return a column of whole numbers."""
    return Column(name, label, INTEGER, unit, 0, description, tuple(of))


def percent(name: str, label: str, unit: str, description: str = "", of: Iterable[str] = ()) -> Column:
    """Return a column of per cent of what `unit` says."""
    return Column(name, label, DECIMAL, f"% of {unit}", 6, description, tuple(of))


def rank(name: str, label: str, of: str) -> Column:
    """Return a column of ranks by another column."""
    sentence = _(
        "Among the contributors that the table lists: the largest value of the column is 1; equal ones share their "
        "rank, and unknown ones have none."
    )
    return whole(name, label, "", sentence, [of])


def ranks(values: list[Value]) -> list[int | None]:
    """Return the rank of each value, the largest first; equal ones share theirs, and unknown ones have none."""
    known = sorted((value for value in values if isinstance(value, (int, Decimal))), reverse=True)
    return [known.index(value) + 1 if isinstance(value, (int, Decimal)) else None for value in values]


def counted_note(tables: Iterable[Table]) -> list[str]:
    """Return what is counted beside the sums of tables, in words."""
    whole_note = added([table.notes for table in tables])
    return [
        f"{name}: {count}" for name, count in whole_note.counts._asdict().items() if count or name == "contributions"
    ]
