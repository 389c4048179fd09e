"""The list of all likely twins: worked out by a task, and kept until the next one is, with its moment.

It is renewed after every publishing and import, and whenever somebody asks. What was decided since is left out when it
is read.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django_tasks import task

from tracker.curation import jobs
from tracker.curation.errors import WrongStatus
from tracker.curation.twins.likely_pairs import Twin, present, twins_among, twins_of, twins_of_pledge, undecided
from tracker.models import ChangeSet, Edit, Import, Job, Pledge, process_locks

KIND = Job.Kind.TWINS
FEW = 100
"""Up to how many records of a change set are compared while a page waits; of more, the kept list tells."""
MOST = 20_000
"""How many pairs are kept, those most alike."""


@dataclass(frozen=True)
class KeptList:
    """The pairs of likely twins that nobody has decided about, those most alike first, and how old that is."""

    twins: list[Twin]
    moment: dt.datetime | None
    """When the register was looked at; None where that was never done."""
    is_current: bool
    """Whether nothing was published or imported since."""
    job: Job | None
    """The newest work on it, which may be under way, or have failed."""


def kept_list() -> KeptList:
    """Return the list as it was worked out last, without what was decided since."""
    of_kind = Job.objects.filter(kind=KIND).select_related("asked_by").order_by("-pk")
    done = of_kind.filter(status=Job.Status.DONE).first()
    newest = of_kind.defer("result").first()
    if done is None or done.begun_at is None or done.result is None:
        return KeptList([], None, is_current=False, job=newest)
    found = undecided(present(list(map(_unpacked, done.result["pairs"]))))
    return KeptList(found, done.begun_at, is_current=not _has_changed_since(done.begun_at), job=newest)


def listed(*, change_set: ChangeSet | None = None, pledge: Pledge | None = None) -> tuple[list[Twin], KeptList | None]:
    """Return the likely twins of one pledge, of a change set, or of all, and the kept list where they are of that.

    Those of one pledge, and of a change set of few records, are looked for now.
    """
    if pledge is not None:
        return twins_of_pledge(pledge), None
    if change_set is not None and is_small(change_set):
        return twins_of(change_set), None
    kept = kept_list()
    if change_set is None:
        return kept.twins, kept
    saved = change_set.edits.filter(kind=Pledge.kind, action=Edit.Action.SAVE).order_by()
    own = set(saved.values_list("public_id", flat=True))
    return [twin for twin in kept.twins if twin.one in own or twin.other in own], kept


def is_small(change_set: ChangeSet) -> bool:
    """Tell whether a page waits for the likely twins of a change set: it edits few records."""
    return change_set.edits.order_by()[: FEW + 1].count() <= FEW


def request(*, by: User, at: dt.datetime) -> Job | None:
    """Have the list worked out anew; returns the job, or None where one is under way."""
    try:
        with jobs.queueing() as queue:
            job = jobs.ask(kind=KIND, by=by, at=at)
            queue(renew_twins, job.pk)
    except WrongStatus:
        return None
    return job


@task()
def renew_twins(job_id: int) -> None:
    """Work out the list of a job; once more, where something was published or imported meanwhile."""
    job = Job.objects.select_related("asked_by").filter(pk=job_id).first()
    if job is None:
        return
    jobs.run(job=job, work=_work, clock=timezone.now)
    if job.status == Job.Status.DONE and job.begun_at is not None and _has_changed_since(job.begun_at):
        request(by=job.asked_by, at=timezone.now())


def _work(job: Job, note: process_locks.Note) -> dict[str, Any]:
    found = twins_among(watch=note)
    result = {"pairs": [[twin.one, twin.other, twin.score, twin.evidence] for twin in found[:MOST]]}
    with transaction.atomic():
        jobs.finish(job=job, result=result, at=timezone.now())
        Job.objects.filter(kind=KIND, pk__lt=job.pk).exclude(status__in=Job.OPEN).delete()
    return result


def _unpacked(kept: list[Any]) -> Twin:
    one, other, score, evidence = kept
    return Twin(one, other, score, tuple((name, found) for name, found in evidence))


def _has_changed_since(moment: dt.datetime) -> bool:
    published = ChangeSet.objects.filter(published_at__gt=moment)
    return published.exists() or Import.objects.filter(applied_at__gt=moment).exists()
