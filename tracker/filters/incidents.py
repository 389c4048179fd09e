"""Filters on incidents."""

from tracker.filters.fields import FacetChoices, FacetReferences, FirstDayFilter, ShelfFilterSet
from tracker.models import Incident


class IncidentFilterSet(ShelfFilterSet):
    """Filters on incidents."""

    kind = FacetChoices(field_name="kind", allowed=Incident.Kind.values, label="Kind of incident")
    intent = FacetChoices(field_name="intent", allowed=Incident.Intent.values, label="Intent")
    actor = FacetReferences(field_name="actor", kind="party", label="By whom")
    place = FacetReferences(field_name="place", kind="party", label="Where")
    platform = FacetReferences(field_name="platform", kind="platform", label="Platform")
    date_from = FirstDayFilter(lookup_expr="gte", label="On this day or later")
    date_to = FirstDayFilter(lookup_expr="lte", label="On this day or earlier")
