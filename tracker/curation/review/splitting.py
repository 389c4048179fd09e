"""Approving a part of a change set: what is not approved goes back to its author, in a change set of its own."""

import datetime as dt
from collections.abc import Collection

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from tracker.curation.errors import PROBLEMS_KEPT, CurationError, Refused
from tracker.curation.notices import notify
from tracker.curation.review import naming
from tracker.curation.review.change_sets import locked
from tracker.curation.review.moving import edits_of, hand_over, require_whole_merges
from tracker.curation.review.permissions import require_reviewer
from tracker.curation.review.publishing import rehearse, require_submitted
from tracker.models import ChangeSet, Notice
from tracker.records.engine.types import Key


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
    hand_over(edits=edits, to=back, at=at)
    for each in (change_set, back):
        naming.left(each)
    change_set.comments.filter(public_id__in=[edit.public_id for edit in edits]).update(change_set=back)
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
