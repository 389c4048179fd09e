"""Publishing, what it would do to the sums, and discarding: small change sets at once, larger ones as jobs.

Nobody waits before a page for thousands of records. What is asked for then is done by a worker, or at once, as TASKS
says; the page tells how far it is, and may be closed. Who may publish is asked again when the work begins.
"""

import datetime as dt
from collections.abc import Collection, Iterator
from contextlib import contextmanager, nullcontext
from functools import partial
from typing import Any, cast

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from tracker.curation import jobs
from tracker.curation.callbacks import Clock, unwatched
from tracker.curation.database_copy import on_a_copy
from tracker.curation.errors import CurationError, EffectNotKnown, NotPublishable
from tracker.curation.publishing import effect, moving, shelving
from tracker.curation.publishing.preparing import prepare
from tracker.curation.publishing.publishing import publish, require_publishable
from tracker.curation.review import change_sets, figures
from tracker.curation.review.permissions import require_author_or_reviewer
from tracker.curation.review.statuses import require_holding
from tracker.curation.twins import kept_list
from tracker.models import ChangeSet, Edit, Job, clock, process_locks
from tracker.records.engine.types import Key

AT_ONCE = 100
"""Up to how many records are published while somebody waits: a second on a slow machine."""


def is_small(change_set: ChangeSet) -> bool:
    """Tell whether a change set edits few records, and few published records refer to those that may be renamed.

    Exchange rates touch the published pledges whose worth they change.
    """
    keys = list(change_set.edits.order_by().values_list("kind", "public_id")[: AT_ONCE + 1])
    if len(keys) > AT_ONCE:
        return False
    named = [key for key in keys if key[0] != "pledge"]
    count = len(keys) + figures.count(change_set) + shelving.count_referring(named, most=AT_ONCE)
    return count <= AT_ONCE and count + len(figures.touched(change_set)) <= AT_ONCE


def are_many(change_sets: QuerySet[ChangeSet]) -> bool:
    """Tell whether change sets that are each small edit more records together than anybody should wait for."""
    return Edit.objects.filter(change_set__in=change_sets).order_by()[: AT_ONCE + 1].count() > AT_ONCE


def request_publishing(
    *, change_set: ChangeSet, by: User, differences: Collection[str] = (), at: dt.datetime, later: bool = False,
    is_confirmed: bool = False, revision: int | None = None,
) -> Job | None:  # fmt: skip
    """Publish a small change set now, or ask for the publishing of a larger one; returns the job of the latter.

    With `later`, as where it is one of many, a small one is asked for, too. `revision` is that of the change set when
    the reviewer looked at it, where that is known.

    Raises EditedSince where something came or went since that; and EffectNotKnown where nobody can have seen what it
    does as it is now, unless somebody confirmed that it is published all the same. Raises what `publish` raises; of a
    large one, NotAllowed, WrongStatus and DifferencesNotNamed at once, and what else stands in the way is the job's
    `problem`.
    """
    require_publishable(change_set=change_set, by=by, differences=differences, revision=revision)
    if not is_confirmed and not _may_have_been_seen(change_set, revision):
        raise EffectNotKnown(*_being_worked_out(change_set, by, at).progress(), step=EffectNotKnown.PUBLISHED)
    shown = {"revision": revision}
    if not later and is_small(change_set):
        jobs.run_now(
            kind=Job.Kind.PUBLISH, change_set=change_set, by=by, differences=differences, work=publish_for,
            clock=clock.now, asked=shown,
        )  # fmt: skip
        return None
    with jobs.queueing() as queue:
        job = jobs.ask(
            kind=Job.Kind.PUBLISH, change_set=change_set, by=by, differences=differences, at=at, asked=shown
        )  # fmt: skip
        queue(publish_change_set, job.pk)
    return job


def _may_have_been_seen(change_set: ChangeSet, revision: int | None) -> bool:
    """Tell whether somebody can have seen what publishing a change set does, as it is now.

    Of a small one its page shows that at any time, and programs have it from when it was submitted.
    """
    job, holds = effect.kept_effect(change_set)
    if holds or not is_small(change_set):
        return holds
    if revision is not None or jobs.newest(kind=Job.Kind.EFFECT, of=change_set) is None:
        return True
    return job is not None and job.result is not None


