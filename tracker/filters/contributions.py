"""Filters on contributions, for the list and for every table."""

from typing import Any

from django.db.models import Q, QuerySet

from tracker.filters.fields import (
    AmountFilter,
    ChoicesFilter,
    FirstDayFilter,
    PathFilter,
    ReferencesFilter,
    ShelfFilterSet,
)
from tracker.filters.groups import GroupFilter
from tracker.lib import quantities
from tracker.models import Basis, Item, Pledge, Stage

HEADLINE = "headline"


class BasisFilter(ChoicesFilter):
    """One basis: the headline unless another is named, so that no amount is shown twice."""

    holds_unasked = True

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(field_name="basis", allowed=[HEADLINE, *Basis.values], **kwargs)

    def filter(self, qs: QuerySet[Any], value: list[str]) -> QuerySet[Any]:
        if not value:
            return qs.filter(is_headline=True)
        return super().filter(qs, value)

    def condition(self, values: list[str]) -> Q:
        named = Q(basis__in=[value for value in values if value != HEADLINE])
        return named | Q(is_headline=True) if HEADLINE in values else named


LEFT_OUT, ONLY, INCLUDED = "left_out", "only", "included"


class ConditionalFilter(ChoicesFilter):
    """What depends on an open condition: left out unless it is asked for, as it is no promise yet."""

    holds_unasked = True

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(field_name="is_conditional", allowed=[LEFT_OUT, ONLY, INCLUDED], **kwargs)

    def filter(self, qs: QuerySet[Any], value: list[str]) -> QuerySet[Any]:
        return super().filter(qs, value or [LEFT_OUT])

    def condition(self, values: list[str]) -> Q:
        if INCLUDED in values or {LEFT_OUT, ONLY} <= set(values):
            return Q()
        return Q(is_conditional=ONLY in values)


COUNTINGS = NET, GROSS = ("net", "gross")


class CountingFilter(ChoicesFilter):
    """Rows that overlap with another pledge: all are listed unless net is asked for, as in the sums of tables."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(field_name="is_netted", allowed=[*COUNTINGS], **kwargs)

    def condition(self, values: list[str]) -> Q:
        return Q() if GROSS in values else Q(is_netted=False)


class ContributionFilterSet(ShelfFilterSet):
    """Filters on contributions. `basis=headline` holds unless another is asked for."""

    def without(self, *names: str) -> QuerySet[Any]:
        """Return the rows that all filters but those named keep; `errors` must be empty."""
        return self.over(self.queryset.all(), *names)

    def over(self, rows: QuerySet[Any], *names: str) -> QuerySet[Any]:
        """Do as `without` with other rows, whose columns are named as those of the ledger."""
        for name, value in self.form.cleaned_data.items():
            if name not in names:
                rows = self.filters[name].filter(rows, value)
        return rows

    pledge = ReferencesFilter(field_name="pledge", kind="pledge", label="Pledge")
    contributor = ReferencesFilter(field_name="contributor", kind="party", label="Contributor")
    group = GroupFilter(
        matching=lambda parties: Q(contributor__in=parties),
        label="The contributor was a member of this group at the contribution's date",
    )
    beneficiary = ReferencesFilter(field_name="beneficiary", kind="party", label="Beneficiary")
    host = ReferencesFilter(field_name="host", kind="party", label="Host")
    supplier = ReferencesFilter(field_name="supplier", kind="party", label="Supplier")
    stock_owner = ReferencesFilter(field_name="stock_owner", kind="party", label="Stock owner")
    manufacturer = ReferencesFilter(field_name="manufacturer", kind="party", label="Manufacturer")
    nature = ChoicesFilter(field_name="nature", allowed=Pledge.Nature.values, label="Nature")
    aid_type = ChoicesFilter(field_name="aid_type", allowed=Pledge.AidType.values, label="Aid type")
    category = PathFilter(field_name="category_path", kind="category", label="Category, with its branches")
    platform = ReferencesFilter(field_name="platform", kind="platform", label="Platform")
    modality = ChoicesFilter(field_name="modality", allowed=Item.Modality.values, label="Modality")
    condition = ChoicesFilter(field_name="condition", allowed=Item.Condition.values, label="Condition of the item")
    quantity_qualifier = ChoicesFilter(
        field_name="quantity_qualifier", allowed=list(quantities.QUALIFIERS),
        label="How the number of units is known; what counts no units is left out",
    )  # fmt: skip
    initiative = ReferencesFilter(field_name="initiative", kind="initiative", label="Initiative")
    package = ReferencesFilter(field_name="package", kind="package", label="Package of an initiative")
    meeting = ReferencesFilter(field_name="meeting", kind="meeting", label="Meeting where it was announced")
    stage = ChoicesFilter(field_name="stage", allowed=Stage.values, label="Stage")
    conditional = ConditionalFilter(
        label="What depends on an open condition: left_out, as it is unless asked for, only that, or included"
    )
    basis = BasisFilter(label="Basis: headline (one a line, by rule) or one by name")
    date_from = FirstDayFilter(lookup_expr="gte", label="On this day or later")
    date_to = FirstDayFilter(lookup_expr="lte", label="On this day or earlier")
    amount_from = AmountFilter(field_name="eur_cents", lookup_expr="gte", label="Worth this many euros or more")
    amount_to = AmountFilter(field_name="eur_cents", lookup_expr="lte", label="Worth this many euros or less")


class LedgerFilterSet(ContributionFilterSet):
    """Filters on the list of contributions, which can leave out what overlaps; tables have an option for that."""

    counting = CountingFilter(
        label="Of pledges that overlap: net leaves out what a sum must not count twice, gross lists all"
    )
