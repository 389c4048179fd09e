"""Filters on categories."""

from tracker.filters.fields import FacetReferences, ShelfFilterSet


class CategoryFilterSet(ShelfFilterSet):
    """Filters on categories."""

    within = FacetReferences(field_name="within", kind="category", label="The category itself and its branches")
