"""Step 5 of publishing: bring the ledger into step with the shelf."""

import datetime as dt
from collections.abc import Collection, Iterable

from tracker.curation.errors import Problem
from tracker.curation.review import figures, shelving
from tracker.curation.review.batch import Batch
from tracker.ledger.errors import PostingError
from tracker.ledger.lookups import ShelfReader
from tracker.ledger.posting import COMPARED, Posted, as_compared
from tracker.ledger.posting import post as post_rows
from tracker.ledger.rates import RateBook, Rates
from tracker.lib import canonical
from tracker.lib.chunks import chunked
from tracker.models import Contribution, Edit
from tracker.models.inserting import insert_plain, insert_rows
from tracker.records.engine.types import Document, Key

PostedRows = dict[Key, list[Posted]]


def post(batch: Batch) -> None:
    """Post the contributions of the pledges that a publishing touches; raises Refused with those that it cannot post.

    A pledge is posted where its document changed, where it is asked for, and where a platform or a
    pledge that it refers to changed; where that leaves its rows and its document as they are,
    nothing is written. One whose rows alone change gets a next version with the same document.
    """
    batch.reposted |= figures.put_in_force(change_set=batch.change_set, moment=batch.moment)
    changed = batch.documents.keys() - batch.unchanged
    sources = [key for key in changed if key[0] in ("platform", "pledge")]
    touched = {*batch.reposted, *batch.unchanged, *shelving.referring(sources)}
    _close_rows([public_id for kind, public_id in batch.withdrawn if kind == "pledge"], batch.moment)
    rates = RateBook(batch.moment.date())
    for part in chunked(sorted(_pledges(changed))):
        rows = _rows({key: batch.documents[key] for key in part}, rates, batch.problems)
        _write(rows, batch.published, batch.moment)
    for part in chunked(sorted(_pledges(touched) - changed)):
        documents = {key: canonical.load(text) for key, text in shelving.texts(part)}
        rows = _rows(documents, rates, batch.problems)
        stale = {key: documents[key] for key in _differing(rows)}
        _note(batch, stale.keys() & batch.reposted)
        numbers = shelving.put(stale, change_set=batch.change_set, moment=batch.moment)
        _write({key: rows[key] for key in stale}, numbers, batch.moment)
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


def _pledges(keys: Iterable[Key]) -> set[Key]:
    return {key for key in keys if key[0] == "pledge"}


def _rows(documents: dict[Key, Document], rates: Rates, problems: list[Problem]) -> PostedRows:
    """Return the rows of pledges by their published documents; adds to `problems` what cannot be posted."""
    reader = ShelfReader()
    reader.preload_for(documents.values())
    rows: PostedRows = {}
    for key, document in documents.items():
        try:
            rows[key] = post_rows(document, reader.shelf(rates))
        except PostingError as error:
            problems.append(Problem(*key, str(error)))
    return rows


def _differing(rows: PostedRows) -> list[Key]:
    """Return the pledges whose rows in the ledger are not these."""
    posted: dict[str, list[Contribution]] = {public_id: [] for _kind, public_id in rows}
    for row in Contribution.objects.as_of(None).filter(pledge__in=sorted(posted)).order_by("id"):
        posted[row.pledge].append(row)
    return [
        key for key, fresh in rows.items() if list(map(as_compared, fresh)) != list(map(as_compared, posted[key[1]]))
    ]


def _close_rows(pledges: list[str], moment: dt.datetime) -> None:
    for part in chunked(pledges):
        Contribution.objects.as_of(None).filter(pledge__in=part).update(recorded_to=moment)


def _write(rows: PostedRows, publications: dict[Key, int], moment: dt.datetime) -> None:
    """Close the rows that stand of the pledges and add `rows` in their place."""
    _close_rows([public_id for _kind, public_id in rows], moment)
    fresh = ((*as_compared(row), publications[key], moment) for key, posted in rows.items() for row in posted)
    insert_rows(Contribution, [*COMPARED, "publication", "recorded_from"], fresh)
