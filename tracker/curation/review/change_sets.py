"""Opening change sets and moving them on: submit, reject, discard."""

import datetime as dt
from collections.abc import Iterable, Mapping

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from tracker.curation.errors import CurationError, HeldByAnother, NotAllowed, WrongStatus
from tracker.curation.notices import notify
from tracker.curation.review import figures, naming, restoring
from tracker.curation.review.merged import refuse_published, waiting_in_words
from tracker.curation.review.permissions import (
    require_author,
    require_author_or_reviewer,
    require_reviewer,
    reviewers_of,
)
from tracker.curation.review.standing import held_by_oneself
from tracker.lib.chunks import chunked
from tracker.models import ChangeSet, Edit, ExternalId, Import, Notice
from tracker.models.base import Record
from tracker.models.inserting import insert_columns


def _message(message: str) -> str:
    message = message.strip()[: naming.MESSAGE_LENGTH]
    if not message:
        raise CurationError(_("Say in a few words what the change set is about."))
    return message


@transaction.atomic
def open_change_set(
    *, author: User, message: str, cause: str, at: dt.datetime, reverts: ChangeSet | None = None,
    named: str = ChangeSet.Naming.TYPED,
) -> ChangeSet:  # fmt: skip
    """Open a change set for one piece of work: to take back the published one `reverts`, where there is one.

    `named` says whether a person typed the message; else it follows what is in the change set (`naming`). Raises
    CurationError without a message.
    """
    return ChangeSet.objects.create(
        author=author, message=_message(message), cause=cause, opened_at=at, reverts=reverts, naming=named
    )


@transaction.atomic
def describe(*, change_set: ChangeSet, by: User, message: str, cause: str) -> ChangeSet:
    """Say anew what a change set is about, while its author can still edit it."""
    change_set = locked(change_set)
    _require(change_set, *ChangeSet.EDITABLE)
    require_author(change_set, by)
    message = _message(message)
    if message != change_set.message:
        change_set.naming = ChangeSet.Naming.TYPED
    change_set.message, change_set.cause = message, cause
    change_set.save(update_fields=["message", "cause", "naming"])
    return change_set


def editable_of(*, author: User) -> list[ChangeSet]:
    """Return the change sets that `author` can still edit, the newest first."""
    return list(ChangeSet.objects.filter(author=author, status__in=ChangeSet.EDITABLE).order_by("-pk"))


@transaction.atomic
def of_name(*, author: User, message: str, cause: str, at: dt.datetime) -> ChangeSet:
    """Return the open change set of `author` that says this, or a new one: for work that comes in several steps."""
    message = _message(message)
    found = ChangeSet.objects.filter(author=author, status=ChangeSet.Status.OPEN, message=message).order_by("-pk")
    return found.first() or open_change_set(author=author, message=message, cause=cause, at=at)


def holder(*, kind: str, public_id: str) -> Edit | None:
    """Return the edit by which an open change set holds the record, or None."""
    held = Edit.objects.filter(kind=kind, public_id=public_id, released_at__isnull=True)
    return held.select_related("change_set__author").first()


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


def require_editable(change_set: ChangeSet) -> None:
    """Raise WrongStatus where the change set takes no more edits.

    It is looked at as it stands now, and whoever submits it meanwhile waits until the transaction
    ends, so that nothing is published that was not there when it was reviewed.
    """
    change_set = locked(change_set)
    if change_set.status not in ChangeSet.EDITABLE:
        raise WrongStatus(
            _("Change set %(id)s is %(status)s: it takes no more edits.")
            % {"id": f"#{change_set.pk}", "status": change_set.get_status_display()}
        )


def locked(change_set: ChangeSet) -> ChangeSet:
    """Return the change set as it stands, locked until the transaction ends."""
    return ChangeSet.objects.select_for_update(of=("self",)).get(pk=change_set.pk)


def newest_moment() -> dt.datetime | None:
    """Return the moment of the newest publishing; None before the first."""
    published = ChangeSet.objects.filter(published_at__isnull=False)
    return published.order_by("-published_at").values_list("published_at", flat=True).first()


def _require(change_set: ChangeSet, *statuses: str) -> None:
    if change_set.status not in statuses:
        raise WrongStatus(
            _("Change set #%(id)s is %(status)s.") % {"id": change_set.pk, "status": change_set.get_status_display()}
        )


