"""Two documents of one record compared: the fields in which they differ."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

_IDENTITY = ("number", "contributor", "party", "id", "target")
_ABSENT = object()


@dataclass(frozen=True)
class Line:
    """One field that differs."""

    path: str
    before: str
    after: str


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
