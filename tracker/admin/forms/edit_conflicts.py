"""Telling whether a record changed between opening its form and saving it."""

from copy import deepcopy

from django.utils.formats import localize
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from tracker.lib import canonical
from tracker.models import Edit
from tracker.models.base import Record
from tracker.records.engine.types import Document
from tracker.records.registry import KINDS
from tracker.records.shelved import references


def digest_of(record: Record, document: Document) -> str:
    """Return a hash of all that the form of a record with this document can change, 64 hexadecimal digits.

    What is the desk's alone, and in no document, is read of the record: a note is as much somebody's work. The names of
    other records do not count: renaming one changes nothing here.
    """
    plain = deepcopy(document)
    for container, key, (_kind, public_id) in list(references(record.kind, plain)):
        container[key] = public_id
    plain |= {name: getattr(record, name) for name in KINDS[record.kind].serializer.desk_only}
    return canonical.digest(canonical.dump(plain))


def last_change(record: Record) -> str:
    """Return who changed the record last, and when, in words."""
    edits = Edit.objects.filter(kind=record.kind, public_id=record.public_id).select_related("change_set__author")
    newest = edits.order_by("-edited_at", "-id").first()
    if newest is None:
        return _("It was changed outside a change set.")
    return _("%(author)s changed it at %(time)s in change set #%(id)s.") % {
        "author": newest.change_set.author,
        "time": localize(localtime(newest.edited_at)),
        "id": newest.change_set_id,
    }
