"""Exchange rates for posting: the ECB's daily reference rates, of a day or as means.

The policy is chosen for each pledge (docs/valuation.md, "Rates"): the mean of the month of announcement, unless
the rate of the day or the mean of the year is asked for. What the date does not say falls back: a
date that is no day to the month, one that is no month to the year. A mean is kept to eight
decimals, and amounts are converted by the mean as kept, so that anyone can recompute them.

A mean is one of the whole span: a currency that has no rate on some of the days on which the source has any (roubles
since March 2022, Icelandic crowns from 2008 to 2018) has no mean of that span. A currency that the euro replaced keeps
its fixed rate.
"""

import datetime as dt
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Protocol

from django.utils.functional import cached_property

from tracker.ledger import fixed_rates
from tracker.lib import money
from tracker.lib.partial_dates import PartialDate
from tracker.models import ExchangeRate, RatePolicy

MONTH_MEAN, DAY, ANNUAL_MEAN = (policy.value for policy in RatePolicy)
LOOK_BACK = dt.timedelta(days=7)
"""How long the rate of a day holds where the next days have none. The ECB's longest pause, at Easter, is four days;
a currency without a rate for a week is no longer quoted."""
RatePeriod = tuple[str, dt.date, dt.date]
"""A policy, and the first and the last day whose rates it takes."""
_PLACES = Decimal("0.00000001")


