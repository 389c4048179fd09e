"""Filters on forums."""

from tracker.filters.fields import FacetReferences, ShelfFilterSet


class ForumFilterSet(ShelfFilterSet):
    """Filters on forums."""

    convened_by = FacetReferences(field_name="convened_by", kind="party", label="Convened by")
