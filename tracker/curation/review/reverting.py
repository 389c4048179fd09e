"""Taking a published change set back: a new one, which puts each of its records back to what was published before."""

import datetime as dt

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from tracker.curation import search_texts
from tracker.curation.errors import CurationError, WrongStatus
from tracker.curation.review import figures, restoring
from tracker.curation.review.change_sets import open_change_set
from tracker.curation.review.holding import hold
from tracker.curation.review.merged import taken_back
from tracker.curation.review.statuses import locked
from tracker.lib import canonical
from tracker.lib.chunks import chunked
from tracker.models import ChangeSet, Edit, Publication
from tracker.models.base import Record
from tracker.records.engine.references import without_names
from tracker.records.engine.types import Key
from tracker.records.registry import KINDS

_Versions = dict[Key, list[Publication]]


@transaction.atomic
def revert(*, change_set: ChangeSet, by: User, at: dt.datetime, reason: str = "") -> ChangeSet:
    """Open a change set in which every record of a published one is what it was before; returns it, to be reviewed.

    What was merged is two records again, what was withdrawn stands again, and what was new, or stood again, is
    withdrawn, for the `reason` given, which is public; without one it says which change set is taken back, and not
    what that was called. The new one says which it reverts. Raises WrongStatus where the change set is not published,
    or being taken back already, or a record was merged into another since; CurationError where it put figures in
    force, took back a merge, or a record was published since with something else in it; and HeldByAnother where
    somebody holds one.
    """
    change_set = locked(change_set)
    if change_set.status != ChangeSet.Status.PUBLISHED:
        raise WrongStatus(_("Change set #%s is not published: discard it instead.") % change_set.pk)
    if figures.are_of(change_set):
        raise CurationError(_("Change set #%s brought figures: load the right ones in their place.") % change_set.pk)
    _require_no_other(change_set)
    edits = list(change_set.edits.exclude(action=Edit.Action.REPOST).order_by("pk"))
    versions = _versions(edits)
    _require_untouched(change_set, versions)
    stood = {
        key: rows[-1]
        for key, found in versions.items()
        if (rows := [row for row in found if _is_before(row, change_set)])
    }
    documents = {key: row.document for key, row in stood.items() if not row.is_tombstone}
    cause = ChangeSet.Cause.MERGING if change_set.cause == ChangeSet.Cause.MERGING else ChangeSet.Cause.CORRECTION
    message = _("Revert #%(id)s: %(message)s") % {"id": change_set.pk, "message": change_set.message}
    working = open_change_set(author=by, message=message, cause=cause, at=at, reverts=change_set)
    # What a save made public for the first time is withdrawn, also where the desk had it before.
    kept = [
        edit for edit in edits
        if (edit.kind, edit.public_id) in documents or (edit.before and edit.action != Edit.Action.SAVE)
    ]  # fmt: skip
    public_reason = reason.strip() or _("Change set #%s, which brought it, is taken back.") % change_set.pk
    for edit in edits:
        action = Edit.Action.SAVE if edit in kept else Edit.Action.WITHDRAW
        why = "" if edit in kept else public_reason
        hold(kind=edit.kind, public_id=edit.public_id, change_set=working, at=at, action=action, reason=why)
    with search_texts.kept((edit.kind, edit.public_id) for edit in kept):
        restoring.put_back(kept, documents, at)
    return working


def _versions(edits: list[Edit]) -> _Versions:
    """Return all that was published of the edited records, the oldest first."""
    found: _Versions = {(edit.kind, edit.public_id): [] for edit in edits}
    for part in chunked(sorted({edit.public_id for edit in edits})):
        for row in Publication.objects.filter(public_id__in=part).order_by("version"):
            if (row.kind, row.public_id) in found:
                found[row.kind, row.public_id].append(row)
    return found


def _require_no_other(change_set: ChangeSet) -> None:
    """Raise CurationError where it took back a merge itself, or another change set that is held takes it back."""
    merge = taken_back(change_set)
    if merge is not None:
        raise CurationError(
            _("Change set #%(id)s made %(record)s and %(into)s two again: merge them anew instead.")
            % {"id": change_set.pk, "record": merge.public_id, "into": merge.merged_into}
        )
    other = change_set.reverted_by.filter(status__in=ChangeSet.HOLDING).first()
    if other is not None:
        raise WrongStatus(
            _("Change set #%(other)s by %(author)s takes #%(id)s back already.")
            % {"other": other.pk, "author": other.author, "id": change_set.pk}
        )


def _is_before(row: Publication, change_set: ChangeSet) -> bool:
    assert change_set.published_at is not None
    return row.recorded_from < change_set.published_at


def _require_untouched(change_set: ChangeSet, versions: _Versions) -> None:
    """Raise CurationError where a record says something else now than the change set made it say."""
    changed = []
    for (kind, public_id), rows in versions.items():
        own = next((row for row in rows if row.change_set_id == change_set.pk), None)
        if own is not None and _said(own) != _said(rows[-1]):
            changed.append(_name(kind, public_id))
    if changed:
        raise CurationError(
            _("These were published since with something else in them, which a revert would undo: %s.")
            % ", ".join(changed[:5])
        )


def _said(row: Publication) -> object:
    return without_names(canonical.load(row.document))


def _name(kind: str, public_id: str) -> str:
    record: Record | None = KINDS[kind].model.named(public_id)
    return f"{record.name} ({public_id})" if record else public_id