@transaction.atomic
def submit(*, change_set: ChangeSet, by: User, at: dt.datetime) -> ChangeSet:
    """Hand a change set to a second person. Only its author can; it must hold an edit or a figure."""
    change_set = locked(change_set)
    require_submittable(change_set=change_set, by=by)
    change_set.status, change_set.submitted_at = ChangeSet.Status.SUBMITTED, at
    change_set.save(update_fields=["status", "submitted_at"])
    asked = [change_set.assignee] if change_set.assignee else reviewers_of(change_set)
    notify(change_set=change_set, what=Notice.What.SUBMITTED, by=by, to=asked, at=at)
    return change_set


def require_submittable(*, change_set: ChangeSet, by: User) -> None:
    """Raise what `submit` raises: WrongStatus, NotAllowed, or CurationError where there is nothing to review."""
    _require(change_set, *ChangeSet.EDITABLE)
    require_author(change_set, by)
    if not holds_anything(change_set):
        raise CurationError(_("Change set #%s holds no edits yet.") % change_set.pk)


def holds_anything(change_set: ChangeSet) -> bool:
    """Tell whether there is anything to review in a change set: edits, or figures that it proposes."""
    return change_set.edits.exists() or figures.proposes(change_set)


@transaction.atomic
def reject(*, change_set: ChangeSet, by: User, reason: str, at: dt.datetime) -> ChangeSet:
    """Hand a submitted change set back to its author with a reason; its edits stay held."""
    change_set = locked(change_set)
    _require(change_set, ChangeSet.Status.SUBMITTED)
    require_reviewer(change_set, by)
    if not reason.strip():
        raise CurationError(_("Say why the change set is rejected."))
    change_set.status, change_set.reviewer = ChangeSet.Status.REJECTED, by
    change_set.reason, change_set.decided_at = reason.strip(), at
    change_set.save(update_fields=["status", "reviewer", "reason", "decided_at"])
    notify(
        change_set=change_set, what=Notice.What.RETURNED, by=by, to=[change_set.author], at=at, text=change_set.reason
    )
    return change_set


def require_discardable(*, change_set: ChangeSet, by: User) -> None:
    """Raise what `discard` raises before it looks at a record: WrongStatus or NotAllowed."""
    _require(change_set, *ChangeSet.HOLDING)
    require_author_or_reviewer(change_set, by)


@transaction.atomic
def discard(*, change_set: ChangeSet, by: User, at: dt.datetime) -> ChangeSet:
    """Put every record of a change set back to what it was, and remove those that came with it.

    Where it is of an import, what that merged into other pledges is discarded with it, unless it is published. Its
    author can, and a reviewer for somebody else. Raises CurationError where another record refers to one that would be
    removed.
    """
    change_set = locked(change_set)
    require_discardable(change_set=change_set, by=by)
    of_import = ExternalId.objects.filter(change_set=change_set)
    merging = list(merging_of(change_set))
    # What came with the import, and was merged at once, was nothing before: it does not come back.
    came = of_import.exclude(merged_from="").values("merged_from")
    merges = Edit.objects.filter(change_set__in=[change_set, *merging], action=Edit.Action.MERGE)
    merges.filter(kind__in=of_import.values("record_kind"), public_id__in=came).update(before="")
    for other in merging:
        discard(change_set=other, by=by, at=at)
    # Before records are put back, which are found by these ids as well.
    of_import.delete()
    restoring.restore_all(edits=list(change_set.edits.filter(released_at__isnull=True)), at=at)
    figures.drop(change_set=change_set)
    change_set.edits.update(released_at=at)
    change_set.status, change_set.decided_at = ChangeSet.Status.DISCARDED, at
    change_set.save(update_fields=["status", "decided_at"])
    return change_set


def merging_of(change_set: ChangeSet) -> QuerySet[ChangeSet]:
    """Return the change sets, not published, of what an import merged into other pledges, whose change set this is."""
    of_imports = Import.objects.filter(change_set=change_set, merging__isnull=False).values("merging")
    return ChangeSet.objects.filter(pk__in=of_imports, status__in=ChangeSet.HOLDING).order_by("pk")
