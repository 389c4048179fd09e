"""What publishing a change set would do to the published sums, cell by cell."""

import datetime as dt
from dataclasses import dataclass
from typing import TypedDict

from django.db.models import Sum

from tracker.curation.callbacks import Watch
from tracker.curation.errors import PROBLEMS_KEPT, Refused
from tracker.curation.review.change_sets import newest_moment
from tracker.curation.review.publishing import rehearse
from tracker.models import ChangeSet, Contribution, Pledge

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
    counted = Contribution.objects.as_of(None).filter(is_headline=True, is_netted=False, eur_cents__isnull=False)
    sums = counted.exclude(nature=Pledge.Nature.DEPLOYMENT).values_list("contributor", "stage")
    found = sums.annotate(Sum("eur_cents")).order_by()
    return {(contributor, stage): int(cents) for contributor, stage, cents in found}


def changes(before: dict[SumKey, int], after: dict[SumKey, int]) -> list[Change]:
    """Return the cells that differ between two `totals`, by contributor and stage."""
    cells = sorted(before.keys() | after.keys())
    found = [Change(*cell, before.get(cell, 0), after.get(cell, 0)) for cell in cells]
    return [change for change in found if change.difference]


class Effect(TypedDict):
    """What publishing would do, in a form that can be kept: the cells that change, or what stands in the way."""

    changes: list[tuple[str, str, int, int]]
    """Contributor, stage, and EUR cents before and after."""
    problems: list[str]
    since: str | None
    """The newest publishing when this was worked out, as ISO 8601; after another one the sums may be others."""


def outcome(*, change_set: ChangeSet, at: dt.datetime, watch: Watch) -> Effect:
    """Return what publishing a submitted change set would do to the sums, or the records that stand in its way.

    Writes nothing. Raises WrongStatus.
    """
    since = newest_publishing()
    try:
        before, after = rehearse(change_set=change_set, at=at, measure=totals, watch=watch)
    except Refused as error:
        return Effect(changes=[], problems=error.listed(PROBLEMS_KEPT), since=since)
    changed = [(cell.contributor, cell.stage, cell.before, cell.after) for cell in changes(before, after)]
    return Effect(changes=changed, problems=[], since=since)


def newest_publishing() -> str | None:
    """Return the moment of the newest publishing, as ISO 8601."""
    newest = newest_moment()
    return None if newest is None else newest.isoformat()
