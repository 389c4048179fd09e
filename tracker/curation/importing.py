"""Importing: a plan is applied into one change set, all of it or nothing."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from rest_framework import serializers

from tracker.curation import change_sets, records
from tracker.curation.bulk import BulkWriter
from tracker.curation.errors import CurationError, HeldByAnother
from tracker.lib import canonical
from tracker.models import ChangeSet, Edit, ExternalId, Pledge
from tracker.models.inserting import insert_plain
from tracker.records.claims import attach_claims
from tracker.records.plans import Document, Outcome, Plan, Step
from tracker.records.registry import KINDS
from tracker.records.written import compared

Watch = Callable[[int, int], None]
"""Is told how many records are written, of how many."""


class Stale(CurationError):
    """The register has changed since the plan was made."""


@dataclass(frozen=True)
class Applied:
    """What an import did. There is no change set where nothing was written but external ids."""

    change_set: ChangeSet | None
    ids: dict[str, str] = field(default_factory=dict)
    """The public id of each record, by its id in the dataset."""


def _unwatched(done: int, total: int) -> None:
    """Tell nobody."""


@transaction.atomic
def apply(*, plan: Plan, author: User, at: dt.datetime, message: str = "", watch: Watch = _unwatched) -> Applied:
    """Write what `plan` says into a new change set of `author`, of cause import.

    New records are written in bulk, their ids given; changed ones by their serializers. Raises
    CurationError, naming the record, where one cannot be written: nothing is written then.
    """
    ids = {step.draft.source_id: step.public_id for step in plan.noted() if step.public_id}
    steps = plan.to_write()
    change_set = None
    if steps:
        change_set = change_sets.open_change_set(
            author=author, message=message.strip() or _("Import of %s") % plan.title, cause=ChangeSet.Cause.IMPORT,
            at=at,
        )  # fmt: skip
        ids |= _write_new(plan, change_set, at)
        new = len(plan.with_outcome(Outcome.NEW))
        watch(new, len(steps))
        for done, step in enumerate(plan.with_outcome(Outcome.CHANGED), start=new + 1):
            _write_changed(step, author, change_set, at)
            watch(done, len(steps))
    _note_ids(plan, ids, change_set)
    return Applied(change_set, ids)


def _write_new(plan: Plan, change_set: ChangeSet, at: dt.datetime) -> dict[str, str]:
    """Write the new records and hold them; returns the public id of each by its id in the dataset."""
    steps = plan.with_outcome(Outcome.NEW)
    writer = BulkWriter()
    standing = {step.draft.source_id: step.public_id for step in plan.steps if step.public_id}
    try:
        with transaction.atomic():
            held = writer.supporting(plan.supporting)
            ids = writer.pledges([step.draft for step in steps], standing)
    except (IntegrityError, KeyError) as error:
        raise Stale(_("The register has changed since this was planned: plan again. (%s)") % error) from error
    held += [(Pledge.kind, public_id) for public_id in ids.values()]
    insert_plain(
        [Edit(change_set=change_set, kind=kind, public_id=public_id, edited_at=at) for kind, public_id in held]
    )
    return ids


def _write_changed(step: Step, author: User, change_set: ChangeSet, at: dt.datetime) -> None:
    """Write the fields of one record that change."""
    kind = KINDS[step.draft.kind]
    record = kind.queryset().filter(public_id=step.public_id).first()
    if record is None:
        raise Stale(_("%s is gone since this was planned: plan again.") % step.public_id)
    data: Document = dict(step.write)
    if "claims" in data:
        attach_claims([record])
        data["claims"] = _with_claims(kind.documents([record])[0]["claims"], data["claims"])
    serializer = kind.serializer(record, data=data, partial=True)
    try:
        serializer.is_valid(raise_exception=True)
        records.write(serializer=serializer, by=author, at=at, change_set=change_set)
    except HeldByAnother as error:
        raise Stale(str(error)) from error
    except serializers.ValidationError as error:
        raise CurationError(
            _("%(record)s cannot be changed: %(problems)s")
            % {"record": step.public_id, "problems": canonical.dump(error.detail)}
        ) from error


def _with_claims(present: list[Document], named: list[Document]) -> list[Document]:
    """Return the claims that are there, and one for each document that is named and has none."""
    known = {claim["document"]["id"] for claim in present}
    return present + [claim for claim in named if claim["document"] not in known]


def _note_ids(plan: Plan, ids: dict[str, str], change_set: ChangeSet | None) -> None:
    """Note what the dataset calls each record now, and what it says of it."""
    fresh = [
        ExternalId(
            dataset=plan.dataset, release=plan.release, source_id=step.draft.source_id, record_kind=step.draft.kind,
            public_id=ids[step.draft.source_id], fingerprint=step.draft.fingerprint,
            content=canonical.dump(compared(step.draft.document)), change_set=change_set,
        )
        for step in plan.noted() if not step.is_noted
    ]  # fmt: skip
    insert_plain(fresh)
