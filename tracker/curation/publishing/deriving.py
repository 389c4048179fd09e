"""What is written of the documents of a batch, worked out before anything is: their place on the shelf and their rows.

Nothing of it depends on the moment of the publishing, but for rates, which are those of a day.
"""

import pickle
from collections import ChainMap
from collections.abc import Iterator
from functools import partial
from typing import NamedTuple

from tracker.curation.errors import Problem
from tracker.curation.publishing import second_core, shelving
from tracker.curation.publishing.batch import Batch
from tracker.curation.publishing.shelving import Shelved, Version
from tracker.ledger.errors import PostingError
from tracker.ledger.lookups import ShelfReader
from tracker.ledger.posted import Posted
from tracker.ledger.posting import post
from tracker.ledger.rates import Rates
from tracker.lib import canonical
from tracker.lib.chunks import chunked
from tracker.models import Contribution
from tracker.models.inserting import Columns, columns_of
from tracker.records import shelved
from tracker.records.engine.types import Document, Key

PostedRows = dict[Key, list[Posted]]
"""The rows of each pledge."""


class Derived(NamedTuple):
    """What is written of some documents and their claims, which versions of them stand, and which cannot be posted.

    All but problems are values that the database takes, and a file keeps, as they are.
    """

    shelved: bytes
    """What `unpacked` gives."""
    standing: list[Version]
    pledges: list[str]
    """Those that are posted."""
    rows: Columns
    """Their rows in the ledger."""
    problems: list[Problem]


def derive(batch: Batch, rates: Rates, *, beside: bool = False) -> Iterator[Derived]:
    """Yield what is written of the documents that change, some hundred at a time.

    What the shelf keeps of them is worked out by a process `beside` this one, where there is much and a core for it.
    """
    parts = list(chunked(key for key in batch.documents if key not in batch.unchanged))
    at_work = second_core.mapped if beside and len(parts) >= WORTH_IT and second_core.is_there() else map
    for part, (keys, kept) in zip(parts, at_work(partial(_shelved, batch), parts), strict=True):
        rows, problems = _posted_of(batch, part, rates)
        yield Derived(
            kept, shelving.standing(keys),
            pledges=[public_id for _kind, public_id in rows], rows=ledger_columns(rows), problems=problems,
        )  # fmt: skip


WORTH_IT = 5
"""From how many parts on."""


def _shelved(batch: Batch, part: list[Key]) -> tuple[list[Key], bytes]:
    """Return the keys of documents and of their claims, and what the shelf keeps of them, packed.

    It asks the database nothing. Packed, as only who writes it looks at it again.
    """
    texts = {key: batch.documents.text(key) for key in part}
    documents = {key: canonical.load(text) for key, text in texts.items()}
    for key in part:
        documents |= _claims(batch, key, documents[key])
    return list(documents), pickle.dumps(shelving.shelve(documents, texts), pickle.HIGHEST_PROTOCOL)


def unpacked(derived: Derived) -> Shelved:
    """Return what the shelf keeps of the documents."""
    kept: Shelved = pickle.loads(derived.shelved)
    return kept


def _posted_of(batch: Batch, part: list[Key], rates: Rates) -> tuple[PostedRows, list[Problem]]:
    pledges = {key: batch.documents[key] for key in part if key[0] == "pledge"}
    reader = ShelfReader(fresh=ChainMap(pledges, batch.documents))
    return posted(pledges, reader, rates)


def posted(documents: dict[Key, Document], reader: ShelfReader, rates: Rates) -> tuple[PostedRows, list[Problem]]:
    """Return the rows of pledges by their documents, and which of them cannot be posted."""
    reader.preload_for(documents.values())
    shelf = reader.shelf(rates)
    rows: PostedRows = {}
    problems = []
    for key, document in documents.items():
        try:
            rows[key] = post(document, shelf)
        except PostingError as error:
            problems.append(Problem(*key, str(error)))
    return rows, problems


def ledger_columns(rows: PostedRows) -> Columns:
    """Return the rows of all pledges as columns of the ledger."""
    return columns_of(Contribution, Posted._fields, (row for posted in rows.values() for row in posted))


def compare(batch: Batch) -> None:
    """Find out which of the documents stand published as they are."""
    published = batch.documents.keys() & batch.shelf.keys()
    batch.unchanged = {key for key in published if batch.shelf[key] == batch.documents[key]}


def _claims(batch: Batch, key: Key, document: Document) -> dict[Key, Document]:
    """Return the claims of a record that are new or have changed."""
    before = shelved.claims(key[0], batch.shelf[key]) if key in batch.shelf else {}
    after = shelved.claims(key[0], document)
    return {claim: document for claim, document in after.items() if before.get(claim) != document}
