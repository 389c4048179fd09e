"""What a merge does to the sums that two pledges add to the tables, before it is done."""

import datetime as dt
from dataclasses import dataclass

from tracker.curation.merging.merging import Sides
from tracker.ledger.errors import PostingError
from tracker.ledger.lookups import ShelfReader
from tracker.ledger.posting import post
from tracker.ledger.rates import RateBook
from tracker.models import Pledge
from tracker.records.engine.merging import SIDES
from tracker.records.engine.types import Document

SumKey = tuple[str, str]
"""Contributor and stage."""


@dataclass(frozen=True)
class Change:
    """One cell of the table of contributors by stages, in EUR cents."""

    contributor: str
    stage: str
    before: int
    after: int

    @property
    def difference(self) -> int:
        """What the merge adds, in EUR cents; negative where it takes away."""
        return self.after - self.before


def effect_of(sides: Sides, *, day: dt.date) -> list[Change]:
    """Return the cells, contributor by stage in EUR cents, in which the merged pledge adds up to something else.

    Net, on the headline basis, with the rates of `day`, as `review.effect.sums` counts. What cannot be counted yet
    adds nothing; no other kind of record adds to the tables.
    """
    if sides.serializer.Meta.model is not Pledge:
        return []
    before: dict[SumKey, int] = {}
    for side in SIDES:
        for key, cents in _sums(sides.documents[side], day).items():
            before[key] = before.get(key, 0) + cents
    after = _sums(sides.document, day)
    cells = [Change(*key, before.get(key, 0), after.get(key, 0)) for key in sorted(before.keys() | after.keys())]
    return [cell for cell in cells if cell.difference]


def _sums(document: Document, day: dt.date) -> dict[SumKey, int]:
    reader = ShelfReader()
    reader.preload_for([document])
    try:
        rows = post(document, reader.shelf(RateBook(day)))
    except PostingError:
        return {}
    found: dict[SumKey, int] = {}
    for row in rows:
        is_left_out = row.is_netted or row.is_conditional or row.nature == Pledge.Nature.DEPLOYMENT
        is_counted = row.is_headline and not is_left_out
        if is_counted and row.eur_cents is not None:
            key = (row.contributor, row.stage)
            found[key] = found.get(key, 0) + row.eur_cents
    return found
