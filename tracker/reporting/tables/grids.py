"""The one plain form of a table that every writer prints: typed columns, rows, and what they mean.

JSON, CSV, XLSX, NDJSON and Parquet are written from a Grid alone, so that no two formats differ.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

TEXT, INTEGER, DECIMAL, DATE, MOMENT, BOOLEAN = "text", "integer", "decimal", "date", "moment", "boolean"
TYPES = (TEXT, INTEGER, DECIMAL, DATE, MOMENT, BOOLEAN)

Value = str | int | Decimal | dt.date | dt.datetime | bool | None
"""What a row holds, by the type of its column; None is unknown or nothing, never zero."""


@dataclass(frozen=True)
class Column:
    """A column: `name` for programs, unique in its grid, and `label` for people.

    `type` is one of TYPES. `unit` says what a number counts, such as `EUR`, `%` or `units`.
    `decimals` is how many places a decimal has; None leaves that to each value. `derived_from` are
    the columns of the same grid that its values are worked out of, as `description` says.
    """

    name: str
    label: str
    type: str = TEXT
    unit: str = ""
    decimals: int | None = None
    description: str = ""
    derived_from: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """What the column says, in a sentence: its label, and what it counts, where nothing more is said."""
        label = f"{self.label[:1].upper()}{self.label[1:]}"
        return self.description or (f"{label}, {self.unit}." if self.unit else f"{label}.")


@dataclass
class Grid:
    """A table as it is printed, in any format.

    Each of `rows` has one value a column, in their order. `measure` is a sentence, `notes` are
    sentences, `rules` are ids of `reporting.rules`. `filters` are those in force, by parameter.
    `as_of` is the newest publishing that the table shows; None before the first. `cells` says more of each
    cell, a row for each, where a format has a place for that. `is_table` tells tables from lists.
    """

    name: str
    title: str
    columns: list[Column]
    rows: Iterable[Sequence[Value]]
    measure: str = ""
    description: str = ""
    filters: dict[str, str] = field(default_factory=dict)
    as_of: dt.datetime | None = None
    notes: list[str] = field(default_factory=list)
    rules: list[str] = field(default_factory=list)
    cells: "Grid | None" = None
    is_table: bool = False
