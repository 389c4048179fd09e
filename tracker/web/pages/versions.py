"""The versions of a record, compared in words."""

from dataclasses import dataclass

from tracker.records.words import first_capital
from tracker.reporting.shelf.history import Version
from tracker.reporting.shelf.wording import ChangeInWords, in_words

MOST_LINES = 12
"""How many differences of one version are spelled out."""


@dataclass(frozen=True)
class VersionShown:
    """A version, with what it changed in words."""

    version: Version
    cause: str
    lines: list[ChangeInWords]
    more: int


def said_of(kind: str, versions: list[Version]) -> list[VersionShown]:
    """Return versions with their differences in words."""
    return [_said(kind, version) for version in versions]


def _said(kind: str, version: Version) -> VersionShown:
    lines = in_words(kind, version.lines)
    cause = first_capital(str(version.change_set.get_cause_display()))
    return VersionShown(version, cause, lines[:MOST_LINES], max(0, len(lines) - MOST_LINES))
