"""Names of change sets that nobody typed. The public reads them, so they follow what is in the change set."""

from django.db.models import Case, QuerySet, When
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from tracker.curation.review import figures
from tracker.models import ChangeSet, Edit
from tracker.models.base import Record
from tracker.records.registry import KINDS

MESSAGE_LENGTH = 300
"""Characters of the message of a change set."""

_Naming = ChangeSet.Naming


def title_of(record: Record) -> str:
    """Return what a change set is called that is opened for an edit of `record` alone: `Pledge: Fighters`."""
    return capfirst(f"{record._meta.verbose_name}: {record.name}")[:MESSAGE_LENGTH]


def follow(change_set: ChangeSet) -> None:
    """Name a change set after its records once one came or was edited; a name that a person typed stays."""
    if change_set.naming != _Naming.TYPED:
        _renew(change_set)


def left(change_set: ChangeSet) -> None:
    """Name a change set after its records once some left it. What was done to all of them is still true of the rest."""
    if change_set.naming == _Naming.RECORDS:
        _renew(change_set)


def say_work(change_set: ChangeSet, work: str) -> None:
    """Call a change set that nobody named after what was done to the one record in it."""
    if change_set.naming != _Naming.TYPED and change_set.edits.count() == 1:
        _call(change_set, work, _Naming.WORK)


def _renew(change_set: ChangeSet) -> None:
    name = _name(change_set)
    if name and (name, _Naming.RECORDS) != (change_set.message, change_set.naming):
        _call(change_set, name, _Naming.RECORDS)


def _call(change_set: ChangeSet, message: str, naming: str) -> None:
    change_set.message, change_set.naming = message[:MESSAGE_LENGTH], naming
    # Whoever gave it a name meanwhile is not overruled.
    unnamed = ChangeSet.objects.filter(pk=change_set.pk).exclude(naming=_Naming.TYPED)
    unnamed.update(message=change_set.message, naming=naming)


def _name(change_set: ChangeSet) -> str:
    """Return what is in a change set: the first of it by name, and how many more; empty where nothing is."""
    edits = change_set.edits.filter(released_at__isnull=True)
    # What a merge changes besides goes without saying.
    is_merge = Case(When(action=Edit.Action.MERGE, then=0), default=1)
    first = edits.order_by(is_merge, "pk").first()
    if first is None:
        proposed = figures.first(change_set)
        title, count = str(proposed or ""), figures.count(change_set)
    else:
        named = edits.filter(action=Edit.Action.MERGE) if first.action == Edit.Action.MERGE else edits
        title, count = _title(first, named), named.count() + figures.count(change_set)
    if count < 2:
        return title
    more = _(" and %s more") % f"{count - 1:,}"
    return title[: MESSAGE_LENGTH - len(more)] + more


def merge_title(public_id: str, into: str) -> str:
    """Return what a change set is called that merges one record into another."""
    return _("Merge %(record)s into %(into)s") % {"record": public_id, "into": into}


def withdrawal_title(name: str) -> str:
    """Return what a change set is called that takes back one record alone."""
    return _("Withdrawal: %s") % name


def _title(first: Edit, edits: QuerySet[Edit]) -> str:
    if first.action == Edit.Action.MERGE:
        return merge_title(first.public_id, first.merged_into)
    record = KINDS[first.kind].model.named(first.public_id)
    name = first.public_id if record is None else record.name
    others = edits.exclude(pk=first.pk)
    if first.action == Edit.Action.WITHDRAW and not others.exclude(action=Edit.Action.WITHDRAW).exists():
        return _("Withdrawals: %s") % name if others.exists() else withdrawal_title(name)
    return title_of(record) if record is not None else name
