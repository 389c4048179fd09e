"""Rows of a posted form that somebody else removed since it was opened: they become new ones, as they were typed."""

from typing import Any

from django.forms.formsets import INITIAL_FORM_COUNT, TOTAL_FORM_COUNT

from tracker.lib.numbering import is_key

MOST = 2000
"""More rows than a form may have; what claims to have more is refused by the formset itself."""


def as_new(data: Any, prefix: str, key: str, known: set[Any]) -> tuple[Any, set[str]]:
    """Return what was posted, with rows whose key is not among `known` after those that are there, without a key.

    And the prefixes of these rows. `key` is the name of the field that holds the key.
    """
    initial, total = (_count(data, f"{prefix}-{name}") for name in (INITIAL_FORM_COUNT, TOTAL_FORM_COUNT))
    if not initial <= total <= MOST:
        return data, set()
    gone = [number for number in range(initial) if _is_gone(data.get(f"{prefix}-{number}-{key}", ""), known)]
    if not gone:
        return data, set()
    kept = [number for number in range(initial) if number not in gone]
    rows = [_row(data, f"{prefix}-{number}-") for number in (*kept, *gone, *range(initial, total))]
    changed = data.copy()
    for number in range(total):
        for name in _row(data, f"{prefix}-{number}-"):
            del changed[f"{prefix}-{number}-{name}"]
    for number, row in enumerate(rows):
        for name, values in row.items():
            changed.setlist(f"{prefix}-{number}-{name}", values)
    renamed = range(len(kept), len(kept) + len(gone))
    for number in renamed:
        changed[f"{prefix}-{number}-{key}"] = ""
    changed[f"{prefix}-{INITIAL_FORM_COUNT}"] = str(len(kept))
    return changed, {f"{prefix}-{number}" for number in renamed}


def _count(data: Any, name: str) -> int:
    text = str(data.get(name, ""))
    return int(text) if is_key(text) else 0


def _is_gone(text: str, known: set[Any]) -> bool:
    return is_key(text) and int(text) not in known


def _row(data: Any, prefix: str) -> dict[str, list[str]]:
    return {name.removeprefix(prefix): data.getlist(name) for name in data if name.startswith(prefix)}
