"""What the rows of a list of records show beside their fields, found out for all of them at once."""

from collections.abc import Iterable
from typing import Any

from tracker.curation.review.standing import attach
from tracker.reporting.desk.findings import health_of


def attach_to(records: Iterable[Any]) -> list[Any]:
    """Return the records of one kind, each with how it stands and with its health."""
    listed = attach(records)
    if listed:
        found = health_of(listed[0].kind, [record.public_id for record in listed])
        for record in listed:
            record.health = found[record.public_id]
    return listed
