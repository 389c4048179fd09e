"""Ticking the records of a change set that a reviewer has looked at."""

import datetime as dt
from collections.abc import Collection

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from tracker.curation.errors import NotAllowed
from tracker.curation.review.moving import edits_of
from tracker.curation.review.permissions import PUBLISH
from tracker.curation.review.publishing import require_holding
from tracker.models import ChangeSet, Seen
from tracker.records.engine.types import Key


@transaction.atomic
def tick(*, change_set: ChangeSet, keys: Collection[Key], by: User, seen: bool, at: dt.datetime) -> int:
    """Tick records, by kind and public id, as seen by a reviewer, or no longer; returns how many are ticked in all.

    A tick goes when the record is edited again. Raises NotAllowed without the right to review, WrongStatus where the
    change set is published or discarded, and CurationError where it does not hold one of the records.
    """
    if not by.has_perm(PUBLISH):
        raise NotAllowed(_("Only a reviewer ticks what they have seen."))
    require_holding(change_set)
    edits = edits_of(change_set, keys)
    Seen.objects.filter(edit__in=edits, reviewer=by).delete()
    if seen:
        Seen.objects.bulk_create([Seen(edit=edit, reviewer=by, edited_at=edit.edited_at, seen_at=at) for edit in edits])
    return Seen.objects.by(by, change_set).count()
