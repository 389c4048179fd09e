"""Addresses of the public side of REST, under /api/v1/."""

from django.urls import path
from rest_framework.routers import SimpleRouter

from tracker.api.categories import CategoryViewSet
from tracker.api.change_sets import PublishedChangeSetViewSet
from tracker.api.claims import ClaimViewSet
from tracker.api.columns import ColumnsView
from tracker.api.contribution_tables import CellView, ContributionTableView
from tracker.api.contributions import ContributionViewSet
from tracker.api.documents import DocumentViewSet
from tracker.api.forums import ForumViewSet
from tracker.api.groups import GroupViewSet
from tracker.api.incidents import IncidentViewSet
from tracker.api.initiatives import InitiativeViewSet
from tracker.api.meetings import MeetingViewSet
from tracker.api.named_tables import VIEWS
from tracker.api.officials import OfficialViewSet
from tracker.api.packages import PackageViewSet
from tracker.api.parties import BeneficiaryViewSet, ContributorViewSet, PartyViewSet
from tracker.api.platforms import PlatformViewSet
from tracker.api.pledges import PledgeViewSet
from tracker.api.requirements import RequirementViewSet
from tracker.api.tables import IndexView, TableIndexView

router = SimpleRouter()
for plural, viewset in (
    ("parties", PartyViewSet),
    ("contributors", ContributorViewSet),
    ("beneficiaries", BeneficiaryViewSet),
    ("groups", GroupViewSet),
    ("categories", CategoryViewSet),
    ("platforms", PlatformViewSet),
    ("initiatives", InitiativeViewSet),
    ("packages", PackageViewSet),
    ("forums", ForumViewSet),
    ("meetings", MeetingViewSet),
    ("officials", OfficialViewSet),
    ("incidents", IncidentViewSet),
    ("requirements", RequirementViewSet),
    ("pledges", PledgeViewSet),
    ("documents", DocumentViewSet),
    ("claims", ClaimViewSet),
    ("contributions", ContributionViewSet),
    ("change-sets", PublishedChangeSetViewSet),
):
    router.register(plural, viewset, basename=plural)

urlpatterns = [
    path("", IndexView.as_view(lists=tuple(prefix for prefix, _view, _name in router.registry)), name="index"),
    *router.urls,
    path("columns/", ColumnsView.as_view(lists={name: view for name, view, _base in router.registry}), name="columns"),
    path("tables/", TableIndexView.as_view(), name="tables"),
    path("tables/contributions/", ContributionTableView.as_view(), name="table-contributions"),
    path("tables/contributions/cells/", CellView.as_view(), name="table-contributions-cells"),
    *(path(address, view.as_view(), name=name) for name, (address, view) in VIEWS.items()),
]