def request_discarding(*, change_set: ChangeSet, by: User, at: dt.datetime, later: bool = False) -> Job | None:
    """Discard a change set of few records now, or ask for the discarding of a larger one; returns the latter's job.

    With `later`, as where it is one of many, a small one is asked for, too. Raises what `change_sets.discard` raises;
    of a large one, NotAllowed and WrongStatus at once, and what else stands in the way is the job's `problem`.
    """
    change_sets.require_discardable(change_set=change_set, by=by)
    if not later and change_set.edits.order_by()[: AT_ONCE + 1].count() <= AT_ONCE:
        change_sets.discard(change_set=change_set, by=by, at=at)
        return None
    with jobs.queueing() as queue:
        job = jobs.ask(kind=Job.Kind.DISCARD, change_set=change_set, by=by, at=at)
        queue(discard_change_set, job.pk)
    return job


def submit(*, change_set: ChangeSet, by: User, at: dt.datetime, is_confirmed: bool = False) -> ChangeSet:
    """Hand a change set to a second person, with its effect.

    Raises what `change_sets.submit` raises, and, unless somebody confirmed that it is submitted all the same:
    NotPublishable where it cannot be published as it is, and EffectNotKnown where it is large and its author cannot
    have seen yet what it does. That is then being worked out.
    """
    change_sets.require_submittable(change_set=change_set, by=by)
    problems = known_problems(change_set=change_set, by=by)
    if problems is None and not is_confirmed:
        raise EffectNotKnown(*_being_worked_out(change_set, by, at).progress())
    if problems and not is_confirmed:
        raise NotPublishable(problems)
    submitted = change_sets.submit(change_set=change_set, by=by, at=at)
    if not effect.kept_effect(submitted)[1]:
        _being_worked_out(submitted, by, at)
    return submitted


def known_problems(*, change_set: ChangeSet, by: User) -> list[str] | None:
    """Return what stands in the way of publishing a change set, a line each: as its effect is kept.

    Of a small one it is worked out, and kept, where it is not. None of a large one of which nothing is kept that still
    holds: nobody waits for it.
    """
    job, holds = effect.kept_effect(change_set)
    if job is not None and job.result is not None and holds:
        return list(job.result["problems"])
    if not is_small(change_set):
        return None
    try:
        return _worked_out(change_set, by)["problems"]
    except CurationError as error:
        return [str(error)]


def _worked_out(change_set: ChangeSet, by: User) -> effect.Effect:
    """Return the effect of a small change set now, and keep it."""
    if _open_effect(change_set) is not None:
        # A worker has it before it, or begins from what was there earlier.
        return effect.outcome(change_set=change_set, at=timezone.now(), watch=unwatched)
    done = jobs.run_now(kind=Job.Kind.EFFECT, change_set=change_set, by=by, work=_effect, clock=timezone.now)
    return cast("effect.Effect", done.result)


def _being_worked_out(change_set: ChangeSet, by: User, at: dt.datetime) -> Job:
    """Return the job that works out the effect of a change set: the one that stands, or one that is asked for."""
    return _open_effect(change_set) or request_effect(change_set=change_set, by=by, at=at)


def _open_effect(change_set: ChangeSet) -> Job | None:
    job = jobs.newest(kind=Job.Kind.EFFECT, of=change_set)
    return job if job is not None and job.is_open and not job.is_interrupted() else None


@transaction.atomic
def submit_written(*, change_set: ChangeSet, at: dt.datetime) -> ChangeSet:
    """Submit a change set that a program wrote in the name of its author; its effect is worked out meanwhile."""
    submitted = change_sets.submit(change_set=change_set, by=change_set.author, at=at)
    request_effect(change_set=submitted, by=change_set.author, at=at)
    return submitted


@contextmanager
def while_readers_are_put_off() -> Iterator[None]:
    """Put off readers who ask as of a moment that the block may publish something at, in a transaction of its own.

    No job says so, as nobody would see it before the transaction ends. Raises CurationError where another process is
    at such work.
    """
    with process_locks.held(process_locks.PUBLISHING, "") as note:
        if note is None:
            raise CurationError(_("Another command is publishing something: wait until it is done, and try again."))
        yield


