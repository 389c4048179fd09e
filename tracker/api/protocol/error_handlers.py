"""What Django answers by itself: wrong requests, addresses that there are not, and faults; of the API, as problems."""

import sys
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.template.loader import get_template
from django.urls import is_valid_path
from django.utils import translation
from django.utils.translation import gettext as _
from django.views import defaults
from django.views.decorators.csrf import csrf_exempt

from tracker.api.protocol.errors import API_PREFIX, problem
from tracker.api.protocol.mistakes import START, right_address
from tracker.api.protocol.negotiation import FORMATS
from tracker.curation import database_errors


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer a request that Django itself refuses: handler400."""
    if request.path.startswith(API_PREFIX):
        return problem(HTTPStatus.BAD_REQUEST, _("The request is not valid."))
    return defaults.bad_request(request, exception)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer an address that there is not: handler404."""
    if request.path.startswith(API_PREFIX):
        return problem(HTTPStatus.NOT_FOUND, _("There is nothing at this address."))
    return defaults.page_not_found(request, exception)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer a fault of the program, or a database that cannot be used just now: handler500.

    In the language of the address: what went wrong before that was known left the one of an earlier request.
    """
    with translation.override(translation.get_language_from_path(request.path_info) or settings.LANGUAGE_CODE):
        if database_errors.is_unavailable(sys.exc_info()[1]):
            return _unavailable(request)
        if request.path.startswith(API_PREFIX):
            said = _("The tracker made a mistake; it has been logged.")
            return problem(HTTPStatus.INTERNAL_SERVER_ERROR, said)
        return defaults.server_error(request)


def _unavailable(request: HttpRequest) -> HttpResponse:
    """Answer without asking the database anything, as it may be gone; a form gets back what was typed."""
    sentence, headers = database_errors.unavailable(), {"Retry-After": str(database_errors.RETRY_AFTER)}
    if request.path.startswith(API_PREFIX):
        return problem(HTTPStatus.SERVICE_UNAVAILABLE, sentence, headers)
    context = {"sentence": sentence, "address": request.get_full_path(), "typed": _typed(request)}
    page = get_template("503.html").render(context)
    return HttpResponse(page, status=HTTPStatus.SERVICE_UNAVAILABLE, headers=headers)


def _typed(request: HttpRequest) -> list[tuple[str, str]]:
    """Return the fields of a form that can be sent again; none where a file or a password is among them."""
    fields = [(name, value) for name, values in request.POST.lists() for value in values]
    return [] if request.FILES or any("password" in name for name, _value in fields) else fields


@csrf_exempt
def no_such_address(request: HttpRequest) -> HttpResponse:
    """Answer what no other address under the API matches; the last entry of its URLs.

    Adds a slash that is missing to what is only read. Anything else is told of it: a redirect would
    lose its body.
    """
    with_slash = f"{request.path_info}/"
    if request.path_info.endswith("/") or not is_valid_path(with_slash) or _is_this(with_slash):
        meant = right_address(request, FORMATS)
        hint = _("Nearest: %s") % meant if meant else _("What there is: %s") % request.build_absolute_uri(START)
        return problem(HTTPStatus.NOT_FOUND, f"{_('There is nothing at this address.')} {hint}")
    if request.method in ("GET", "HEAD"):
        return HttpResponsePermanentRedirect(request.get_full_path(force_append_slash=True))
    return problem(HTTPStatus.NOT_FOUND, _("Addresses of the API end in a slash."))


def _is_this(path: str) -> bool:
    match = is_valid_path(path)
    return bool(match and match.func is no_such_address)
