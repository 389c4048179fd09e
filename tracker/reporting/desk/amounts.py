"""Pledges of the desk by the amount of an entry in any currency, converted at the rates that the ledger would take."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from tracker.filters.parameters import nothing_between
from tracker.ledger.rates import RateBook
from tracker.ledger.valuation import rate_date_of
from tracker.lib.money import parse_amount
from tracker.models import Entry


@dataclass(frozen=True)
class Bound:
    """An amount that others are held against; without a currency, each in its own."""

    amount: Decimal
    currency: str

    @classmethod
    def of(cls, text: str) -> "Bound | None":
        """Read a bound as people write it: `EUR 100 million`; None where there is none. Raises AmountError."""
        return cls(*parse_amount(text)) if text.strip() else None


def backwards(low: Bound | None, high: Bound | None) -> str:
    """Return in words that nothing lies between two bounds of one currency; empty where something can."""
    if low is None or high is None or low.currency != high.currency or low.amount <= high.amount:
        return ""
    return nothing_between(f"{low.amount:,f}", f"{high.amount:,f}")


@dataclass(frozen=True)
class PledgesFound:
    """The pledges, by key, of which an entry lies between the bounds; and how many entries had no rate to tell by."""

    pledges: set[int]
    without_rate: int


@dataclass(frozen=True)
class _Amount:
    """The amount of an entry, and what says by which rate it is converted."""

    pledge: int
    amount: Decimal
    currency: str
    stage: str
    date: str
    announced: str
    policy: str


def between(low: Bound | None, high: Bound | None, *, at: dt.date) -> PledgesFound:
    """Return the pledges with an entry of `low` or more and `high` or less, both included, by the rates of day `at`."""
    book = RateBook(at)
    pledges, without_rate = set(), 0
    for one in _amounts():
        above, below = (_compared(one, bound, book) for bound in (low, high))
        if (above is not None and above < 0) or (below is not None and below > 0):
            continue
        if above is None or below is None:
            without_rate += 1
        else:
            pledges.add(one.pledge)
    return PledgesFound(pledges, without_rate)


def _amounts() -> Iterator[_Amount]:
    rows = Entry.objects.order_by().values_list(
        "pledge", "amount", "currency", "stage", "date", "pledge__announced", "pledge__rate_policy"
    )  # fmt: skip
    for pledge, amount, currency, stage, date, announced, policy in rows.iterator():
        if amount is not None:
            yield _Amount(pledge, amount, currency, stage, date, announced, policy)


def _compared(one: _Amount, bound: Bound | None, book: RateBook) -> int | None:
    """Return 1 where the amount is above the bound, 0 where they are the same or there is none, -1 below it.

    None where no rate says.
    """
    if bound is None:
        return 0
    if bound.currency in ("", one.currency):
        return _sign(Fraction(one.amount) - Fraction(bound.amount))
    date = rate_date_of(
        {"announced": {"edtf": one.announced} if one.announced else None},
        {"date": {"edtf": one.date} if one.date else None, "stage": one.stage},
    )
    rate, asked = (book.find(currency, date, one.policy) for currency in (one.currency, bound.currency))
    if rate is None or asked is None:
        return None
    return _sign(rate.to_eur(Fraction(one.amount)) - asked.to_eur(Fraction(bound.amount)))


def _sign(difference: Fraction) -> int:
    return (difference > 0) - (difference < 0)
