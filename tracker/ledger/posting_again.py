"""Posting again what was posted: with the rates that were recorded, and what must then come out the same."""

from operator import attrgetter

from tracker.ledger.posted import Posted
from tracker.ledger.rates import MONTH_MEAN, Rate, span_of
from tracker.ledger.valuation import Document, rate_date_of
from tracker.lib.partial_dates import PartialDate
from tracker.models import Contribution


class RecordedRates:
    """The rates that the rows of a pledge were posted with, for recomputing those rows."""

    def __init__(self, document: Document, rows: list[Contribution]) -> None:
        dates = {entry["number"]: rate_date_of(document, entry).edtf for entry in document["entries"]}
        self._rates = {
            (row.currency, dates.get(row.entry)): Rate(
                row.rate_currency, row.rate_usd, row.rate_policy, row.rate_from, row.rate_to, row.rate_source,
                row.is_provisional,
            )
            for row in rows
            if row.rate_currency is not None
        }  # fmt: skip

    def find(self, currency: str, date: PartialDate, policy: str = MONTH_MEAN) -> Rate | None:
        """Return the rate that was used for `currency` at `date`, or None, also where it is not of the right days."""
        rate = self._rates.get((currency, date.edtf))
        return rate if rate and rate.is_of(span_of(date, policy)) else None


_compared = attrgetter(*Posted._fields)


def as_posted(row: Contribution) -> Posted:
    """Return what must be the same when `row` is posted again from the same documents and rates."""
    return Posted._make(_compared(row))
