"""Filters on officials."""

from tracker.filters.fields import FacetReferences, ShelfFilterSet


class OfficialFilterSet(ShelfFilterSet):
    """Filters on officials."""

    party = FacetReferences(field_name="party", kind="party", label="Party they hold the office for")
