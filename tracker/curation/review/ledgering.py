"""Keeping the ledger in step with the shelf: which pledges are posted anew, and their rows."""

import datetime as dt

from tracker.curation.errors import Problem
from tracker.curation.review import shelving
from tracker.ledger import counts, roll_ups
from tracker.ledger.errors import PostingError
from tracker.ledger.lookups import ShelfReader
from tracker.ledger.posting import COMPARED, Posted, as_compared
from tracker.ledger.posting import post as post_rows
from tracker.ledger.rates import RateBook, Rates
from tracker.lib import canonical
from tracker.lib.chunks import chunked
from tracker.models import ChangeSet, Contribution
from tracker.models.inserting import insert_rows
from tracker.records.engine.types import Document, Key

Rows = dict[Key, list[Posted]]


def post(
    *, changed: set[Key], reposted: set[Key], withdrawn: set[Key], change_set: ChangeSet, moment: dt.datetime
) -> list[Problem]:
    """Post the pledges that a publishing touches; returns what is wrong with those it cannot post.

    A pledge is posted where its document changed, where it is asked for, and where a platform or a
    pledge that it refers to changed; where that leaves its rows and its document as they are,
    nothing is written. One whose rows alone change gets a next version with the same document.
    """
    sources = [key for key in changed if key[0] in ("platform", "pledge")]
    followers = {key for key in (*reposted, *shelving.referring(sources)) if key[0] == "pledge"} - changed
    _close_rows([public_id for kind, public_id in withdrawn if kind == "pledge"], moment)
    rates = RateBook(moment.date())
    problems: list[Problem] = []
    for part in chunked(sorted(key for key in changed if key[0] == "pledge")):
        _documents, rows = _rows(part, rates, problems)
        _write(rows, shelving.numbers(part), moment)
    for part in chunked(sorted(followers)):
        documents, rows = _rows(part, rates, problems)
        stale = _differing(rows)
        numbers = shelving.put({key: documents[key] for key in stale}, change_set=change_set, moment=moment)
        _write({key: rows[key] for key in stale}, numbers, moment)
    roll_ups.keep(moment)
    counts.keep(moment)
    return problems


def _rows(pledges: list[Key], rates: Rates, problems: list[Problem]) -> tuple[dict[Key, Document], Rows]:
    """Return the standing documents of pledges and their rows; adds to `problems` what cannot be posted."""
    documents = {key: canonical.load(text) for key, text in shelving.texts(pledges)}
    reader = ShelfReader()
    reader.preload_for(documents.values())
    rows: Rows = {}
    for key, document in documents.items():
        try:
            rows[key] = post_rows(document, reader.shelf(rates))
        except PostingError as error:
            problems.append(Problem(*key, str(error)))
    return documents, rows


def _differing(rows: Rows) -> list[Key]:
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


def _write(rows: Rows, publications: dict[Key, int], moment: dt.datetime) -> None:
    """Close the rows that stand of the pledges and add `rows` in their place."""
    _close_rows([public_id for _kind, public_id in rows], moment)
    fresh = ((*as_compared(row), publications[key], moment) for key, posted in rows.items() for row in posted)
    insert_rows(Contribution, [*COMPARED, "publication", "recorded_from"], fresh)
