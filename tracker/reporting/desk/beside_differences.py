"""What a change set has to show beside its differences: what the rules of quality find in it.

Its author sees this before submitting, and its reviewer sees the same.
"""

from dataclasses import dataclass

from django.db.models import Count

from tracker.models import ChangeSet, Finding
from tracker.records.quality.rules import RULES
from tracker.reporting.desk.findings import PlacedFinding, findings_of, placed

SHOWN = 5
"""How many findings of each rule are spelt out."""


@dataclass(frozen=True)
class FoundByRule:
    """What one rule finds in a change set: how much, and the first of it."""

    rule: str
    severity: str
    """In words."""
    sentence: str
    """What the rule says is right."""
    count: int
    first: list[PlacedFinding]


@dataclass(frozen=True)
class ToShow:
    """The findings that stand in the records of a change set, by rule, the worst first."""

    rules: list[FoundByRule]
    finding_count: int


def to_show(change_set: ChangeSet) -> ToShow:
    """Gather what a change set has to show. Withdrawn records are not looked at."""
    standing = findings_of(change_set).standing()
    counted = standing.order_by("severity", "rule").values_list("severity", "rule").annotate(number=Count("pk"))
    rules = [
        FoundByRule(
            rule, str(Finding.Severity(severity).label), str(RULES[rule].sentence) if rule in RULES else rule, number,
            placed(standing.filter(severity=severity, rule=rule)[:SHOWN]),
        )
        for severity, rule, number in counted
    ]  # fmt: skip
    return ToShow(rules, sum(each.count for each in rules))
