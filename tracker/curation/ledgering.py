"""Keeping the ledger in step with the shelf: which pledges are posted anew, and their rows."""

import datetime as dt

from tracker.curation import shelving
from tracker.curation.errors import Problem
from tracker.ledger.errors import PostingError
from tracker.ledger.posting import as_compared
from tracker.ledger.posting import post as post_rows
from tracker.ledger.rates import RateBook
from tracker.ledger.reading import ShelfReader
from tracker.lib import canonical
from tracker.lib.chunks import chunked
from tracker.models import ChangeSet, Contribution, Publication
from tracker.models.inserting import insert_plain
from tracker.records.shelved import Key


def post(
    *, changed: dict[Key, Publication], reposted: set[Key], withdrawn: set[Key], change_set: ChangeSet,
    moment: dt.datetime,
) -> list[Problem]:  # fmt: skip
    """Post the pledges that a publishing touches; returns what is wrong with those it cannot post.

    A pledge is posted where its document changed, where it is asked for, and where a platform or a
    pledge that it refers to changed; where that leaves its rows and its document as they are,
    nothing is written. One whose rows alone change gets a next version with the same document.
    """
    publications = {key: publication for key, publication in changed.items() if key[0] == "pledge"}
    sources = [key for key in changed if key[0] in ("platform", "pledge")]
    followers = shelving.standing({key for key in reposted if key[0] == "pledge"})
    followers |= {(p.kind, p.public_id): p for p in shelving.referring(sources) if p.kind == "pledge"}
    _close_rows([public_id for kind, public_id in withdrawn if kind == "pledge"], moment)
    reader, rates = ShelfReader(), RateBook(moment.date())
    problems: list[Problem] = []
    documents = {key: canonical.load(p.document) for key, p in (followers | publications).items()}
    reader.preload_for(documents.values())
    rows: dict[Key, list[Contribution]] = {}
    for key, document in documents.items():
        try:
            rows[key] = post_rows(document, reader.shelf(rates))
        except PostingError as error:
            problems.append(Problem(*key, str(error)))
    if problems:
        return problems
    stale = _differing({key: rows[key] for key in followers if key not in publications})
    publications |= shelving.put({key: documents[key] for key in stale}, change_set=change_set, moment=moment)
    _close_rows([public_id for _kind, public_id in publications], moment)
    _write({key: rows[key] for key in publications}, publications, moment)
    return []


def _differing(rows: dict[Key, list[Contribution]]) -> list[Key]:
    """Return the pledges whose rows in the ledger are not these."""
    posted: dict[str, list[Contribution]] = {public_id: [] for _kind, public_id in rows}
    for part in chunked(sorted(posted)):
        for row in Contribution.objects.as_of(None).filter(pledge__in=part).order_by("id"):
            posted[row.pledge].append(row)
    return [
        key for key, fresh in rows.items() if list(map(as_compared, fresh)) != list(map(as_compared, posted[key[1]]))
    ]


def _close_rows(pledges: list[str], moment: dt.datetime) -> None:
    for part in chunked(pledges):
        Contribution.objects.as_of(None).filter(pledge__in=part).update(recorded_to=moment)


def _write(rows: dict[Key, list[Contribution]], publications: dict[Key, Publication], moment: dt.datetime) -> None:
    fresh: list[Contribution] = []
    for key, posted in rows.items():
        for row in posted:
            row.publication, row.recorded_from = publications[key], moment
            fresh.append(row)
    insert_plain(fresh)
