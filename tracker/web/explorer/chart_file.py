"""The chart of a question to the explorer, as a file."""

from http import HTTPStatus

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from tracker.filters.parameters import choice
from tracker.reporting.shelf import moments
from tracker.reporting.tables.measures import MixedSum
from tracker.web.answering import kept
from tracker.web.charts import drawing
from tracker.web.charts.shown import entitled
from tracker.web.charts.specs import KINDS, default_kind, spec_of
from tracker.web.explorer.questions import asked_of, title_of
from tracker.web.page_request import read
from tracker.web.tables.shown import table_shown


@require_safe
def chart_file(request: HttpRequest, form: str) -> HttpResponse:
    """Answer a chart as a file; what cannot be read, answered or drawn is a 400, a 422 or a 404 that says why."""
    newest = getattr(request, moments.NEWEST, None) or moments.newest()
    try:
        asked = read(request, newest)
        params = asked_of(asked)
        kind = choice(asked.params, "chart", KINDS)
        table = table_shown(asked, title_of(asked, params), params)
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
