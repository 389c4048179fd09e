"""Why a publisher's value in euros is not our conversion of the amount: each cause is tried by computing it anew."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tracker.models import ExchangeRate

TOLERANCE = Decimal("0.000001")
"""Relative. Below EUR 10,000 a cent is more than that, and both values are kept to the cent: a cent is allowed."""
_FACTORS = (10, 100, 1000, 10**6)
_MONTHS_AWAY = 24
_DAYS_AWAY = dt.timedelta(days=31)
_NEAR = Decimal("0.01")
"""Rates of one currency and month that differ by more are not taken for two versions of one."""


class Cause(models.TextChoices):
    """Why two values of an entry differ."""

    NONE = "agrees", gettext_lazy("they agree")
    NO_RATE = "no_rate", gettext_lazy("we have no exchange rate")
    GAP = "day_missing", gettext_lazy("converted at the month's mean without one of its days")
    DAY = "day", gettext_lazy("converted at the rate of a day")
    YEAR = "year", gettext_lazy("converted at the mean of a year")
    MONTH = "month", gettext_lazy("converted at the mean of another month")
    OWN_RATE = "own_rate", gettext_lazy("converted at a rate of the publisher's own for the month")
    CURRENCY = "currency", gettext_lazy("converted as another currency")
    FACTOR = "factor", gettext_lazy("decimal places slipped")
    SEVERAL = "several", gettext_lazy("one of them counts several entries of the pledge")
    SCALED = "scaled", gettext_lazy("scaled like others of the contributor: redistributed by the publisher")
    UNKNOWN = "unknown", gettext_lazy("another amount; no cause found")


@dataclass(frozen=True)
class Pair:
    """An entry's stated amount, what we make of it, and what the dataset has; cents of a euro, all shares together."""

    pledge: str
    entry: int
    item: int | None
    contributor: str
    stage: str
    aid_type: str
    currency: str
    date: str
    month: str
    """Empty where the entry has no day or month, or is converted by a year's mean."""
    rate_policy: str
    rate_from: dt.date | None
    amount: Decimal
    own: int | None
    dataset: int

    def with_share(self, amount: Decimal, own: int | None) -> "Pair":
        """Return the entry with one more contributor's part."""
        both = None if own is None or self.own is None else self.own + own
        return replace(self, amount=self.amount + amount, own=both)

    @property
    def implied(self) -> Decimal | None:
        """The rate at which the amount is the dataset's value: units for one euro."""
        return self.amount * 100 / self.dataset if self.dataset else None


def agree(own: int | Decimal | None, dataset: int) -> bool:
    """Tell whether two values in cents are the same to 1e-6, or to the cent."""
    return own is not None and abs(Decimal(own) - dataset) <= max(TOLERANCE * dataset, Decimal(1))


