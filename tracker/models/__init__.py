"""The tables of the desk and of the shelf. Every module here is imported, or it gets no migration."""

from tracker.models.categories import Category, CategoryAlias
from tracker.models.change_sets import ChangeSet, Edit, PublicId
from tracker.models.claims import Claim
from tracker.models.contributions import Contribution
from tracker.models.counts import ListCount
from tracker.models.documents import Document
from tracker.models.entries import Entry, Stage, Valuation
from tracker.models.external_ids import ExternalId
from tracker.models.forums import Forum
from tracker.models.groups import Group, Membership
from tracker.models.imports import Import, ImportedFile, ImportLabel, ImportRow, ImportStep
from tracker.models.incidents import Incident, IncidentItem
from tracker.models.indicators import Indicator
from tracker.models.initiatives import Initiative, InitiativeAlias
from tracker.models.meetings import AgendaItem, Meeting, Participation
from tracker.models.officials import Official
from tracker.models.packages import Package
from tracker.models.parties import Beneficiary, Contributor, Party, PartyAlias
from tracker.models.platforms import Basis, Platform, PlatformAlias, PlatformPrice
from tracker.models.pledges import Item, Pledge, PledgeLink, Share
from tracker.models.publications import Facet, Listing, Publication
from tracker.models.rates import ExchangeRate, RatePolicy
from tracker.models.requirements import Requirement
from tracker.models.roll_ups import ROLL_UPS, RollUp, RollUpByCategory, RollUpByMonth

__all__ = [
    "ROLL_UPS", "AgendaItem", "Basis", "Beneficiary", "Category", "CategoryAlias", "ChangeSet", "Claim", "Contribution",
    "Contributor", "Document", "Edit", "Entry", "ExchangeRate", "ExternalId", "Facet", "Forum", "Group", "Import",
    "ImportLabel", "ImportRow", "ImportStep", "ImportedFile", "Incident", "IncidentItem", "Indicator", "Initiative",
    "InitiativeAlias", "Item", "ListCount", "Listing", "Meeting", "Membership", "Official", "Package", "Participation",
    "Party", "PartyAlias", "Platform", "PlatformAlias", "PlatformPrice", "Pledge", "PledgeLink", "PublicId",
    "Publication", "RatePolicy", "Requirement", "RollUp", "RollUpByCategory", "RollUpByMonth", "Share", "Stage",
    "Valuation",
]  # fmt: skip
