"""The versions of a published record, each with what it changed and why."""

import datetime as dt
from dataclasses import dataclass, field

from tracker.lib import canonical
from tracker.models import ChangeSet, Publication
from tracker.reporting.shelf.comparing import ChangedField, lines


@dataclass
class Version:
    """One version of a record as it was published, beside the one before."""

    number: int
    change_set: ChangeSet
    recorded_from: dt.datetime
    is_withdrawn: bool
    reason: str = ""
    is_first: bool = False
    lines: list[ChangedField] = field(default_factory=list)


def versions(kind: str, public_id: str, moment: dt.datetime) -> list[Version]:
    """Return the versions of a record that were published by `moment`, the newest first."""
    found = Publication.objects.filter(kind=kind, public_id=public_id, recorded_from__lte=moment)
    rows = list(found.select_related("change_set").order_by("version"))
    return [_version(row, rows[at - 1] if at else None) for at, row in enumerate(rows)][::-1]


def _version(row: Publication, before: Publication | None) -> Version:
    document = canonical.load(row.document)
    version = Version(row.version, row.change_set, row.recorded_from, row.is_tombstone, is_first=before is None)
    if row.is_tombstone:
        version.reason = document["reason"]
    elif before is not None:
        version.lines = lines(row.kind, None if before.is_tombstone else canonical.load(before.document), document)
    return version
