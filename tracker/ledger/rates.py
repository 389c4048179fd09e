"""Exchange rates for posting: means of the ECB's daily reference rates.

Policy (design, section 4): the mean of the month of announcement; the mean of the year where only
the year is known. A mean is kept to eight decimals, and amounts are converted by the mean as kept,
so that anyone can recompute them.
"""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Protocol

from tracker.lib.partial_dates import PartialDate
from tracker.models import ExchangeRate

MONTH_MEAN, ANNUAL_MEAN = "month_mean", "annual_mean"
_PLACES = Decimal("0.00000001")


@dataclass(frozen=True)
class Rate:
    """Units of a currency, and of US dollars, for one euro over a span of days, both ends inclusive.

    `usd` is None where the source has no dollar rate for the span. `is_provisional` says that more
    days of the span are still to come.
    """

    currency: Decimal
    usd: Decimal | None
    policy: str
    first: dt.date | None
    last: dt.date | None
    source: str
    is_provisional: bool

    def to_eur(self, amount: Fraction) -> Fraction:
        """Return `amount` of the currency in euros, not rounded."""
        return amount / Fraction(self.currency)


class Rates(Protocol):
    """Where posting takes its rates from: the table of rates, or rows posted before."""

    def find(self, currency: str, date: PartialDate) -> Rate | None:
        """Return the rate of `currency` for `date`, or None where there is none."""


def span_of(date: PartialDate) -> tuple[str, dt.date, dt.date] | None:
    """Return the policy for `date` and the first and last day of its span, or None."""
    if date.is_dated:
        assert date.earliest
        first = date.earliest.replace(day=1)
        following = (first + dt.timedelta(days=32)).replace(day=1)
        return MONTH_MEAN, first, following - dt.timedelta(days=1)
    if date.year:
        return ANNUAL_MEAN, dt.date(date.year, 1, 1), dt.date(date.year, 12, 31)
    return None


class RateBook:
    """Means from the table of daily rates, as known on the day `at`; each is read once."""

    def __init__(self, at: dt.date, source: str = ExchangeRate.ECB) -> None:
        self.at = at
        self.source = source
        self._means: dict[tuple[str, dt.date, dt.date], Decimal | None] = {}
        newest = ExchangeRate.objects.filter(source=source).order_by("-date").first()
        self._newest = newest.date if newest else dt.date.min

    def find(self, currency: str, date: PartialDate) -> Rate | None:
        """Return the mean rate of `currency` over the month or year of `date`, or None."""
        span = span_of(date)
        if span is None:
            return Rate(Decimal(1), None, "", None, None, "", False) if currency == "EUR" else None
        policy, first, last = span
        mean = Decimal(1) if currency == "EUR" else self._mean(currency, first, last)
        if mean is None:
            return None
        usd = self._mean("USD", first, last)
        if usd is None and currency == "EUR":
            return Rate(Decimal(1), None, "", None, None, "", False)
        provisional = last >= self.at or not self._covers(last)
        return Rate(mean, usd, policy, first, last, self.source, provisional)

    def _covers(self, last: dt.date) -> bool:
        """Tell whether rates are loaded to the last weekday of a span."""
        return self._newest >= last - dt.timedelta(days=max(0, last.weekday() - 4))

    def _mean(self, currency: str, first: dt.date, last: dt.date) -> Decimal | None:
        key = (currency, first, last)
        if key not in self._means:
            rates = ExchangeRate.objects.filter(
                source=self.source, currency=currency, date__gte=first, date__lte=min(last, self.at)
            ).values_list("rate", flat=True)
            values = list(rates)
            self._means[key] = (sum(values, Decimal(0)) / len(values)).quantize(_PLACES) if values else None
        return self._means[key]