@dataclass(frozen=True)
class Rate:
    """Units of a currency, and of US dollars, for one euro over a span of days, both ends inclusive.

    `usd` is None where the source has no dollar rate for the span. `is_provisional` says that more
    days of the span are still to come. `policy` is the one that was used, not the one asked for.
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

    def in_cents(self, amount: Fraction) -> tuple[int, int | None]:
        """Return `amount` of the currency in whole cents of a euro and of a dollar; None where there is no rate of it.

        Each is rounded once, from the exact amount.
        """
        (up, down), dollars = self._ratios
        numerator, denominator = amount.numerator * down, amount.denominator * up
        euro = money.ratio_to_minor(numerator, denominator, "EUR")
        if dollars is None:
            return euro, None
        return euro, money.ratio_to_minor(numerator * dollars[0], denominator * dollars[1], "USD")

    @cached_property
    def _ratios(self) -> tuple[tuple[int, int], tuple[int, int] | None]:
        return self.currency.as_integer_ratio(), None if self.usd is None else self.usd.as_integer_ratio()

    def is_of(self, span: RatePeriod | None) -> bool:
        """Tell whether the rate is one for `span`: of just these days, or the last before a day."""
        if self.first is None or self.last is None or span is None:
            return self.first is None
        policy, day = span[:2]
        if policy == DAY:
            return self.policy == DAY and day - LOOK_BACK <= self.first == self.last <= day
        return (self.policy, self.first, self.last) == span


class Rates(Protocol):
    """Where posting takes its rates from: the table of rates, or rows posted before."""

    def find(self, currency: str, date: PartialDate, policy: str = MONTH_MEAN) -> Rate | None:
        """Return the rate of `currency` for `date`, or None where there is none."""


def span_of(date: PartialDate, policy: str = MONTH_MEAN) -> RatePeriod | None:
    """Return the policy that `date` allows, and the first and last day of its span, or None.

    Where one end of the date is open, the year is that of the end that is known. A span of several
    years has no rate: whichever year were taken, nobody stated it.
    """
    if policy == DAY and date.earliest and date.earliest == date.latest:
        return DAY, date.earliest, date.earliest
    if policy != ANNUAL_MEAN and date.earliest and date.is_dated:
        first = date.earliest.replace(day=1)
        following = (first + dt.timedelta(days=32)).replace(day=1)
        return MONTH_MEAN, first, following - dt.timedelta(days=1)
    years = {day.year for day in (date.earliest, date.latest) if day}
    if len(years) == 1:
        year = years.pop()
        return ANNUAL_MEAN, dt.date(year, 1, 1), dt.date(year, 12, 31)
    return None


class RateBook:
    """Rates from the table of daily rates, as known on the day `at`; each is read once."""

    def __init__(self, at: dt.date, source: str = ExchangeRate.ECB) -> None:
        self.at = at
        self.source = source
        self._found: dict[tuple[str, str, str], Rate | None] = {}
        self._means: dict[tuple[str, dt.date, dt.date], Decimal | None] = {}
        self._years: dict[tuple[str, int], tuple[list[dt.date], list[Decimal]]] = {}
        self._days: dict[tuple[str, dt.date], dt.date | None] = {}
        self._rates = ExchangeRate.objects.standing().filter(source=source)

    def find(self, currency: str, date: PartialDate, policy: str = MONTH_MEAN) -> Rate | None:
        """Return the rate of `currency` for the day, month or year of `date`, or None where there is none."""
        key = (currency, date.edtf, policy)
        if key not in self._found:
            self._found[key] = self._find(currency, date, policy)
        return self._found[key]

    def _find(self, currency: str, date: PartialDate, policy: str) -> Rate | None:
        span = span_of(date, policy)
        if span is None:
            return _without_dollars(currency, Decimal(1) if currency == "EUR" else None)
        used, first, last = span
        wanted = last
        fixed = Decimal(1) if currency == "EUR" else fixed_rates.fixed(currency, first)
        if used == DAY:
            day = self._last_day("USD" if fixed else currency, wanted)
            if day is None:
                return _without_dollars(currency, fixed)
            first = last = day
        mean = fixed or self._mean(currency, first, last)
        if mean is None:
            return None
        usd = self._mean("USD", first, last)
        if usd is None and fixed:
            return _without_dollars(currency, fixed)
        exact = used == DAY and last == wanted
        provisional = not exact and (wanted >= self.at or not self._covers(wanted))
        source = fixed_rates.SOURCE if fixed and currency != "EUR" else self.source
        return Rate(mean, usd, used, first, last, source, provisional)

    def _covers(self, last: dt.date) -> bool:
        """Tell whether rates are loaded to the last weekday of a span."""
        newest = self._quoted[-1] if self._quoted else dt.date.min
        return newest >= last - dt.timedelta(days=max(0, last.weekday() - 4))

    @cached_property
    def _quoted(self) -> list[dt.date]:
        """The days on which the source has rates of any currency, in order."""
        return list(self._rates.order_by("date").values_list("date", flat=True).distinct())

    def _last_day(self, currency: str, day: dt.date) -> dt.date | None:
        """Return `day`, or where it has no rate the last before it that has, within LOOK_BACK."""
        key = (currency, day)
        if key not in self._days:
            rates = self._rates.filter(currency=currency, date__range=(day - LOOK_BACK, min(day, self.at)))
            self._days[key] = rates.order_by("-date").values_list("date", flat=True).first()
        return self._days[key]

    def _mean(self, currency: str, first: dt.date, last: dt.date) -> Decimal | None:
        """Return the mean of the rates of a currency, None where it lacks days on which others have rates."""
        key = (currency, first, last)
        if key not in self._means:
            until = min(last, self.at)
            days, rates = self._of_year(currency, first.year)
            values = rates[bisect_left(days, first) : bisect_right(days, until)]
            whole = len(values) == bisect_right(self._quoted, until) - bisect_left(self._quoted, first) > 0
            self._means[key] = (sum(values, Decimal(0)) / len(values)).quantize(_PLACES) if whole else None
        return self._means[key]

    def _of_year(self, currency: str, year: int) -> tuple[list[dt.date], list[Decimal]]:
        """Return the days of a year on which a currency has a rate, in order, and the rates: no span is of two years.

        Read at once, as a long import asks for a hundred months.
        """
        key = (currency, year)
        if key not in self._years:
            rates = self._rates.filter(currency=currency, date__range=(dt.date(year, 1, 1), dt.date(year, 12, 31)))
            days_and_rates = list(rates.order_by("date").values_list("date", "rate"))
            self._years[key] = [day for day, _rate in days_and_rates], [rate for _day, rate in days_and_rates]
        return self._years[key]


def _without_dollars(currency: str, fixed: Decimal | None) -> Rate | None:
    """Return a rate that is none of any days, as that of the euro itself; None where none is fixed."""
    source = "" if currency == "EUR" else fixed_rates.SOURCE
    return Rate(fixed, None, "", None, None, source, False) if fixed else None
