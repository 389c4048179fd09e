"""Filters on published change sets."""

from tracker.filters.fields import ChoicesFilter, DayFilter, ShelfFilterSet
from tracker.models import ChangeSet


class ChangeSetFilterSet(ShelfFilterSet):
    """Filters on published change sets."""

    cause = ChoicesFilter(field_name="cause", allowed=ChangeSet.Cause.values, label="Cause")
    date_from = DayFilter(field_name="published_at__date", lookup_expr="gte", label="Published on this day or later, UTC")
    date_to = DayFilter(field_name="published_at__date", lookup_expr="lte", label="Published on this day or earlier, UTC")
