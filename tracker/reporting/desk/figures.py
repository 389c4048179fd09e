"""The exchange rates and indicators that a change set proposes or put in force, beside what they follow."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from tracker.models import ChangeSet, ExchangeRate, Indicator
from tracker.models.figures import Figure

SHOWN = 200
"""How many figures of one kind are spelt out."""


@dataclass(frozen=True)
class FigureChange:
    """One figure, and what it follows; `before` is None where none stood."""

    kind: str
    figure: str
    before: str | None
    after: str


@dataclass(frozen=True)
class FigureChanges:
    """The figures of a change set: how many there are, and the first of them."""

    count: int
    shown: list[FigureChange]


def figure_changes(change_set: ChangeSet) -> FigureChanges:
    """Return the figures of a change set, the newest days and years first; those that follow others before new ones."""
    count, shown = 0, []
    for model in (ExchangeRate, Indicator):
        rows = model.objects.filter(change_set=change_set)
        count += rows.count()
        shown += _changes(model, list(rows.order_by(*_ORDER[model])[:SHOWN]), change_set)
    return FigureChanges(count, sorted(shown, key=lambda change: change.before is None))


_ORDER: dict[type[Figure], tuple[str, ...]] = {
    ExchangeRate: ("-date", "currency", "pk"), Indicator: ("-year", "party__found_by", "measure", "pk"),
}  # fmt: skip


def _changes(model: type[Figure], rows: list[Any], change_set: ChangeSet) -> list[FigureChange]:
    if not rows:
        return []
    followed = model.objects.filter(recorded_from__isnull=False, recorded_to=change_set.published_at)
    # Those of other keys that this finds, too, are passed over.
    values = zip(*(row.key for row in rows), strict=True)
    near = followed.filter(**{f"{name}__in": set(found) for name, found in zip(model.KEY, values, strict=True)})
    known = {row.key: _written(row.amount) for row in near}
    return [
        FigureChange(
            str(model._meta.verbose_name), f"{row} ({row.source})", known.get(row.key), _written(row.amount)
        )
        for row in rows
    ]  # fmt: skip


def _written(amount: Decimal | int) -> str:
    return f"{Decimal(amount).normalize():f}"
