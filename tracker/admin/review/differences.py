"""What a change set changes: each record's published document against the desk's, field by field."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from tracker.lib import canonical
from tracker.models import ChangeSet, Edit, Publication
from tracker.records.registry import KINDS
from tracker.reporting.shelf.comparing import ChangedField, lines

SHOWN = 50
"""How many records of a change set its page spells out."""

Key = tuple[str, str]


@dataclass
class Difference:
    """What becomes of one record."""

    kind: str
    public_id: str
    name: str
    what: str
    lines: list[ChangedField] = field(default_factory=list)

    @property
    def is_new(self) -> bool:
        """Whether there was nothing before."""
        return not any(line.before for line in self.lines)


def differences(change_set: ChangeSet) -> list[Difference]:
    """Return what the first records of a change set were or would be changed to, by kind and public id."""
    if change_set.status == ChangeSet.Status.PUBLISHED:
        return _published(change_set)
    edits = list(change_set.edits.all()[:SHOWN])
    if change_set.status == ChangeSet.Status.DISCARDED:
        return [Difference(edit.kind, edit.public_id, "", _("put back")) for edit in edits]
    return _proposed(edits)


def _proposed(edits: list[Edit]) -> list[Difference]:
    shelf = _standing(edits)
    desk = _desk(edits)
    found = []
    for edit in edits:
        key = (edit.kind, edit.public_id)
        before, after = shelf.get(key), desk.get(key)
        name = (after or before or {}).get("name", "")
        if edit.action == Edit.Action.WITHDRAW:
            found.append(Difference(*key, name, _("is withdrawn")))
        elif edit.action == Edit.Action.REPOST:
            found.append(Difference(*key, name, _("is valued again")))
        else:
            what = _("changes") if before else _("is new")
            found.append(Difference(*key, name, what, lines(edit.kind, before, after)))
    return found


def _standing(edits: Iterable[Edit]) -> dict[Key, Any]:
    ids = [edit.public_id for edit in edits]
    rows = Publication.objects.published().filter(public_id__in=ids).values_list("kind", "public_id", "document")
    return {(kind, public_id): canonical.load(text) for kind, public_id, text in rows}


def _desk(edits: Iterable[Edit]) -> dict[Key, Any]:
    wanted: dict[str, list[str]] = {}
    for edit in edits:
        wanted.setdefault(edit.kind, []).append(edit.public_id)
    return {(kind, document["id"]): document for kind, ids in wanted.items() for document in KINDS[kind].documents(ids)}


def _published(change_set: ChangeSet) -> list[Difference]:
    rows = list(change_set.publications.order_by("kind", "public_id")[:SHOWN])
    earlier: dict[tuple[str, str, int], Any] = {
        (row.kind, row.public_id, row.version + 1): row
        for row in Publication.objects.filter(public_id__in=[row.public_id for row in rows])
    }
    found = []
    for row in rows:
        before = earlier.get((row.kind, row.public_id, row.version))
        old = canonical.load(before.document) if before and not before.is_tombstone else None
        if row.is_tombstone:
            found.append(Difference(row.kind, row.public_id, row.name, _("was withdrawn")))
        else:
            what = _("was changed") if old else _("was new")
            found.append(
                Difference(row.kind, row.public_id, row.name, what, lines(row.kind, old, canonical.load(row.document)))
            )
    return found
