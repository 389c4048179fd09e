"""Totals: what the cells of a file come to, row by row, before anything is drafted of them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from tracker.exchange.drafting.lines import FileLine
from tracker.exchange.profiles.base import Amounts, Level
from tracker.models import Stage


@dataclass(slots=True)
class CellAmount:
    """What one cell says of a stage: an amount, or what cannot be read (`amount` is None)."""

    declared: Amounts
    row: int
    amount: Decimal | None
    activity: str


def amounts_in(line: FileLine) -> Iterator[CellAmount]:
    """Yield every cell of a row with the dataset's own value of a stage.

    A row that stands for an activity as a whole says nothing of its parts.
    """
    for declared in line.profile.amounts:
        if declared.value and _counts(line, declared):
            amount = line.amount(declared.value, declared.currency)
            if amount is not None or declared.value in line.unread:
                yield CellAmount(declared, line.number, amount, line.activity)


def counted_once(cells: Iterable[CellAmount]) -> list[CellAmount]:
    """Return cells by row; of an amount that is repeated in each row of an activity, the first."""
    seen: set[tuple[str, str, Decimal]] = set()
    found = []
    for cell in sorted(cells, key=lambda cell: cell.row):
        key = (cell.activity, cell.declared.stage, cell.amount) if cell.amount is not None else None
        if key is None or not cell.declared.repeated or key not in seen:
            found.append(cell)
        if key is not None and cell.declared.repeated:
            seen.add(key)
    return found


def _counts(line: FileLine, declared: Amounts) -> bool:
    return declared.level is Level.ACTIVITY or declared.stage == Stage.DELIVERY or not line.is_whole
