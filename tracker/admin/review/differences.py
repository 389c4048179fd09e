"""What a change set changes: each record's published document against the desk's, field by field."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from tracker.lib import canonical
from tracker.models import ChangeSet, Edit, Publication
from tracker.records.registry import KINDS

SHOWN = 50
"""How many records of a change set its page spells out."""

_IDENTITY = ("number", "contributor", "party", "id", "target")
_ABSENT = object()

Key = tuple[str, str]


@dataclass(frozen=True)
class Line:
    """One field that differs."""

    path: str
    before: str
    after: str


@dataclass
class Difference:
    """What becomes of one record."""

    kind: str
    public_id: str
    name: str
    what: str
    lines: list[Line] = field(default_factory=list)

    @property
    def is_new(self) -> bool:
        """Whether there was nothing before."""
        return not any(line.before for line in self.lines)


def lines(before: Any, after: Any) -> list[Line]:
    """Return the fields in which two documents differ; None is no document."""
    return list(_walk("", {} if before is None else before, {} if after is None else after))


def _walk(path: str, before: Any, after: Any) -> Iterator[Line]:
    if before == after or (_is_empty(before) and (_is_empty(after) or after is False)):
        return
    if _is_leaf(before) and _is_leaf(after):
        yield Line(path, _words(before), _words(after))
        return
    old, new = _members(path, before), _members(path, after)
    for name in dict.fromkeys([*old, *new]):
        yield from _walk(name, old.get(name, _ABSENT), new.get(name, _ABSENT))


def _is_empty(value: Any) -> bool:
    return value is _ABSENT or value in (None, "", [], {})


def _is_leaf(value: Any) -> bool:
    """Tell whether `value` is shown in one cell: text, a date, a quantity, a reference to a record."""
    if isinstance(value, dict):
        return bool(value) and (
            "edtf" in value or "qualifier" in value or {"id", "name"} == set(value) - {"path", "category"}
        )
    return not isinstance(value, list) or not any(isinstance(row, dict) for row in value)


def _words(value: Any) -> str:
    if _is_empty(value):
        return ""
    if isinstance(value, dict):
        return str(value.get("edtf") or value.get("text") or f"{value['name']} ({value['id']})")
    if isinstance(value, list):
        return ", ".join(map(_words, value))
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return str(value)


def _members(path: str, value: Any) -> dict[str, Any]:
    """Return the members of an object or a list by their dotted paths."""
    if isinstance(value, dict):
        return {f"{path}.{name}" if path else name: member for name, member in value.items()}
    if isinstance(value, list):
        return {f"{path}[{_identity(row, position)}]": row for position, row in enumerate(value)}
    return {} if _is_empty(value) else {path: value}


def _identity(row: Any, position: int) -> Any:
    """Return what tells a row apart from the others of its list, else its position."""
    if isinstance(row, dict):
        for name in _IDENTITY:
            if row.get(name):
                return row[name]["id"] if isinstance(row[name], dict) else row[name]
    return position


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
            found.append(Difference(*key, name, what, lines(before, after)))
    return found


def _standing(edits: Iterable[Edit]) -> dict[Key, Any]:
    ids = [edit.public_id for edit in edits]
    rows = Publication.objects.standing().filter(public_id__in=ids).values_list("kind", "public_id", "document")
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
            found.append(Difference(row.kind, row.public_id, row.name, what, lines(old, canonical.load(row.document))))
    return found
