"""Addresses of the public pages."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext
from django.views.generic import RedirectView

from tracker.records.registry import KINDS
from tracker.reporting.named.tables import NAMED
from tracker.web.answering import page, read_only
from tracker.web.api_page import api
from tracker.web.changes.change_sets import change_set, changes
from tracker.web.changes.tables import table_changes
from tracker.web.charts.files import chart_file_of
from tracker.web.embedding import embedded
from tracker.web.explorer.page import explore
from tracker.web.feeds import changes_feed, record_feed
from tracker.web.files import CHARTS, file_of
from tracker.web.home import home
from tracker.web.matching.properties import propose_properties, suggest_property, suggest_type
from tracker.web.matching.service import identified, preview, reconcile, suggest
from tracker.web.named import pages as named
from tracker.web.page_request import EMBED, FRONT, PageRequest
from tracker.web.pages.lists import ListPage, of_kind, of_parties, show
from tracker.web.pages.records import record
from tracker.web.pages.registry import PAGES
from tracker.web.pages.search import search
from tracker.web.recipes import recipes
from tracker.web.reports.confirming import confirm
from tracker.web.reports.form import answer, report, reports
from tracker.web.tables.behind_a_number import cell
from tracker.web.text_pages import about, data, methodology
from tracker.web.view_feeds import list_feed, named_feed, table_feed

View = Callable[..., HttpResponse]


def _list_of(listed: ListPage) -> View:
    return page(partial(_listed, listed=listed))


def _listed(asked: PageRequest, listed: ListPage) -> Any:
    return show(asked, listed)


def _shown_record(asked: PageRequest, public_id: str, kind: str) -> Any:
    return record(asked, PAGES[kind], public_id)


def _file_of(route: str) -> View:
    return read_only(file_of(route))


def _charts(address: str, view: Any) -> list[URLPattern]:
    """Return the addresses of the chart of a page as a file."""
    return [path(f"{address}.{form}", chart_file_of(view), {"form": form}) for form in CHARTS]


def _pages_of(kind: str, plural: str) -> list[URLPattern]:
    return [
        path(f"{plural}.atom", list_feed(of_kind(kind))),
        path(f"{plural}.<str:form>", _file_of(f"{plural}-list")),
        path(f"{plural}/{EMBED}", embedded(partial(_listed, listed=of_kind(kind)))),
        path(f"{plural}/<str:public_id>/changes.atom", record_feed, {"kind": kind}, name=f"feed-{kind}"),
        *_charts(f"{plural}/<str:public_id>", partial(_shown_record, kind=kind)),
        path(f"{plural}/<str:public_id>.<str:form>", _file_of(f"{plural}-detail")),
        path(f"{plural}/", _list_of(of_kind(kind)), name=f"pages-{kind}"),
        path(f"{plural}/<str:public_id>/", page(partial(_shown_record, kind=kind)), name=f"page-{kind}"),
        path(f"{plural}/<str:public_id>/{EMBED}", embedded(partial(_shown_record, kind=kind))),
    ]


def named_file(request: HttpRequest, name: str, form: str) -> HttpResponse:
    """Lead from the address of a named table, with a form behind it, to the same as the API gives it."""
    if name not in NAMED:
        raise Http404
    return _file_of(f"table-{name}")(request, form=form)


CONTRIBUTORS = of_parties("contributor", lambda: gettext("Contributors"), "contributors")
BENEFICIARIES = of_parties("beneficiary", lambda: gettext("Beneficiaries"), "beneficiaries")

urlpatterns = [
    path("", page(home), name="home"),
    *_charts(FRONT, home),
    path("reconcile/", reconcile, name="reconcile"),
    path("reconcile/suggest/entity/", suggest),
    path("reconcile/suggest/property/", suggest_property),
    path("reconcile/suggest/type/", suggest_type),
    path("reconcile/properties/", propose_properties),
    path("reconcile/preview/<str:public_id>/", preview, name="reconcile-preview"),
    path("id/<str:public_id>/", identified, name="identified"),
    path("confirm/<str:token>/", confirm, name="confirm"),
    path("report/", report, name="report"),
    path("reports/", reports, name="reports"),
    path("reports/<str:reference>/", answer, name="report-answer"),
    path("search/", page(search), name="search"),
    path("about/", page(about), name="about"),
    path("data/", page(data), name="data"),
    path("data/api/", page(api), name="api"),
    path("data/recipes/", page(recipes), name="recipes"),
    path("methodology/", page(methodology), name="methodology"),
    path("changes/", page(changes), name="changes"),
    path("changes/<int:number>/", page(change_set), name="change-set"),
    path(f"changes/<int:number>/{EMBED}", embedded(change_set)),
    path("changes/<int:public_id>.<str:form>", _file_of("change-sets-detail")),
    path("changes/table/", page(table_changes), name="table-changes"),
    path(f"changes/table/{EMBED}", embedded(table_changes)),
    *_charts("changes/table", table_changes),
    path("changes/table.<str:form>", _file_of("table-contributions-changes")),
    path("changes.atom", changes_feed, name="changes-feed"),
    path("changes.<str:form>", _file_of("change-sets-list")),
    path("explore/", page(explore), name="explore"),
    path(f"explore/{EMBED}", embedded(explore)),
    *_charts("explore", explore),
    path("explore.atom", table_feed, name="table-feed"),
    path("explore.<str:form>", _file_of("table-contributions")),
    path("tables/", page(named.index), name="tables-index"),
    path("tables/<slug:name>/", page(named.table), name="named-table"),
    path(f"tables/<slug:name>/{EMBED}", embedded(named.table)),
    path("tables/<slug:name>/cell/", page(named.behind)),
    *_charts("tables/<slug:name>", named.table),
    path("tables/<slug:name>.atom", named_feed),
    path("tables/<slug:name>.<str:form>", named_file),
    path("cell/", page(cell), name="cell"),
    path(f"cell/{EMBED}", embedded(cell)),
    path("cell.<str:form>", _file_of("table-contributions-cells")),
    path("contributors.atom", list_feed(CONTRIBUTORS)),
    path("beneficiaries.atom", list_feed(BENEFICIARIES)),
    path("contributors.<str:form>", _file_of("contributors-list")),
    path("beneficiaries.<str:form>", _file_of("beneficiaries-list")),
    path(f"contributors/{EMBED}", embedded(partial(_listed, listed=CONTRIBUTORS))),
    path(f"beneficiaries/{EMBED}", embedded(partial(_listed, listed=BENEFICIARIES))),
    path("contributors/", _list_of(CONTRIBUTORS), name="contributors"),
    path("beneficiaries/", _list_of(BENEFICIARIES), name="beneficiaries"),
    # A party has one page, whatever its roles.
    path("contributors/<str:public_id>/", RedirectView.as_view(pattern_name="page-party", query_string=True)),
    path("beneficiaries/<str:public_id>/", RedirectView.as_view(pattern_name="page-party", query_string=True)),
    *(pattern for kind in KINDS.values() for pattern in _pages_of(kind.name, kind.plural)),
]
