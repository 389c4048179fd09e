"""The chart of a table on a page, and as a file."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tracker.filters.parameters import choice
from tracker.records import words
from tracker.reporting.shelf import moments
from tracker.reporting.tables.measures import MixedSum
from tracker.web.answering import kept
from tracker.web.charts import drawing
from tracker.web.charts.specs import KINDS, default_kind, spec_of
from tracker.web.files import chart_links
from tracker.web.page_request import PageRequest, read
from tracker.web.tables.explorer_questions import asked_of, title_of
from tracker.web.tables.shown import TableShown, table_shown

NO_CHART = "none"


@dataclass(frozen=True)
class ChartShown:
    """A chart on a page."""

    title: str
    measure: str
    svg: SafeString
    left_out: str
    links: list[dict[str, str]]


def chart_shown(table: TableShown, kind: str = "") -> ChartShown | None:
    """Return the chart of a table; None where there is nothing to draw."""
    kind = kind or default_kind(table)
    found = spec_of(table, kind)
    if found is None:
        return None
    links = chart_links(table.asking.asked, table.asking.params | {"chart": kind})
    return ChartShown(table.title, table.measure, drawing.drawn(found.spec), found.left_out, links)


def entitled(table: TableShown, spec: dict[str, Any]) -> dict[str, Any]:
    """Return a chart that says by itself what it is, as of when, and from where: for files that travel alone."""
    asked = table.asking.asked
    texts = {"when": "" if asked.is_empty else words.moment(asked.moment), "address": asked.origin}
    source = _("Defence Aid Tracker, as published on %(when)s, %(address)s") % texts
    return spec | {"title": {"text": table.title, "subtitle": [f"{table.measure} · {table.unit.name}", source]}}


@require_safe
def chart_file(request: HttpRequest, form: str) -> HttpResponse:
    """Answer a chart as a file; what cannot be read, answered or drawn is a 400, a 422 or a 404 that says why."""
    newest = getattr(request, moments.NEWEST, None) or moments.newest()
    try:
        asked = read(request, newest)
        params = asked_of(asked)
        kind = choice(asked.params, "chart", KINDS)
        table = table_shown(asked, title_of(params), params)
    except (moments.MomentError, ValidationError) as error:
        return _refusal(HTTPStatus.BAD_REQUEST, "; ".join(getattr(error, "messages", [str(error)])))
    except moments.Unsettled as error:
        return _refusal(HTTPStatus.SERVICE_UNAVAILABLE, str(error))
    except MixedSum as error:
        return _refusal(HTTPStatus.UNPROCESSABLE_ENTITY, str(error))
    found = spec_of(table, kind or default_kind(table))
    if found is None:
        raise Http404
    body = drawing.as_file(entitled(table, found.spec), form, origin=asked.origin)
    return kept(asked, body, drawing.MEDIA_TYPES[form])


def _refusal(status: int, text: str) -> HttpResponse:
    return HttpResponse(text, "text/plain; charset=utf-8", status)


def of_asked(asked: PageRequest) -> str:
    """Return the chart that an address asks for; empty where it leaves it to us. Raises ValidationError."""
    return choice(asked.params, "chart", (*KINDS, NO_CHART)) or ""
