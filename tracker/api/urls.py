"""Addresses of the public side of REST, under /api/v1/."""

from django.urls import path
from rest_framework.routers import SimpleRouter

from tracker.api.public.change_sets import PublishedChangeSetViewSet
from tracker.api.public.claims import ClaimViewSet
from tracker.api.public.contributions import ContributionViewSet
from tracker.api.public.dictionary import ColumnsView
from tracker.api.public.index import IndexView, TableIndexView
from tracker.api.public.kinds import viewsets
from tracker.api.public.published import ShelfListViewSet
from tracker.api.tables.changes import TableChangesView
from tracker.api.tables.contributions import CellView, ContributionTableView
from tracker.api.tables.named import VIEWS

LISTS: dict[str, type[ShelfListViewSet]] = {
    **dict(viewsets()), "claims": ClaimViewSet, "contributions": ContributionViewSet,
    "change-sets": PublishedChangeSetViewSet,
}  # fmt: skip

router = SimpleRouter()
for plural, viewset in LISTS.items():
    router.register(plural, viewset, basename=plural)

urlpatterns = [
    path("", IndexView.as_view(lists=tuple(LISTS)), name="index"),
    *router.urls,
    path("columns/", ColumnsView.as_view(lists=LISTS), name="columns"),
    path("tables/", TableIndexView.as_view(), name="tables"),
    path("tables/contributions/", ContributionTableView.as_view(), name="table-contributions"),
    path("tables/contributions/cells/", CellView.as_view(), name="table-contributions-cells"),
    path("tables/contributions/changes/", TableChangesView.as_view(), name="table-contributions-changes"),
    *(path(address, view.as_view(), name=name) for name, (address, view) in VIEWS.items()),
]
