"""The tables of the desk and of the shelf. Every module here is imported, or it gets no migration."""

from tracker.models.desk.categories import Category, CategoryAlias
from tracker.models.desk.claims import Claim
from tracker.models.desk.conditions import Condition
from tracker.models.desk.documents import Document
from tracker.models.desk.entries import Entry, Stage, Valuation
from tracker.models.desk.findings import Finding
from tracker.models.desk.forums import Forum
from tracker.models.desk.groups import Group, Membership
from tracker.models.desk.incidents import Incident, IncidentItem
from tracker.models.desk.indicators import Indicator
from tracker.models.desk.initiatives import Initiative, InitiativeAlias, InitiativeTarget
from tracker.models.desk.items import Item
from tracker.models.desk.meetings import AgendaItem, Meeting, Participation
from tracker.models.desk.officials import Official
from tracker.models.desk.packages import Package
from tracker.models.desk.parties import Beneficiary, Contributor, Party, PartyAlias
from tracker.models.desk.platforms import Basis, Platform, PlatformAlias, PlatformPrice
from tracker.models.desk.pledges import Pledge, PledgeLink, Share
from tracker.models.desk.rates import ExchangeRate, RatePolicy
from tracker.models.desk.requirements import Requirement
from tracker.models.desk.search_texts import SearchText
from tracker.models.desk.texts import Text
from tracker.models.imports.external_ids import ExternalId
from tracker.models.imports.imports import Import, ImportedFile, ImportLabel, ImportRow, ImportStep, KeptPlan
from tracker.models.imports.jobs import Job
from tracker.models.imports.reconciliation import ReconciliationLine
from tracker.models.imports.twins import ImportTwin
from tracker.models.review.account_events import AccountEvent
from tracker.models.review.answer_links import AnswerLink
from tracker.models.review.attempts import Attempt
from tracker.models.review.change_sets import ChangeSet, Edit, PublicId
from tracker.models.review.comments import Comment
from tracker.models.review.error_reports import ErrorReport
from tracker.models.review.lists import ListColumns, SavedFilter
from tracker.models.review.notices import Notice
from tracker.models.review.seen import Seen
from tracker.models.review.twins import KeptApart
from tracker.models.shelf.chain import ChainLink
from tracker.models.shelf.contributions import Contribution
from tracker.models.shelf.publications import Facet, Listing, Publication

__all__ = [
    "AccountEvent", "AgendaItem", "AnswerLink", "Attempt", "Basis", "Beneficiary", "Category", "CategoryAlias",
    "ChainLink", "ChangeSet", "Claim", "Comment", "Condition", "Contribution", "Contributor", "Document", "Edit",
    "Entry", "ErrorReport", "ExchangeRate", "ExternalId", "Facet", "Finding", "Forum", "Group", "Import",
    "ImportLabel", "ImportRow", "ImportStep", "ImportTwin", "ImportedFile", "Incident", "IncidentItem", "Indicator",
    "Initiative", "InitiativeAlias", "InitiativeTarget", "Item", "Job", "KeptApart", "KeptPlan", "ListColumns",
    "Listing", "Meeting", "Membership", "Notice", "Official", "Package", "Participation", "Party", "PartyAlias",
    "Platform", "PlatformAlias", "PlatformPrice", "Pledge", "PledgeLink", "PublicId", "Publication", "RatePolicy",
    "ReconciliationLine", "Requirement", "SavedFilter", "SearchText", "Seen", "Share", "Stage", "Text", "Valuation",
]  # fmt: skip
