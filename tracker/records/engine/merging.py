"""Two documents of one kind made one: what only one side has, what is the same, and what has to be chosen.

The record that stays is called *into*, the one that goes into it *record*. Fields are chosen one by one; lines of both
are kept, those that say the same once, also where one says more of it. Lines are named by their places (places.py) in
the document they come from.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from tracker.lib.text import fold
from tracker.records.engine import places
from tracker.records.engine.document_field import fields_of
from tracker.records.engine.plain_fields import PartNumber
from tracker.records.engine.references import without_names
from tracker.records.engine.types import Document

INTO, RECORD = "into", "record"
SIDES = (INTO, RECORD)
_NOT_MERGED = ("id", "claims", "path")
_NO_ROWS: Mapping[str, Collection[str]] = {}


@dataclass(frozen=True)
class Choice:
    """A field, or a line that both sides have, of which each says something else."""

    path: str
    into: Any
    record: Any
    taken: str
    """The side whose value the merged record has."""


@dataclass(frozen=True)
class MergedLine:
    """A line that one side has, and the line of the other side that says the same, by its path, if there is one."""

    side: str
    path: str
    row: Any
    same_as: str = ""
    is_left_out: bool = False


@dataclass
class Merged:
    """The document of both, what was chosen, and where each line went."""

    document: Document = field(default_factory=dict)
    choices: list[Choice] = field(default_factory=list)
    lines: list[MergedLine] = field(default_factory=list)
    went: dict[tuple[str, str], Any] = field(default_factory=dict)
    """The row of `document` that a line became, by side and path; None for one that was left out."""


def merge(
    serializer: Any, into: Document, record: Document, *, take: Collection[str] = (),
    leave_out: Mapping[str, Collection[str]] = _NO_ROWS,
) -> Merged:  # fmt: skip
    """Return the document of `into` with what `record` says besides.

    Where both say something else, `into` stays, unless `take` names the field, or the line, by its path. `leave_out`
    are the paths of lines of each side that the merged record has not. What refers to either of the two is left out,
    as no record refers to itself.
    """
    return _Merging(serializer, {INTO: into, RECORD: record}, set(take), leave_out).merged


def unknown_paths(found: Merged, take: Collection[str], leave_out: Mapping[str, Collection[str]]) -> list[str]:
    """Return those of the paths that name nothing to choose, and no line."""
    lines = {(line.side, line.path) for line in found.lines}
    odd = [path for path in take if path not in {choice.path for choice in found.choices}]
    return odd + [f"{side}: {path}" for side, paths in leave_out.items() for path in paths if (side, path) not in lines]


class _Merging:
    def __init__(
        self, serializer: Any, sides: dict[str, Document], take: set[str], leave_out: Mapping[str, Collection[str]]
    ) -> None:  # fmt: skip
        self.own = {document["id"] for document in sides.values()}
        self.model = serializer.Meta.model
        self.take, self.leave_out = take, leave_out
        self.paths = {side: _paths(serializer, document) for side, document in sides.items()}
        self.numbers: dict[Any, dict[str, dict[int, int | None]]] = {}
        """What the number of a line became, by model and side."""
        self.merged = Merged()
        for name, declared in fields_of(serializer).items():
            if name in _NOT_MERGED:
                continue
            one, other = (sides[side].get(name) for side in SIDES)
            if declared.row is not None:
                rows = {INTO: list(one or ()), RECORD: list(other or ())}
                self.merged.document[name] = self._rows(declared.row, rows)
            elif declared.each is not None:
                self.merged.document[name] = self._listed(name, list(one or ()), list(other or ()))
            else:
                values = (self._foreign(declared, value) for value in (one, other))
                self.merged.document[name] = self._value(name, *values)

    def _foreign(self, declared: Any, value: Any) -> Any:
        """Return a value; nothing where it refers to one of the two records."""
        return None if getattr(declared, "model", None) is self.model and _id(value) in self.own else value

    def _value(self, path: str, one: Any, other: Any) -> Any:
        """Return the value of a field, or of a line that both have: a choice where each says something else."""
        if without_names(one) == without_names(other) or not _says(other):
            return one
        if not _says(one):
            return other
        taken = RECORD if path in self.take else INTO
        self.merged.choices.append(Choice(path, one, other, taken))
        return other if taken == RECORD else one

    def _listed(self, name: str, one: list[Any], other: list[Any]) -> list[Any]:
        """Return references, or names, of both sides; each once."""
        found = {_key(value): value for value in reversed([*one, *other]) if _id(value) not in self.own}
        return [found[key] for key in dict.fromkeys(_key(value) for value in [*one, *other]) if key in found]

    def _rows(self, row: Any, rows: dict[str, list[Document]]) -> list[Document]:
        identity = row.identity
        numbered = identity == ("number",)
        self.numbers[row.model()] = {side: {} for side in SIDES}
        kept: list[Document] = []
        known: dict[Any, list[tuple[str, Document]]] = {}
        for side in SIDES:
            for original in rows[side]:
                path = self.paths[side].get(id(original), "")
                is_left_out = path in self.leave_out.get(side, ())
                wanted = None if is_left_out else self._pointed(row, side, original)
                if wanted is None or self._points_at_itself(row, wanted):
                    self._note(row, side, path, original, None, is_left_out=is_left_out)
                    continue
                key = _content(wanted) if numbered else _key({part: wanted[part] for part in identity})
                same = known[key].pop(0) if side == RECORD and known.get(key) else None
                if same is None and numbered and side == RECORD:
                    same = _filled(wanted, known)
                if same is None:
                    wanted = self._added(wanted, kept, numbered=numbered, side=side)
                    kept.append(wanted)
                    if side == INTO:
                        known.setdefault(key, []).append((path, wanted))
                    self._note(row, side, path, original, wanted)
                else:
                    self._join(row, path, original, wanted, same)
        return kept

    def _join(self, row: Any, path: str, original: Document, wanted: Document, same: tuple[str, Document]) -> None:
        """Take a line of `record` for the line of `into` that is the same, or that both sides have."""
        there, kept = same
        if _content(kept) != _content(wanted):
            chosen = self._value(there, dict(kept), wanted)
            kept.update({key: value for key, value in chosen.items() if key != "number"})
        self._note(row, RECORD, path, original, kept, same_as=there)

    def _note(
        self, row: Any, side: str, path: str, original: Document, kept: Document | None, same_as: str = "",
        is_left_out: bool = False,
    ) -> None:  # fmt: skip
        self.merged.lines.append(MergedLine(side, path, original, same_as, is_left_out))
        self.merged.went[side, path] = kept
        if "number" in original:
            self.numbers[row.model()][side][original["number"]] = kept["number"] if kept is not None else None

    @staticmethod
    def _added(wanted: Document, kept: list[Document], *, numbered: bool, side: str) -> Document:
        """Return a line as it is added: with the next number, where it comes from the other side."""
        if not numbered or side == INTO:
            return wanted
        return wanted | {"number": max((row["number"] for row in kept), default=0) + 1}

    def _pointed(self, row: Any, side: str, original: Document) -> Document | None:
        """Return a line with the numbers that other lines have now; None where all that it is about is left out."""
        wanted, lost = dict(original), False
        names = [name for name, inner in fields_of(row).items() if isinstance(inner, PartNumber)]
        for name in names:
            if original[name] is not None:
                target = row.model()._meta.get_field(name).related_model
                wanted[name] = self.numbers[target][side].get(original[name])
                lost |= wanted[name] is None
        is_about_lost = lost and all(wanted[name] is None for name in names) and "number" not in original
        return None if is_about_lost else wanted

    def _points_at_itself(self, row: Any, wanted: Document) -> bool:
        return any(
            getattr(inner, "model", None) is self.model and _id(wanted.get(name)) in self.own
            for name, inner in fields_of(row).items()
        )  # fmt: skip


def _paths(serializer: Any, document: Document) -> dict[int, str]:
    """Return the path of each line of a document, by the identity of its row."""
    found = places.places(serializer, document)
    return {id(place.value): path for path, place in found.items() if isinstance(place.value, dict)}


def _filled(wanted: Document, known: dict[Any, list[tuple[str, Document]]]) -> tuple[str, Document] | None:
    """Return the only line of the same amount that contradicts `wanted` in nothing, and fill each from the other.

    One side dates an entry, say, and the other does not: kept beside each other, they would count the amount twice.
    """
    found = [
        (lines, line) for lines in known.values() for line in lines
        if _says(wanted.get("amount")) and line[1].get("amount") == wanted["amount"] and _agree(line[1], wanted)
    ]  # fmt: skip
    if len(found) != 1:
        return None
    [(lines, line)] = found
    lines.remove(line)
    _there, kept = line
    for name in kept:
        one, other = (kept, wanted) if _says(kept[name]) else (wanted, kept)
        if name != "number":
            other[name] = one[name]
    return line


def _agree(one: Document, other: Document) -> bool:
    """Tell whether two lines say the same of all that both say anything of."""
    pairs = ((one[name], other.get(name)) for name in one if name != "number")
    return all(without_names(a) == without_names(b) for a, b in pairs if _says(a) and _says(b))


def _content(row: Document) -> str:
    """Return what a line says, but for its number."""
    return _key({name: value for name, value in row.items() if name != "number"})


def _key(value: Any) -> str:
    return fold(value) if isinstance(value, str) else repr(without_names(value))


def _id(value: Any) -> Any:
    return value.get("id") if isinstance(value, dict) else None


def _says(value: Any) -> bool:
    """Tell whether a value says anything: a quantity that is unknown does not."""
    if isinstance(value, dict) and "qualifier" in value:
        return value["qualifier"] != "unknown"
    return value not in (None, "", [], {})


def path_of_claim(
    serializer: Any, side: str, documents: Mapping[str, Document], found: Merged, path: str
) -> str | None:  # fmt: skip
    """Return the path in the merged document of what a claim of one side is about; None where it is there no longer.

    Its value may be another there: `is_said` tells.
    """
    place = places.find(serializer, documents[side], path) if path else None
    if place is None:
        return path
    line, bracket, inner = place.path.partition("]")
    if not bracket or (side, line + bracket) not in found.went:
        return place.path
    row = found.went[side, line + bracket]
    if row is None:
        return None
    merged = {id(known.value): name for name, known in places.places(serializer, found.document).items()}
    return merged[id(row)] + inner


def is_said(serializer: Any, side: str, documents: Mapping[str, Document], found: Merged, path: str, now: str) -> bool:
    """Tell whether the merged document says at `now` what the document of a side says at `path`."""
    before, after = places.find(serializer, documents[side], path), places.find(serializer, found.document, now)
    if before is None or after is None:
        return before is after
    return bool(without_names(before.value) == without_names(after.value))
