"""Two documents of one record compared: the fields in which they differ."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.translation import gettext as _

from tracker.records.engine.paths import identified, row_label
from tracker.records.engine.references import is_reference
from tracker.records.registry import KINDS
from tracker.reporting.shelf.pairing_rows import NUMBER, matched

_ABSENT = object()

Identities = dict[str, tuple[str, ...]]
"""What tells the rows of a list apart, by the name of the list."""


@dataclass(frozen=True)
class ChangedField:
    """One field that differs."""

    path: str
    before: str
    after: str
    steps: tuple[str, ...] = field(default=(), compare=False)
    """The keys that lead to it, with what the row of a list is called in place of its position."""
    values: tuple[Any, Any] = field(default=(None, None), compare=False)
    """What the documents have there; None where they have nothing."""
    row: str = field(default="", compare=False)
    """What became of the row of a list that it stands in: one of ROW_STATES; empty outside of lists."""


ADDED, REMOVED, MOVED, CHANGED = ROW_STATES = ("added", "removed", "moved", "changed")


def lines(kind: str, before: Any, after: Any) -> list[ChangedField]:
    """Return the fields in which two documents of a kind differ; None is no document."""
    identities = KINDS[kind].identities if kind in KINDS else {}
    return list(_walk(identities, "", (), {} if before is None else before, {} if after is None else after))


def _walk(identities: Identities, path: str, steps: tuple[str, ...], before: Any, after: Any) -> Iterator[ChangedField]:
    if before == after or (_is_empty(before) and (_is_empty(after) or after is False)):
        return
    if _is_leaf(before) and _is_leaf(after):
        values = _present(before), _present(after)
        yield ChangedField(path, _words(before), _words(after), steps, values)
        return
    if isinstance(before, list) or isinstance(after, list):
        yield from _walk_rows(identities, path, steps, before, after)
        return
    old, new = _members(path, before), _members(path, after)
    for name in dict.fromkeys([*old, *new]):
        found = old.get(name, _ABSENT), new.get(name, _ABSENT)
        yield from _walk(identities, name, (*steps, name.rpartition(".")[2]), *found)


def _walk_rows(
    identities: Identities, path: str, steps: tuple[str, ...], before: Any, after: Any
) -> Iterator[ChangedField]:
    """Yield what differs in the rows of a list, each with what became of its row."""
    # What is no list of parts lists records by their ids.
    identity = identities.get(path, ("id",))
    rows_before, rows_after = (found if isinstance(found, list) else [] for found in (before, after))
    for old, new in matched(identity, rows_before, rows_after):
        row, listed = (old, rows_before) if new is None else (new, rows_after)
        position = next(at for at, each in enumerate(listed) if each is row)
        name = f"{path}[{row_label(identity, row, position)}]"
        pair = (_ABSENT if old is None else old), (_ABSENT if new is None else new)
        for found in _walk(identities, name, (*steps, _row_in_words(identity, row, position)), *pair):
            yield replace(found, row=_became(identity, old, new))


def _became(identity: tuple[str, ...], old: Any, new: Any) -> str:
    if old is None or new is None:
        return ADDED if old is None else REMOVED
    return MOVED if identity == NUMBER and old.get("number") != new.get("number") else CHANGED


def _present(value: Any) -> Any:
    return None if value is _ABSENT else value


def _is_empty(value: Any) -> bool:
    return value is _ABSENT or value in (None, "", [], {})


def _is_leaf(value: Any) -> bool:
    """Tell whether `value` is shown in one cell: text, a date, a quantity, a reference to a record."""
    if isinstance(value, dict):
        return bool(value) and ("edtf" in value or "qualifier" in value or is_reference(value))
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
    """Return the members of an object by their dotted paths."""
    if isinstance(value, dict):
        return {f"{path}.{name}" if path else name: member for name, member in value.items()}
    return {} if _is_empty(value) else {path: value}


def _row_in_words(identity: tuple[str, ...], row: Any, position: int) -> str:
    """Return what a row is called: by the names of what tells it apart, else by its position."""
    return ", ".join(identified(identity, row, "name")) or str(position)
