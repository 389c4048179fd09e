"""All that a change set has to show beside its differences: what the rules of quality find in it, and likely twins.

Its author sees this before submitting, and its reviewer sees the same.
"""

from dataclasses import dataclass

from tracker.models import ChangeSet
from tracker.reporting.desk.findings import PlacedFinding, findings_of, placed
from tracker.reporting.desk.twins import Twin, twins_of

SHOWN = 20
"""How many findings and pairs are spelt out."""
FEW = 100
"""Up to how many records likely twins are looked for while a page waits; of more, their worklist tells."""


@dataclass(frozen=True)
class ToShow:
    """The findings that stand in the records of a change set, the worst first, and the pairs of likely twins."""

    findings: list[PlacedFinding]
    finding_count: int
    twins: list[Twin]
    twin_count: int | None
    """None where they were not looked for."""


def to_show(change_set: ChangeSet) -> ToShow:
    """Gather what a change set has to show. Withdrawn records are not looked at."""
    standing = findings_of(change_set).filter(waived_at__isnull=True)
    few = change_set.edits.count() <= FEW
    twins = twins_of(change_set) if few else []
    return ToShow(placed(standing[:SHOWN]), standing.count(), twins[:SHOWN], len(twins) if few else None)
