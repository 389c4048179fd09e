"""Filters on packages."""

from tracker.filters.fields import DayFilter, FacetReferences, ShelfFilterSet


class PackageFilterSet(ShelfFilterSet):
    """Filters on packages."""

    initiative = FacetReferences(field_name="initiative", kind="initiative", label="Initiative")
    date_from = DayFilter(field_name="earliest", lookup_expr="gte", label="Announced on this day or later")
    date_to = DayFilter(field_name="earliest", lookup_expr="lte", label="Announced on this day or earlier")
