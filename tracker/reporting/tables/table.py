"""A contribution table, as it is read and printed."""

from dataclasses import dataclass, field

from tracker.reporting.tables.figures import Figures
from tracker.reporting.tables.measures import Measure, TableCell
from tracker.reporting.tables.members import Member, MemberKey

Lines = dict[MemberKey, dict[MemberKey, TableCell]]
"""Cells by their row, and there by their column."""


@dataclass(frozen=True)
class Options:
    """What a table can do beside adding up: running sums, the first N rows and the rest, and figures of others."""

    cumulative: bool = False
    top: int | None = None
    figures: Figures = field(default_factory=Figures)


@dataclass
class Table:
    """A contribution table: members of rows and columns, lines of cells, totals.

    A total is None where it would mix what is never added. `notes` counts each contribution once, also
    where it is in several cells; `no_date` counts contributions that a
    time series by year, where that is a dimension, else by month, leaves undated; `conditional` counts those that
    depend on an open condition and are left out.
    """

    rows: list[Member]
    columns: list[Member]
    row_dimension: str
    column_dimension: str
    measure: Measure
    stages: list[str]
    basis: list[str]
    lines: Lines = field(default_factory=dict)
    row_totals: dict[MemberKey, TableCell] | None = None
    column_totals: dict[MemberKey, TableCell] | None = None
    total: TableCell | None = None
    notes: TableCell = field(default_factory=TableCell)
    no_date: int = 0
    bundled: int = 0
    conditional: int = 0
    options: Options = field(default_factory=Options)

    @property
    def cells(self) -> dict[tuple[MemberKey, MemberKey], TableCell]:
        """The cells by row and column, in a dictionary of one's own."""
        return {(row, column): cell for row, line in self.lines.items() for column, cell in line.items()}

    def cell(self, row: MemberKey, column: MemberKey) -> TableCell | None:
        """Return a cell; None where there are no contributions at all."""
        return self.lines.get(row, {}).get(column)
