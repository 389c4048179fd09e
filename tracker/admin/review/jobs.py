"""What the page of a change set shows of long work on it: publishing, and working out the effect of that."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tracker.curation import jobs
from tracker.curation.errors import CurationError
from tracker.curation.review import tasks
from tracker.curation.review.permissions import PUBLISH
from tracker.exchange.jobs import begin_again
from tracker.models import ChangeSet, Job

LATE = dt.timedelta(seconds=15)
"""How long a job waits before the page asks whether there is a worker."""
LOOK_AGAIN = 3
"""Seconds after which the page of a change set that is being published asks again how far that is."""


def publishing_shown(change_set: ChangeSet) -> dict[str, Any]:
    """Return how the publishing stands that was asked for since the change set was submitted."""
    job = _since_submitted(change_set, Job.Kind.PUBLISH)
    if job is None or change_set.status != ChangeSet.Status.SUBMITTED:
        return {}
    if job.is_open:
        return {"publishing": job_shown(job)}
    return {"failed": job.problem.splitlines(), "failed_at": job.ended_at} if job.problem else {}


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
    change_set = _to_review(request, pk)
    for job in change_set.jobs.filter(status__in=Job.OPEN).order_by("pk"):
        if not begin_again(job):
            messages.info(request, _("It is at work, or over: look again in a while."))
    return redirect("admin:tracker_changeset_change", pk)


def _to_review(request: Any, pk: int) -> ChangeSet:
    if not request.user.has_perm(PUBLISH):
        raise PermissionDenied
    return get_object_or_404(ChangeSet, pk=pk)
