"""Filters on parties, contributors and beneficiaries."""

from django.db.models import Q

from tracker.filters.fields import FacetChoices, ShelfFilterSet
from tracker.filters.groups import GroupFilter, MembershipDayFilter
from tracker.models import Party


class PartyFilterSet(ShelfFilterSet):
    """Filters on parties."""

    kind = FacetChoices(field_name="kind", allowed=Party.Kind.values, label="Kind of party")
    group = GroupFilter(
        matching=lambda parties: Q(public_id__in=parties),
        dated=False,
        label="Member of a group on the as-of day, or `on` a day",
    )
    on = MembershipDayFilter(
        matching=lambda parties: Q(public_id__in=parties),
        label="The day on which parties belonged to the group, or to any where none is named; no day is the as-of day",
    )
