"""Whether a path that somebody gives, such as `items[1].quantity`, names a place that a record has."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext as _

from tracker.lib.text import nearest
from tracker.records.engine import places
from tracker.records.engine.paths import row_label
from tracker.records.engine.types import Document
from tracker.records.registry import KINDS, Kind

_PATH = re.compile(r"(\w+)(?:\[([^\]]*)\])?(?:\.(.+))?", re.DOTALL)
_SHOWN = 80
"""Characters of a path that are said again."""
_NAMED = 12
"""How many fields a refusal names one by one, and how many rows of a list that have the same."""


def why_no_place(kind: str, documents: Iterable[Document], path: str) -> str:
    """Say why a path names no place in any of the documents of a record, and what there is; empty where it does.

    A field of the record or of a row need not be filled in; a row has to be there.
    """
    match = _PATH.fullmatch(path)
    fields = _fields(KINDS[kind])
    if match is None or match[1] not in fields:
        return no_field(path, fields)
    name, called, inner = match.groups()
    documents = list(documents)
    if called is None:
        values = [document.get(name) for document in documents]
        if inner is None or any(_has(value, inner) for value in values):
            return ""
        if any(isinstance(value, list) for value in values):
            return _no_row(path, name, _rows(kind, documents, name))
        return no_field(path, fields)
    rows = _rows(kind, documents, name)
    if called not in rows and not any(_named(kind, document, f"{name}[{called}]") for document in documents):
        return _no_row(called, name, rows)
    of_row = _fields_of_row(fields[name])
    if inner is None or inner in of_row or any(_has(row, inner) for row in rows.values()):
        return ""
    return no_field(path, of_row)


def no_field(path: str, known: Iterable[str]) -> str:
    """Say that a path names no field, and which fields there are, all of them: those that read most like it first."""
    known = list(known)
    of_its_list = [name for name in known if name.partition("[")[0] == path.partition("[")[0]]
    listed = list(dict.fromkeys([*nearest(path, known, limit=len(known)), *of_its_list, *known]))
    named = ", ".join([*listed[:_NAMED], *_in_groups(listed[_NAMED:])]) or _("none")
    return _("There is no field “%(path)s”; there are: %(known)s.") % {"path": path[:_SHOWN], "known": named}


def _in_groups(paths: Iterable[str]) -> Iterator[str]:
    """Yield every path in a short form, in order: rows of a list that have the same fields together.

    Such as `items[leopard], items[gepard] (.quantity, .note)`.
    """
    inner: dict[str, list[str]] = {}
    for path in paths:
        row, bracket, field = path.partition("].")
        fields = inner.setdefault(row + bracket[:1], [])
        if field:
            fields.append(f".{field}")
    alike: dict[tuple[str, frozenset[str]], list[str]] = {}
    for row, fields in inner.items():
        alike.setdefault((row.partition("[")[0], frozenset(fields)), []).append(row)
    for rows in alike.values():
        fields = inner[rows[0]]
        yield _some(rows) + (f" ({', '.join(fields)})" if fields else "")


def _some(rows: list[str]) -> str:
    named = ", ".join(rows[:_NAMED])
    if len(rows) <= _NAMED:
        return named
    return _("%(known)s and %(count)s others") % {"known": named, "count": len(rows) - _NAMED}


def _no_row(called: str, name: str, known: Iterable[str]) -> str:
    known = list(known)
    listed = list(dict.fromkeys([*nearest(called, known, limit=len(known)), *known]))
    words = {"called": called[:_SHOWN], "name": name, "known": _some(listed) or _("none")}
    return _("There is no “%(called)s” in %(name)s; there are: %(known)s.") % words


def _fields(kind: Kind) -> dict[str, Any]:
    """Return the fields of a document of the desk and of a published one, by name."""
    return dict(kind.published().fields) | dict(kind.serializer().fields)


def _fields_of_row(field: Any) -> dict[str, Any]:
    """Return the fields of each row of a list; none where its rows are single values."""
    return dict(getattr(getattr(field, "child", None), "fields", {}))


def _rows(kind: str, documents: Iterable[Document], name: str) -> dict[str, Any]:
    """Return the rows of a list by what they are called in the paths of differences; none where it is no list."""
    identity = KINDS[kind].identities.get(name, ("id",))
    lists = [rows for document in documents if isinstance(rows := document.get(name), list)]
    return {row_label(identity, row, at): row for rows in lists for at, row in enumerate(rows)}


def _named(kind: str, document: Document, path: str) -> bool:
    return places.find(KINDS[kind].serializer(), document, path) is not None


def _has(value: Any, path: str) -> bool:
    """Tell whether keys, such as `edtf` of a date, lead to something in a value."""
    for step in path.split("."):
        name, _bracket, called = step.partition("[")
        if not isinstance(value, dict) or name not in value:
            return False
        value = value[name]
        if called:
            return isinstance(value, list)
    return True
