"""Two documents of one record compared: the fields in which they differ."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from tracker.records.engine.references import is_reference
from tracker.records.registry import KINDS

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
    # What is no list of parts lists records by their ids.
    identity = identities.get(path, ("id",))
    old, new = _members(identity, path, before), _members(identity, path, after)
    for name in dict.fromkeys([*old, *new]):
        found = old.get(name, _ABSENT), new.get(name, _ABSENT)
        yield from _walk(identities, name, (*steps, _step(identity, path, name, found)), *found)


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


def _members(identity: tuple[str, ...], path: str, value: Any) -> dict[str, Any]:
    """Return the members of an object or a list by their dotted paths."""
    if isinstance(value, dict):
        return {f"{path}.{name}" if path else name: member for name, member in value.items()}
    if isinstance(value, list):
        return {f"{path}[{_label(identity, row, position)}]": row for position, row in enumerate(value)}
    return {} if _is_empty(value) else {path: value}


def _step(identity: tuple[str, ...], path: str, name: str, rows: tuple[Any, Any]) -> str:
    """Return the key that leads from `path` to `name`, or what the row there is called."""
    if not name.endswith("]") or name.startswith(f"{path}."):
        return name.rpartition(".")[2]
    row = rows[0] if isinstance(rows[0], dict) else rows[1]
    found = [row.get(key) for key in identity] if isinstance(row, dict) else []
    words = [str(value["name"] if isinstance(value, dict) else value) for value in found if value]
    return ", ".join(words) or name[len(path) + 1 : -1]


def _label(identity: tuple[str, ...], row: Any, position: int) -> str:
    """Return what tells a row apart from the others of its list, else its position."""
    found = [row.get(name) for name in identity] if isinstance(row, dict) else []
    words = [str(value["id"] if isinstance(value, dict) else value) for value in found if value]
    return ", ".join(words) or str(position)
