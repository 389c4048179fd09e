"""Filters on published change sets."""

from typing import Any

from django.db.models import QuerySet

from tracker.filters.fields import ChoicesFilter, DayFilter, ShelfFilterSet
from tracker.filters.folded_texts import holding
from tracker.models import ChangeSet


class ChangeSetFilterSet(ShelfFilterSet):
    """Filters on published change sets."""

    cause = ChoicesFilter(field_name="cause", allowed=ChangeSet.Cause.values, label="Cause")
    date_from = DayFilter(field_name="published_at__date", lookup_expr="gte", label="Published on this day or later")
    date_to = DayFilter(field_name="published_at__date", lookup_expr="lte", label="Published on this day or earlier")


def saying(queryset: QuerySet[Any], words: list[str]) -> QuerySet[Any]:
    """Return the change sets whose message has every one of the folded `words`."""
    return holding(queryset, ("message",), words)
