"""What a change set has to show beside its differences: what the rules of quality find in it.

Its author sees this before submitting, and its reviewer sees the same.
"""

from dataclasses import dataclass

from tracker.models import ChangeSet
from tracker.reporting.desk.findings import PlacedFinding, findings_of, placed

SHOWN = 20
"""How many findings are spelt out."""


@dataclass(frozen=True)
class ToShow:
    """The findings that stand in the records of a change set, the worst first."""

    findings: list[PlacedFinding]
    finding_count: int


def to_show(change_set: ChangeSet) -> ToShow:
    """Gather what a change set has to show. Withdrawn records are not looked at."""
    standing = findings_of(change_set).filter(waived_at__isnull=True)
    return ToShow(placed(standing[:SHOWN]), standing.count())
