"""The kinds of records, and what can be asked of each."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db.models import QuerySet

from tracker.models.base import Record
from tracker.records.engine import desk_documents as reading
from tracker.records.engine.base import RecordSerializer, Step, choice_paths, reference_paths
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


@dataclass(frozen=True)
class Kind:
    """One kind of record: its word, its plural in addresses, and its serializer."""

    name: str
    plural: str
    serializer: type[RecordSerializer]

    @property
    def model(self) -> type[Record]:
        return self.serializer.Meta.model

    def queryset(self) -> QuerySet[Any]:
        """Return the desk's records by public id."""
        return self.model._default_manager.order_by("public_id")

    def documents(self, public_ids: Iterable[str]) -> list[dict[str, Any]]:
        """Return the documents of the desk's records with one of `public_ids`, by public id."""
        return reading.read(self.serializer, public_ids)

    @property
    def references(self) -> list[tuple[Step, str]]:
        """Where documents of this kind refer to other records."""
        return _references(self.serializer)

    @property
    def choices(self) -> list[Step]:
        """Where documents of this kind hold a choice."""
        return _choices(self.serializer)


@cache
def _references(serializer: type[RecordSerializer]) -> list[tuple[Step, str]]:
    return reference_paths(serializer())


@cache
def _choices(serializer: type[RecordSerializer]) -> list[Step]:
    return choice_paths(serializer())


# In an order in which each kind mostly refers to those before it.
KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind("party", "parties", PartySerializer),
        Kind("group", "groups", GroupSerializer),
        Kind("category", "categories", CategorySerializer),
        Kind("platform", "platforms", PlatformSerializer),
        Kind("forum", "forums", ForumSerializer),
        Kind("document", "documents", DocumentSerializer),
        Kind("official", "officials", OfficialSerializer),
        Kind("incident", "incidents", IncidentSerializer),
        Kind("initiative", "initiatives", InitiativeSerializer),
        Kind("package", "packages", PackageSerializer),
        Kind("meeting", "meetings", MeetingSerializer),
        Kind("requirement", "requirements", RequirementSerializer),
        Kind("pledge", "pledges", PledgeSerializer),
    )
}


def document_of(record: Record) -> dict[str, Any]:
    """Return the document of one record of the desk, as publishing would write it now."""
    return KINDS[record.kind].documents([record.public_id])[0]
