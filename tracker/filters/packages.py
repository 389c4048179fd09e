"""Filters on packages."""

from tracker.filters.fields import FacetReferences, FirstDayFilter, ShelfFilterSet


class PackageFilterSet(ShelfFilterSet):
    """Filters on packages."""

    initiative = FacetReferences(field_name="initiative", kind="initiative", label="Initiative")
    date_from = FirstDayFilter(lookup_expr="gte", label="Announced on this day or later")
    date_to = FirstDayFilter(lookup_expr="lte", label="Announced on this day or earlier")
