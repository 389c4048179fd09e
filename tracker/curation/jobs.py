"""Jobs: asking for long work, and doing it once, whatever dies meanwhile."""

import datetime as dt
from collections.abc import Callable, Collection, Iterator
from contextlib import ExitStack, contextmanager, suppress
from typing import Any

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from tracker.curation import database_errors
from tracker.curation.callbacks import Clock
from tracker.curation.errors import PROBLEMS_KEPT, CurationError, Refused, WrongStatus
from tracker.models import ChangeSet, Import, Job, process_locks

Work = Callable[[Job, process_locks.Note], Any]
"""Does the work of a job; what it returns is kept as the result."""


@contextmanager
def queueing() -> Iterator[Callable[[Any, int | None], None]]:
    """Yield how to leave a task to a worker, in the transaction of the block: who is killed did both or neither.

    Where tasks are done at once, as TASKS may say, they are done after it.
    """
    at_once: list[tuple[Any, int | None]] = []

    def queue(task: Any, number: int | None) -> None:
        if task.get_backend().supports_defer:
            task.enqueue(number)
        else:
            at_once.append((task, number))

    with transaction.atomic():
        yield queue
    for task, number in at_once:
        task.enqueue(number)


@transaction.atomic
def ask(
    *, kind: str, by: User, at: dt.datetime, imported: Import | None = None, change_set: ChangeSet | None = None,
    differences: Collection[str] = (), asked: dict[str, Any] | None = None,
) -> Job:  # fmt: skip
    """Note that somebody asks for long work; `asked` is what it is called with, where that is more than whose it is.

    Raises WrongStatus where the same waits, or is at work, already.
    """
    of_this = Job.objects.select_for_update(of=("self",)).filter(kind=kind, imported=imported, change_set=change_set)
    standing = of_this.filter(status__in=Job.OPEN).first()
    if standing is not None and not standing.is_interrupted():
        raise WrongStatus(_("This is at work already, since %s asked for it.") % standing.asked_by)
    if standing is not None:
        fail_interrupted(job=standing, problem=_("It was interrupted, and asked for again."), at=at)
    try:
        with transaction.atomic():
            return Job.objects.create(
                kind=kind, imported=imported, change_set=change_set, asked_by=by, asked_at=at,
                differences=sorted(differences), asked=asked or {},
            )  # fmt: skip
    except IntegrityError as error:
        if not of_this.filter(status__in=Job.OPEN).exists():
            raise
        raise WrongStatus(_("This is at work already: somebody asked for it at the same moment.")) from error


def run(*, job: Job, work: Work, clock: Clock) -> None:
    """Do the work of a job that waits, and note how it ended.

    Where it is over, or another process is at it, nothing is done. One that was begun by a process that is gone is
    begun again. Raises what the work raises; the job then says why it failed.
    """
    with process_locks.held(job.pk, Job.NOTE) as note:
        if note is not None and _begin(job=job, at=clock()):
            _do(job, note, work, clock)


def run_task(job_id: int, *, work: Work, clock: Clock) -> None:
    """Do the work of a job, as `run` does, for a task that knows its number; nothing where it is gone.

    What stands in the way in words is noted as the problem of the job, and is no failure of the task.
    """
    job = Job.objects.select_related("change_set", "asked_by").filter(pk=job_id).first()
    if job is not None:
        with suppress(CurationError):
            run(job=job, work=work, clock=clock)


def run_now(
    *, kind: str, by: User, change_set: ChangeSet, work: Work, clock: Clock, differences: Collection[str] = (),
    asked: dict[str, Any] | None = None,
) -> Job:  # fmt: skip
    """Do work at once that somebody waits for, as a job that never waits; returns it.

    Raises what `ask` and the work raise. What keeps it from being done is told, and no job says so for longer.
    """
    with ExitStack() as stack:
        with transaction.atomic():
            at = clock()
            job = ask(kind=kind, by=by, at=at, change_set=change_set, differences=differences, asked=asked)
            note = stack.enter_context(process_locks.held(job.pk, Job.NOTE))
            assert note is not None  # Nobody else knows of it.
            _begin(job=job, at=at)
        try:
            _do(job, note, work, clock)
        except CurationError:
            job.delete()
            raise
    return job


def _do(job: Job, note: process_locks.Note, work: Work, clock: Clock) -> None:
    try:
        result = work(job, note)
    except Exception as error:
        fail(job=job, problem=_told(error), at=clock())
        raise
    finish(job=job, result=result, at=clock())


def _told(error: Exception) -> str:
    """Return for people what kept work from being done."""
    if isinstance(error, Refused):
        return "\n".join(error.listed(PROBLEMS_KEPT))
    if isinstance(error, CurationError):
        return str(error)
    if database_errors.is_unavailable(error):
        return database_errors.unavailable()
    return _("Something went wrong. Nothing was written, and the log says what it was.")


@transaction.atomic
def _begin(*, job: Job, at: dt.datetime) -> bool:
    """Note that the work begins; tells whether there is anything to do. Only who holds the job calls it."""
    standing = Job.objects.select_for_update().filter(pk=job.pk, status__in=Job.OPEN).first()
    if standing is None:
        return False
    _note(job, status=Job.Status.RUNNING, begun_at=at, runs=standing.runs + 1, done=0, total=0)
    return True


@transaction.atomic
def finish(*, job: Job, at: dt.datetime, result: Any = None) -> None:
    """Note that a job is done. Work that is one transaction calls it as its last act; a second call does nothing."""
    if job.status == Job.Status.RUNNING:
        _note(job, status=Job.Status.DONE, ended_at=at, result=result)


@transaction.atomic
def fail(*, job: Job, problem: str, at: dt.datetime) -> None:
    """Note why a job failed."""
    _note(job, status=Job.Status.FAILED, ended_at=at, problem=problem)


def fail_interrupted(*, job: Job, problem: str, at: dt.datetime) -> None:
    """Note why a job failed whose process is gone. What that process left goes with the lock."""
    with process_locks.held(job.pk, Job.NOTE):
        fail(job=job, problem=problem, at=at)


def _note(job: Job, **values: Any) -> None:
    """Write values to the row and to `job`; a job of an import that somebody dropped meanwhile is nobody's concern."""
    Job.objects.filter(pk=job.pk).update(**values)
    for name, value in values.items():
        setattr(job, name, value)


@transaction.atomic
def wait_again(*, job: Job) -> bool:
    """Put a job that was interrupted among those that wait; tells whether it was, so that it is begun again once."""
    standing = Job.objects.select_for_update().filter(pk=job.pk).first()
    if standing is None or not standing.is_interrupted():
        return False
    standing.status = Job.Status.WAITING
    standing.save(update_fields=["status"])
    return True


def newest(*, kind: str, of: ChangeSet | Import) -> Job | None:
    """Return the newest job of a kind on a change set or an import."""
    return of.jobs.filter(kind=kind).select_related("asked_by").order_by("-pk").first()


def interrupted() -> list[Job]:
    """Return the jobs that were begun by processes that are gone."""
    running: QuerySet[Job] = Job.objects.filter(status=Job.Status.RUNNING).order_by("pk")
    return [job for job in running if job.is_interrupted()]
