"""What the page of a change set shows of long work on it: publishing, the effect of that, and discarding."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tracker.curation import jobs
from tracker.curation.errors import CurationError
from tracker.curation.publishing import tasks
from tracker.curation.review.permissions import PUBLISH
from tracker.exchange.jobs import begin_again
from tracker.models import ChangeSet, Job

LATE = dt.timedelta(seconds=15)
"""How long a job waits before the page asks whether there is a worker."""
LOOK_AGAIN = 3
"""Seconds after which the page of a change set that is being published or discarded asks again how far that is."""


def work_shown(change_set: ChangeSet) -> dict[str, Any]:
    """Return how the discarding stands that was asked for, or the publishing, since the change set was submitted."""
    if change_set.status not in ChangeSet.HOLDING:
        return {}
    discarding = jobs.newest(kind=Job.Kind.DISCARD, of=change_set)
    if discarding is not None and discarding.is_open:
        return {"at_work": job_shown(discarding), "at_work_on": Job.Kind.DISCARD.value}
    job = _since_submitted(change_set, Job.Kind.PUBLISH) if change_set.status == ChangeSet.Status.SUBMITTED else None
    if job is not None and job.is_open:
        return {"at_work": job_shown(job), "at_work_on": Job.Kind.PUBLISH.value}
    # What failed last: a discarding is undone work of its own, whatever the status was.
    failed = max((one for one in (job, discarding) if one is not None), key=lambda one: one.pk, default=None)
    if failed is None or not failed.problem:
        return {}
    return {"failed": failed.problem.splitlines(), "failed_at": failed.ended_at, "failed_on": failed.kind}


def job_shown(job: Job) -> dict[str, Any]:
    """Return how far a job is, and whether the process is gone that was at work on it, or none has begun."""
    done, total = job.progress()
    is_late = job.status == Job.Status.WAITING and timezone.now() - job.asked_at > LATE
    is_interrupted = job.is_interrupted()
    return {
        "job": job, "is_interrupted": is_interrupted, "is_late": is_late, "is_stuck": is_interrupted or is_late,
        "done": done, "total": total,
    }  # fmt: skip


def _since_submitted(change_set: ChangeSet, kind: Job.Kind) -> Job | None:
    job = jobs.newest(kind=kind, of=change_set)
    is_of_now = job is not None and change_set.submitted_at is not None and job.asked_at >= change_set.submitted_at
    return job if is_of_now else None


@require_POST
def effect_view(request: Any, pk: int) -> HttpResponse:
    """Have the effect of a change set worked out."""
    change_set = get_object_or_404(ChangeSet, pk=pk)
    try:
        tasks.request_effect(change_set=change_set, by=request.user, at=timezone.now())
    except CurationError as error:
        messages.error(request, str(error))
    return redirect("admin:tracker_changeset_change", pk)


@require_POST
def again_view(request: Any, pk: int) -> HttpResponse:
    """Begin long work again that was interrupted, or that no worker has begun with."""
    change_set = get_object_or_404(ChangeSet, pk=pk)
    if not may_begin_again(request.user, change_set):
        raise PermissionDenied
    for job in _theirs(request.user, change_set).order_by("pk"):
        if not begin_again(job):
            messages.info(request, _("It is at work, or over: look again in a while."))
    return redirect("admin:tracker_changeset_change", pk)


def may_begin_again(user: Any, change_set: ChangeSet) -> bool:
    """Tell whether somebody may begin work on a change set again: a reviewer any, its author what they ask for."""
    return bool(user.has_perm(PUBLISH)) or (change_set.author_id == user.pk and _theirs(user, change_set).exists())


def _theirs(user: Any, change_set: ChangeSet) -> QuerySet[Job]:
    """Return the open work that somebody may begin again."""
    found = change_set.jobs.filter(status__in=Job.OPEN)
    return found if user.has_perm(PUBLISH) else found.filter(kind__in=(Job.Kind.DISCARD, Job.Kind.EFFECT))
