"""Step 5 of publishing: bring the ledger into step where a pledge stays as it is, and what it counts by changed."""

from collections.abc import Collection

from tracker.curation.publishing import ledgering, shelving
from tracker.curation.publishing.batch import Batch
from tracker.curation.publishing.deriving import ledger_columns, posted
from tracker.ledger.lookups import ShelfReader
from tracker.ledger.rates import Rates
from tracker.lib import canonical
from tracker.lib.chunks import chunked
from tracker.models import Edit
from tracker.models.inserting import insert_plain
from tracker.records.engine.types import Key


def post(batch: Batch, rates: Rates) -> None:
    """Post the pledges that a publishing touches anew; raises Refused with all those that cannot be posted.

    A pledge whose document changed is posted with it. Others are where it is asked for, and where a platform or a
    pledge that they refer to changed; where that leaves the rows and the document as they are, nothing is written.
    One whose rows alone change gets a next version with the same document.
    """
    changed = batch.documents.keys() - batch.unchanged
    # Nothing that is published refers to what is not yet.
    sources = [key for key in changed & batch.shelf.keys() if key[0] in ("platform", "pledge")]
    touched = {*batch.reposted, *batch.unchanged, *shelving.referring(sources)}
    for part in chunked(sorted(key for key in touched - changed if key[0] == "pledge")):
        texts = dict(shelving.texts(part))
        documents = {key: canonical.load(text) for key, text in texts.items()}
        rows, problems = posted(documents, ShelfReader(), rates)
        batch.problems += problems
        stale = {key: documents[key] for key in ledgering.differing(rows)}
        _note(batch, stale.keys() & batch.reposted)
        numbers = shelving.put(
            shelving.shelve(stale, texts), shelving.standing(stale), change_set=batch.change_set, moment=batch.moment
        )
        ledgering.put(
            [key[1] for key in stale], ledger_columns({key: rows[key] for key in stale}), numbers, batch.moment
        )
    batch.refuse_problems()


def _note(batch: Batch, keys: Collection[Key]) -> None:
    """Say in the change set which pledges it values again, those of which it did not know, too."""
    noted = set(batch.change_set.edits.values_list("kind", "public_id"))
    fresh = [
        Edit(change_set=batch.change_set, kind=kind, public_id=public_id, action=Edit.Action.REPOST,
             edited_at=batch.moment, released_at=batch.moment)
        for kind, public_id in sorted(set(keys) - noted)
    ]  # fmt: skip
    insert_plain(fresh)
