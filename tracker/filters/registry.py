"""The filters of each kind of record."""

from tracker.filters.categories import CategoryFilterSet
from tracker.filters.claims import ClaimFilterSet
from tracker.filters.documents import DocumentFilterSet
from tracker.filters.fields import ShelfFilterSet
from tracker.filters.forums import ForumFilterSet
from tracker.filters.groups import GroupFilterSet
from tracker.filters.incidents import IncidentFilterSet
from tracker.filters.initiatives import InitiativeFilterSet
from tracker.filters.meetings import MeetingFilterSet
from tracker.filters.officials import OfficialFilterSet
from tracker.filters.packages import PackageFilterSet
from tracker.filters.parties import PartyFilterSet
from tracker.filters.platforms import PlatformFilterSet
from tracker.filters.pledges import PledgeFilterSet
from tracker.filters.requirements import RequirementFilterSet

FILTERSETS: dict[str, type[ShelfFilterSet]] = {
    "party": PartyFilterSet,
    "group": GroupFilterSet,
    "category": CategoryFilterSet,
    "platform": PlatformFilterSet,
    "forum": ForumFilterSet,
    "document": DocumentFilterSet,
    "official": OfficialFilterSet,
    "incident": IncidentFilterSet,
    "initiative": InitiativeFilterSet,
    "package": PackageFilterSet,
    "meeting": MeetingFilterSet,
    "requirement": RequirementFilterSet,
    "pledge": PledgeFilterSet,
    "claim": ClaimFilterSet,
}
