"""Addresses of the public side of REST, under /api/v1/."""

from django.urls import path
from rest_framework.routers import SimpleRouter

from tracker.api.desk.change_sets import PublishedChangeSetViewSet
from tracker.api.public.categories import CategoryViewSet
from tracker.api.public.claims import ClaimViewSet
from tracker.api.public.contributions import ContributionViewSet
from tracker.api.public.dictionary import ColumnsView
from tracker.api.public.documents import DocumentViewSet
from tracker.api.public.forums import ForumViewSet
from tracker.api.public.groups import GroupViewSet
from tracker.api.public.incidents import IncidentViewSet
from tracker.api.public.index import IndexView, TableIndexView
from tracker.api.public.initiatives import InitiativeViewSet
from tracker.api.public.meetings import MeetingViewSet
from tracker.api.public.officials import OfficialViewSet
from tracker.api.public.packages import PackageViewSet
from tracker.api.public.parties import BeneficiaryViewSet, ContributorViewSet, PartyViewSet
from tracker.api.public.platforms import PlatformViewSet
from tracker.api.public.pledges import PledgeViewSet
from tracker.api.public.requirements import RequirementViewSet
from tracker.api.tables.contributions import CellView, ContributionTableView
from tracker.api.tables.named import VIEWS

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
