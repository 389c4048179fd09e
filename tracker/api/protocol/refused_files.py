"""Why a file is not had, as a page: a browser that follows a link to one shows it to a person."""

from http import HTTPStatus

from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from rest_framework.request import Request

_TYPES = ["application/problem+json", "application/json", "text/html"]


def is_for_people(request: Request) -> bool:
    """Tell whether a browser asks for a file: it would rather have HTML than anything, as no program says."""
    return "format" in request.query_params and request._request.get_preferred_type(_TYPES) == "text/html"


def refusal_page(request: Request, status: int, messages: list[str], headers: dict[str, str]) -> HttpResponse:
    """Return why a file is not had as a page, in English as all that the API says."""
    title = _("There is no such file") if status == HTTPStatus.NOT_FOUND else _("This file cannot be made")
    body = render_to_string("web/problem.html", {"title": title, "messages": messages}, request._request)
    return HttpResponse(body, status=status, headers=headers | {"Vary": "Accept"})
