"""Ticking the records of a change set that a reviewer has looked at."""

import datetime as dt
from collections.abc import Collection

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from tracker.curation.errors import CurationError, EditedSince, NotAllowed
from tracker.curation.publishing.moving import edits_of
from tracker.curation.review.permissions import PUBLISH, require_reviewer
from tracker.curation.review.statuses import require_holding
from tracker.lib.chunks import chunked
from tracker.models import ChangeSet, Edit, Seen
from tracker.records.engine.types import Key


@transaction.atomic
def tick(
    *, change_set: ChangeSet, keys: Collection[Key], by: User, seen: bool, at: dt.datetime,
    revision: int | None,
) -> int:  # fmt: skip
    """Tick records, by kind and public id, as seen by a reviewer, or no longer; returns how many are ticked in all.

    A tick goes when the record is edited again. `revision` is that of the change set when the reviewer was shown the
    records; taking ticks back needs none. Raises EditedSince where one was edited after that, NotAllowed for who
    may not review it, as its author, WrongStatus where the change set is published or discarded, and CurationError
    where it does not hold one of the records, or `revision` is missing or to come.
    """
    if not by.has_perm(PUBLISH):
        raise NotAllowed(_("Only a reviewer ticks what they have seen."))
    if seen:
        # A tick tells the others that a second person has looked.
        require_reviewer(change_set, by)
    require_holding(change_set)
    edits = edits_of(change_set, keys)
    if seen:
        _require_unedited(change_set, edits, revision)
    for part in chunked(edits):
        Seen.objects.filter(edit__in=part, reviewer=by).delete()
    if seen:
        Seen.objects.bulk_create([Seen(edit=edit, reviewer=by, revision=edit.revision, seen_at=at) for edit in edits])
    return Seen.objects.by(by, change_set).count()


def _require_unedited(change_set: ChangeSet, edits: Collection[Edit], revision: int | None) -> None:
    """Raise EditedSince where a record was edited after somebody looked, and CurationError where that is not known."""
    if revision is None:
        raise CurationError(_("It is not known as of which revision you looked at these records. Look again."))
    if revision > change_set.revision:
        raise CurationError(
            _("Change set #%(id)s has had %(count)s revisions: you cannot have looked at revision %(found)s.")
            % {"id": change_set.pk, "count": change_set.revision, "found": revision}
        )
    later = [edit.public_id for edit in edits if edit.revision > revision]
    if later:
        raise EditedSince(_("Edited since you looked: %s. Look again.") % ", ".join(later[:5]))
