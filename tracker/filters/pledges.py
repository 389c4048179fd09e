"""Filters on pledges."""

from decimal import Decimal
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Sum

from tracker.filters.fields import (
    AmountFilter,
    FacetChoices,
    FacetReferences,
    FirstDayFilter,
    ShelfFilterSet,
    has_facet,
)
from tracker.filters.groups import GroupFilter
from tracker.models import Condition, Contribution, Item, Listing, Pledge, Stage

LISTED_BY = {"contributor", "category", "date_from", "date_to"}
"""The filters that listings know."""


class WorthFilter(AmountFilter):
    """A bound in euros on what a pledge is worth at one of its stages, by all contributors together."""

    def filter(self, qs: QuerySet[Any], value: Decimal | None) -> QuerySet[Any]:
        """Return all: only both bounds together, on the same stage, say which pledges are meant."""
        return qs


def worth_between(low: Decimal | None, high: Decimal | None) -> Exists:
    """Return the condition that a pledge's headline contributions at one stage add up to `low` to `high` euros."""
    rows = Contribution.objects.filter(publication=OuterRef("pk"), is_headline=True, eur_cents__isnull=False)
    sums = rows.order_by().values("stage").annotate(worth=Sum("eur_cents"))
    if low is not None:
        sums = sums.filter(worth__gte=int(low * 100))
    if high is not None:
        sums = sums.filter(worth__lte=int(high * 100))
    return Exists(sums)


class PledgeFilterSet(ShelfFilterSet):
    """Filters on pledges."""

    contributor = FacetReferences(field_name="contributor", kind="party", label="Contributor")
    group = GroupFilter(
        matching=lambda parties: has_facet("contributor", parties),
        label="A contributor was a member of this group at the pledge's date",
    )
    beneficiary = FacetReferences(field_name="beneficiary", kind="party", label="Beneficiary")
    host = FacetReferences(field_name="host", kind="party", label="Host")
    base_state = FacetReferences(field_name="base_state", kind="party", label="State of the base")
    condition_state = FacetChoices(
        field_name="state", allowed=Condition.State.values, label="State of a condition that it depends on"
    )
    nature = FacetChoices(field_name="nature", allowed=Pledge.Nature.values, label="Nature")
    aid_type = FacetChoices(field_name="aid_type", allowed=Pledge.AidType.values, label="Aid type")
    category = FacetReferences(field_name="category", kind="category", label="Category, with its branches")
    platform = FacetReferences(field_name="platform", kind="platform", label="Platform")
    modality = FacetChoices(field_name="modality", allowed=Item.Modality.values, label="Modality of an item")
    condition = FacetChoices(field_name="condition", allowed=Item.Condition.values, label="Condition of an item")
    initiative = FacetReferences(field_name="initiative", kind="initiative", label="Initiative")
    package = FacetReferences(field_name="package", kind="package", label="Package of an initiative")
    requirement = FacetReferences(
        field_name="requirement", kind="requirement", label="Requirement that an item is held against"
    )
    meeting = FacetReferences(field_name="meeting", kind="meeting", label="Meeting where it was announced")
    stage = FacetChoices(field_name="stage", allowed=Stage.values, label="Stage of an entry")
    document = FacetReferences(field_name="document", kind="document", label="Document that a claim points into")
    date_from = FirstDayFilter(lookup_expr="gte", label="Announced on this day or later")
    date_to = FirstDayFilter(lookup_expr="lte", label="Announced on this day or earlier")
    amount_from = WorthFilter(label="Worth this many euros or more at one of its stages, all contributors together")
    amount_to = WorthFilter(label="Worth this many euros or less at one of its stages, all contributors together")

    @property
    def is_listed(self) -> bool:
        """Whether the listings say which pledges are asked for: by a contributor, a category and days, and no more."""
        return bool(self.asked) and not (
            self.asked.keys() - LISTED_BY
            or any(len(self.asked.get(name, "")) > 1 for name in ("contributor", "category"))
        )

    @property
    def is_of_one_year(self) -> bool:
        """Whether the days asked for lie in one year, whose listings stand in the order of their public ids."""
        low, high = self.asked.get("date_from"), self.asked.get("date_to")
        return low is not None and high is not None and low.year == high.year

    def listings(self) -> QuerySet[Any]:
        """Return the listings of the pledges that the filters keep, one each, where `is_listed`."""
        asked = self.asked
        [contributor], [category] = asked.get("contributor", [""]), asked.get("category", [""])
        rows = Listing.objects.as_of(self.moment).filter(contributor=contributor, category=category)
        if "date_from" in asked:
            rows = rows.filter(day__gte=asked["date_from"])
        if "date_to" in asked:
            rows = rows.filter(day__lte=asked["date_to"])
        if self.is_of_one_year:
            rows = rows.filter(year=asked["date_from"].year)
        return rows

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        queryset = super().filter_queryset(queryset)
        low, high = (self.form.cleaned_data.get(name) for name in ("amount_from", "amount_to"))
        return queryset if low is None and high is None else queryset.filter(worth_between(low, high))
