"""Step 4 of publishing: write versions and tombstones of records and of their claims to the shelf."""

from django.utils.translation import gettext as _

from tracker.curation.review import shelving
from tracker.curation.review.batch import Batch
from tracker.lib import canonical
from tracker.lib.chunks import chunked
from tracker.models import Edit, Pledge
from tracker.models.inserting import insert_plain
from tracker.records import shelved
from tracker.records.engine.types import Document, Key


def write(batch: Batch) -> None:
    """Write what the batch publishes and withdraws; a document that stands published as it is gets no next version."""
    insert_plain(
        [
            Edit(change_set=batch.change_set, kind=kind, public_id=public_id, edited_at=batch.moment)
            for kind, public_id in sorted(batch.brought)
        ]
    )
    published = batch.documents.keys() & batch.shelf.keys()
    batch.unchanged = {key for key in published if batch.shelf[key] == batch.documents[key]}
    gone = _claims_gone(batch, published - batch.unchanged)
    shelving.put_tombstones(
        gone | batch.withdrawn, change_set=batch.change_set, moment=batch.moment, merged=batch.merged
    )
    for part in chunked(key for key in batch.documents if key not in batch.unchanged):
        documents = {key: batch.documents[key] for key in part}
        for key in part:
            documents |= _claims(batch, key, documents[key])
        written = shelving.put(documents, change_set=batch.change_set, moment=batch.moment)
        batch.published |= {key: written[key] for key in part if key[0] == Pledge.kind}


def _claims_gone(batch: Batch, changed: set[Key]) -> dict[Key, str]:
    """Return the claims of records that are withdrawn, and those that changed ones no longer have; and why.

    Claims that another record of the batch has now, as one was merged into the other, stay.
    """
    gone: dict[Key, str] = {}
    for key, text in shelving.texts(batch.withdrawn):
        gone |= dict.fromkeys(shelved.claims(key[0], canonical.load(text)), batch.withdrawn[key])
    for key in changed:
        left = shelved.claims(key[0], batch.documents[key])
        said = _("%s %s no longer rests on it") % key
        gone |= {claim: said for claim in shelved.claims(key[0], batch.shelf[key]) if claim not in left}
    if gone:
        for key in batch.documents:
            for claim in shelved.claims(key[0], batch.documents[key]):
                gone.pop(claim, None)
    return gone


def _claims(batch: Batch, key: Key, document: Document) -> dict[Key, Document]:
    """Return the claims of a record that are new or have changed."""
    before = shelved.claims(key[0], batch.shelf[key]) if key in batch.shelf else {}
    after = shelved.claims(key[0], document)
    return {claim: document for claim, document in after.items() if before.get(claim) != document}
