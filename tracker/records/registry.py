"""The kinds of records: what each is, declared once, and what can be asked of it.

Addresses of REST, the menu of the admin, the OpenAPI document, exports, pages and the fixtures of the demo follow from
these declarations. The filters of a kind stand in `filters.registry`, a layer above.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from graphlib import TopologicalSorter
from typing import Any

from django.db.models import QuerySet, TextChoices
from django.utils.translation import gettext_lazy as _

from tracker.models import Beneficiary, Contributor
from tracker.models.base import Record
from tracker.records.engine import desk_documents
from tracker.records.engine.base import RecordSerializer
from tracker.records.engine.document_field import KeyPath
from tracker.records.engine.paths import choice_paths, part_identities, reference_paths
from tracker.records.kinds.categories import CategorySerializer
from tracker.records.kinds.documents import DocumentSerializer
from tracker.records.kinds.forums import ForumSerializer
from tracker.records.kinds.groups import GroupSerializer
from tracker.records.kinds.incidents import IncidentSerializer
from tracker.records.kinds.initiatives import InitiativeSerializer
from tracker.records.kinds.meetings import MeetingSerializer
from tracker.records.kinds.officials import OfficialSerializer
from tracker.records.kinds.packages import PackageSerializer
from tracker.records.kinds.parties import PartySerializer
from tracker.records.kinds.platforms import PlatformSerializer
from tracker.records.kinds.pledges import PledgeSerializer
from tracker.records.kinds.requirements import RequirementSerializer


class MenuSection(TextChoices):
    """Where the menu of the admin has a kind."""

    PLEDGES = "pledges", _("Pledges")
    WHO = "who", _("Who")
    WHAT = "what", _("What")
    AGREED = "agreed", _("Where it is agreed")
    EVIDENCE = "evidence", _("Evidence")


@dataclass(frozen=True)
class Role:
    """Some of the records of a kind by the role that others give them, with a list and an address of their own."""

    plural: str
    model: type[Record]
    icon: str


@dataclass(frozen=True)
class Kind:
    """One kind of record.

    `plural` stands in addresses and names its sheet, its columns and its fixture. `icon` is one of Material Symbols.
    """

    plural: str
    serializer: type[RecordSerializer]
    section: MenuSection
    icon: str
    roles: tuple[Role, ...] = ()

    @property
    def published(self) -> type[RecordSerializer]:
        """The serializer of what is published, without the fields that are the desk's alone."""
        return _published(self.serializer)

    @property
    def model(self) -> type[Record]:
        return self.serializer.Meta.model

    @property
    def name(self) -> str:
        """The word for it in publications and claims."""
        return self.model.kind

    @property
    def addresses(self) -> tuple[str, ...]:
        """The last parts of the addresses of its lists."""
        return (self.plural, *(role.plural for role in self.roles))

    def queryset(self) -> QuerySet[Any]:
        """Return the desk's records by public id."""
        return self.model._default_manager.order_by("public_id")

    def documents(self, public_ids: Iterable[str]) -> list[dict[str, Any]]:
        """Return the documents of the desk's records with one of `public_ids`, by public id, as they are published."""
        return desk_documents.read(self.published, public_ids)

    def desk_documents(self, public_ids: Iterable[str]) -> list[dict[str, Any]]:
        """Return the same documents with the fields that are the desk's alone; they never go to the shelf."""
        return desk_documents.read(self.serializer, public_ids)

    @property
    def references(self) -> list[tuple[KeyPath, str]]:
        """Where documents of this kind refer to other records."""
        return _references(self.published)

    @property
    def choices(self) -> list[KeyPath]:
        """Where documents of this kind hold a choice."""
        return _choices(self.published)

    @property
    def identities(self) -> dict[str, tuple[str, ...]]:
        """What tells the rows of each list in documents of this kind apart, by the name of the list."""
        return _identities(self.published)


@cache
def _published(serializer: type[RecordSerializer]) -> type[RecordSerializer]:
    return serializer.published_form()


@cache
def _identities(serializer: type[RecordSerializer]) -> dict[str, tuple[str, ...]]:
    return part_identities(serializer())


@cache
def _references(serializer: type[RecordSerializer]) -> list[tuple[KeyPath, str]]:
    return reference_paths(serializer())


@cache
def _choices(serializer: type[RecordSerializer]) -> list[KeyPath]:
    return choice_paths(serializer())


# In the order in which the index and the menu show them.
KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind(
            "parties", PartySerializer, MenuSection.WHO, "flag",
            roles=(
                Role("contributors", Contributor, "volunteer_activism"), Role("beneficiaries", Beneficiary, "redeem"),
            ),
        ),
        Kind("groups", GroupSerializer, MenuSection.WHO, "groups"),
        Kind("categories", CategorySerializer, MenuSection.WHAT, "account_tree"),
        Kind("platforms", PlatformSerializer, MenuSection.WHAT, "rocket"),
        Kind("initiatives", InitiativeSerializer, MenuSection.AGREED, "hub"),
        Kind("packages", PackageSerializer, MenuSection.AGREED, "package_2"),
        Kind("forums", ForumSerializer, MenuSection.AGREED, "forum"),
        Kind("meetings", MeetingSerializer, MenuSection.AGREED, "event"),
        Kind("officials", OfficialSerializer, MenuSection.WHO, "person"),
        Kind("incidents", IncidentSerializer, MenuSection.AGREED, "warning"),
        Kind("requirements", RequirementSerializer, MenuSection.WHAT, "checklist"),
        Kind("pledges", PledgeSerializer, MenuSection.PLEDGES, "handshake"),
        Kind("documents", DocumentSerializer, MenuSection.EVIDENCE, "description"),
    )
}  # fmt: skip


@cache
def in_order_of_reference() -> tuple[Kind, ...]:
    """Return the kinds so that each refers only to those before it, and to others of its own."""
    targets = {name: [target for _path, target in kind.references] for name, kind in KINDS.items()}
    others = {name: [target for target in found if target != name] for name, found in targets.items()}
    return tuple(KINDS[name] for name in TopologicalSorter(others).static_order())


def document_of(record: Record) -> dict[str, Any]:
    """Return the document of one record of the desk, as publishing would write it now."""
    return KINDS[record.kind].documents([record.public_id])[0]
