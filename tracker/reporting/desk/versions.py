"""Versions of one record: what was published of it, compared with one another and with the desk, in words."""

from dataclasses import dataclass
from typing import Any

from tracker.lib import canonical
from tracker.models import Claim, Publication
from tracker.models.base import Record
from tracker.records.registry import KINDS, document_of
from tracker.records.words import first_capital
from tracker.reporting.shelf.comparing import lines
from tracker.reporting.shelf.wording import ChangeInWords, in_words

DESK = "desk"
"""What stands for the record as it is on the desk, in place of the number of a version."""


@dataclass(frozen=True)
class Side:
    """One side of a comparison: a version, or the desk."""

    version: Publication | None
    """None: the desk."""
    document: Any
    """None where the record was withdrawn, or is no longer on the desk."""


def side(kind: str, public_id: str, named: str) -> Side | None:
    """Return what `named` stands for, a number of a version or `desk`; None where there is no such one."""
    if named == DESK:
        record: Record | None = KINDS[kind].model.named(public_id)
        return Side(None, document_of(record) if record else None)
    if not (named.isascii() and named.isdigit() and len(named) < 9):
        return None
    version = Publication.objects.filter(kind=kind, public_id=public_id, version=int(named)).first()
    if version is None:
        return None
    return Side(version, None if version.is_tombstone else canonical.load(version.document))


def version_numbers(kind: str, public_id: str) -> list[int]:
    """Return the numbers of the versions of a record, the newest first."""
    found = Publication.objects.filter(kind=kind, public_id=public_id)
    return list(found.order_by("-version").values_list("version", flat=True))


def compared(kind: str, before: Side, after: Side) -> list[ChangeInWords]:
    """Return in words what differs between two sides."""
    return in_words(kind, lines(kind, before.document, after.document))


def labelled_values(kind: str, document: Any) -> list[tuple[str, str]]:
    """Return all that a document says, as pairs of a label and a value, in the words of the form."""
    found = lines(kind, None, document)
    if kind in KINDS:
        return [(each.what, each.after) for each in in_words(kind, found)]
    named = {field.name: str(field.verbose_name) for field in Claim._meta.fields}
    return [
        (first_capital(named.get(each.path, each.path.replace("_", " ").replace(".", ", "))), each.after)
        for each in found
    ]
