"""Reading the shelf: what the world sees, now or as of a moment."""

import datetime as dt
import re
from collections.abc import Iterable

from django.db.models import QuerySet
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from tracker.lib.chunks import chunked
from tracker.models import ChangeSet, Contribution, Facet, Publication

NEVER = dt.datetime(1, 1, 2, tzinfo=dt.UTC)
"""The moment before anything was published."""

ROLES = {"contributors": "contributor", "beneficiaries": "beneficiary"}
"""Lists of parties that published records name in a role."""


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


def resolve(as_of: dt.datetime | None) -> tuple[dt.datetime, dt.datetime | None]:
    """Return the moment of the newest publishing by `as_of` (None: ever), and how to read as of it.

    The second is None where that publishing is the newest of all, so that reading is reading now.
    Two times between the same publishings resolve alike: what is served for them is the same, byte
    for byte.
    """
    moments = ChangeSet.objects.filter(published_at__isnull=False).order_by("-published_at")
    newest = moments.values_list("published_at", flat=True).first()
    if newest is None:
        return NEVER, None
    if as_of is None or as_of >= newest:
        return newest, None
    before = moments.filter(published_at__lte=as_of).values_list("published_at", flat=True).first()
    return (before, before) if before else (NEVER, NEVER)


def published(kind: str, moment: dt.datetime | None) -> "QuerySet[Publication]":
    """Return what stands on the shelf of one kind at `moment` (None: now)."""
    queryset: QuerySet[Publication] = Publication.objects.standing(moment).filter(kind=kind)
    return queryset


def parties_as(role: str, moment: dt.datetime | None) -> "QuerySet[Publication]":
    """Return the parties that standing records name as `role`: contributor or beneficiary."""
    naming = Publication.objects.standing(moment).exclude(kind="claim")
    named = Facet.objects.filter(name=role, publication__in=naming.values("pk"))
    return published("party", moment).filter(public_id__in=named.values("value"))


def contributions(moment: dt.datetime | None) -> "QuerySet[Contribution]":
    """Return the rows of the ledger that stand at `moment` (None: now)."""
    queryset: QuerySet[Contribution] = Contribution.objects.as_of(moment)
    return queryset


def change_sets(moment: dt.datetime) -> "QuerySet[ChangeSet]":
    """Return the change sets published by `moment`."""
    return ChangeSet.objects.filter(published_at__lte=moment)


def names(kind: str, public_ids: Iterable[str], moment: dt.datetime | None) -> dict[str, str]:
    """Return the published names of records by public id."""
    found: dict[str, str] = {}
    for part in chunked(sorted(set(public_ids))):
        found |= dict(published(kind, moment).filter(public_id__in=part).values_list("public_id", "name"))
    return found
