"""Loading exchange rates, and valuing again what they touch."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from tracker.curation.publishing.tasks import submit_written
from tracker.curation.reference.proposing import Proposed, loader, nothing_is_published, propose
from tracker.curation.review import figures
from tracker.curation.review.change_sets import open_change_set
from tracker.ledger.lookups import ShelfReader
from tracker.ledger.posting import post
from tracker.ledger.posting_again import as_posted
from tracker.ledger.rates import RateBook
from tracker.lib import canonical
from tracker.models import ChangeSet, Contribution, Edit, ExchangeRate, Publication
from tracker.models.inserting import insert_plain


@dataclass(frozen=True)
class LoadedRates:
    """What a loading of rates did, the change set that holds it, and how many pledges that values again."""

    proposed: Proposed
    change_set: ChangeSet | None
    touched: int


@transaction.atomic
def load(
    *, rates: Iterable[tuple[str, dt.date, Decimal]], source: str, at: dt.datetime, author: User | None = None
) -> LoadedRates:
    """Propose daily rates, currency, day, and units for one euro, in a change set of cause *exchange rate*.

    That is submitted for a reviewer, in the name of `author` or of a system user, and names the published pledges that
    come out otherwise, also where a changed rule is why. While nothing is published, rates are in force at once.
    Raises HeldByAnother where a change set that waits proposes another rate.
    """
    author = author or loader()
    change_set = None
    if not nothing_is_published():
        message = _("Exchange rates loaded on %s") % at.date().isoformat()
        change_set = open_change_set(author=author, message=message, cause=ChangeSet.Cause.EXCHANGE_RATE, at=at)
    proposed = propose(model=ExchangeRate, rows=rates, change_set=change_set, at=at, source=source)
    if change_set is None:
        return LoadedRates(proposed, None, 0)
    touched = _touched(change_set, at)
    if proposed.is_empty and not touched:
        change_set.delete()
        return LoadedRates(proposed, None, 0)
    # What is valued again is not held: its document stays as it is, whoever edits it meanwhile.
    insert_plain([
        Edit(change_set=change_set, kind="pledge", public_id=public_id, action=Edit.Action.REPOST, edited_at=at,
             released_at=at)
        for public_id in touched
    ])  # fmt: skip
    return LoadedRates(proposed, submit_written(change_set=change_set, at=at), len(touched))


def _touched(change_set: ChangeSet, at: dt.datetime) -> list[str]:
    """Return the published pledges whose rows come out otherwise with the rates that a change set proposes."""
    with transaction.atomic():
        figures.put_in_force(change_set=change_set, moment=at)
        found = _differing(at)
        transaction.set_rollback(True)
    return found


def _differing(at: dt.datetime) -> list[str]:
    """Return the published pledges whose rows would come out otherwise with the rates as they are now."""
    converted = Contribution.objects.as_of(None).filter(
        Q(rate_from__isnull=False) | Q(gap=Contribution.Gap.NO_RATE) | Q(gap="", rate_usd__isnull=True)
    )
    posted: dict[str, list[Contribution]] = {}
    wanted = set(converted.values_list("pledge", flat=True))
    for row in Contribution.objects.as_of(None).order_by("id").iterator():
        if row.pledge in wanted:
            posted.setdefault(row.pledge, []).append(row)
    reader, book = ShelfReader(), RateBook(at.date())
    touched = []
    for publication in Publication.objects.published().filter(kind="pledge").iterator():
        rows = posted.get(publication.public_id)
        if rows is None:
            continue
        fresh = post(canonical.load(publication.document), reader.shelf(book))
        if fresh != list(map(as_posted, rows)):
            touched.append(publication.public_id)
    return sorted(touched)
