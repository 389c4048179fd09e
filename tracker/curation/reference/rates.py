"""Loading exchange rates, and valuing again what they touch."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from tracker.curation.review.change_sets import hold, holder, open_change_set, submit
from tracker.ledger.lookups import ShelfReader
from tracker.ledger.posting import as_compared, post
from tracker.ledger.rates import RateBook
from tracker.lib import canonical
from tracker.models import ChangeSet, Contribution, Edit, ExchangeRate, Publication
from tracker.models.inserting import insert_rows

SYSTEM_USER = "exchange-rates"


@dataclass(frozen=True)
class LoadedRates:
    """What a loading of rates did: days added, days whose rate changed, and pledges to value again."""

    added: int
    changed: int
    change_set: ChangeSet | None
    held: list[str]
    """Pledges that another change set holds; they take the new rates when that is published."""


@transaction.atomic
def load(
    *, rates: Iterable[tuple[str, dt.date, Decimal]], source: str, at: dt.datetime, author: User | None = None
) -> LoadedRates:
    """Store daily rates: currency, day, and units for one euro.

    Where published contributions would come out otherwise, a change set of cause *exchange rate* is
    opened and submitted for a reviewer, in the name of `author` or of a system user. That is so for
    those, too, which an earlier loading touched, and whose change set was discarded.
    """
    known = {
        (currency, date): (pk, rate)
        for pk, currency, date, rate in ExchangeRate.objects.filter(source=source).values_list(
            "pk", "currency", "date", "rate"
        )
    }
    added, changed = [], []
    for currency, date, rate in rates:
        pk, before = known.get((currency, date), (None, None))
        if pk is None:
            added.append((currency, date, rate, source))
        elif before != rate:
            changed.append(ExchangeRate(pk=pk, currency=currency, date=date, rate=rate, source=source))
    insert_rows(ExchangeRate, ["currency", "date", "rate", "source"], added)
    ExchangeRate.objects.bulk_update(changed, ["rate"], batch_size=400)
    touched = _touched(at)
    change_set, held = _revalue(touched, author, at) if touched else (None, [])
    return LoadedRates(len(added), len(changed), change_set, held)


def _touched(at: dt.datetime) -> list[str]:
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
        if list(map(as_compared, fresh)) != list(map(as_compared, rows)):
            touched.append(publication.public_id)
    return sorted(touched)


def _revalue(touched: list[str], author: User | None, at: dt.datetime) -> tuple[ChangeSet | None, list[str]]:
    """Open and submit a change set that values the pledges again, but for those that are held."""
    held = [public_id for public_id in touched if holder(kind="pledge", public_id=public_id)]
    free = sorted(set(touched) - set(held))
    if not free:
        return None, held
    if author is None:
        author, created = User.objects.get_or_create(username=SYSTEM_USER, defaults={"is_active": False})
        if created:
            author.set_unusable_password()
            author.save()
    change_set = open_change_set(
        author=author, message=_("Exchange rates loaded on %s") % at.date().isoformat(),
        cause=ChangeSet.Cause.EXCHANGE_RATE, at=at,
    )  # fmt: skip
    for public_id in free:
        hold(kind="pledge", public_id=public_id, change_set=change_set, at=at, action=Edit.Action.REPOST)
    return submit(change_set=change_set, by=author, at=at), held
