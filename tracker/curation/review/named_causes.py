"""Differences: an import whose totals are not those of its file is published only by who names why."""

from collections.abc import Collection

from tracker.curation.errors import DifferencesNotNamed
from tracker.models import ChangeSet, ReconciliationLine


def causes_of(change_set: ChangeSet) -> list[str]:
    """Return the names of the differences of the imports that a change set holds."""
    lines = ReconciliationLine.objects.filter(imported__change_set=change_set).exclude(difference=0)
    return sorted(lines.order_by().values_list("cause", flat=True).distinct())


def require_named(change_set: ChangeSet, named: Collection[str]) -> None:
    """Raise DifferencesNotNamed where an import of the change set differs for a reason that is not `named`."""
    causes = causes_of(change_set)
    if set(causes) - set(named):
        labels = dict(ReconciliationLine.Cause.choices)
        raise DifferencesNotNamed({cause: str(labels[cause]) for cause in causes})
