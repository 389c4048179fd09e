"""How many rows each public list has after a publishing, counted on from the publishing before."""

import datetime as dt

from django.db.models import Count, Q, QuerySet

from tracker.models import ChainLink, ChangeSet, Contribution, Publication

LEDGER = "contribution"
"""Under this name the rows of the ledger are counted, beside the kinds of records."""

HEADLINE = Q(is_headline=True, is_conditional=False)
"""The rows that the list of the ledger has where nobody asks for others."""


def counts_after(change_set: ChangeSet, before: ChainLink | None) -> dict[str, int]:
    """Return the counts after a publishing whose rows are written; `before` is the link of the one before."""
    moment = change_set.published_at
    assert moment is not None
    if before is not None and not before.counts:
        return counts_at(moment)
    counts = dict(before.counts) if before else {}
    came = change_set.publications.filter(is_tombstone=False)
    for kind, number in _by_kind(came).items():
        counts[kind] = counts.get(kind, 0) + number
    kinds = change_set.publications.order_by().values_list("kind", flat=True).distinct()
    gone = Publication.objects.filter(kind__in=list(kinds), recorded_to=moment, is_tombstone=False)
    for kind, number in _by_kind(gone).items():
        counts[kind] -= number
    ledger = Contribution.objects.filter(HEADLINE)
    posted, closed = ledger.filter(recorded_from=moment).count(), ledger.filter(recorded_to=moment).count()
    counts[LEDGER] = counts.get(LEDGER, 0) + posted - closed
    return counts


def counts_at(moment: dt.datetime) -> dict[str, int]:
    """Return the counts at `moment`, of all rows anew."""
    ledger = Contribution.objects.as_of(moment).filter(HEADLINE).count()
    return _by_kind(Publication.objects.published(moment)) | {LEDGER: ledger}


def _by_kind(rows: QuerySet[Publication]) -> dict[str, int]:
    return dict(rows.order_by().values_list("kind").annotate(Count("pk")))
