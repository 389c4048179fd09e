"""The door: a change set passes as one, or not at all.

Publishing has five steps, a module each:

1. `gathering`: take the documents of the edited records from the desk;
2. `resolving`: bring along what they refer to, and what carries a name that changes;
3. `checking`: refuse all of it where anything stands in the way;
4. `writing`: add versions and tombstones to the shelf;
5. `posting`: put rates and indicators in force (`figures`), and bring the ledger into step with the shelf.

What they hand on is a `Batch`. Who may publish stands in `permissions`.
"""

import datetime as dt
from collections.abc import Callable, Collection
from typing import TypeVar

from django.contrib.auth.models import User
from django.db import connection, transaction
from django.utils.translation import gettext as _

from tracker.curation.callbacks import Clock, Watch, unwatched
from tracker.curation.errors import WrongStatus
from tracker.curation.review.batch import Batch
from tracker.curation.review.change_sets import locked
from tracker.curation.review.checking import check
from tracker.curation.review.gathering import gather
from tracker.curation.review.named_causes import require_named
from tracker.curation.review.permissions import require_reviewer
from tracker.curation.review.posting import post
from tracker.curation.review.resolving import resolve
from tracker.curation.review.writing import write
from tracker.models import ChangeSet

T = TypeVar("T")

STEPS = 5

PUBLISHING_LOCK = 7_140_001
"""The number of the advisory lock that publishings queue for on PostgreSQL."""


@transaction.atomic
def publish(
    *, change_set: ChangeSet, by: User, at: dt.datetime | Clock, differences: Collection[str] | None = (),
    watch: Watch = unwatched,
) -> ChangeSet:  # fmt: skip
    """Publish a submitted change set: its records to the shelf, their contributions to the ledger.

    All in one transaction, at a moment of its own, not before `at`. A clock is asked once no other
    publishing is under way: read earlier, a moment would be over before its rows are there, and what
    was answered as of it meanwhile would gain rows. `differences` names why the totals of an import are
    not those of its file; None asks for no name. `watch` is told how many of the steps are done.
    Raises NotAllowed for the author or without the right, WrongStatus, DifferencesNotNamed, or Refused,
    which names each record that cannot be published and why.
    """
    queue_up()
    change_set = locked(change_set)
    require_publishable(change_set=change_set, by=by, differences=differences)
    moment = _next_moment(at() if callable(at) else at)
    change_set.status, change_set.reviewer = ChangeSet.Status.PUBLISHED, by
    change_set.published_at = change_set.decided_at = moment
    change_set.save(update_fields=["status", "reviewer", "published_at", "decided_at"])
    _take_steps(Batch(change_set, moment), watch)
    change_set.edits.update(released_at=moment)
    return change_set


def require_publishable(*, change_set: ChangeSet, by: User, differences: Collection[str] | None = ()) -> None:
    """Raise what `publish` raises before it looks at a record: WrongStatus, NotAllowed or DifferencesNotNamed."""
    require_submitted(change_set)
    require_reviewer(change_set, by)
    if differences is not None:
        require_named(change_set, differences)


def require_submitted(change_set: ChangeSet) -> None:
    """Raise WrongStatus unless the change set waits for a reviewer."""
    if change_set.status != ChangeSet.Status.SUBMITTED:
        raise WrongStatus(
            _("Change set #%(id)s is %(status)s; only a submitted one can be published.")
            % {"id": change_set.pk, "status": change_set.get_status_display()}
        )


def _take_steps(batch: Batch, watch: Watch) -> None:
    for done, step in enumerate((gather, resolve, check, write, post)):
        watch(done, STEPS)
        step(batch)
    watch(STEPS, STEPS)


def rehearse(
    *, change_set: ChangeSet, at: dt.datetime, measure: Callable[[], T], watch: Watch = unwatched
) -> tuple[T, T]:  # fmt: skip
    """Return what `measure` gives before and after publishing a submitted change set, without publishing.

    Takes the same steps inside a savepoint and rolls back. Raises WrongStatus or Refused, as `publish` does.
    """
    before = measure()
    with transaction.atomic():
        queue_up()
        change_set = locked(change_set)
        require_submitted(change_set)
        _take_steps(Batch(change_set, _next_moment(at)), watch)
        after = measure()
        transaction.set_rollback(True)
    return before, after


def queue_up() -> None:
    """Wait until no other publishing is under way.

    Moments then follow one another as publishings are committed, so that what was served as of a
    moment stays as it was. SQLite has one writer anyway.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [PUBLISHING_LOCK])


def _next_moment(at: dt.datetime) -> dt.datetime:
    """Return `at`, or the first microsecond after the newest publishing: moments never tie."""
    newest = newest_moment()
    return at if newest is None or newest < at else newest + dt.timedelta(microseconds=1)


def newest_moment() -> dt.datetime | None:
    """Return the moment of the newest publishing; None before the first."""
    published = ChangeSet.objects.filter(published_at__isnull=False)
    return published.order_by("-published_at").values_list("published_at", flat=True).first()
