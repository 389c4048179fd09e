"""What a table describes, when it is drafted."""

from dataclasses import dataclass, field

from tracker.curation.importing.plans import Draft
from tracker.exchange.drafting.labels import Renamed, Unmatched
from tracker.exchange.drafting.lines import FileLine
from tracker.exchange.drafting.totals import CellAmount
from tracker.exchange.profiles.base import Amounts


@dataclass
class Drafted:
    """What a table describes. `invalid` are rows that describe nothing, and why; `homes` the draft of each other."""

    pledges: list[Draft] = field(default_factory=list)
    documents: dict[str, Draft] = field(default_factory=dict)
    initiatives: dict[str, Draft] = field(default_factory=dict)
    platforms: dict[str, Draft] = field(default_factory=dict)
    homes: dict[int, Draft] = field(default_factory=dict)
    invalid: dict[int, str] = field(default_factory=dict)
    lines: list[FileLine] = field(default_factory=list)
    labels: list[Unmatched] = field(default_factory=list)
    renamed: list[Renamed] = field(default_factory=list)
    missing: list[Amounts] = field(default_factory=list)
    """Amounts for whose value the file has no column."""
    cells: list[CellAmount] = field(default_factory=list)
    """What every cell with an amount says, whatever is drafted of it."""
    held_back: set[str] = field(default_factory=set)
    """Ids of activities that stand in rows that describe nothing."""
