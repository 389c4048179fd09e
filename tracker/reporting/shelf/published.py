"""Reading the shelf: what the world sees, now or as of a moment."""

import datetime as dt
import re
from collections.abc import Iterable

from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from tracker.lib.chunks import chunked
from tracker.models import ChangeSet, Contribution, Facet, Listing, Publication

NEVER = dt.datetime(1, 1, 2, tzinfo=dt.UTC)
"""The moment before anything was published."""

NEWEST = "newest"
"""Under this name a public response says what the newest publishing was when it was made, and so does a request that
the response cache was asked about.
"""


class MomentError(ValueError):
    """The text is no moment; the message says what was found and what would be right."""


def parse_moment(text: str) -> dt.datetime:
    """Read `as_of`: a time with its zone, or a day, which means its last moment in UTC."""
    shown = text.strip()[:60]
    wrong = MomentError(_("“%s” is neither a day such as 2025-10-15 nor a time such as 2025-10-15T12:00:00Z.") % shown)
    # A plus sign in a query string arrives as a space.
    text = re.sub(r" (\d\d:\d\d)$", r"+\1", text.strip()[:60])
    try:
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text, re.ASCII):
            day = dt.date.fromisoformat(text)
            return dt.datetime.combine(day, dt.time.max, tzinfo=dt.UTC)
        moment = parse_datetime(text)
        if moment is not None and moment.tzinfo is not None:
            return moment.astimezone(dt.UTC)
    except (ValueError, OverflowError):
        raise wrong from None
    raise wrong


_NEWEST = "SELECT published_at FROM tracker_changeset WHERE published_at IS NOT NULL ORDER BY published_at DESC LIMIT 1"


def newest() -> dt.datetime:
    """Return the moment of the newest publishing; NEVER where there is none.

    In plain SQL: every request asks for it, and building a queryset takes ten times as long as the query.
    """
    with connection.cursor() as cursor:
        cursor.execute(_NEWEST)
        row = cursor.fetchone()
    if row is None:
        return NEVER
    # SQLite keeps no zone.
    return timezone.make_aware(row[0], dt.UTC) if timezone.is_naive(row[0]) else row[0]


def resolve(as_of: dt.datetime | None) -> dt.datetime:
    """Return the moment of the newest publishing by `as_of` (None: ever); NEVER where there is none.

    Everything that one answer shows is read as of this moment, also where it is the newest, so that
    a publishing in the meantime does not show by halves. Two times between the same publishings
    resolve alike: what is served for them is the same, byte for byte.
    """
    if as_of is None:
        return newest()
    moments = ChangeSet.objects.filter(published_at__lte=as_of).order_by("-published_at")
    return moments.values_list("published_at", flat=True).first() or NEVER


def published_in_the_same_second(moment: dt.datetime) -> bool:
    """Tell whether something was published in the second of `moment`, before it."""
    second = moment.replace(microsecond=0)
    return ChangeSet.objects.filter(published_at__gte=second, published_at__lt=moment).exists()


def published(kind: str, moment: dt.datetime) -> "QuerySet[Publication]":
    """Return what stands on the shelf of one kind at `moment`."""
    queryset: QuerySet[Publication] = Publication.objects.published(moment).filter(kind=kind)
    return queryset


def publications_of(listings: "list[Listing]") -> "list[Publication]":
    """Return the publications of some listings, in their order, with what a page shows of them."""
    found = Publication.objects.only("public_id", "document").in_bulk([listing.publication_id for listing in listings])
    return [found[listing.publication_id] for listing in listings]


def tombstones(kind: str, public_ids: list[str], moment: dt.datetime) -> dict[str, str]:
    """Return the tombstones, by public id, of those records that are withdrawn at `moment`."""
    gone = Publication.objects.as_of(moment).filter(kind=kind, public_id__in=public_ids, is_tombstone=True)
    return dict(gone.values_list("public_id", "document"))


def parties_as(role: str, moment: dt.datetime) -> "QuerySet[Publication]":
    """Return the parties that standing records name as `role`: contributor or beneficiary."""
    naming = Publication.objects.published(moment).exclude(kind="claim")
    named = Facet.objects.filter(name=role, publication__in=naming.values("pk"))
    return published("party", moment).filter(public_id__in=named.values("value"))


def contributions(moment: dt.datetime) -> "QuerySet[Contribution]":
    """Return the rows of the ledger that stand at `moment`."""
    queryset: QuerySet[Contribution] = Contribution.objects.as_of(moment)
    return queryset


def change_sets(moment: dt.datetime) -> "QuerySet[ChangeSet]":
    """Return the change sets published by `moment`."""
    return ChangeSet.objects.filter(published_at__lte=moment)


def names(kind: str, public_ids: Iterable[str], moment: dt.datetime) -> dict[str, str]:
    """Return the published names of records by public id."""
    found: dict[str, str] = {}
    for part in chunked(sorted(set(public_ids))):
        found |= dict(published(kind, moment).filter(public_id__in=part).values_list("public_id", "name"))
    return found
