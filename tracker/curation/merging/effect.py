"""What a merge does to the sums that two pledges add to the tables, before it is done."""

import datetime as dt

from tracker.curation.merging.merging import Sides
from tracker.curation.review.effect import Change, SumKey, changes
from tracker.ledger.errors import PostingError
from tracker.ledger.lookups import ShelfReader
from tracker.ledger.posting import post
from tracker.ledger.rates import RateBook
from tracker.models import Pledge
from tracker.records.engine.merging import SIDES
from tracker.records.engine.types import Document


def effect_of(sides: Sides, *, day: dt.date) -> list[Change]:
    """Return the cells, contributor by stage in EUR cents, in which the merged pledge adds up to something else.

    Net, on the headline basis, with the rates of `day`, as `review.effect.totals` counts. What cannot be counted yet
    adds nothing; no other kind of record adds to the tables.
    """
    if sides.serializer.Meta.model is not Pledge:
        return []
    before: dict[SumKey, int] = {}
    for side in SIDES:
        for key, cents in _sums(sides.documents[side], day).items():
            before[key] = before.get(key, 0) + cents
    return changes(before, _sums(sides.document, day))


def _sums(document: Document, day: dt.date) -> dict[SumKey, int]:
    reader = ShelfReader()
    reader.preload_for([document])
    try:
        rows = post(document, reader.shelf(RateBook(day)))
    except PostingError:
        return {}
    found: dict[SumKey, int] = {}
    for row in rows:
        is_counted = row.is_headline and not row.is_netted and row.nature != Pledge.Nature.DEPLOYMENT
        if is_counted and row.eur_cents is not None:
            key = (row.contributor, row.stage)
            found[key] = found.get(key, 0) + row.eur_cents
    return found
