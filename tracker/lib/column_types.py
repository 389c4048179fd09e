"""Columns: what one is called, what its values are, and what they count."""

import datetime as dt
from dataclasses import dataclass
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
