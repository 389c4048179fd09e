"""What a table describes, when it is drafted."""

from dataclasses import dataclass, field
from decimal import Decimal

from tracker.curation.importing.plans import Draft
from tracker.exchange.drafting.labels import Renamed, Unmatched
from tracker.exchange.drafting.lines import FileLine
from tracker.exchange.drafting.said_of_cells import SaidOfCells
from tracker.exchange.drafting.totals import CellAmount
from tracker.exchange.profiles.base import Amounts


@dataclass
class Drafted:
    """What a table describes. `invalid` are rows that cannot be used, and why; `homes` the draft of each other."""

    pledges: list[Draft] = field(default_factory=list)
    documents: dict[str, Draft] = field(default_factory=dict)
    initiatives: dict[str, Draft] = field(default_factory=dict)
    platforms: dict[str, Draft] = field(default_factory=dict)
    homes: dict[int, Draft] = field(default_factory=dict)
    invalid: dict[int, str] = field(default_factory=dict)
    asides: dict[int, str] = field(default_factory=dict)
    """Rows that describe no record, as they are totals or notes, and what they are."""
    totals: dict[int, tuple[str, list[tuple[Amounts, Decimal]]]] = field(default_factory=dict)
    """Of the rows that are totals the word that says so, and the amounts that they have."""
    lines: list[FileLine] = field(default_factory=list)
    labels: list[Unmatched] = field(default_factory=list)
    renamed: list[Renamed] = field(default_factory=list)
    missing: list[Amounts] = field(default_factory=list)
    """Amounts for whose value the file has no column."""
    cells: list[CellAmount] = field(default_factory=list)
    """What every cell with an amount says, whatever is drafted of it."""
    held_back: set[str] = field(default_factory=set)
    """Ids of activities that stand in rows that describe nothing."""
    said: SaidOfCells = field(default_factory=SaidOfCells)
    """What is said of cells that are read, column by column."""
