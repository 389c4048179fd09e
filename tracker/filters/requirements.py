"""Filters on requirements."""

from tracker.filters.fields import FacetChoices, FacetReferences, FirstDayFilter, ShelfFilterSet
from tracker.models import Requirement


class RequirementFilterSet(ShelfFilterSet):
    """Filters on requirements."""

    beneficiary = FacetReferences(field_name="beneficiary", kind="party", label="Beneficiary")
    platform = FacetReferences(field_name="platform", kind="platform", label="Platform")
    category = FacetReferences(field_name="category", kind="category", label="Category, with its branches")
    initiative = FacetReferences(field_name="initiative", kind="initiative", label="Initiative")
    priority = FacetChoices(field_name="priority", allowed=Requirement.Priority.values, label="Priority")
    date_from = FirstDayFilter(lookup_expr="gte", label="Stated on this day or later")
    date_to = FirstDayFilter(lookup_expr="lte", label="Stated on this day or earlier")
