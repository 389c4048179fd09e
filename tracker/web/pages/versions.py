"""The versions of a record, compared in words."""

import re
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from tracker.reporting.shelf.comparing import ChangedField
from tracker.reporting.shelf.history import Version
from tracker.web.pages import labels
from tracker.web.words import first_capital

MOST_LINES = 12
"""How many differences of one version are spelled out."""

_PART = re.compile(r"^(\w+)\[([^\]]+)\](?:\.(\w+))?")


@dataclass(frozen=True)
class VersionShown:
    """A version, with what it changed in words."""

    version: Version
    cause: str
    lines: list[tuple[str, str, str]]
    """What, before, after; one of them is empty where something came or went."""

    more: int


def said_of(kind: str, versions: list[Version]) -> list[VersionShown]:
    """Return versions with their differences in words."""
    return [_said(kind, version) for version in versions]


def _said(kind: str, version: Version) -> VersionShown:
    lines = [(place(kind, line.path), line.before, line.after) for line in _without_claims(version.lines)]
    cause = first_capital(str(version.change_set.get_cause_display()))
    return VersionShown(version, cause, lines[:MOST_LINES], max(0, len(lines) - MOST_LINES))


def _without_claims(lines: list[ChangedField]) -> list[ChangedField]:
    """Return the differences, with those of one claim as one."""
    found: dict[str, ChangedField] = {}
    for line in lines:
        path = line.path
        if path.startswith("claims["):
            path = path.partition("]")[0] + "]"
            found.setdefault(path, ChangedField(path, _("said otherwise") if line.before else "", _("added")))
        else:
            found[path] = line
    return list(found.values())


def place(kind: str, path: str) -> str:
    """Return where a difference is: `Entries 2, amount`."""
    part = _PART.match(path)
    if not part:
        name = path.partition(".")[0]
        return labels.label_of(kind, name) if name in labels.fields_of(kind) else path
    name, identity, inner = part.groups()
    fields: Any = labels.fields_of(kind)
    if name not in fields:
        return path
    where = f"{labels.label_of(kind, name)} {identity}"
    child = getattr(fields[name], "child", None)
    if inner and child is not None and inner in getattr(child, "fields", ()):
        return f"{where}, {labels.part_label(kind, name, inner).lower()}"
    return where
