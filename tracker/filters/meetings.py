"""Filters on meetings."""

from tracker.filters.fields import FacetReferences, FirstDayFilter, ShelfFilterSet


class MeetingFilterSet(ShelfFilterSet):
    """Filters on meetings."""

    forum = FacetReferences(field_name="forum", kind="forum", label="Forum")
    official = FacetReferences(field_name="official", kind="official", label="Chair or participant")
    party = FacetReferences(field_name="party", kind="party", label="Party that takes part")
    initiative = FacetReferences(field_name="initiative", kind="initiative", label="Initiative on the agenda")
    date_from = FirstDayFilter(lookup_expr="gte", label="Held on this day or later")
    date_to = FirstDayFilter(lookup_expr="lte", label="Held on this day or earlier")