@transaction.atomic
def submit_and_publish(
    *, change_set: ChangeSet, by: User, differences: Collection[str] = (), at: dt.datetime | Clock
) -> effect.Effect:  # fmt: skip
    """Publish a change set that a command wrote in the name of its author as `by`; returns what that did to the sums.

    That is kept with it, as what is worked out before a person submits. Raises what `publish` raises. A command that
    goes on in a transaction of its own does so `while_readers_are_put_off`.
    """
    asked_at = at() if callable(at) else at
    submitted = change_sets.submit(change_set=change_set, by=change_set.author, at=asked_at)
    publishing = partial(publish, change_set=submitted, by=by, differences=differences, at=at)
    done = effect.of_publishing(change_set=submitted, at=asked_at, publish=publishing)
    Job.objects.create(
        kind=Job.Kind.EFFECT, status=Job.Status.DONE, change_set=submitted, asked_by=change_set.author, result=done,
        asked_at=asked_at, begun_at=asked_at, ended_at=asked_at,
    )  # fmt: skip
    return done


def send_back(
    *, change_set: ChangeSet, keys: Collection[Key], by: User, reason: str, at: dt.datetime
) -> ChangeSet:  # fmt: skip
    """Give some records of a submitted change set back to its author; the effect of the rest is worked out anew.

    Whether that can be published without them is tried at once where it is small, and told with its effect where it
    is not. Raises what `moving.send_back` raises.
    """
    back = moving.send_back(
        change_set=change_set, keys=keys, by=by, reason=reason, at=at, is_tried=is_small(change_set)
    )
    _being_worked_out(change_set, by, at)
    return back


def request_effect(*, change_set: ChangeSet, by: User, at: dt.datetime) -> Job:
    """Have worked out what publishing a change set would do to the sums; returns the job.

    Raises WrongStatus where it is published or discarded, or that is at work already, and NotAllowed but for its
    author and reviewers.
    """
    require_holding(change_set)
    require_author_or_reviewer(change_set, by)
    with jobs.queueing() as queue:
        job = jobs.ask(kind=Job.Kind.EFFECT, change_set=change_set, by=by, at=at)
        queue(work_out_effect, job.pk)
    return job


@task()
def publish_change_set(job_id: int) -> None:
    """Publish the change set of a job; what stands in the way is noted as its problem."""
    jobs.run_task(job_id, work=publish_for, clock=clock.now)


@task()
def discard_change_set(job_id: int) -> None:
    """Discard the change set of a job; what stands in the way is noted as its problem."""
    jobs.run_task(job_id, work=_discard, clock=timezone.now)


@task()
def work_out_effect(job_id: int) -> None:
    """Work out what publishing the change set of a job would do."""
    job = Job.objects.select_related("change_set").filter(pk=job_id).first()
    if job is not None:
        jobs.run(job=job, work=_effect, clock=timezone.now)


def publish_for(job: Job, note: process_locks.Note) -> None:
    """Publish the change set of a job, prepared before the transaction.

    Writing and the end of the job are one: who is killed here did both or neither.
    """
    asked: dict[str, Any] = {"change_set": _of(job), "by": job.asked_by, "differences": job.differences}
    asked["revision"] = job.asked.get("revision")
    require_publishable(**asked)
    prepared = prepare(change_set=_of(job), at=clock.now(), watch=note)
    with transaction.atomic():
        publish(**asked, at=clock.now, prepared=prepared, watch=note)
        jobs.finish(job=job, at=clock.now())
        transaction.on_commit(partial(_renew_twins, job), robust=True)


def _renew_twins(job: Job) -> None:
    kept_list.request(by=job.asked_by, at=timezone.now())


def _discard(job: Job, note: process_locks.Note) -> None:
    with transaction.atomic():
        change_sets.discard(change_set=_of(job), by=job.asked_by, at=timezone.now())
        jobs.finish(job=job, at=timezone.now())


def _effect(job: Job, note: process_locks.Note) -> effect.Effect:
    change_set = _of(job)
    # What takes a moment keeps nobody from writing for longer than to copy the database would take.
    with nullcontext() if is_small(change_set) else on_a_copy():
        return effect.outcome(change_set=change_set, at=timezone.now(), watch=note)


def _of(job: Job) -> ChangeSet:
    assert job.change_set is not None  # A constraint says so of these kinds.
    return job.change_set
