"""A contribution table, as it is read and printed."""

from dataclasses import dataclass, field

from tracker.reporting.tables.figures import Figures
from tracker.reporting.tables.measures import Measure, TableCell
from tracker.reporting.tables.members import Member, MemberKey

TableCells = dict[tuple[MemberKey, MemberKey], TableCell]


@dataclass(frozen=True)
class Options:
    """What a table can do beside adding up: running sums, the first N rows and the rest, and figures of others."""

    cumulative: bool = False
    top: int | None = None
    figures: Figures = field(default_factory=Figures)


@dataclass
class Table:
    """A contribution table: members of rows and columns, cells by both, totals.

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
    cells: TableCells = field(default_factory=dict)
    row_totals: dict[MemberKey, TableCell] | None = None
    column_totals: dict[MemberKey, TableCell] | None = None
    total: TableCell | None = None
    notes: TableCell = field(default_factory=TableCell)
    no_date: int = 0
    bundled: int = 0
    conditional: int = 0
    options: Options = field(default_factory=Options)
