"""Step 4 of publishing: write versions and tombstones of records and of their claims, and the rows of pledges."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from tracker.curation.publishing import ledgering, shelving
from tracker.curation.publishing.batch import Batch
from tracker.curation.publishing.deriving import Derived, unpacked
from tracker.lib import canonical
from tracker.models import Edit
from tracker.models.inserting import insert_plain
from tracker.records import shelved
from tracker.records.engine.types import Key


def write(batch: Batch, derived: Iterable[Derived]) -> None:
    """Write what the batch publishes and withdraws; a document that stands published as it is gets no next version."""
    insert_plain(
        [
            Edit(change_set=batch.change_set, kind=kind, public_id=public_id, edited_at=batch.moment)
            for kind, public_id in sorted(batch.brought)
        ]
    )
    gone = _claims_gone(batch)
    shelving.put_tombstones(
        gone | batch.withdrawn, change_set=batch.change_set, moment=batch.moment, merged=batch.merged
    )
    ledgering.close([public_id for kind, public_id in batch.withdrawn if kind == "pledge"], batch.moment)
    for part in derived:
        written = shelving.put(unpacked(part), part.standing, change_set=batch.change_set, moment=batch.moment)
        ledgering.put(part.pledges, part.rows, written, batch.moment)
        batch.problems += part.problems


def _claims_gone(batch: Batch) -> dict[Key, str]:
    """Return the claims of records that are withdrawn, and those that changed ones no longer have; and why.

    Claims that another record of the batch has now, as one was merged into the other, stay.
    """
    gone: dict[Key, str] = {}
    for key, text in shelving.texts(batch.withdrawn):
        gone |= dict.fromkeys(shelved.claims(key[0], canonical.load(text)), batch.withdrawn[key])
    for key in (batch.documents.keys() & batch.shelf.keys()) - batch.unchanged:
        left = shelved.claims(key[0], batch.documents[key])
        said = _("%s %s no longer rests on it") % key
        gone |= {claim: said for claim in shelved.claims(key[0], batch.shelf[key]) if claim not in left}
    if gone:
        for key in batch.documents:
            for claim in shelved.claims(key[0], batch.documents[key]):
                gone.pop(claim, None)
    return gone
