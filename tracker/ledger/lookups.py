"""Reading from the shelf what posting looks up."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from tracker.ledger.posted import Posted
from tracker.ledger.posting import Shelf, post
from tracker.ledger.posting_again import RecordedRates
from tracker.ledger.rates import Rates
from tracker.lib import canonical
from tracker.lib.chunks import chunked
from tracker.models import Contribution, Publication
from tracker.records.engine.types import Document, Key


class ShelfReader:
    """Documents as published at a moment, each read once; `fresh` are those that are about to stand in their place."""

    def __init__(self, moment: dt.datetime | None = None, fresh: Mapping[Key, Document] | None = None) -> None:
        self.moment = moment
        self._fresh = fresh or {}
        self._read: dict[Key, Document | None] = {}

    def preload(self, kind: str, public_ids: Iterable[str]) -> None:
        """Read the documents of many records in few queries."""
        keys = {(kind, public_id) for public_id in public_ids} - self._read.keys()
        self._read.update({key: self._fresh.get(key) for key in keys})
        unread = sorted(public_id for _kind, public_id in keys - self._fresh.keys())
        for part in chunked(unread):
            found = Publication.objects.published(self.moment).filter(kind=kind, public_id__in=part)
            for public_id, text in found.values_list("public_id", "document"):
                self._read[kind, public_id] = canonical.load(text)

    def find(self, kind: str, public_id: str) -> Document | None:
        """Return the document of one record, or None where none stands."""
        if (kind, public_id) not in self._read:
            self.preload(kind, [public_id])
        return self._read[kind, public_id]

    def preload_for(self, documents: Iterable[Document]) -> None:
        """Read the platforms and linked pledges of many pledges."""
        listed = list(documents)
        self.preload("platform", (i["platform"]["id"] for d in listed for i in d["items"] if i["platform"]))
        self.preload("pledge", (link["target"]["id"] for d in listed for link in d["links"]))

    def shelf(self, rates: Rates) -> Shelf:
        """Return what posting looks up."""
        return Shelf(
            platform=lambda public_id: self.find("platform", public_id),
            pledge=lambda public_id: self.find("pledge", public_id),
            rates=rates,
        )


def recompute(publication: Publication, posted: list[Contribution]) -> list[Posted]:
    """Return the rows of a pledge's publication, computed anew from the shelf of that time.

    Uses the rates that `posted`, its rows in the ledger, record. Raises PostingError.
    """
    reader = ShelfReader(publication.recorded_from)
    document: dict[str, Any] = canonical.load(publication.document)
    return post(document, reader.shelf(RecordedRates(document, posted)))
