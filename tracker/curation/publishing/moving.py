"""Moving edits: between the open change sets of one person, and from one under review back to its author."""

import datetime as dt
from collections.abc import Collection

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from tracker.curation.errors import PROBLEMS_KEPT, CurationError, Refused
from tracker.curation.notices import notify
from tracker.curation.publishing.publishing import rehearse
from tracker.curation.review import naming
from tracker.curation.review.holding import next_revision
from tracker.curation.review.merged import taken_back
from tracker.curation.review.permissions import require_author, require_reviewer
from tracker.curation.review.statuses import locked, require_editable, require_submitted
from tracker.lib.chunks import chunked
from tracker.models import ChangeSet, Comment, Edit, ExternalId, Notice, Seen
from tracker.records.engine.types import Key


@transaction.atomic
def move(*, change_set: ChangeSet, keys: Collection[Key], to: ChangeSet, by: User, at: dt.datetime) -> int:
    """Move the edits of records, by kind and public id, from one open change set of `by` to another; returns how many.

    What an import said of the records goes with them. Raises NotAllowed or WrongStatus where one of the two is not
    theirs, or takes no edits; and CurationError, naming it, where a record is not in the first.
    """
    for each in (change_set, to):
        require_author(each, by)
        require_editable(each)
    if change_set.pk == to.pk:
        raise CurationError(_("They are in change set #%s already.") % to.pk)
    found = edits_of(change_set, keys)
    require_whole_merges(change_set, found)
    hand_over(edits=found, change_set=change_set, to=to, at=at)
    naming.left(change_set)
    naming.follow(to)
    return len(found)


def edits_of(change_set: ChangeSet, keys: Collection[Key]) -> list[Edit]:
    """Return the edits of the named records. Raises CurationError for none, and for one that is not held there."""
    if not keys:
        raise CurationError(_("Choose at least one record."))
    found = {(edit.kind, edit.public_id): edit for edit in change_set.edits.filter(released_at__isnull=True)}
    for kind, public_id in keys:
        if (kind, public_id) not in found:
            raise CurationError(
                _("Change set #%(id)s does not hold %(kind)s %(record)s.")
                % {"id": change_set.pk, "kind": kind, "record": public_id}
            )
    return [found[key] for key in dict.fromkeys(keys)]


def require_whole_merges(change_set: ChangeSet, leaving: Collection[Edit]) -> None:
    """Raise CurationError where edits leave a change set that merges records, and others of it stay, or parts them.

    What was merged, what it went into and what referred to it are one piece of work; and it is the change set that
    takes back another.
    """
    if leaving and taken_back(change_set) is not None:
        raise CurationError(_("Change set #%s takes back that records were merged: it stays whole.") % change_set.pk)
    held = change_set.edits.filter(released_at__isnull=True)
    if held.count() > len(leaving) and held.filter(action=Edit.Action.MERGE).exists():
        raise CurationError(
            _("Records are merged in change set #%s: it stays whole, or all of it moves.") % change_set.pk
        )


def hand_over(*, edits: Collection[Edit], change_set: ChangeSet, to: ChangeSet, at: dt.datetime) -> None:
    """Put edits of a change set, and what was said of their records in comments and by an import, into the one `to`."""
    revision = next_revision(to)
    _bring_comments(edits, change_set, to)
    for part in chunked([edit.pk for edit in edits]):
        Edit.objects.filter(pk__in=part).update(change_set=to, edited_at=at, revision=revision)
        # Revisions of two change sets say nothing of each other.
        Seen.objects.filter(edit__in=part).delete()
    next_revision(change_set)
    for edit in edits:
        _said_of(edit).update(change_set=to)


def _bring_comments(edits: Collection[Edit], change_set: ChangeSet, to: ChangeSet) -> None:
    """Move the threads on the records of edits, which whoever reviews these there has to answer, too."""
    keys = {(edit.kind, edit.public_id) for edit in edits}
    rows = change_set.comments.exclude(kind="").values_list("pk", "kind", "public_id")
    for part in chunked([pk for pk, *key in rows if tuple(key) in keys]):
        Comment.objects.filter(pk__in=part).update(change_set=to)


def _said_of(edit: Edit) -> QuerySet[ExternalId]:
    same = Q(record_kind=edit.kind, public_id=edit.public_id)
    return ExternalId.objects.filter(same, change_set_id=edit.change_set_id)


@transaction.atomic
def send_back(
    *, change_set: ChangeSet, keys: Collection[Key], by: User, reason: str, at: dt.datetime, is_tried: bool = True
) -> ChangeSet:  # fmt: skip
    """Give records of a submitted change set, by kind and public id, back to its author with a reason.

    Returns the change set that holds them from then on, which is as one that was rejected; the other waits on. It must
    be publishable without them: where `is_tried`, that is rehearsed, and CurationError says what it would lack. Raises
    NotAllowed, WrongStatus, and CurationError without a reason, where nothing would stay, or where it merges
    records: that is one piece of work.
    """
    change_set = locked(change_set)
    require_submitted(change_set)
    require_reviewer(change_set, by)
    if not reason.strip():
        raise CurationError(_("Say why the records go back."))
    edits = edits_of(change_set, keys)
    if len(edits) == change_set.edits.count():
        raise CurationError(_("These are all of its records: reject the change set instead."))
    require_whole_merges(change_set, edits)
    back = ChangeSet.objects.create(
        author=change_set.author, reviewer=by, reason=reason.strip(), status=ChangeSet.Status.REJECTED,
        cause=change_set.cause, opened_at=change_set.opened_at, submitted_at=change_set.submitted_at, decided_at=at,
        message=_message_of(change_set), naming=change_set.naming,
    )  # fmt: skip
    hand_over(edits=edits, change_set=change_set, to=back, at=at)
    for each in (change_set, back):
        naming.left(each)
    if is_tried:
        _require_publishable(change_set, at)
    notify(change_set=back, what=Notice.What.RETURNED, by=by, to=[back.author], at=at, text=back.reason)
    return back


def _message_of(change_set: ChangeSet) -> str:
    """Return what the change set is called at first that holds what goes back."""
    if change_set.naming != ChangeSet.Naming.TYPED:
        return change_set.message
    message = _("Sent back from #%(id)s: %(message)s") % {"id": change_set.pk, "message": change_set.message}
    return message[: naming.MESSAGE_LENGTH]


def _require_publishable(change_set: ChangeSet, at: dt.datetime) -> None:
    """Raise CurationError where what stays cannot be published, with what it lacks."""
    try:
        rehearse(change_set=change_set, at=at, measure=lambda: None)
    except Refused as error:
        lines = "\n".join(error.listed(PROBLEMS_KEPT))
        raise CurationError(_("Without these records, the others cannot be published:\n%s") % lines) from error
