"""A question to the contribution table: all that decides what its cells are."""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet

from tracker.filters.contributions import ContributionFilterSet
from tracker.filters.groups import GroupMembers
from tracker.models import Contribution
from tracker.reporting.tables.contributions import make_table, names_of
from tracker.reporting.tables.dimension_labels import GROUP
from tracker.reporting.tables.figures import FigureOptions, SharedOut, figures_for
from tracker.reporting.tables.measures import Measure, counted
from tracker.reporting.tables.table import Options, Table

CONDITIONAL = "conditional"


@dataclass(frozen=True)
class Question:
    """What is asked of a table, with filters that are valid; `figures` and the rest as in its parameters."""

    filters: ContributionFilterSet
    rows: str
    columns: str
    measure: Measure = field(default_factory=Measure)
    cumulative: bool = False
    top: int | None = None
    figures: FigureOptions = field(default_factory=FigureOptions)
    share_out: bool = False

    @property
    def moment(self) -> dt.datetime:
        """The newest publishing that the answer shows."""
        return self.filters.moment

    @property
    def asked(self) -> dict[str, Any]:
        """The filters in force, by name."""
        return self.filters.asked

    @property
    def dimensions(self) -> list[str]:
        """The names of all dimensions."""
        return [*names_of(self.rows), *names_of(self.columns)]

    def contributions(self) -> QuerySet[Contribution]:
        """Return the rows of the ledger that the filters keep."""
        return self.filters.without(*self._taken_over())

    def ever_counted(self) -> QuerySet[Contribution]:
        """Return the rows that the table counts or once counted, whenever they stood."""
        return counted(self.filters.over(Contribution.objects.all(), *self._taken_over()), self.measure, self.asked)

    def _taken_over(self) -> list[str]:
        """Return the filters that a dimension takes over: of groups, that of groups."""
        return [GROUP] if GROUP in self.dimensions else []

    def options(self) -> Options:
        """Return what the table does beside adding up."""
        figures = figures_for(self.figures, self.measure.currency, self._shared_out(), self.moment)
        return Options(self.cumulative, self.top, figures)

    def table(self, *, but: Collection[str] = ()) -> Table:
        """Return the answer, without the pledges named by `but`. Raises MixedSum for what is never added."""
        rows = self.contributions()
        table = make_table(
            rows.exclude(pledge__in=but) if but else rows, rows=self.rows, columns=self.columns, measure=self.measure,
            asked=self.asked,
            moment=self.moment, options=self.options(),
        )  # fmt: skip
        table.conditional = self._left_out()
        return table

    def _left_out(self) -> int:
        """Return how many contributions are counted apart, as they depend on an open condition."""
        # SQLite counts them by the index of tables, and reads all of it, where an index has none at all.
        if CONDITIONAL in self.asked or not Contribution.objects.filter(is_conditional=True).exists():
            return 0
        apart = self.filters.without(CONDITIONAL, *self._taken_over()).filter(is_conditional=True)
        return counted(apart, self.measure, self.asked).count()

    def _shared_out(self) -> SharedOut | None:
        if not self.share_out:
            return None
        return shared_out(self.filters, self.measure, by_group=GROUP in self.dimensions)


def shared_out(
    filters: ContributionFilterSet, measure: Measure, *, by_group: bool = False, stages: Iterable[str] = ()
) -> SharedOut:
    """Return how the EU institutions' aid counts as that of the members whom valid filters keep.

    `by_group` says that groups are a dimension, and filter nothing; `stages` narrow what is shared out.
    """
    asked, moment = filters.asked, filters.moment
    groups = GroupMembers(asked.get(GROUP) or [], moment)
    parties = asked.get("contributor")
    narrowed = GROUP in asked and not by_group

    def keeps(party: str, day: dt.date | None) -> bool:
        return (not parties or party in parties) and (not narrowed or bool(groups.of(party, day)))

    everyone = counted(filters.without("contributor", GROUP), measure, asked)
    listed = list(stages)
    return SharedOut(everyone.filter(stage__in=listed) if listed else everyone, keeps, groups, moment)
