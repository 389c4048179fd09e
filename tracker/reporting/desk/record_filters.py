"""What lists of records are filtered by, declared once for the pages of the admin and for programs.

Amounts are asked for as `tracker.reporting.desk.amounts` reads them, and datasets, whose titles the profiles have, are
declared with these.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from tracker.models import (
    Category,
    Claim,
    Document,
    Edit,
    Entry,
    Finding,
    Forum,
    Incident,
    Initiative,
    Item,
    Meeting,
    Membership,
    Official,
    Package,
    Party,
    Platform,
    Pledge,
    Requirement,
    Share,
)
from tracker.models.base import Record
from tracker.records.quality.rules import RULES

Choices = list[tuple[str, Any]]
ANY, NONE, ME = "any", "none", "me"
_SEVERITIES = {severity.name.lower(): severity for severity in Finding.Severity}


@dataclass(frozen=True)
class ValueFilter:
    """A filter that takes one of a few values; of a field, or worked out."""

    name: str
    label: Any
    describes: str
    """For programs, in English."""
    choices: Callable[[str], Choices]
    """The values that are offered, and what each is called, for a kind of record."""
    keep: Callable[[QuerySet[Any], str, str], QuerySet[Any]]
    """Narrows records to those of a value, asked for by the person of a user name."""
    takes_any: bool = False
    """Whether values that are not offered are taken, too, as they were, or will be."""
    path: str = ""
    """The look-up from the listed model to the field that has the value, where one has."""

    @property
    def kept_as(self) -> str:
        """The parameter of the admin's address."""
        return f"{self.path}__exact" if self.path else self.name


@dataclass(frozen=True)
class ReferenceFilter:
    """A filter by another record that the records of a list name: by key in the admin, by public id by program."""

    name: str
    label: Any
    describes: str
    path: str
    """The look-up from the listed model to the record."""
    model: type[Record]
    keep: Callable[[QuerySet[Any], int], QuerySet[Any]]
    """Narrows records to those that name the one of a key."""

    @property
    def kept_as(self) -> str:
        """The parameter of the admin's address."""
        return f"{self.path}__id__exact"


def branch(pk: int) -> set[int]:
    """Return the keys of a category and of all within it."""
    within: dict[int | None, list[int]] = {}
    for key, parent in Category.objects.order_by().values_list("pk", "parent"):
        within.setdefault(parent, []).append(key)
    found, left = {pk}, [pk]
    while left:
        below = [key for key in within.get(left.pop(), []) if key not in found]
        found.update(below)
        left += below
    return found


def _of_items_in_branch(queryset: QuerySet[Any], pk: int) -> QuerySet[Any]:
    """Keep the pledges of which an item, or its platform, is in the branch of a category."""
    categories = branch(pk)
    items = Item.objects.order_by().filter(Q(category__in=categories) | Q(platform__category__in=categories))
    return queryset.filter(pk__in=items.values("pledge"))


def _in_branch(queryset: QuerySet[Any], pk: int) -> QuerySet[Any]:
    return queryset.filter(category__in=branch(pk))


def _of_platform(queryset: QuerySet[Any], pk: int) -> QuerySet[Any]:
    return queryset.filter(pk__in=Item.objects.order_by().filter(platform=pk).values("pledge"))


def _by_support(queryset: QuerySet[Any], value: str, _username: str) -> QuerySet[Any]:
    claims = Claim.objects.order_by().filter(record_kind=queryset.model.kind, record_id=OuterRef("public_id"))
    return queryset.filter(~Exists(claims) if value == NONE else Exists(claims.filter(support=value)))


def _by_finding(queryset: QuerySet[Any], value: str, _username: str) -> QuerySet[Any]:
    found = Finding.objects.standing().order_by().filter(record_kind=queryset.model.kind)
    if value == NONE:
        return queryset.exclude(public_id__in=found.values("record_id"))
    if value in RULES:
        found = found.filter(rule=value)
    elif value in _SEVERITIES:
        found = found.filter(severity=_SEVERITIES[value])
    return queryset.filter(public_id__in=found.values("record_id"))


def _findings(_kind: str) -> Choices:
    severities = [(name, level.label) for name, level in _SEVERITIES.items()]
    rules = [(rule.id, rule.sentence) for rule in RULES.values()]
    return [(ANY, _("any")), *severities, (NONE, _("none")), *rules]


def _by_holder(queryset: QuerySet[Any], value: str, username: str) -> QuerySet[Any]:
    edits = Edit.objects.order_by().filter(
        kind=queryset.model.kind, released_at__isnull=True,
        change_set__author__username=username if value == ME else value,
    )  # fmt: skip
    return queryset.filter(public_id__in=edits.values("public_id"))


def _holders(kind: str) -> Choices:
    held = Edit.objects.order_by().filter(kind=kind, released_at__isnull=True)
    names = sorted(held.values_list("change_set__author__username", flat=True).distinct())
    return [(ME, _("me")), *((name, name) for name in names)]


