"""Filters on groups, and by group: members at the date."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable
from typing import Any

from django.db.models import DateField, Q, QuerySet, Value
from django.db.models.functions import Cast, Coalesce

from tracker.filters.fields import FacetReferences, ReferencesFilter, ShelfFilterSet
from tracker.lib import canonical
from tracker.models import Publication

Span = tuple[dt.date, dt.date]


def members_by_span(groups: list[str], moment: dt.datetime) -> dict[Span, list[str]]:
    """Return the members of `groups` by first and last day, as published at `moment`."""
    spans: dict[Span, list[str]] = defaultdict(list)
    published = Publication.objects.standing(moment).filter(kind="group", public_id__in=groups)
    for text in published.order_by("public_id").values_list("document", flat=True):
        for membership in canonical.load(text)["memberships"]:
            last = membership["valid_to"]
            span = (
                dt.date.fromisoformat(membership["valid_from"]),
                dt.date.fromisoformat(last) if last else dt.date.max,
            )
            spans[span].append(membership["party"]["id"])
    return spans


def members_on(groups: list[str], day: dt.date, moment: dt.datetime) -> list[str]:
    """Return the parties that belonged to one of `groups` on `day`, as published at `moment`."""
    spans = members_by_span(groups, moment)
    return sorted({party for (first, last), parties in spans.items() if first <= day <= last for party in parties})


class GroupFilter(ReferencesFilter):
    """Parties that belonged to a group at the date of the row.

    The date is the first day that the row's date can mean, else the last; an undated row counts
    with the members of the day of the newest publishing that the answer shows.
    """

    def __init__(self, *, matching: Callable[[list[str]], Q], dated: bool = True, **kwargs: Any) -> None:
        self.matching = matching
        self.dated = dated
        super().__init__(kind="group", **kwargs)

    def filter(self, qs: QuerySet[Any], value: list[str]) -> QuerySet[Any]:
        if not value:
            return qs
        moment = self.parent.moment
        today = moment.date()
        if not self.dated:
            return qs.filter(self.matching(members_on(value, today, moment)))
        condition = Q()
        for (first, last), parties in members_by_span(value, moment).items():
            condition |= Q(counted_on__gte=first, counted_on__lte=last) & self.matching(parties)
        # PostgreSQL wants the type of a bare value told.
        day = Coalesce("earliest", "latest", Cast(Value(today.isoformat()), DateField()))
        return qs.alias(counted_on=day).filter(condition) if condition else qs.none()


class GroupFilterSet(ShelfFilterSet):
    """Filters on groups."""

    party = FacetReferences(field_name="party", kind="party", label="Member, now or once")
