"""Importing: a plan is applied into one change set, all of it or nothing."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from rest_framework import serializers

from tracker.curation import database_errors, search_texts
from tracker.curation.callbacks import Watch, unwatched
from tracker.curation.desk import records
from tracker.curation.errors import CurationError, Stale
from tracker.curation.evidence import settling
from tracker.curation.importing.bulk import NewRecords, external_id, known_ids
from tracker.curation.importing.changing import never_published, refuse_held, write_changed
from tracker.curation.importing.one_by_one import Saving, write_all
from tracker.curation.importing.plans import Outcome, Plan, Step
from tracker.curation.importing.twins import Settling
from tracker.curation.quality import keeping
from tracker.curation.review import change_sets, holding
from tracker.lib import canonical
from tracker.lib.chunks import chunked
from tracker.models import ChangeSet, Edit, ExternalId, ImportTwin, Pledge, PledgeLink
from tracker.models.inserting import insert_columns
from tracker.records.engine.types import Key, by_kind

_NAMED = 10
"""How many records are named in a refusal."""


@dataclass(frozen=True)
class Applied:
    """What an import did. There is no change set where nothing was written but external ids."""

    change_set: ChangeSet | None
    ids: dict[str, str] = field(default_factory=dict)
    """The public id of each record, by its id in the dataset."""
    merging: ChangeSet | None = None
    """Where pledges of the file were merged into others, which is another change set."""


@transaction.atomic
def apply(
    *, plan: Plan, author: User, at: dt.datetime, message: str = "", withdraw: Iterable[str] = (),
    keep: Iterable[str] = (), watch: Watch = unwatched, twins: Iterable[ImportTwin] = (), new: NewRecords | None = None,
) -> Applied:  # fmt: skip
    """Write what `plan` says into a new change set of `author`, of cause import.

    New records are written in bulk, their ids given, where the plan says so; all others by their serializers. `new` are
    their rows, where somebody who knows that the register has not changed since worked them out (`new_records`).
    `withdraw` are the ids of pledges, gone from the file, that are taken back, and `keep` those that stay and are noted
    as gone. `twins` are the likely twins with what was decided about them. `settle` keeps what the rules of quality
    find in that. Raises CurationError where a column can be read in two ways,
    where a row could be one of several records, and, naming the record, where one cannot be written, or not be merged
    or linked as was decided: nothing is written then.
    """
    if plan.questions:
        raise CurationError(
            _("Say first how columns are written, or whether figures are right: %s")
            % " ".join(map(str, plan.questions))
        )
    if plan.ties:
        raise CurationError(
            _("Say first which records these are: %s.") % "; ".join(step.choices for step in plan.ties[:_NAMED])
        )
    ids = known_ids(plan)
    steps = plan.to_write()
    gone = sorted(set(withdraw))
    change_set = merging = None
    if steps or gone:
        change_set = change_sets.open_change_set(
            author=author, message=message.strip() or _("Import of %s") % plan.title, cause=ChangeSet.Cause.IMPORT,
            at=at,
        )  # fmt: skip
    with search_texts.kept((step.draft.kind, step.public_id) for step in steps if step.public_id):
        if change_set is not None:
            ids |= _write_steps(plan, new, ids, change_set, at, watch)
        _note_ids(plan, ids, change_set)
    if change_set is not None:
        reason = _("%(title)s no longer has it.") % {"title": plan.title}
        _withdraw(gone, author, change_set, at, reason)
    # Those that changed are renewed by now, and those that are written in bulk brought their texts.
    done = {step.draft.source_id for step in steps if step.public_id or plan.in_bulk}
    others = (*steps, *(step for step in plan.noted() if not step.is_noted))
    search_texts.renew(
        ids[step.draft.source_id] for step in others
        if step.draft.kind == Pledge.kind and step.draft.source_id not in done
    )  # fmt: skip
    _note_kept(plan, set(keep), change_set)
    if change_set is not None:
        merging = Settling([*twins], ids, change_set, plan.title, at).settle()
    return Applied(change_set, ids, merging)


def settle(*, change_set: ChangeSet, at: dt.datetime) -> None:
    """Keep what the rules of quality find in the records that an import wrote.

    A second call changes nothing. It takes nearly as long as to write them, and next to nothing of it is writing:
    outside of a transaction, others can write meanwhile.
    """
    keeping.settle(change_set.edits.order_by().values_list("kind", "public_id"), at=at)


def new_records(plan: Plan) -> NewRecords | None:
    """Return the rows of the new records of a plan, None where they are not written in bulk. Raises Stale."""
    try:
        return NewRecords(plan) if plan.in_bulk else None
    except KeyError as error:
        raise _stale(error) from error


def _stale(reason: object) -> Stale:
    return Stale(_("The register has changed since this was planned: plan again. (%s)") % reason)


def _write_steps(
    plan: Plan, new: NewRecords | None, standing: dict[str, str], change_set: ChangeSet, at: dt.datetime, watch: Watch
) -> dict[str, str]:  # fmt: skip
    """Write the records of a plan; returns the public id of each that is new by its id in the dataset.

    `standing` are the ids of those that are there already.
    """
    steps = plan.to_write()
    new = new or new_records(plan)
    if new is None:
        return _write_each(steps, change_set, at, watch)
    _write_new(new, change_set, at)
    whole = standing | new.ids
    count = len(new.ids)
    watch(count, len(steps))
    rest = [step for step in steps if step.outcome is not Outcome.NEW]
    for done, _step in enumerate(write_changed(rest, whole, change_set, at, plan.sha256), start=count + 1):
        watch(done, len(steps))
    return new.ids


def _write_new(new: NewRecords, change_set: ChangeSet, at: dt.datetime) -> None:
    """Write the new records and hold them."""
    try:
        with transaction.atomic():
            new.write(change_set)
    except IntegrityError as error:
        raise _stale(database_errors.in_words(error)) from error
    revision = holding.next_revision(change_set)
    insert_columns(
        Edit,
        (
            {
                "change_set_id": change_set.pk, "kind": kind, "public_id": public_id, "edited_at": at,
                "revision": revision,
            }
            for kind, public_id in new.held
        ),
    )  # fmt: skip


def _write_each(steps: list[Step], change_set: ChangeSet, at: dt.datetime, watch: Watch) -> dict[str, str]:
    """Write records of any kind by their serializers; returns the public id of each by its id in the dataset."""
    befores: dict[str, dict[str, str]] = {}
    for kind, public_ids in by_kind((step.draft.kind, step.public_id) for step in steps if step.public_id).items():
        befores[kind] = {}
        for part in chunked(public_ids):
            refuse_held(kind, part, change_set, at)
            befores[kind] |= never_published(kind, part)
    saving = Saving()
    written: list[Key] = []

    def write(step: Step) -> str:
        record = saving.save(step)
        written.append((record.kind, record.public_id))
        watch(len(written), len(steps))
        return record.public_id

    ids, failed = write_all(steps, write)
    for step, error in failed:
        detail = canonical.dump(error.detail) if isinstance(error, serializers.ValidationError) else error
        raise Stale(
            _("The register has changed since this was planned: plan again. (%(record)s: %(problems)s)")
            % {"record": step.draft.source_id, "problems": detail}
        ) from error
    for kind, public_ids in by_kind(written).items():
        holding.hold_saved(
            kind=kind, public_ids=public_ids, change_set=change_set, at=at, befores=befores.get(kind, {})
        )  # fmt: skip
    settling.settle(saving.unsettled)
    return ids


def _withdraw(public_ids: list[str], author: User, change_set: ChangeSet, at: dt.datetime, reason: str) -> None:
    """Withdraw pledges; tranches before their umbrellas, which could not go while these refer to them."""
    targets = PledgeLink.objects.filter(target__public_id__in=public_ids).values("target")
    records_gone = Pledge.objects.filter(public_id__in=public_ids)
    for record in [*records_gone.exclude(pk__in=targets), *records_gone.filter(pk__in=targets)]:
        records.withdraw(record=record, by=author, at=at, reason=reason, change_set=change_set)


def _note_ids(plan: Plan, ids: dict[str, str], change_set: ChangeSet | None) -> None:
    """Note what the dataset calls each record now, and what it says of it; of those written in bulk, it is noted."""
    noted = (step for step in plan.noted() if not step.is_noted)
    fresh = (step for step in noted if not (plan.in_bulk and step.outcome is Outcome.NEW))
    came_by = change_set.pk if change_set else None
    insert_columns(ExternalId, (external_id(plan, step, step.draft.document, ids, came_by) for step in fresh))


def _note_kept(plan: Plan, keep: set[str], change_set: ChangeSet | None) -> None:
    """Note that the release no longer has some records, which stay as they are."""
    for part in chunked(sorted(gone.public_id for gone in plan.gone if not gone.kept_in and gone.public_id in keep)):
        known = ExternalId.objects.filter(dataset=plan.dataset, record_kind=Pledge.kind, public_id__in=part)
        newest = {(row.public_id, row.merged_from): row for row in known.order_by("id")}
        insert_columns(
            ExternalId,
            (
                {
                    "dataset": plan.dataset, "release": plan.release, "source_id": row.source_id,
                    "record_kind": row.record_kind, "public_id": row.public_id, "merged_from": row.merged_from,
                    "fingerprint": row.fingerprint, "content": row.content, "is_gone": True,
                    "change_set_id": change_set and change_set.pk,
                }
                for row in newest.values()
            ),
        )  # fmt: skip
