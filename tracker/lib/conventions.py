"""Conventions: how a column writes its numbers or dates, found from its own cells and the rest of the file.

A cell with one reading, such as 1.234,50 or 20/06/2022, is a witness of its convention. A cell with two, such as 1.500
or 05/06/2022, is read by what the witnesses say, and asked about where they say nothing or contradict each other.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Generic, NamedTuple, TypeVar

C = TypeVar("C")
"""A convention: `numbers.Mark` or `partial_dates.DayOrder`."""

_KEPT = 20
_FEW, _TIMES = 2, 4
"""Cells that say how the rest of a file is written are so many at least, and so many times those that say otherwise."""


class Seen(NamedTuple):
    """A cell that was looked at: its row, and its text."""

    row: int
    text: str


@dataclass
class Evidence(Generic[C]):
    """What the cells of a column say of its convention."""

    witnesses: dict[C, Seen] = field(default_factory=dict)
    """The first cell that has one reading, by the convention that gives it."""
    counts: Counter[C] = field(default_factory=Counter)
    """How many cells have one reading, by the convention that gives it."""
    doubtful: list[Seen] = field(default_factory=list)
    """The first of the cells that have two readings."""
    doubtful_count: int = 0

    def note(self, row: int, text: str, readings: Mapping[C, object]) -> None:
        """Take a cell into account; `readings` are what it can be, by convention."""
        if len(readings) == 1:
            only = next(iter(readings))
            self.counts[only] += 1
            self.witnesses.setdefault(only, Seen(row, text))
        elif len(set(readings.values())) > 1:
            self.doubtful_count += 1
            if len(self.doubtful) < _KEPT:
                self.doubtful.append(Seen(row, text))

    @property
    def is_mixed(self) -> bool:
        """Tell whether cells are written by different conventions."""
        return len(self.witnesses) > 1

    @property
    def convention(self) -> C | None:
        """The convention of all witnesses; None where there are none, or where they differ."""
        return next(iter(self.witnesses)) if len(self.witnesses) == 1 else None


def elsewhere(columns: Iterable[Evidence[C]]) -> Counter[C]:
    """Return how many cells of some columns have one reading, by the convention that gives it."""
    return sum((column.counts for column in columns), Counter())


def prevailing(counts: Counter[C]) -> C | None:
    """Return the convention of nearly all cells that were counted; None where they are few, or differ."""
    (first, most), (_second, others) = [*counts.most_common(2), (None, 0), (None, 0)][:2]
    return first if most >= max(_FEW, _TIMES * others) else None


def settle(
    own: Evidence[C], others: Counter[C] | None = None, hint: C | None = None, usual: C | None = None
) -> C | None:  # fmt: skip
    """Return the convention by which a column is read; None where what has two readings is to be asked about.

    `others` counts the cells of the rest of the file, `hint` is what the form of the file tells, such as its separator,
    `usual` how the publisher writes. What the column itself says counts first, unless the hint or the publisher's way
    contradicts, or it says it in few cells, and the rest of the file otherwise.
    """
    others = others or Counter()
    against = {hint, usual} - {None}
    if own.is_mixed:
        return None
    if own.convention is None:
        said = {prevailing(others), hint} - {None} or {usual}
        found = next(iter(said)) if len(said) == 1 else None
    else:
        found = own.convention
        if own.counts[found] < _FEW:
            against |= set(others)
    return found if against <= {found} else None
