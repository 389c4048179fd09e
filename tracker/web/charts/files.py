"""Charts as files: one way from a page to a drawing, whatever the chart is of."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from tracker.reporting.shelf import moments
from tracker.reporting.tables.measures import MixedSum
from tracker.web.answering import NotHere, View, kept, read_only, reasons, refused
from tracker.web.charts import drawing
from tracker.web.charts.chart_on_page import ChartShown, map_as_svg
from tracker.web.charts.map_drawing import Map
from tracker.web.page_request import PageRequest, newest_of, read


def chart_file_of(view: View) -> Callable[..., HttpResponse]:
    """Return a view that answers the chart of a page as a file.

    What cannot be read, answered or drawn is a 400, a 422 or a 404 that says why.
    """

    @read_only
    def answer(request: HttpRequest, form: str, **parts: Any) -> HttpResponse:
        try:
            asked = read(request, newest_of(request))
            shown = view(asked, **parts)
        except moments.MomentError as error:
            return refused(request, HTTPStatus.BAD_REQUEST, str(error))
        except ValidationError as error:
            return refused(request, HTTPStatus.BAD_REQUEST, *reasons(error))
        except moments.Unsettled as error:
            return refused(request, HTTPStatus.SERVICE_UNAVAILABLE, str(error))
        except MixedSum as error:
            return refused(request, HTTPStatus.UNPROCESSABLE_ENTITY, str(error))
        except NotHere as error:
            return refused(request, error.status, str(error))
        if isinstance(shown, HttpResponse):
            # Of a record that was merged: it leads to the chart of the other.
            return shown
        if shown.status != HTTPStatus.OK:
            return refused(request, shown.status, *(text for _name, text in shown.context.get("problems", ())))
        body = _drawn(asked, shown.context, form)
        if body is None:
            return refused(request, HTTPStatus.NOT_FOUND, _("There is nothing to draw."))
        return kept(asked, body, drawing.MEDIA_TYPES[form])

    return answer


def _drawn(asked: PageRequest, context: dict[str, Any], form: str) -> bytes | None:
    """Return the chart of a page, else its map, as a file; None where it has neither, or not in this form."""
    chart: ChartShown | None = context.get("chart")
    if chart is not None:
        return drawing.as_file(chart.entitled(asked), form, origin=asked.origin)
    drawn: Map | None = context.get("map")
    return drawing.svg_as_file(map_as_svg(asked, drawn), form) if drawn and form != drawing.SPEC else None
