"""The named tables: each with its title, a sentence, its measure, its rules, and how it is read."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from tracker.filters.contributions import ContributionFilterSet
from tracker.filters.fields import ShelfFilterSet
from tracker.filters.incidents import IncidentFilterSet
from tracker.filters.initiatives import InitiativeFilterSet
from tracker.filters.meetings import MeetingFilterSet
from tracker.filters.pledges import PledgeFilterSet
from tracker.filters.requirements import RequirementFilterSet
from tracker.lib.column_types import Column
from tracker.models import Stage
from tracker.reporting.named import coverage, deployments, flows, incidents, meetings, requirements, summaries, targets
from tracker.reporting.named.base import NamedTableOptions
from tracker.reporting.named.summaries import Made
from tracker.reporting.shelf import moments, published
from tracker.reporting.tables.measures import Measure

STAGE, YEAR, DAY = "stage", "of_year", "on"
DEFAULT_YEAR = 2021
"""The last year before the full-scale invasion, by whose GDP the field compares contributors."""

_SUMS = ("published-only", "as-of", "no-deployments", "conditional", "net", "shares", "one-stage", "one-basis",
         "unknown", "headline", "rates", "cents")  # fmt: skip
_FACTS = ("published-only", "as-of", "unknown")


@dataclass(frozen=True)
class Named:
    """A named table. `takes` are its own parameters beside filters, currency and counting.

    `kind` is the kind of record that it reads from the shelf; without one, it reads contributions.
    """

    id: str
    title: Any
    sentence: Any
    measure: Any
    rules: tuple[str, ...]
    read: Callable[[Any], Made]
    takes: tuple[str, ...] = ()
    filterset: type[ShelfFilterSet] = ContributionFilterSet
    kind: str = ""
    without: tuple[str, ...] = ("stage",)
    """The filters that it does not take, as it has a say in them itself."""

    @property
    def filter_names(self) -> list[str]:
        """The filters that it takes."""
        return [name for name in self.filterset.base_filters if self.kind or name not in self.without]


NAMED = {
    named.id: named
    for named in (
        Named(
            "country-summary", _("Country summary"),
            _("What each contributor has committed and allocated, by aid type, with its share in what the EU's "
              "institutions allocated, its parts of GDP and per head, and its ranks."),
            _("Value; commitments and allocations, each by itself"),
            (*_SUMS, "to-be-allocated", "eu-shared-out", "gdp", "population", "rounded-once"),
            summaries.country_summary, (YEAR,),
        ),
        Named(
            "by-month", _("By month"),
            _("What was given in each month, in all and by aid type, plain and as running sums."),
            _("Value at one stage: allocation unless another is asked for"), (*_SUMS, "dates", "running"),
            summaries.by_month, (STAGE,),
        ),
        Named(
            "by-contributor-and-month", _("By contributor and month"),
            _("What each contributor allocated and committed in each month, by aid type, and its part of GDP."),
            _("Value; commitments and allocations, each by itself"),
            (*_SUMS, "dates", "to-be-allocated", "gdp", "rounded-once"), summaries.by_contributor_and_month, (YEAR,),
        ),
        Named(
            "by-group", _("By group"),
            _("What the members of each group gave, as they were at the date, and the rest of the world."),
            _("Value at one stage: allocation unless another is asked for"),
            (*_SUMS, "group-members", "overlapping-groups"), summaries.by_group, (STAGE,),
        ),
        Named(
            "stage-funnel", _("Stage funnel"),
            _("What each contributor pledged, committed, allocated, contracted and delivered, and how long it took."),
            _("Value at each stage by itself; mean days between stages"), (*_SUMS, "lag"), flows.stage_funnel,
        ),
        Named(
            "platforms-by-contributor", _("Platforms by contributor"),
            _("How many of each platform a contributor promised and delivered, what is outstanding, and what it is "
              "worth."),
            _("Quantity and value at one stage: allocation unless another is asked for; quantity delivered"),
            (*_SUMS, "quantity", "outstanding"), flows.platforms_by_contributor, (STAGE,),
            without=("stage", "quantity_qualifier"),
        ),
        Named(
            "source-of-equipment", _("Source of equipment"),
            _("Where military aid came from in each month: stock, procurement, PURL, or not said."),
            _("Value at one stage: allocation unless another is asked for"), (*_SUMS, "dates", "source-of-equipment"),
            flows.source_of_equipment, (STAGE,), without=("stage", "aid_type"),
        ),
        Named(
            "initiative", _("Initiatives by package"),
            _("Who financed each package of a mechanism, who supplied it, and what was delivered."),
            _("Value at each stage by itself"), _SUMS, flows.initiatives,
        ),
        Named(
            "meeting-outcomes", _("Meeting outcomes"),
            _("What each meeting announced, and what became of it."),
            _("Number of pledges; value in EUR at each stage by itself"), (*_SUMS, "pledges"),
            meetings.meeting_outcomes, filterset=MeetingFilterSet, kind="meeting",
        ),
        Named(
            "requirements", _("Requirements"),
            _("What was stated to be needed, what pledges cover of it, what is delivered, and what is open."),
            _("Quantity in units"), (*_FACTS, "quantity", "requirement"),
            requirements.requirements, filterset=RequirementFilterSet, kind="requirement",
        ),
        Named(
            "initiative-targets", _("Targets of initiatives"),
            _("What initiatives aim at, a month, a year or in all, and what came under them."),
            _("Value or quantity, in the unit of each target, at each stage by itself"),
            (*_FACTS, "one-basis", "net", "conditional", "no-deployments", "headline"),
            targets.targets, filterset=InitiativeFilterSet, kind="initiative",
        ),
        Named(
            "deployments", _("Deployments on a date"),
            _("Which own forces stood where, under which mission, on a day."),
            _("Items of deployments"), (*_FACTS, "no-deployments", "deployed"), deployments.deployments, (DAY,),
            without=("stage", "nature", "basis"),
        ),
        Named(
            "coverage", _("How far it is supported"),
            _("How many of the values of each contributor's pledges a passage or a row supports."),
            _("Number of values"), (*_FACTS, "supported"),
            coverage.coverage, filterset=PledgeFilterSet, kind="pledge",
        ),
        Named(
            "incidents", _("Incidents"),
            _("What happened when, by whom and where, with what, and which initiatives it prompted."),
            _("Facts"), _FACTS, incidents.incidents, filterset=IncidentFilterSet, kind="incident",
        ),
    )
}  # fmt: skip
"""All named tables by their ids."""


def columns_of(named: Named) -> list[Column]:
    """Return the columns of a named table: those that it has before the first publishing, and no rows."""
    rows: Any = published.records(named.kind, moments.NEVER) if named.kind else published.contributions(moments.NEVER)
    filters: Any = named.filterset({}, rows.none(), moment=moments.NEVER)
    filters.form.full_clean()
    reading = NamedTableOptions(filters, Measure(), Stage.ALLOCATION, DEFAULT_YEAR, moments.NEVER.date())
    return named.read(filters if named.kind else reading)[0]
