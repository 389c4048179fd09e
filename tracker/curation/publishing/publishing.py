"""The door: a change set passes as one, or not at all.

Publishing has six steps, a module each:

1. `gathering`: take the documents of the edited records from the desk;
2. `resolving`: bring along what they refer to, and what carries a name that changes;
3. `checking`: refuse all of it where anything stands in the way;
4. `writing`: add versions, tombstones and rows of the ledger, as `deriving` works them out, once rates and indicators
   are in force (`figures`);
5. `posting`: bring the ledger into step where it counts by what changed;
6. `chaining`: add the link whose hash covers all of it, and the link before.

What they hand on is a `Batch`. The first three, and what is derived, can be done before (`preparing`): the database is
then written in one short go. Who may publish stands in `permissions`.
"""

import datetime as dt
from collections.abc import Callable, Collection
from typing import TypeVar

from django.contrib.auth.models import User
from django.db import connection, transaction
from django.utils.translation import gettext as _

from tracker.curation.callbacks import Clock, Watch, unwatched
from tracker.curation.errors import EditedSince, Problem
from tracker.curation.notices import notify
from tracker.curation.publishing.batch import Batch
from tracker.curation.publishing.chaining import link
from tracker.curation.publishing.deriving import derive
from tracker.curation.publishing.posting import post
from tracker.curation.publishing.preparing import STEPS, Prepared, take_first_steps
from tracker.curation.publishing.writing import write
from tracker.curation.review import figures
from tracker.curation.review.change_sets import newest_moment
from tracker.curation.review.permissions import require_named, require_reviewer
from tracker.curation.review.statuses import locked, require_holding, require_submitted
from tracker.ledger.rates import RateBook
from tracker.models import ChangeSet, Notice

T = TypeVar("T")

PUBLISHING_LOCK = 7_140_001
"""The number of the advisory lock that publishings queue for on PostgreSQL."""
_PATIENCE = "10min"
"""How long long work waits for another: more than it takes to publish a hundred thousand pledges."""


@transaction.atomic
def publish(
    *, change_set: ChangeSet, by: User, at: dt.datetime | Clock, differences: Collection[str] | None = (),
    revision: int | None = None, prepared: Prepared | None = None, watch: Watch = unwatched,
) -> ChangeSet:  # fmt: skip
    """Publish a submitted change set: its records to the shelf, their contributions to the ledger.

    All in one transaction, at a moment of its own, not before `at`. A clock is asked once no other
    publishing is under way: read earlier, a moment would be over before its rows are there, and what
    was answered as of it meanwhile would gain rows. `differences` names why the totals of an import are
    not those of its file; None asks for no name. `revision` is that of the change set as `by` was
    shown it: that is published, or nothing. What is `prepared` is taken if it would be the same now; else it is
    worked out anew. `watch` is told how many of the steps are done.
    Raises NotAllowed for the author or without the right, WrongStatus, DifferencesNotNamed, EditedSince where records
    came or went since `revision`, or Refused, which names each record that cannot be published and why.
    """
    queue_up()
    change_set = locked(change_set)
    # What comes or goes is counted in the row that is locked now: from here on the revision stays as it is.
    require_publishable(change_set=change_set, by=by, differences=differences, revision=revision)
    moment = next_moment(at() if callable(at) else at)
    if prepared is not None and not prepared.holds(change_set, moment):
        prepared = None
    change_set.status, change_set.reviewer = ChangeSet.Status.PUBLISHED, by
    change_set.published_at = change_set.decided_at = moment
    change_set.save(update_fields=["status", "reviewer", "published_at", "decided_at"])
    _take_steps(change_set, moment, watch, prepared)
    link(change_set)
    change_set.edits.update(released_at=moment)
    notify(change_set=change_set, what=Notice.What.PUBLISHED, by=by, to=[change_set.author], at=moment)
    return change_set


def require_publishable(
    *, change_set: ChangeSet, by: User, differences: Collection[str] | None = (), revision: int | None = None
) -> None:
    """Raise what `publish` raises before it looks at a record: all but Refused. The change set is read afresh."""
    require_submitted(change_set)
    require_reviewer(change_set, by)
    if differences is not None:
        require_named(change_set, differences)
    _require_as_shown(change_set, revision)


def _require_as_shown(change_set: ChangeSet, revision: int | None) -> None:
    """Raise EditedSince where a change set is not any more what a reviewer was shown."""
    change_set.refresh_from_db(fields=["revision"])
    if revision is not None and revision != change_set.revision:
        raise EditedSince(
            _("It was not published: records came into change set #%s or left it since you looked. Look again.")
            % change_set.pk
        )


def _take_steps(
    change_set: ChangeSet, moment: dt.datetime, watch: Watch, prepared: Prepared | None = None,
    passed_over: list[Problem] | None = None,
) -> None:  # fmt: skip
    rates = RateBook(moment.date())
    if prepared is None:
        batch = Batch(change_set, moment, passed_over)
        take_first_steps(batch, watch)
        # Worked out as they are written, by the rates that are in force by then.
        derived = derive(batch, rates)
    else:
        batch, derived = prepared.batch, prepared.derived()
        batch.change_set, batch.moment = change_set, moment
    watch(STEPS - 2, STEPS)
    batch.reposted |= figures.put_in_force(change_set=change_set, moment=moment)
    write(batch, derived)
    watch(STEPS - 1, STEPS)
    post(batch, rates)
    watch(STEPS, STEPS)


def rehearse(
    *, change_set: ChangeSet, at: dt.datetime, measure: Callable[[], T], watch: Watch = unwatched,
    passed_over: list[Problem] | None = None,
) -> tuple[T, T]:  # fmt: skip
    """Return what `measure` gives before and after publishing a change set, open or submitted, without publishing.

    Takes the same steps inside a savepoint and rolls back. Raises WrongStatus or Refused, as `publish` does; what
    stands in its way and moves nothing that is measured goes into `passed_over` in place of that, where it is given.
    """
    before = measure()
    with transaction.atomic():
        queue_up()
        change_set = locked(change_set)
        require_holding(change_set)
        _take_steps(change_set, next_moment(at), watch, passed_over=passed_over)
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
            cursor.execute("SELECT current_setting('lock_timeout'), current_setting('statement_timeout') = '0'")
            usual, has_time = cursor.fetchone()
            if has_time:
                # A worker: nobody sits before it, and what waits would fail for want of five seconds.
                cursor.execute("SELECT set_config('lock_timeout', %s, true)", [_PATIENCE])
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [PUBLISHING_LOCK])
            cursor.execute("SELECT set_config('lock_timeout', %s, true)", [usual])


def next_moment(at: dt.datetime) -> dt.datetime:
    """Return `at`, or the first microsecond after the newest publishing: moments never tie."""
    newest = newest_moment()
    return at if newest is None or newest < at else newest + dt.timedelta(microseconds=1)
