"""Beginning jobs again whose process was killed, whatever they do."""

import datetime as dt
from contextlib import suppress
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from tracker.curation import jobs
from tracker.curation.desk.bulk_edits import edit_in_bulk
from tracker.curation.errors import WrongStatus
from tracker.curation.importing.imports import refuse, return_to_plan
from tracker.curation.publishing.tasks import discard_change_set, publish_change_set, work_out_effect
from tracker.curation.twins.kept_list import renew_twins
from tracker.exchange.datasets.tasks import apply_import, plan_import
from tracker.models import Job

MOST_RUNS = 2
"""How often a job is begun unasked: what was interrupted twice may be what kills the process."""


def begin_again(job: Job) -> bool:
    """Begin a job again that was interrupted, or that waits for a worker that lost it; tells whether it was."""
    with jobs.queueing() as queue:
        if job.status != Job.Status.WAITING and not jobs.wait_again(job=job):
            return False
        queue(_TASKS[job.kind], job.imported_id if job.kind in _OF_IMPORTS else job.pk)
    return True


def begin_interrupted_again(*, at: dt.datetime) -> tuple[list[Job], list[Job]]:
    """Begin again what was interrupted; returns those jobs, and the ones given up because it was not the first time."""
    begun, given_up = [], []
    for job in jobs.interrupted():
        if job.runs < MOST_RUNS:
            begun += [job] if begin_again(job) else []
        else:
            _give_up(job, at)
            given_up.append(job)
    return begun, given_up


def open_job(task_name: str, number: int) -> Job | None:
    """Return the job that a task is to do, by the name of its function and what it was called with; None once over."""
    kind = next((kind for kind, task in _TASKS.items() if task.func.__name__ == task_name), None)
    of = Q(imported=number) if kind in _OF_IMPORTS else Q(pk=number)
    return Job.objects.filter(of, kind=kind, status__in=Job.OPEN).first()


_TASKS: dict[str, Any] = {
    Job.Kind.PLAN: plan_import,
    Job.Kind.APPLY: apply_import,
    Job.Kind.PUBLISH: publish_change_set,
    Job.Kind.EFFECT: work_out_effect,
    Job.Kind.BULK_EDIT: edit_in_bulk,
    Job.Kind.DISCARD: discard_change_set,
    Job.Kind.TWINS: renew_twins,
}
_OF_IMPORTS = (Job.Kind.PLAN, Job.Kind.APPLY)
"""The tasks of these are called with the number of the import, those of others with that of the job."""


@transaction.atomic
def _give_up(job: Job, at: dt.datetime) -> None:
    """Say that a job was interrupted time and again, on its import too; it can be asked for anew."""
    problem = _("It was interrupted %s times, and nothing was written. Begin again, or ask an administrator why.")
    problem %= job.runs
    jobs.fail_interrupted(job=job, problem=problem, at=at)
    # Where its end alone could not be noted, the import has gone on.
    with suppress(WrongStatus), transaction.atomic():
        if job.imported is not None and job.kind == Job.Kind.PLAN:
            refuse(imported=job.imported, problem=problem)
        elif job.imported is not None:
            return_to_plan(imported=job.imported, problem=problem)
