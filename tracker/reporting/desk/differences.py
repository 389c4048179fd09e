"""What a change set changes: each record's published document against the desk's, field by field, in words."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tracker.lib import canonical
from tracker.models import ChangeSet, Edit, Publication
from tracker.records import field_labels
from tracker.records.engine.types import Key
from tracker.records.registry import KINDS
from tracker.records.words import first_capital
from tracker.reporting.desk.passages import Files, Passage, files_behind, of_path, passages
from tracker.reporting.desk.threads import Thread
from tracker.reporting.shelf.comparing import ADDED, CHANGED, MOVED, REMOVED, lines
from tracker.reporting.shelf.wording import ChangeInWords, in_words

SHOWN = 50
"""How many records of a change set one page spells out."""
LONG = 80
"""From how many values on a record fills several screens, and is read on a page of its own."""


BECAME = {
    ADDED: gettext_lazy("added"), REMOVED: gettext_lazy("removed"), MOVED: gettext_lazy("moved"),
    CHANGED: gettext_lazy("changed"),
}  # fmt: skip


@dataclass(frozen=True)
class SourcedLine:
    """A difference, and what stands behind it: cells that say what the record has, by file and sheet, and the rest."""

    said: ChangeInWords
    cells: dict[tuple[str, str], list[Passage]]
    passages: list[Passage]

    @classmethod
    def of(cls, said: ChangeInWords, passages: list[Passage]) -> "SourcedLine":
        """Put the passages on a field in their places."""
        cells: dict[tuple[str, str], list[Passage]] = {}
        others = []
        for passage in passages:
            if passage.cell and not passage.differs:
                cells.setdefault((passage.file, passage.sheet), []).append(passage)
            else:
                others.append(passage)
        return cls(said, cells, others)


@dataclass(frozen=True)
class Group:
    """Differences that stand in one row of a list, and what became of that; `row` is empty outside of lists."""

    row: str
    became: str
    lines: list[SourcedLine]


@dataclass
class Difference:
    """What becomes of one record; `reason` is what the public will read of a withdrawal."""

    kind: str
    public_id: str
    name: str
    what: str
    lines: list[ChangeInWords] = field(default_factory=list)
    reason: str = ""
    sources: dict[str, list[Passage]] = field(default_factory=dict)
    """The passages behind the record as it would be, by the paths of its fields."""
    threads: list[Thread] = field(default_factory=list)
    is_seen: bool = False
    """Whether the person who looks has ticked it, as it is."""

    @property
    def groups(self) -> list["Group"]:
        """The lines by the row of a list that they stand in, each with the passages on its field."""
        grouped = groupby(self.lines, key=lambda line: (line.row, line.became))
        return [
            Group(
                row, str(BECAME.get(became, "")),
                [SourcedLine.of(line, of_path(self.sources, line.path)) for line in lines],
            )
            for (row, became), lines in grouped
        ]  # fmt: skip

    @property
    def is_short(self) -> bool:
        """Whether it can be read at a glance; what is longer is read on a page of its own."""
        return len(self.lines) <= LONG

    @property
    def read_from(self) -> list[Passage]:
        """The rows of imported files behind the record: one passage for each row, and each document that it names."""
        cells = (passage for said in self.sources.values() for passage in said if passage.cell)
        rows = {(passage.file, passage.row, passage.document_id): passage for passage in cells}
        return [rows[key] for key in sorted(rows, key=lambda key: (key[0], key[1] or 0, key[2]))]

    @property
    def of_kind(self) -> str:
        """What such a record is called."""
        return first_capital(field_labels.one(self.kind))

    @property
    def is_new(self) -> bool:
        """Whether there was nothing before."""
        return not any(line.before for line in self.lines)


def differences(change_set: ChangeSet, edits: list[Edit]) -> list[Difference]:
    """Return what those records of a change set were or would be changed to, in the order of `edits`."""
    if change_set.status == ChangeSet.Status.PUBLISHED:
        return _published(change_set, edits)
    if change_set.status == ChangeSet.Status.DISCARDED:
        return [Difference(edit.kind, edit.public_id, "", _("put back")) for edit in edits]
    return _proposed(edits)


def _proposed(edits: list[Edit]) -> list[Difference]:
    shelf = _standing(edits)
    desk = _desk(edits)
    files = files_behind(desk.values())
    found = []
    for edit in edits:
        key = (edit.kind, edit.public_id)
        before, after = shelf.get(key), desk.get(key)
        name = (after or before or {}).get("name", "")
        if edit.action == Edit.Action.WITHDRAW:
            found.append(Difference(*key, name, _("is withdrawn"), reason=edit.reason))
        elif edit.action == Edit.Action.MERGE:
            name = name or canonical.load(edit.before or "{}").get("name", "")
            found.append(Difference(*key, name, _("is merged into %s") % edit.merged_into, reason=edit.reason))
        elif edit.action == Edit.Action.REPOST:
            found.append(Difference(*key, name, _("is valued again")))
        else:
            what = _("changes") if before else _("is new")
            said = in_words(edit.kind, lines(edit.kind, before, after))
            sources = passages(edit.kind, after, files) if after else {}
            found.append(Difference(*key, name, what, said, sources=sources))
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


def _published(change_set: ChangeSet, edits: list[Edit]) -> list[Difference]:
    """Return what was published of the records; what was brought along with them stands on the public page."""
    ids = [edit.public_id for edit in edits]
    rows = {(row.kind, row.public_id): row for row in change_set.publications.filter(public_id__in=ids)}
    earlier = {(row.kind, row.public_id, row.version + 1): row for row in Publication.objects.filter(public_id__in=ids)}
    files = files_behind(canonical.load(row.document) for row in rows.values())
    return [
        _was(row, earlier.get((row.kind, row.public_id, row.version)), edit.reason, files)
        for edit in edits
        if (row := rows.get((edit.kind, edit.public_id))) is not None
    ]


def _was(row: Publication, before: Publication | None, reason: str, files: Files) -> Difference:
    """Return what became of a record by the version `row`."""
    if row.is_tombstone:
        other = canonical.load(row.document).get("merged_into")
        what = _("was merged into %s") % other if other else _("was withdrawn")
        return Difference(row.kind, row.public_id, row.name, what, reason=reason)
    old = canonical.load(before.document) if before and not before.is_tombstone else None
    new = canonical.load(row.document)
    what, changed = _("was changed") if old else _("was new"), in_words(row.kind, lines(row.kind, old, new))
    return Difference(row.kind, row.public_id, row.name, what, changed, sources=passages(row.kind, new, files))
