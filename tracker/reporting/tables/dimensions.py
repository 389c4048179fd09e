"""The dimensions of tables: by what the rows of the ledger are grouped, and how their members are named."""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, CharField, Expression, F, Max, Min, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce, NullIf
from django.db.models.lookups import Exact, In
from django.utils.translation import gettext as _

from tracker.filters.groups import GroupMembers
from tracker.lib.text import fold
from tracker.models import Item
from tracker.reporting.shelf import published
from tracker.reporting.tables.dimension_labels import ANNOUNCED_YEAR, GROUP, LEVELS, MEMBER_LABELS, PURL, TIMES
from tracker.reporting.tables.members import Member

KINDS = {
    "contributor": "party", "beneficiary": "party", "supplier": "party", "stock_owner": "party",
    "manufacturer": "party", "host": "party", "initiative": "initiative", "package": "package",
    "meeting": "meeting", "category": "category", "platform": "platform",
}  # fmt: skip
"""The dimensions whose members are records, and the kind of each."""

_BOUGHT = (Item.Modality.PROCUREMENT, Item.Modality.FINANCED_PURCHASE)


@dataclass(frozen=True)
class Dimension:
    """A dimension whose members stand in a column of the ledger as they are."""

    name: str

    @property
    def column(self) -> str:
        """The column, or the annotation, that SQL groups by."""
        return self.name

    def annotations(self) -> dict[str, Expression]:
        """Return what has to be annotated before grouping."""
        return {}

    def members_of(self, raw: Any) -> tuple[str | None, ...]:
        """Return the members that a value of the column belongs to: one, but for groups that overlap."""
        return (None if raw in (None, "") else str(raw),)

    def condition(self, member: str | None) -> Q:
        """Return what the rows of a member fulfil."""
        return Q(**{self.column: member or ""})

    def named(self, ids: Iterable[str | None], moment: dt.datetime) -> list[Member]:
        """Return the members in order: records by name, stages as they follow, time as it passes; none last."""
        present = set(ids)
        members = self._named({member for member in present if member is not None}, moment)
        return [*members, Member(None, self.name_of_none())] if None in present else members

    def _named(self, known: set[str], moment: dt.datetime) -> list[Member]:
        if self.name in MEMBER_LABELS:
            labels = MEMBER_LABELS[self.name]
            return [Member(member, str(labels[member])) for member in labels if member in known]
        if self.name not in KINDS:
            return [Member(member, member) for member in sorted(known)]
        return _by_name(KINDS[self.name], known, moment)

    def name_of_none(self) -> str:
        """Return what to call the rows that name no member."""
        return _("unspecified")


@dataclass(frozen=True)
class Period(Dimension):
    """Time, in months or coarser; years take in rows, too, of which only the year is known."""

    @property
    def column(self) -> str:
        return "year" if self.name == "year" else "month"

    def members_of(self, raw: Any) -> tuple[str | None, ...]:
        if raw in (None, ""):
            return (None,)
        if self.name in ("year", "month"):
            return (str(raw),)
        year, month = raw.split("-")
        if self.name == "quarter":
            return (f"{year}-Q{(int(month) + 2) // 3}",)
        return (f"{year}-H{1 if int(month) <= 6 else 2}",)

    def condition(self, member: str | None) -> Q:
        if member is None:
            return Q(year__isnull=True) if self.name == "year" else Q(month="")
        if self.name == "year":
            return Q(year=member) if member.isdigit() and len(member) == 4 else Q(pk__in=[])
        first, last = self._months(member)
        return Q(month__gte=first, month__lte=last)

    def until(self, member: str) -> Q:
        """Return what the rows of a member, and of all before it, fulfil."""
        if self.name == "year":
            return Q(year__lte=member) if member.isdigit() and len(member) == 4 else Q(pk__in=[])
        return Q(month__gt="", month__lte=self._months(member)[1])

    def _months(self, member: str) -> tuple[str, str]:
        """Return the first and the last month of a member."""
        year, _dash, part = member.partition("-")
        if part[:1] not in ("Q", "H") or not part[1:].isdigit():
            return member, member
        length = 3 if part[0] == "Q" else 6
        last = int(part[1:]) * length
        return f"{year}-{last - length + 1:02}", f"{year}-{last:02}"

    def name_of_none(self) -> str:
        return _("undated")