class Causes:
    """Finds the likely cause for each pair that differs, beside all the others and the table of rates."""

    def __init__(self, pairs: list[Pair]) -> None:
        self._rates: dict[str, dict[dt.date, Decimal]] = defaultdict(dict)
        dates = [pair.rate_from for pair in pairs if pair.rate_from]
        if dates:
            around = dt.timedelta(days=366 * (_MONTHS_AWAY // 12))
            rows = ExchangeRate.objects.standing().filter(
                source=ExchangeRate.ECB, date__range=(min(dates) - around, max(dates) + around)
            )
            for currency, date, rate in rows.order_by("date").values_list("currency", "date", "rate"):
                self._rates[currency][date] = rate
        self._means: dict[tuple[str, str], Decimal] = {}
        self._differing = [pair for pair in pairs if pair.own is not None and not agree(pair.own, pair.dataset)]
        self._entries: dict[tuple[str, str], list[Pair]] = defaultdict(list)
        for pair in pairs:
            self._entries[pair.pledge, pair.stage].append(pair)

    def of(self, pair: Pair) -> tuple[Cause, str]:
        """Return the likely cause, and what was computed to tell it."""
        if pair.own is None or pair.rate_from is None:
            return Cause.NO_RATE, ""
        for cause, detail, rate in self._candidates(pair, pair.rate_from):
            if rate and agree(pair.amount * 100 / rate, pair.dataset):
                return cause, f"{detail}: {_shown(rate)}"
        return self._own_rate(pair) or _factor(pair) or self._several(pair) or self._scaled(pair) or _unknown(pair)

    def _candidates(self, pair: Pair, first: dt.date) -> Iterator[tuple[Cause, str, Decimal]]:
        """Yield other rates that the publisher may have taken, the likeliest first."""
        rates = self._rates[pair.currency]
        month = first.strftime("%Y-%m")
        yield Cause.YEAR, str(first.year), self._mean(pair.currency, str(first.year))
        days = [(day, rate) for day, rate in rates.items() if day.isoformat().startswith(month)]
        total = sum((rate for _day, rate in days), Decimal(0))
        if len(days) > 1:
            for day, rate in days:
                yield Cause.GAP, _("without %s") % day, (total - rate) / (len(days) - 1)
        for day in sorted(rates, key=lambda day: abs(day - first)):
            if abs(day - first) <= _DAYS_AWAY:
                yield Cause.DAY, str(day), rates[day]
        for away in range(1, _MONTHS_AWAY + 1):
            for number in (first.year * 12 + first.month - 1 - away, first.year * 12 + first.month - 1 + away):
                other = f"{number // 12}-{number % 12 + 1:02d}"
                yield Cause.MONTH, other, self._mean(pair.currency, other)
        for year in (first.year - 1, first.year + 1):
            yield Cause.YEAR, str(year), self._mean(pair.currency, str(year))
        yield Cause.CURRENCY, "EUR", Decimal(1)
        for currency in sorted(self._rates):
            yield Cause.CURRENCY, f"{currency} {month}", self._mean(currency, month)

    def _mean(self, currency: str, span: str) -> Decimal:
        """Return the mean of the days whose ISO form begins with `span`, or zero where there are none."""
        if (currency, span) not in self._means:
            rates = [rate for day, rate in self._rates[currency].items() if day.isoformat().startswith(span)]
            self._means[currency, span] = sum(rates, Decimal(0)) / len(rates) if rates else Decimal(0)
        return self._means[currency, span]

    def _own_rate(self, pair: Pair) -> tuple[Cause, str] | None:
        """Tell whether another entry in this currency and month implies the same rate, close to ours."""
        implied = pair.implied
        if not implied or not pair.own or abs(Decimal(pair.dataset) / pair.own - 1) > _NEAR:
            return None
        others = [
            other
            for other in self._differing
            if (other.currency, other.rate_from) == (pair.currency, pair.rate_from)
            and other is not pair
            and agree(other.amount * 100 / implied, other.dataset)
        ]
        return (Cause.OWN_RATE, _("%(rate)s, as in %(count)s other entries") % {
            "rate": _shown(implied), "count": len(others)}) if others else None  # fmt: skip

    def _several(self, pair: Pair) -> tuple[Cause, str] | None:
        """Tell whether one value is the sum of the other over the entries of the stage."""
        beside = self._entries[pair.pledge, pair.stage]
        if len(beside) < 2:
            return None
        if agree(sum(other.own or 0 for other in beside), pair.dataset):
            return Cause.SEVERAL, _("the dataset's value is our sum of %s entries") % len(beside)
        if pair.own and agree(pair.own, sum(other.dataset for other in beside)):
            return Cause.SEVERAL, _("the stated amount is the dataset's sum of %s entries") % len(beside)
        return None

    def _scaled(self, pair: Pair) -> tuple[Cause, str] | None:
        """Tell whether others of the contributor, stage and aid type differ by the same factor."""
        if not pair.own or not pair.dataset:
            return None
        factor = Decimal(pair.dataset) / pair.own
        alike = [
            other
            for other in self._differing
            if (other.contributor, other.stage, other.aid_type) == (pair.contributor, pair.stage, pair.aid_type)
            and other is not pair
            and other.own
            and agree(other.own * factor, other.dataset)
        ]
        return (Cause.SCALED, _("%(factor)s times ours, as in %(count)s others") % {
            "factor": f"{factor:.6g}", "count": len(alike)}) if alike else None  # fmt: skip


def _shown(rate: Decimal) -> str:
    """Return a rate with the eight decimals that means are kept to, without needless zeros."""
    return f"{rate:.8f}".rstrip("0").rstrip(".")


def _factor(pair: Pair) -> tuple[Cause, str] | None:
    for factor in _FACTORS:
        if pair.own and agree(pair.own * factor, pair.dataset):
            return Cause.FACTOR, _("%s times ours") % factor
        if pair.own and agree(Decimal(pair.own) / factor, pair.dataset):
            return Cause.FACTOR, _("ours is %s times as much") % factor
    return None


def _unknown(pair: Pair) -> tuple[Cause, str]:
    return Cause.UNKNOWN, _("%s times ours") % f"{Decimal(pair.dataset) / pair.own:.9g}" if pair.own else ""
