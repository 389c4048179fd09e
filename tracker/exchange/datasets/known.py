"""Known: the records that a dataset brought before, and what was last taken from it for each."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from tracker.lib import canonical
from tracker.lib.chunks import chunked
from tracker.models import ExternalId, Pledge


@dataclass
class BroughtRecord:
    """A record of the desk that a dataset brought, as the newest import had it. The order is that of its arrival."""

    public_id: str
    key: int
    """The primary key of the newest external id, whose content is what was last taken."""
    release: str
    source_id: str
    fingerprint: str
    kept_in: str = ""
    """The release that no longer had it, where it was kept all the same."""
    ids: dict[str, str] = field(default_factory=dict)
    """The id that each release knew it by."""
    content: dict[str, Any] = field(default_factory=dict)
    """What was last taken, in the form in which it is compared."""
    merged_from: str = ""
    """The record, merged into this one since, that the dataset brought."""
    absorbed: list["BroughtRecord"] = field(default_factory=list)
    """Other records of the same dataset that were merged into this one: it has two ids in one release."""


def known_records(dataset: str) -> list[BroughtRecord]:
    """Return the records of a dataset that are on the desk, those that came first, first."""
    listed = ExternalId.objects.filter(dataset=dataset, record_kind=Pledge.kind).order_by("id").defer("content")
    found: dict[tuple[str, str], BroughtRecord] = {}
    for row in listed.iterator():
        own = BroughtRecord(row.public_id, row.pk, "", "", "", merged_from=row.merged_from)
        record = found.setdefault((row.public_id, row.merged_from), own)
        record.key, record.release, record.source_id = row.pk, row.release, row.source_id
        record.fingerprint = row.fingerprint
        record.kept_in = row.release if row.is_gone else ""
        if not row.is_gone:
            record.ids[row.release] = row.source_id
    present = _present(record.public_id for record in found.values())
    records = [record for record in found.values() if record.public_id in present]
    _load_contents(records)
    return _absorbed(records)


def _absorbed(records: list[BroughtRecord]) -> list[BroughtRecord]:
    """Return one record of each public id; what was merged into it stands with it."""
    first: dict[str, BroughtRecord] = {}
    for record in sorted(records, key=lambda record: bool(record.merged_from)):
        kept = first.setdefault(record.public_id, record)
        if kept is not record:
            kept.absorbed.append(record)
    return [record for record in records if first[record.public_id] is record]


def _present(public_ids: Iterable[str]) -> set[str]:
    """Return those of the pledges that are on the desk."""
    found: set[str] = set()
    for part in chunked(sorted(public_ids)):
        found |= set(Pledge.objects.filter(public_id__in=part).values_list("public_id", flat=True))
    return found


def _load_contents(records: list[BroughtRecord]) -> None:
    for part in chunked(records):
        rows = ExternalId.objects.filter(pk__in=[record.key for record in part])
        contents = dict(rows.values_list("pk", "content"))
        for record in part:
            record.content = canonical.load(contents[record.key])
