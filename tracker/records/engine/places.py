"""Places of a record: its fields, by names that stay when lines are added, moved or renumbered.

A line of a list is named by what it is about, such as `items[eurofighter-typhoon].quantity` or `shares[DEU].amount`;
which fields name a line, its serializer says (`named_by`). Where nothing else tells two lines apart, it is the number
that the line was given: `items[#2]`.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from tracker.lib.text import fold
from tracker.records.engine.document_field import DocumentField, fields_of
from tracker.records.engine.paths import identified
from tracker.records.engine.types import Document

MAX_NAME = 80
"""A text longer than this names no line: nobody would write it in a path."""
_PATH = re.compile(r"(\w+)(?:\[(.+)\])?(?:\.(\w+))?")
NOT_SAID = ("id", "claims", "number", "path")


@dataclass(frozen=True)
class Place:
    """A field of a record, or a line of one of its lists: its path, its value in the document, and what reads it."""

    path: str
    value: Any
    field: Any


@cache
def _fields(serializer: type[Any]) -> dict[str, DocumentField]:
    """Return the fields of a serializer by name, made once: to make those of a pledge takes longer than to read it."""
    return fields_of(serializer())


def places(serializer: Any, document: Document) -> dict[str, Place]:
    """Return every place that a record has, by path, in the order of its document."""
    found: dict[str, Place] = {}
    for place in _places(serializer, document):
        found[place.path] = place
    return found


def _places(serializer: Any, document: Document) -> Iterator[Place]:
    for name, field in _fields(serializer.__class__).items():
        if name in NOT_SAID:
            continue
        value = document.get(name)
        yield Place(name, value, field)
        if isinstance(value, list):
            child = field.row or field.each
            for key, row in zip(_keys(child, value), value, strict=True):
                yield Place(f"{name}[{key}]", row, child)
                if field.row is not None:
                    for inner in _places(child, row):
                        yield Place(f"{name}[{key}].{inner.path}", inner.value, inner.field)


def named_rows(serializer: Any, document: Document, name: str) -> list[tuple[str, Any]]:
    """Return the rows of the list `name`, each with the key that names it."""
    field, rows = _fields(serializer.__class__)[name], document.get(name) or []
    return list(zip(_keys(field.row or field.each, rows), rows, strict=True))


def find(serializer: Any, document: Document, path: str) -> Place | None:
    """Return the place that `path` names, however a line in it is called; None where there is none, or are several."""
    known = places(serializer, document)
    if path in known:
        return known[path]
    match = _PATH.fullmatch(path.strip())
    if match is None or not match[2]:
        return None
    rows = document.get(match[1])
    field = _fields(serializer.__class__).get(match[1])
    if not isinstance(rows, list) or field is None:
        return None
    child = field.row or field.each
    called = fold(match[2])
    meant = [
        key
        for position, (key, row) in enumerate(zip(_keys(child, rows), rows, strict=True), start=1)
        if called in {fold(name) for name in (key, *_names(child, row), *_numbers(row, position))}
    ]
    if len(meant) != 1:
        return None
    return known.get(f"{match[1]}[{meant[0]}]" + (f".{match[3]}" if match[3] else ""))


def find_again(serializer: Any, before: Document, document: Document, path: str) -> Place | None:
    """Return the place in `document` of what `path` named in `before`; None where that is gone, or another thing.

    A second line of the same platform, or another date of an entry, changes what a line is called, and not which it is.
    """
    match = _PATH.fullmatch(path.strip())
    field = _fields(serializer.__class__).get(match[1]) if match and match[2] else None
    if match is None or field is None or field.row is None:
        return None
    line = find(serializer, before, f"{match[1]}[{match[2]}]")
    if line is None:
        return None
    identity = field.row.identity
    which = identified(identity, line.value, "id")
    for key, row in named_rows(serializer, document, match[1]):
        if identified(identity, row, "id") == which and _is_same(field.row, line.value, row):
            return find(serializer, document, f"{match[1]}[{key}]" + (f".{match[3]}" if match[3] else ""))
    return None


def became_another(serializer: Any, before: Document, document: Document, path: str) -> bool:
    """Tell whether the line that `path` names was of one thing in `before`, and is of another in `document`.

    Only a line called by its number can be: `items[#1]`, of two of one platform, where the first is now another.
    """
    match = _PATH.fullmatch(path.strip())
    if match is None or not match[2]:
        return False
    called = f"{match[1]}[{match[2]}]"
    was, now = find(serializer, before, called), find(serializer, document, called)
    if was is None or now is None or not isinstance(now.value, dict):
        return False
    return _is_same(now.field, was.value, now.value) is False


def _is_same(child: Any, was: Document, now: Document) -> bool | None:
    """Tell whether two rows are of the same thing: by the first field that names a line by itself and that both say.

    None where there is none such.
    """
    for name in child.named_by:
        said = [{fold(word) for word in _words_naming(row.get(name))} for row in (was, now)]
        if all(said):
            return said[0] == said[1]
    return None


def _keys(child: Any, rows: list[Any]) -> list[str]:
    """Return what names each row, and no other: the first of its names that no other row has."""
    candidates = [list(_names(child, row)) for row in rows]
    uses = Counter(called for names in candidates for called in {fold(name) for name in names})
    keys = []
    for position, (names, row) in enumerate(zip(candidates, rows, strict=True), start=1):
        own = next((name for name in names if uses[fold(name)] == 1), None)
        keys.append(own or _numbers(row, position)[0])
    return keys


def _names(child: Any, row: Any) -> Iterator[str]:
    """Yield what a row is called: by each field that names it, or by several together."""
    if not isinstance(row, dict):
        yield from _words_naming(row)
        return
    if "id" in row and "name" in row:
        yield from _words_naming(row)
        return
    for fields in getattr(child, "named_by", ()):
        said = [list(_words_naming(row.get(name))) for name in fields.split()]
        if len(said) == 1:
            yield from said[0]
        elif all(said):
            yield " ".join(names[0] for names in said)


def _words_naming(value: Any) -> Iterator[str]:
    """Yield the words for a value that names a row."""
    words = [value.get(key) for key in ("id", "name", "edtf")] if isinstance(value, dict) else [value]
    for word in words:
        if isinstance(word, str) and word and len(word) <= MAX_NAME and "]" not in word:
            yield word


def _numbers(row: Any, position: int) -> tuple[str, str]:
    """Return how a row is called by its number: the one that it was given, else its place among the others."""
    number = row.get("number") if isinstance(row, dict) else None
    return f"#{number or position}", str(number or position)
