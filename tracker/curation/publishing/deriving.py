"""What is written of the documents of a batch, worked out before anything is: their place on the shelf and their rows.

Nothing of it depends on the moment of the publishing, but for rates, which are those of a day.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tracker.curation.errors import Problem
from tracker.curation.publishing import shelving
from tracker.curation.publishing.batch import Batch
from tracker.curation.publishing.shelving import Shelved, Version
from tracker.ledger.errors import PostingError
from tracker.ledger.lookups import ShelfReader
from tracker.ledger.posting import as_compared, post
from tracker.ledger.rates import Rates
from tracker.lib.chunks import chunked
from tracker.records import shelved
from tracker.records.engine.types import Document, Key

PostedRows = dict[Key, list[tuple[Any, ...]]]
"""The columns that documents and rates determine of the rows of each pledge."""


@dataclass(frozen=True)
class Derived:
    """What is written of some documents and their claims, which versions of them stand, and which cannot be posted."""

    shelved: dict[Key, Shelved]
    standing: list[Version]
    rows: PostedRows
    problems: list[Problem]


def derive(batch: Batch, rates: Rates) -> Iterator[Derived]:
    """Yield what is written of the documents that change, some hundred at a time."""
    for part in chunked(key for key in batch.documents if key not in batch.unchanged):
        documents = {key: batch.documents[key] for key in part}
        reader = ShelfReader(fresh=batch.documents)
        rows, problems = posted({key: documents[key] for key in part if key[0] == "pledge"}, reader, rates)
        for key in part:
            documents |= _claims(batch, key, documents[key])
        yield Derived(shelving.shelve(documents), shelving.standing(documents), rows, problems)


def posted(documents: dict[Key, Document], reader: ShelfReader, rates: Rates) -> tuple[PostedRows, list[Problem]]:
    """Return the rows of pledges by their documents, and which of them cannot be posted."""
    reader.preload_for(documents.values())
    rows: PostedRows = {}
    problems = []
    for key, document in documents.items():
        try:
            rows[key] = list(map(as_compared, post(document, reader.shelf(rates))))
        except PostingError as error:
            problems.append(Problem(*key, str(error)))
    return rows, problems


def compare(batch: Batch) -> None:
    """Find out which of the documents stand published as they are."""
    published = batch.documents.keys() & batch.shelf.keys()
    batch.unchanged = {key for key in published if batch.shelf[key] == batch.documents[key]}


def _claims(batch: Batch, key: Key, document: Document) -> dict[Key, Document]:
    """Return the claims of a record that are new or have changed."""
    before = shelved.claims(key[0], batch.shelf[key]) if key in batch.shelf else {}
    after = shelved.claims(key[0], document)
    return {claim: document for claim, document in after.items() if before.get(claim) != document}
