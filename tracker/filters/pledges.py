"""Filters on pledges."""

from decimal import Decimal
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from tracker.filters.fields import (
    AmountFilter,
    DayFilter,
    FacetChoices,
    FacetReferences,
    ShelfFilterSet,
    has_facet,
)
from tracker.filters.groups import GroupFilter
from tracker.models import Contribution, Item, Pledge, Stage


class PledgeAmountFilter(AmountFilter):
    """A bound in euros on one of the headline contributions of a pledge."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(field_name="eur_cents", **kwargs)

    def filter(self, qs: QuerySet[Any], value: Decimal | None) -> QuerySet[Any]:
        if value is None:
            return qs
        rows = Contribution.objects.filter(publication=OuterRef("pk"), is_headline=True)
        return qs.filter(Exists(super().filter(rows, value)))


class PledgeFilterSet(ShelfFilterSet):
    """Filters on pledges."""

    contributor = FacetReferences(field_name="contributor", kind="party", label="Contributor")
    group = GroupFilter(
        matching=lambda parties: has_facet("contributor", parties),
        label="A contributor was a member of this group at the pledge's date",
    )
    beneficiary = FacetReferences(field_name="beneficiary", kind="party", label="Beneficiary")
    host = FacetReferences(field_name="host", kind="party", label="Host")
    nature = FacetChoices(field_name="nature", allowed=Pledge.Nature.values, label="Nature")
    aid_type = FacetChoices(field_name="aid_type", allowed=Pledge.AidType.values, label="Aid type")
    category = FacetReferences(field_name="category", kind="category", label="Category, with its branches")
    platform = FacetReferences(field_name="platform", kind="platform", label="Platform")
    modality = FacetChoices(field_name="modality", allowed=Item.Modality.values, label="Modality of an item")
    initiative = FacetReferences(field_name="initiative", kind="initiative", label="Initiative")
    package = FacetReferences(field_name="package", kind="package", label="Package of an initiative")
    meeting = FacetReferences(field_name="meeting", kind="meeting", label="Meeting where it was announced")
    stage = FacetChoices(field_name="stage", allowed=Stage.values, label="Stage of an entry")
    document = FacetReferences(field_name="document", kind="document", label="Document that a claim points into")
    date_from = DayFilter(field_name="earliest", lookup_expr="gte", label="Announced on this day or later")
    date_to = DayFilter(field_name="earliest", lookup_expr="lte", label="Announced on this day or earlier")
    amount_from = PledgeAmountFilter(lookup_expr="gte", label="One contribution is worth this many euros or more")
    amount_to = PledgeAmountFilter(lookup_expr="lte", label="One contribution is worth this many euros or less")
