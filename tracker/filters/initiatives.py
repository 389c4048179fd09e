"""Filters on initiatives."""

from tracker.filters.fields import FacetChoices, FacetReferences, FirstDayFilter, ShelfFilterSet
from tracker.models import Initiative


class InitiativeFilterSet(ShelfFilterSet):
    """Filters on initiatives."""

    kind = FacetChoices(field_name="kind", allowed=Initiative.Kind.values, label="Kind of initiative")
    status = FacetChoices(field_name="status", allowed=Initiative.Status.values, label="Status")
    beneficiary = FacetReferences(field_name="beneficiary", kind="party", label="Beneficiary")
    supplier = FacetReferences(field_name="supplier", kind="party", label="Supplier")
    date_from = FirstDayFilter(lookup_expr="gte", label="Started on this day or later")
    date_to = FirstDayFilter(lookup_expr="lte", label="Started on this day or earlier")
