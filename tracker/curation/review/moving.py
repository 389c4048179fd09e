"""Moving edits between the open change sets of one person."""

import datetime as dt
from collections.abc import Collection, Iterable

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from tracker.curation.errors import CurationError
from tracker.curation.review import naming
from tracker.curation.review.change_sets import require_editable
from tracker.curation.review.merged import taken_back
from tracker.curation.review.permissions import require_author
from tracker.lib.chunks import chunked
from tracker.models import ChangeSet, Edit, ExternalId
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
    hand_over(edits=found, to=to, at=at)
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


def hand_over(*, edits: Iterable[Edit], to: ChangeSet, at: dt.datetime) -> None:
    """Put edits, and what an import said of their records, into the change set `to`."""
    listed = list(edits)
    for part in chunked([edit.pk for edit in listed]):
        Edit.objects.filter(pk__in=part).update(change_set=to, edited_at=at)
    for edit in listed:
        _said_of(edit).update(change_set=to)


def _said_of(edit: Edit) -> QuerySet[ExternalId]:
    same = Q(record_kind=edit.kind, public_id=edit.public_id)
    return ExternalId.objects.filter(same, change_set_id=edit.change_set_id)
