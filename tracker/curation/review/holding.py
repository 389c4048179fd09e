"""Holding records in a change set: who edits a record has it, until the change set is published or discarded."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from tracker.curation.errors import HeldByAnother, NotAllowed, WrongStatus
from tracker.curation.review.merged import refuse_published, waiting_in_words
from tracker.curation.review.standing import held_by_oneself
from tracker.curation.review.statuses import require_editable
from tracker.lib.chunks import chunked
from tracker.models import ChangeSet, Edit
from tracker.models.base import Record
from tracker.models.inserting import insert_columns
from tracker.records.registry import KINDS


def holder(*, kind: str, public_id: str) -> Edit | None:
    """Return the edit by which an open change set holds the record, or None."""
    held = Edit.objects.filter(kind=kind, public_id=public_id, released_at__isnull=True)
    return held.select_related("change_set__author").first()


def lock_records(*, kind: str, public_ids: Collection[str]) -> list[Record]:
    """Lock records, and before them the change sets that hold them, until the transaction ends; returns the records.

    In this order discarding takes them: two who took them in another would wait for one another.
    """
    held = Edit.objects.filter(kind=kind, public_id__in=public_ids, released_at__isnull=True)
    sets = ChangeSet.objects.filter(pk__in=held.values("change_set")).order_by("pk")
    list(sets.select_for_update(no_key=True).values_list("pk"))
    return list(KINDS[kind].model._base_manager.select_for_update().filter(public_id__in=public_ids).order_by("pk"))


def working_set(held: Iterable[Record], *, by: User, change_set: ChangeSet | None) -> ChangeSet | None:
    """Return the change set for an edit by `by`: the one named, else the one of theirs that holds a record; or None.

    Raises NotAllowed where the one named is somebody else's.
    """
    if change_set is not None:
        if change_set.author_id != by.pk:
            raise NotAllowed(_("Change set #%s is somebody else's.") % change_set.pk)
        return change_set
    for record in held:
        found = holder(kind=record.kind, public_id=record.public_id)
        if found is not None and found.change_set.author_id == by.pk:
            return found.change_set
    return None


def next_revision(change_set: ChangeSet) -> int:
    """Count a change of what is in a change set; returns its revision, which is higher than any before.

    It is counted in the transaction of the change, so that whoever reads the records after the revision has seen all
    that it counts: two changes have an order, whatever their times say.
    """
    ChangeSet.objects.filter(pk=change_set.pk).update(revision=F("revision") + 1)
    change_set.refresh_from_db(fields=["revision"])
    return change_set.revision


@transaction.atomic
def hold(
    *, kind: str, public_id: str, change_set: ChangeSet, at: dt.datetime, action: str = Edit.Action.SAVE,
    before: str = "", reason: str = "", merged_into: str = "",
) -> Edit:  # fmt: skip
    """Hold a record in a change set, or note a further edit of a record that the change set holds already.

    `before` is the document of a record that was never published, as it stood before the edit: discarding puts it
    back. `reason` says why a record is withdrawn, or merged into the record `merged_into`. Raises HeldByAnother where
    another open change set holds the record, and WrongStatus where the change set can no longer be edited, or the
    record was merged into another: in it, or published by another than the one that it reverts.
    """
    require_editable(change_set)
    held = holder(kind=kind, public_id=public_id)
    if held is None:
        refuse_published(kind=kind, public_ids=[public_id], reverts=change_set.reverts_id)
        return Edit.objects.create(
            change_set=change_set,
            kind=kind,
            public_id=public_id,
            action=action,
            before=before,
            reason=reason,
            merged_into=merged_into,
            edited_at=at,
            revision=next_revision(change_set),
        )
    if held.change_set_id != change_set.pk:
        if held.change_set.author_id == change_set.author_id:
            raise HeldByAnother(held_by_oneself(f"{kind} {public_id}", held.change_set))
        raise HeldByAnother(
            _("%(author)s holds %(kind)s %(record)s in change set #%(id)s “%(message)s” (%(status)s) until that is "
              "published or discarded.")
            % {
                "author": held.change_set.author, "kind": kind, "record": public_id, "id": held.change_set_id,
                "message": held.change_set.message, "status": held.change_set.get_status_display(),
            }
        )  # fmt: skip
    refuse_merged(held)
    held.action, held.reason, held.merged_into, held.edited_at = action, reason, merged_into, at
    held.revision = next_revision(change_set)
    held.save(update_fields=["action", "reason", "merged_into", "edited_at", "revision"])
    return held


def hold_saved(
    *, kind: str, public_ids: Iterable[str], change_set: ChangeSet, at: dt.datetime, befores: Mapping[str, str]
) -> None:  # fmt: skip
    """Do as `hold` for records of one kind that are saved, and that no other change set holds.

    `befores` are the documents of those that were never published, by id. Raises WrongStatus, also where one stands
    merged into another, and IntegrityError where another change set holds one by now.
    """
    require_editable(change_set)
    revision = next_revision(change_set)
    for part in chunked(public_ids):
        held = Edit.objects.filter(
            change_set=change_set, kind=kind, public_id__in=part, released_at__isnull=True
        )  # fmt: skip
        known = set(held.values_list("public_id", flat=True))
        refuse_published(kind=kind, public_ids=set(part) - known, reverts=change_set.reverts_id)
        held.update(action=Edit.Action.SAVE, reason="", merged_into="", edited_at=at, revision=revision)
        fresh = (
            {"change_set_id": change_set.pk, "kind": kind, "public_id": public_id, "edited_at": at,
             "revision": revision, "before": befores.get(public_id, "")}
            for public_id in part if public_id not in known
        )  # fmt: skip
        insert_columns(Edit, fresh)


def refuse_merged(held: Edit) -> None:
    """Raise WrongStatus where a change set merges the record into another, which no edit follows."""
    if held.action == Edit.Action.MERGE:
        raise WrongStatus(waiting_in_words(held))
