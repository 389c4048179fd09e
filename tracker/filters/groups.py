"""Filters on groups, and by group: members at the date."""

import datetime as dt
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable
from typing import Any

from django.db.models import Case, CharField, DateField, Expression, Q, QuerySet, Value, When
from django.db.models.functions import Cast, Coalesce, Concat
from django.db.models.lookups import GreaterThanOrEqual
from django.utils.functional import cached_property

from tracker.filters.fields import DayFilter, FacetReferences, ReferencesFilter, ShelfFilterSet
from tracker.lib import canonical
from tracker.models import Publication

Period = tuple[dt.date, dt.date]


def members_by_span(groups: list[str], moment: dt.datetime) -> dict[Period, list[str]]:
    """Return the members of `groups` by first and last day, as published at `moment`."""
    spans: dict[Period, list[str]] = defaultdict(list)
    for _group, text in _published(groups, moment):
        for span, parties in _spans_of(text).items():
            spans[span] += parties
    return spans


def _published(groups: list[str], moment: dt.datetime) -> list[tuple[str, str]]:
    """Return the ids and the documents of `groups`, as published at `moment`."""
    published = Publication.objects.published(moment).filter(kind="group", public_id__in=groups)
    return list(published.order_by("public_id").values_list("public_id", "document"))


def _spans_of(text: str) -> dict[Period, list[str]]:
    """Return the members in the document of a group by first and last day."""
    spans: dict[Period, list[str]] = defaultdict(list)
    for membership in canonical.load(text)["memberships"]:
        last = membership["valid_to"]
        span = (dt.date.fromisoformat(membership["valid_from"]), dt.date.fromisoformat(last) if last else dt.date.max)
        spans[span].append(membership["party"]["id"])
    return spans


def members_on(groups: list[str], day: dt.date, moment: dt.datetime) -> list[str]:
    """Return the parties that belonged to one of `groups` on `day`, as published at `moment`."""
    spans = members_by_span(groups, moment)
    return sorted({party for (first, last), parties in spans.items() if first <= day <= last for party in parties})


class GroupMembers:
    """Who belonged to each of some groups when, as published at a moment.

    A contribution's date is the first day that it can mean, else the last; an undated one counts with
    the members of the day of the moment.
    """

    def __init__(self, groups: list[str], moment: dt.datetime) -> None:
        self.moment = moment
        self._named = sorted(groups)

    @cached_property
    def groups(self) -> list[str]:
        """The ids of the groups: those that were named, else all."""
        return self._named or _all_groups(self.moment)

    @cached_property
    def spans(self) -> dict[str, dict[Period, list[str]]]:
        """The members by first and last day, by group."""
        found: dict[str, dict[Period, list[str]]] = {group: {} for group in self.groups}
        for group, text in _published(self.groups, self.moment):
            found[group] = _spans_of(text)
        return found

    def condition(self, group: str) -> Q:
        """Return what the contributions of the members of a group fulfil."""
        condition = Q(pk__in=[])
        for (first, last), parties in self.spans[group].items():
            dated = Q(earliest__gte=first, earliest__lte=last) | Q(
                earliest__isnull=True, latest__gte=first, latest__lte=last
            )
            if first <= self.moment.date() <= last:
                dated |= Q(earliest__isnull=True, latest__isnull=True)
            condition |= dated & Q(contributor__in=parties)
        return condition

    @cached_property
    def changes(self) -> list[dt.date]:
        """The days from which a group has other members than before, in order."""
        spans = [span for group in self.groups for span in self.spans[group]]
        ends = [last + dt.timedelta(days=1) for _first, last in spans if last < dt.date.max]
        return sorted({*(first for first, _last in spans), *ends})

    def signature(self) -> Expression:
        """Return what says in which groups a contribution counts: its contributor, and after which change it falls.

        As `DEU|3`; looking for each contributor in each group takes a database several times as long.
        """
        # PostgreSQL wants the type of a bare value told.
        today = Cast(Value(self.moment.date().isoformat()), DateField())
        day = Coalesce("earliest", "latest", today)
        after = [
            When(GreaterThanOrEqual(day, Value(change)), then=Value(f"|{number}"))
            for number, change in reversed([*enumerate(self.changes, start=1)])
        ]
        return Concat("contributor", Case(*after, default=Value("|0")), output_field=CharField())

    def signature_of(self, party: str, day: dt.date | None) -> str:
        """Return the signature of what a party contributes on a day; None is the day of the moment."""
        return f"{party}|{bisect_right(self.changes, day or self.moment.date())}"

    def named_by(self, signature: str) -> list[str]:
        """Return the groups that a signature says."""
        party, _bar, number = signature.rpartition("|")
        return self.of(party, self.changes[int(number) - 1] if int(number) else dt.date.min)

    def of(self, party: str, day: dt.date | None) -> list[str]:
        """Return the groups that a party belongs to on a day; None is the day of the moment."""
        day = day or self.moment.date()
        return [
            group
            for group in self.groups
            if any(party in parties and first <= day <= last for (first, last), parties in self.spans[group].items())
        ]

    def overlaps(self, first: dt.date = dt.date.min, last: dt.date = dt.date.max) -> dict[str, set[str]]:
        """Return the parties that are in two of the groups at once between two days, with those groups."""
        stays = [
            (party, group, max(start, first), min(end, last))
            for group, spans in self.spans.items()
            for (start, end), parties in spans.items()
            for party in parties
            if start <= last and end >= first
        ]
        found: dict[str, set[str]] = defaultdict(set)
        for party, group, start, end in stays:
            for other_party, other, other_start, other_end in stays:
                if party == other_party and group != other and start <= other_end and other_start <= end:
                    found[party] |= {group, other}
        return found


def _all_groups(moment: dt.datetime) -> list[str]:
    published = Publication.objects.published(moment).filter(kind="group")
    return list(published.order_by("public_id").values_list("public_id", flat=True))


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
            day = self.parent.asked.get("on", today)
            return qs.filter(self.matching(members_on(value, day, moment)))
        condition = Q()
        for (first, last), parties in members_by_span(value, moment).items():
            condition |= Q(counted_on__gte=first, counted_on__lte=last) & self.matching(parties)
        # PostgreSQL wants the type of a bare value told.
        counted_on = Coalesce("earliest", "latest", Cast(Value(today.isoformat()), DateField()))
        return qs.alias(counted_on=counted_on).filter(condition) if condition else qs.none()


class MembershipDayFilter(DayFilter):
    """The day on which parties belonged to those of `group`, or to any group where none is named."""

    def __init__(self, *, matching: Callable[[list[str]], Q], **kwargs: Any) -> None:
        self.matching = matching
        super().__init__(**kwargs)

    def filter(self, qs: QuerySet[Any], value: dt.date | None) -> QuerySet[Any]:
        if value is None or self.parent.asked.get("group"):
            # The filter by group reads the day.
            return qs
        moment = self.parent.moment
        return qs.filter(self.matching(members_on(_all_groups(moment), value, moment)))


class GroupFilterSet(ShelfFilterSet):
    """Filters on groups."""

    party = FacetReferences(field_name="party", kind="party", label="Member, now or once")
