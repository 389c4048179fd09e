"""Any table of the register, by menus: a form that asks, and the answer below it, as a chart and as a table."""

from http import HTTPStatus
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from tracker.filters.parameters import choice
from tracker.reporting.tables.measures import MixedSum
from tracker.web.answering import ShownPage, reasons_by_name
from tracker.web.charts.chart_on_page import ChartShown, chart_shown
from tracker.web.charts.map_drawing import Map
from tracker.web.charts.specs import KINDS
from tracker.web.charts.table_map import MAP, MAP_OF_EUROPE, map_shown
from tracker.web.dataset import dataset
from tracker.web.explorer.parts import part_of
from tracker.web.explorer.questions import asked_of, check_explorer, instead_of, starts, title_of, with_answer
from tracker.web.files import ALL_FORMS, file_links
from tracker.web.page_request import PageRequest
from tracker.web.tables.menus import fields_for
from tracker.web.tables.table_on_page import TableShown, table_shown

MAPS = (MAP, MAP_OF_EUROPE)
NO_CHART = "none"
"""The chart of an address that asks for the table alone."""


def explore(asked: PageRequest) -> ShownPage:
    """Show a table and the form that asks for it. What cannot be answered is said beside what was asked."""
    params = asked_of(asked)
    table, chart, drawn, status, problems = _answer(asked, params)
    context: dict[str, Any] = {
        "title": table.title if table else _("Explore"), "table": table, "chart": chart, "map": drawn,
        "problems": problems,
        "feed": asked.feed, "fields": fields_for(asked, params),
        "starts": [(title, asked.address("explore", **each)) for title, each in starts()],
    }  # fmt: skip
    if table and not table.lines:
        context["proposals"] = [(title, asked.address("explore", **each)) for title, each in with_answer(asked, params)]
    forms = file_links(asked, "explore", params, ALL_FORMS)
    if status == HTTPStatus.UNPROCESSABLE_ENTITY:
        context["proposals"] = [(title, asked.address("explore", **each)) for title, each in instead_of(params)]
    if table:
        context["dataset"] = dataset(asked, table.title, table.measure, forms, asked.cited)
    return ShownPage("web/explore.html", context, status, forms)


def _answer(
    asked: PageRequest, params: dict[str, str]
) -> tuple[TableShown | None, ChartShown | None, Map | None, int, list[tuple[str, str]]]:
    """Return the table, its chart or map, the status, and what is wrong, each with the parameter that it is about."""
    try:
        check_explorer(asked)
        kind = choice(asked.params, "chart", (*KINDS, *MAPS, NO_CHART)) or ""
        table = table_shown(asked, title_of(asked, params), params)
        drawn = map_shown(table, kind) if kind in MAPS else None
        chart = None if kind in (*MAPS, NO_CHART) else chart_shown(table, kind)
        size = len(chart.svg.encode()) if chart else drawn.size if drawn else 0
        return part_of(asked, table, size), chart, drawn, 200, []
    except ValidationError as error:
        return None, None, None, 400, reasons_by_name(error)
    except MixedSum as error:
        return None, None, None, HTTPStatus.UNPROCESSABLE_ENTITY, [("", str(error))]
