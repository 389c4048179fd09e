"""Totals: what the cells of a file come to, row by row, before anything is drafted of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from tracker.exchange.drafting.lines import FileLine
from tracker.exchange.profiles.base import Amounts, Level, Profile
from tracker.models import Stage


@dataclass(frozen=True, slots=True)
class CellAmount:
    """What one cell says of a stage: an amount, or what cannot be read (`amount` is None)."""

    declared: Amounts
    row: int
    amount: Decimal | None


def amounts_in(lines: list[FileLine], profile: Profile) -> Iterator[CellAmount]:
    """Yield every cell with the dataset's own value of a stage, by row.

    A row that stands for an activity as a whole says nothing of its parts; an amount that is repeated in each row of an
    activity is counted once.
    """
    seen: set[tuple[str, str, Decimal]] = set()
    for line in lines:
        for declared in profile.amounts:
            if not declared.value or not _counts(line, declared):
                continue
            amount = line.amount(declared.value, declared.currency)
            if amount is not None and declared.repeated:
                key = (line.activity, declared.stage, amount)
                if key in seen:
                    continue
                seen.add(key)
            if amount is not None or declared.value in line.unread:
                yield CellAmount(declared, line.number, amount)
        line.put_away()


def _counts(line: FileLine, declared: Amounts) -> bool:
    return declared.level is Level.ACTIVITY or declared.stage == Stage.DELIVERY or not line.is_whole
