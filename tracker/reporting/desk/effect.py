"""What publishing a change set would do to the published sums, cell by cell."""

from dataclasses import dataclass

from django.db.models import Sum

from tracker.models import Pledge, RollUpByMonth

SumKey = tuple[str, str]
"""Contributor and stage."""


@dataclass(frozen=True)
class Change:
    """One cell of the table of contributors by stages, in EUR cents."""

    contributor: str
    stage: str
    before: int
    after: int

    @property
    def difference(self) -> int:
        """What publishing adds, in EUR cents; negative where it takes away."""
        return self.after - self.before


def totals() -> dict[SumKey, int]:
    """Return the net published aid by contributor and stage, in EUR cents, at the headline basis.

    Deployments and what is netted against other pledges are left out; rows without a value add nothing.
    """
    counted = RollUpByMonth.objects.filter(is_netted=False, eur_known__gt=0)
    sums = counted.exclude(nature=Pledge.Nature.DEPLOYMENT).values_list("contributor", "stage")
    return {(contributor, stage): cents for contributor, stage, cents in sums.annotate(Sum("eur_cents")).order_by()}


def changes(before: dict[SumKey, int], after: dict[SumKey, int]) -> list[Change]:
    """Return the cells that differ between two `totals`, by contributor and stage."""
    cells = sorted(before.keys() | after.keys())
    found = [Change(*cell, before.get(cell, 0), after.get(cell, 0)) for cell in cells]
    return [change for change in found if change.difference]
