"""The waiting list: the change sets that wait for a reviewer, with their age, size and who is to look at them."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.db.models import Count, F, QuerySet

from tracker.models import ChangeSet, Job
from tracker.reporting.desk.effects import euros, moved


@dataclass(frozen=True)
class Waiting:
    """A change set that waits: for how many days, how many records it has, and how many EUR cents it moves.

    `moved` is None where its effect is not known; `is_kept_back` where it is not because the set cannot be published.
    """

    change_set: ChangeSet
    days: int
    records: int
    moved: int | None
    is_late: bool
    is_kept_back: bool

    @property
    def euros(self) -> str:
        """How much it moves, as people read it; empty where that is not known."""
        return "" if self.moved is None else euros(self.moved)


def waiting_list(*, at: dt.datetime, may_review: Callable[[ChangeSet], bool], most: int) -> list[Waiting]:
    """Return the first `most` change sets that wait for a person: those first that are due first, then the oldest.

    `may_review` tells which of them that person may review.
    """
    ordered = submitted().order_by(F("due").asc(nulls_last=True), "submitted_at", "pk")
    found: list[Any] = list(islice(filter(may_review, ordered), most))
    sizes = moved_by(found)
    return [
        Waiting(
            change_set, (at - (change_set.submitted_at or at)).days, change_set.records, sizes.get(change_set.pk),
            change_set.due is not None and change_set.due < at.date(),
            change_set.pk in sizes and sizes[change_set.pk] is None,
        )
        for change_set in found
    ]  # fmt: skip


def submitted() -> QuerySet[ChangeSet]:
    """Return the change sets that wait for a reviewer, with how many records each has."""
    waiting = ChangeSet.objects.filter(status=ChangeSet.Status.SUBMITTED)
    return waiting.select_related("author", "assignee").annotate(records=Count("edits"))


def moved_by(change_sets: Iterable[ChangeSet]) -> dict[int, int | None]:
    """Return by how many EUR cents each change set moves the sum that it changes most, as last worked out.

    None where it could not be worked out, as the change set cannot be published; one never looked at is left out.
    """
    jobs = Job.objects.filter(kind=Job.Kind.EFFECT, change_set__in=list(change_sets), result__isnull=False)
    newest: dict[Any, Any] = dict(jobs.order_by("pk").values_list("change_set", "result"))
    return {
        key: None if result["problems"] else moved(result["tables"], result["totals"])
        for key, result in newest.items()
        if "totals" in result
    }