SUPPORT = ValueFilter(
    "support", _("source"), "By what stands behind a claim of the record; `none`: it has no source.",
    lambda _kind: [(NONE, _("no source")), *Claim.Support.choices], _by_support,
)  # fmt: skip
FINDING = ValueFilter(
    "finding", _("finding"),
    "By what the rules of quality find, waived findings left out: `any`, `none`, those of a severity, or those "
    "of a rule.",
    _findings, _by_finding,
)  # fmt: skip
HELD_BY = ValueFilter(
    "held_by", _("held by"), "By the user name of the person whose open change set holds the record; `me`: oneself.",
    _holders, _by_holder, takes_any=True,
)  # fmt: skip
OF_ALL = (SUPPORT, FINDING, HELD_BY)
"""What records of every kind are filtered by."""


def _by_path(path: str) -> Callable[[QuerySet[Any], Any], QuerySet[Any]]:
    """Return what keeps the records that have a value at a look-up, each once."""

    def keep(queryset: QuerySet[Any], value: Any) -> QuerySet[Any]:
        if "__" not in path:
            return queryset.filter(**{path: value})
        return queryset.filter(pk__in=queryset.model._default_manager.order_by().filter(**{path: value}).values("pk"))

    return keep


def _choice(model: Any, path: str) -> ValueFilter:
    """Return the filter by a choice that a field of the listed model has, or one of its parts."""
    name, keep = path.rpartition("__")[2], _by_path(path)
    field = model._meta.get_field(name)
    return ValueFilter(
        name, field.verbose_name, f"By {name.replace('_', ' ')}.", lambda _kind: list(field.flatchoices),
        lambda queryset, value, _username: keep(queryset, value), path=path,
    )  # fmt: skip


def _other(model: Any, path: str, keep: Callable[[QuerySet[Any], int], QuerySet[Any]] | None = None) -> ReferenceFilter:
    """Return the filter by a record that the listed model names in a field, or one of its parts."""
    name = path.rpartition("__")[2]
    field = model._meta.get_field(name)
    words = f"By {name.replace('_', ' ')}, by public id."
    return ReferenceFilter(name, field.verbose_name, words, path, field.related_model, keep or _by_path(path))


def _category(path: str, keep: Callable[[QuerySet[Any], int], QuerySet[Any]]) -> ReferenceFilter:
    words = "By category, with its branches, by public id; of pledges that of an item or of its platform."
    return ReferenceFilter("category", _("category, with its branches"), words, path, Category, keep)


CHOICES: dict[str, tuple[ValueFilter, ...]] = {
    "pledge": (_choice(Pledge, "nature"), _choice(Pledge, "aid_type"), _choice(Entry, "entries__stage")),
    "requirement": (_choice(Requirement, "priority"),),
    "party": (_choice(Party, "party_kind"),),
    "document": (_choice(Document, "document_kind"), _choice(Document, "tier")),
    "initiative": (_choice(Initiative, "initiative_kind"), _choice(Initiative, "status")),
    "incident": (_choice(Incident, "incident_kind"), _choice(Incident, "intent")),
}
"""By which choices of their fields the lists of a kind are filtered."""
REFERENCES: dict[str, tuple[ReferenceFilter, ...]] = {
    "pledge": (
        _other(Share, "shares__contributor"), _other(Pledge, "beneficiary"), _other(Pledge, "initiative"),
        _category("items__category", _of_items_in_branch), _other(Item, "items__platform", _of_platform),
    ),
    "requirement": (
        _other(Requirement, "beneficiary"), _other(Requirement, "platform"), _category("category", _in_branch),
    ),
    "platform": (_category("category", _in_branch), _other(Platform, "manufacturer")),
    "category": (_other(Category, "parent"),),
    "forum": (_other(Forum, "convened_by"),),
    "meeting": (_other(Meeting, "forum"),),
    "package": (_other(Package, "initiative"),),
    "incident": (_other(Incident, "place"),),
    "official": (_other(Official, "party"),),
}  # fmt: skip
"""By which other records the lists of a kind are filtered."""
GROUPS = {"pledge": "shares__contributor", "party": "pk", "official": "party"}
"""Which kinds are filtered by groups, and the look-up from the record to the party that is a member."""
DAYS = {
    "pledge": "announced_earliest", "requirement": "stated_earliest", "document": "published_earliest",
    "initiative": "started_earliest", "package": "announced_earliest", "meeting": "date_earliest",
    "incident": "date_earliest", "official": "held_from_earliest",
}  # fmt: skip
"""Which kinds are filtered by days, and the field with the first day that their date can mean."""


def of_group(queryset: QuerySet[Any], public_id: str, *, on: dt.date) -> QuerySet[Any]:
    """Narrow records to those of a member of a group on a day."""
    members = Membership.objects.on(on).filter(group__public_id=public_id).values("party")
    path = GROUPS[queryset.model.kind]
    if path == "pk":
        return queryset.filter(pk__in=members)
    # In a subquery, so that a record with two members of the group is listed once.
    return queryset.filter(pk__in=queryset.model._default_manager.filter(**{f"{path}__in": members}).values("pk"))


def reference_filter(kind: str, path: str) -> ReferenceFilter:
    """Return the filter of a kind by the record that a look-up leads to."""
    return next(one for one in REFERENCES[kind] if one.path == path)
