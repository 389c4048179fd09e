"""Editing many records, or rows of them, at once, as `bulk_planning` plans it: one act in one change set."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from tracker.curation import jobs
from tracker.curation.callbacks import Watch, unwatched
from tracker.curation.desk import bulk_writing
from tracker.curation.desk.bulk_planning import (
    PlannedRecord,
    Setting,
    lines_of_unknown,
    planned_lines,
    require_fields,
    require_open,
    set_columns,
)
from tracker.curation.desk.bulk_writing import ChangedRecord
from tracker.curation.errors import PROBLEMS_KEPT, CurationError
from tracker.curation.review import naming
from tracker.curation.review.statuses import locked
from tracker.models import ChangeSet, Job, process_locks

AT_ONCE = 100
"""Up to how many records are edited while somebody waits."""


@dataclass(frozen=True)
class Outcome:
    """What became of the records: which are edited, how many were so already, and which were left out, with why."""

    edited: list[str]
    unchanged: int
    refused: list[tuple[str, str]]


def edit_many(
    *, setting: Setting, public_ids: Sequence[str], by: User, change_set: ChangeSet, at: dt.datetime
) -> Outcome:
    """Carry out a setting on each of the records, as edits by `by` in `change_set`.

    A record that refuses them, or that another change set holds, is left out and named. Raises CurationError, and
    writes nothing, where no record changes; NotForMany; and NotAllowed or WrongStatus where the change set takes no
    edit of `by`.
    """
    planned = _prepared(setting, public_ids, by, change_set)
    return _write(planned, setting=setting, public_ids=public_ids, by=by, change_set=change_set, at=at)


_Planned = list[tuple[PlannedRecord, ChangedRecord]]


def _prepared(
    setting: Setting, public_ids: Sequence[str], by: User, change_set: ChangeSet, watch: Watch = unwatched
) -> _Planned:
    """Return what becomes of each record: nearly all of the work, which keeps nobody from writing."""
    require_open(change_set, by)
    require_fields(setting)
    planned: _Planned = []
    total = len(set(public_ids))
    for one in planned_lines(setting, public_ids, by, change_set):
        planned.append(one)
        watch(len(planned), total)
    return planned


@transaction.atomic
def _write(
    planned: _Planned, *, setting: Setting, public_ids: Sequence[str], by: User, change_set: ChangeSet,
    at: dt.datetime,
) -> Outcome:  # fmt: skip
    """Write what is planned; the ids of which there is no record are among the refused."""
    changed = [one for line, one in planned if line.is_changed]
    is_first = not change_set.edits.exists()
    refused = {line.public_id: line.refusal for line, _changed in planned if line.refusal}
    if changed:
        refused |= bulk_writing.write(changed, set_columns(setting), by=by, change_set=locked(change_set), at=at)
    edited = [one.record.public_id for one in changed if one.record.public_id not in refused]
    if not is_first:
        naming.follow(change_set)
    unchanged = len(planned) - len(edited) - len(refused)
    unknown = lines_of_unknown(setting.kind, public_ids, [line for line, _changed in planned])
    refused |= {line.public_id: line.refusal for line in unknown}
    if not edited:
        reasons = " ".join(dict.fromkeys(refused.values()))
        raise CurationError(_("Nothing was changed. %s") % (reasons[:500] or _nothing_to_change(setting)))
    return Outcome(edited, unchanged, sorted(refused.items()))


def _nothing_to_change(setting: Setting) -> str:
    if setting.rows:
        return _("They have no such line, or all of them say this already.")
    return _("All of them say this already.")


def request(
    *, setting: Setting, public_ids: Sequence[str], by: User, change_set: ChangeSet, at: dt.datetime
) -> Outcome | Job:
    """Edit few records now, or ask for the editing of more than AT_ONCE; returns the job of the latter.

    Raises what `edit_many` raises; of a job, that many records change is found out when it is done.
    """
    if len(public_ids) <= AT_ONCE:
        return edit_many(setting=setting, public_ids=public_ids, by=by, change_set=change_set, at=at)
    require_open(change_set, by)
    require_fields(setting)
    asked = {**asdict(setting), "public_ids": sorted(set(public_ids))}
    with jobs.queueing() as queue:
        job = jobs.ask(kind=Job.Kind.BULK_EDIT, change_set=change_set, by=by, at=at, asked=asked)
        queue(edit_in_bulk, job.pk)
    return job


@task()
def edit_in_bulk(job_id: int) -> None:
    """Edit the records of a job; what stands in the way is noted as its problem."""
    jobs.run_task(job_id, work=_edit_for, clock=timezone.now)


def _edit_for(job: Job, note: process_locks.Note) -> dict[str, Any]:
    """Edit the records of a job. That and the end of the job are one: who is killed here did both or neither."""
    assert job.change_set is not None  # A constraint says so of this kind.
    asked: dict[str, Any] = {"by": job.asked_by, "change_set": job.change_set}
    setting = Setting(**{name: value for name, value in job.asked.items() if name != "public_ids"})
    public_ids = job.asked["public_ids"]
    planned = _prepared(setting, public_ids, **asked, watch=note)
    with transaction.atomic():
        found = _write(planned, setting=setting, public_ids=public_ids, at=timezone.now(), **asked)
        result = {
            "edited": len(found.edited), "unchanged": found.unchanged, "refused": found.refused[:PROBLEMS_KEPT],
            "refused_count": len(found.refused),
        }  # fmt: skip
        jobs.finish(job=job, result=result, at=timezone.now())
    return result
