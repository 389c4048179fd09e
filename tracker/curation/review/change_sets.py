"""Opening change sets and moving them on: submit, reject, discard."""

import datetime as dt

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from tracker.curation.errors import CurationError
from tracker.curation.notices import notify
from tracker.curation.review import figures, naming, restoring
from tracker.curation.review.permissions import (
    require_author,
    require_author_or_reviewer,
    require_reviewer,
    reviewers_of,
)
from tracker.curation.review.statuses import locked, require_status
from tracker.models import ChangeSet, Edit, ExternalId, Import, Notice


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
    require_status(change_set, *ChangeSet.EDITABLE)
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


def newest_moment() -> dt.datetime | None:
    """Return the moment of the newest publishing; None before the first."""
    published = ChangeSet.objects.filter(published_at__isnull=False)
    return published.order_by("-published_at").values_list("published_at", flat=True).first()


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
    require_status(change_set, *ChangeSet.EDITABLE)
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
    require_status(change_set, ChangeSet.Status.SUBMITTED)
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
    require_status(change_set, *ChangeSet.HOLDING)
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
