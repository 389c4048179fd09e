"""Filters on platforms."""

from tracker.filters.fields import FacetReferences, ShelfFilterSet


class PlatformFilterSet(ShelfFilterSet):
    """Filters on platforms."""

    category = FacetReferences(field_name="category", kind="category", label="Category, with its branches")
    manufacturer = FacetReferences(field_name="manufacturer", kind="party", label="Manufacturer")
