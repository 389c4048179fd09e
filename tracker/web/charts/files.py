"""Charts as files: one way from an address to a drawing, whatever the chart is of."""

from collections.abc import Callable
from http import HTTPStatus

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from tracker.reporting.shelf import moments
from tracker.reporting.tables.measures import MixedSum
from tracker.web.answering import kept
from tracker.web.charts import drawing
from tracker.web.charts.layers import Spec
from tracker.web.page_request import PageRequest, read


def chart_file_of(spec_of: Callable[[PageRequest], Spec | None]) -> Callable[..., HttpResponse]:
    """Return a view that answers a chart as a file.

    What cannot be read, answered or drawn is a 400, a 422 or a 404 that says why.
    """

    @require_safe
    def answer(request: HttpRequest, form: str) -> HttpResponse:
        newest = getattr(request, moments.NEWEST, None) or moments.newest()
        try:
            asked = read(request, newest)
            spec = spec_of(asked)
        except (moments.MomentError, ValidationError) as error:
            return _refusal(HTTPStatus.BAD_REQUEST, "; ".join(getattr(error, "messages", [str(error)])))
        except moments.Unsettled as error:
            return _refusal(HTTPStatus.SERVICE_UNAVAILABLE, str(error))
        except MixedSum as error:
            return _refusal(HTTPStatus.UNPROCESSABLE_ENTITY, str(error))
        if spec is None:
            raise Http404
        return kept(asked, drawing.as_file(spec, form, origin=asked.origin), drawing.MEDIA_TYPES[form])

    return answer


def _refusal(status: int, text: str) -> HttpResponse:
    return HttpResponse(text, "text/plain; charset=utf-8", status)