@dataclass(frozen=True)
class AnnouncedYear(Dimension):
    """The year of the announcement, or of the order, of what a row is a later step of. Nothing runs along it."""

    def condition(self, member: str | None) -> Q:
        if member is None:
            return Q(announced_year__isnull=True)
        return Q(announced_year=member) if member.isdecimal() and len(member) == 4 else Q(pk__in=[])

    def name_of_none(self) -> str:
        return _("undated")


@dataclass(frozen=True)
class CategoryLevel(Dimension):
    """Categories at one level of the tree; what is filed higher up stands under its own."""

    @property
    def column(self) -> str:
        return "category_path"

    @property
    def depth(self) -> int:
        """How many categories a path has at this level."""
        return int(self.name[-1])

    def members_of(self, raw: Any) -> tuple[str | None, ...]:
        path = raw.strip("/").split("/")[: self.depth] if raw else []
        return (path[-1] if path else None,)

    def condition(self, member: str | None) -> Q:
        if member is None:
            return Q(category_path="")
        at_level = Q(category_path__regex=rf"^/([^/]+/){{{self.depth - 1}}}{re.escape(member)}/")
        filed_higher = Q(category=member) & ~Q(category_path__regex=rf"^/([^/]+/){{{self.depth}}}")
        return at_level | filed_higher

    def _named(self, known: set[str], moment: dt.datetime) -> list[Member]:
        return _by_name("category", known, moment)


@dataclass(frozen=True)
class Grouped(Dimension):
    """Groups, with their members at the date of each contribution, and the rest of the world."""

    members: GroupMembers

    @property
    def column(self) -> str:
        return "in_groups"

    def annotations(self) -> dict[str, Expression]:
        return {self.column: self.members.signature()}

    def members_of(self, raw: Any) -> tuple[str | None, ...]:
        return tuple(self.members.named_by(raw)) or (None,)

    def condition(self, member: str | None) -> Q:
        if member is not None:
            return self.members.condition(member) if member in self.members.groups else Q(pk__in=[])
        nowhere = Q()
        for group in self.members.groups:
            nowhere &= ~self.members.condition(group)
        return nowhere

    def _named(self, known: set[str], moment: dt.datetime) -> list[Member]:
        return _by_name("group", known, moment)

    def name_of_none(self) -> str:
        return _("rest of the world")


@dataclass(frozen=True)
class Source(Dimension):
    """Where equipment came from: through PURL where its pledge says so, else by the modality of the item.

    Where an amount is for several items, theirs counts if it is the same, as of `moment`.
    """

    moment: dt.datetime

    def annotations(self) -> dict[str, Expression]:
        return {self.column: self._source()}

    def condition(self, member: str | None) -> Q:
        return Q(Exact(self._source(), Value(member or "")))

    def _source(self) -> Case:
        items = published.contributions(self.moment).filter(
            pledge=OuterRef("pledge"), stage=OuterRef("stage"), item__isnull=False
        )
        ends = items.order_by().values("pledge").annotate(first=Min("modality"), last=Max("modality"))
        alike = Subquery(ends.filter(first=F("last")).values("first"))
        modality = Coalesce(NullIf("modality", Value("")), alike, Value(""))
        return Case(
            When(initiative=PURL, then=Value(PURL)),
            When(Exact(modality, Value(Item.Modality.STOCK_TRANSFER)), then=Value("stock")),
            When(In(modality, _BOUGHT), then=Value("procurement")),
            default=Value(""), output_field=CharField(),
        )  # fmt: skip


def _by_name(kind: str, known: set[str], moment: dt.datetime) -> list[Member]:
    """Return members by name, and by id where names tie."""
    names = published.names(kind, known, moment)
    members = [Member(member, names.get(member, member)) for member in known]
    return sorted(members, key=lambda member: (fold(member.name), str(member.id)))


def dimension(name: str, groups: list[str], moment: dt.datetime) -> Dimension:
    """Return the dimension of a name; `groups` are those of the dimension `group`, all where none are named."""
    if name in TIMES:
        return Period(name)
    if name == ANNOUNCED_YEAR:
        return AnnouncedYear(name)
    if name in LEVELS:
        return CategoryLevel(name)
    if name == "source":
        return Source(name, moment)
    if name == GROUP:
        return Grouped(name, GroupMembers(groups, moment))
    return Dimension(name)
