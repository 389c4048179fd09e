"""Moments: which publishing is the newest, and what `as_of` asks for."""

import datetime as dt
import re
from collections.abc import Callable

from django.db import connection
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from tracker.models import ChangeSet, Job, process_locks

NEVER = dt.datetime(1, 1, 2, tzinfo=dt.UTC)
"""The moment before anything was published."""

NEWEST = "newest"
"""Under this name a public response says what the newest publishing was when it was made, and so does a request that
the response cache was asked about.
"""


class MomentError(ValueError):
    """The text is no moment; the message says what was found and what would be right."""


class Unsettled(Exception):
    """Something is being published that may belong to the moment that is asked for; the message says what to do."""


def settled_moment(text: str, *, clock: Callable[[], dt.datetime]) -> dt.datetime:
    """Read `as_of`, and refuse what could be answered otherwise later, so that every answer holds for ever.

    `clock` is the one that publishings take their moments by. Raises MomentError for what is no moment or has not
    passed, and Unsettled while something is being published that may have begun before it: that takes its moment
    first, and has its rows last. Ask for what is newest (`resolve`) after this, not before.
    """
    moment = parse_moment(text)
    # Moments follow one another, whatever became of the clock.
    if moment <= newest():
        return moment
    now = clock()
    if moment > now:
        raise MomentError(
            _("“%(found)s” has not passed: it is %(now)s. What will be published until then is not known; leave it "
              "out for what is published now.") % {"found": text.strip()[:60], "now": f"{now:%Y-%m-%d %H:%M} UTC"}
        )  # fmt: skip
    # Asked once it is known that the moment has passed: whatever begins now takes a later one.
    running = Job.objects.filter(kind=Job.Kind.PUBLISH, status=Job.Status.RUNNING, begun_at__lte=moment)
    if process_locks.is_held(process_locks.PUBLISHING) or not all(job.is_interrupted() for job in running):
        raise Unsettled(
            _("Something is being published at this moment, and may belong to what you ask for. Ask again in some "
              "seconds, or leave out the moment for what is published now.")
        )  # fmt: skip
    return moment


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
