"""Filters on published change sets."""

from typing import Any

from django.db.models import Q, QuerySet

from tracker.filters.fields import ChoicesFilter, DayFilter, ShelfFilterSet
from tracker.lib.text import fold
from tracker.models import ChangeSet


class ChangeSetFilterSet(ShelfFilterSet):
    """Filters on published change sets."""

    cause = ChoicesFilter(field_name="cause", allowed=ChangeSet.Cause.values, label="Cause")
    date_from = DayFilter(field_name="published_at__date", lookup_expr="gte", label="Published on this day or later")
    date_to = DayFilter(field_name="published_at__date", lookup_expr="lte", label="Published on this day or earlier")


def saying(queryset: QuerySet[Any], words: list[str]) -> QuerySet[Any]:
    """Return the change sets whose message has every one of the folded `words`."""
    # A database folds no accents: the few messages that have any are folded here.
    accented = [(pk, fold(text)) for pk, text in queryset.filter(message__regex=r"[^ -~]").values_list("pk", "message")]
    for word in words:
        found = [pk for pk, text in accented if word in text]
        queryset = queryset.filter(Q(message__icontains=word) | Q(pk__in=found))
    return queryset
