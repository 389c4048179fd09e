"""Our own conversion beside the publisher's: each entry's stated amount in euros, and its dataset value.

Compared are the entries that state an amount in another currency and have a dataset value too. Those
whose date is a day or within a month count towards the share that agrees; the others stand beside it.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet, Sum

from tracker.ledger.rates import ANNUAL_MEAN
from tracker.lib import money
from tracker.models import Basis, Contribution, ExternalId
from tracker.reporting.checks.base_causes import Cause, Causes, Pair, agree

_SAME = ("pledge", "entry", "item")


@dataclass(frozen=True)
class Compared:
    """One entry, and why its two values differ; `cause` is that they agree where they do."""

    pair: Pair
    cause: Cause
    detail: str = ""

    @property
    def is_dated(self) -> bool:
        """Whether it counts towards the share: its rate is not a year's."""
        return bool(self.pair.month)


@dataclass(frozen=True)
class StageAgreement:
    """Of the entries of a stage, or of all: how many there are, and how many agree."""

    name: str
    entries: int
    agreeing: int

    @property
    def percent(self) -> str:
        """The share that agrees, rounded down, so that 97.00 is 97 % at least."""
        return f"{10_000 * self.agreeing // self.entries / 100:.2f}" if self.entries else "–"


def compare(dataset: str = "") -> list[Compared]:
    """Return every entry with an amount in another currency and a dataset value, by pledge, entry and item.

    `dataset` limits it to the pledges that came with an import of that dataset.
    """
    pairs = sorted(_pairs(dataset), key=lambda pair: (pair.pledge, pair.entry, pair.item or 0))
    causes = Causes(pairs)
    return [
        Compared(pair, Cause.NONE) if agree(pair.own, pair.dataset) else Compared(pair, *causes.of(pair))
        for pair in pairs
    ]


def _pairs(dataset: str) -> Iterable[Pair]:
    """Yield each entry with both values, contributors together."""
    published: dict[tuple[object, ...], int] = {}
    values = _standing(dataset).filter(basis=Basis.DATASET, eur_cents__isnull=False)
    for row in values.order_by(*_SAME).values(*_SAME).annotate(eur=Sum("eur_cents")):
        published[tuple(row[name] for name in _SAME)] = row["eur"]
    columns = (*_SAME, "contributor", "stage", "aid_type", "currency", "date", "month", "rate_policy", "rate_from")
    found: dict[tuple[object, ...], Pair] = {}
    rows = _standing(dataset).filter(basis=Basis.STATED).exclude(currency="EUR").order_by("id")
    for row in rows.values(*columns, "amount_minor", "eur_cents"):
        key = tuple(row[name] for name in _SAME)
        if key not in published:
            continue
        amount = money.from_minor(row.pop("amount_minor"), row["currency"])
        own = row.pop("eur_cents")
        if key in found:
            found[key] = found[key].with_share(amount, own)
        else:
            # A rate of the year that was chosen, or that the date leaves, is no month's.
            row["month"] = "" if row["rate_policy"] == ANNUAL_MEAN else row["month"]
            found[key] = Pair(**row, amount=amount, own=own, dataset=published[key])
    return found.values()


def _standing(dataset: str) -> QuerySet[Contribution]:
    rows = Contribution.objects.as_of(None)
    if dataset:
        ids = ExternalId.objects.filter(dataset=dataset, record_kind="pledge").values("public_id")
        rows = rows.filter(pledge__in=ids)
    return rows


def totals(compared: Iterable[Compared]) -> list[StageAgreement]:
    """Return the dated entries stage by stage, then all dated ones, then those that are not dated."""
    counts: Counter[tuple[str, bool]] = Counter()
    for row in compared:
        counts[row.pair.stage if row.is_dated else "", row.cause is Cause.NONE] += 1
    stages = sorted({stage for stage, _agrees in counts if stage})
    by_stage = [
        StageAgreement(stage, counts[stage, True] + counts[stage, False], counts[stage, True]) for stage in stages
    ]
    dated = StageAgreement("dated", sum(t.entries for t in by_stage), sum(t.agreeing for t in by_stage))
    undated = StageAgreement("undated", counts["", True] + counts["", False], counts["", True])
    return [*by_stage, dated, undated]


def cause_counts(compared: Iterable[Compared]) -> list[tuple[Cause, int]]:
    """Return how many dated entries differ for each cause, the most frequent first."""
    counts = Counter(row.cause for row in compared if row.is_dated and row.cause is not Cause.NONE)
    return sorted(counts.items(), key=lambda count: (-count[1], count[0].value))


def euros(cents: int | None) -> Decimal | None:
    """Return cents as euros."""
    return None if cents is None else money.from_minor(cents, "EUR")
