"""Pages as answers: read as of one moment, the same bytes for the same address, kept until the next publishing."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import wraps
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import translate_url
from django.utils.http import http_date
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from tracker.curation.database_errors import RETRY_AFTER
from tracker.lib import response_cache
from tracker.reporting.shelf import moments
from tracker.reporting.tables.measures import MixedSum
from tracker.web.files import chart_links
from tracker.web.page_request import PageRequest, of_newest, read, said


@dataclass
class ShownPage:
    """What a page shows: its template, what that needs, and the addresses of the same in other forms."""

    template: str
    context: dict[str, Any]
    status: int = 200
    forms: list[dict[str, str]] = field(default_factory=list)
    """Each with its name, such as CSV, its media type, and its address."""


class NotHere(Exception):
    """There is no such page; what would be right is said by `message` and `near`, pairs of an address and a name."""

    def __init__(self, message: str, near: list[tuple[str, str]] | None = None, status: int = HTTPStatus.NOT_FOUND):
        super().__init__(message)
        self.near, self.status = near or [], status


READS = ("GET", "HEAD")
_HEADERS = {503: {"Retry-After": str(RETRY_AFTER)}, 405: {"Allow": ", ".join(READS)}}
"""What else the head of a refusal says."""

HTML = "text/html; charset=utf-8"
LONGEST_LINKS = 4000
"""How long the links to other forms may be in the head of an answer, which servers in between bound."""

View = Callable[..., ShownPage | HttpResponse]


def page(view: View) -> Callable[..., HttpResponse]:
    """Make an answer of a function that takes an `PageRequest` and returns what to show, or where to go on.

    A wrong moment or parameter is a 400, a sum that would mix what is never added a 422, what is not there a 404:
    each a page that says what would be right. An address has no parameters that say nothing: it leads to that without.
    """

    @wraps(view)
    def answer(request: HttpRequest, **parts: Any) -> HttpResponse:
        plain = _without_blanks(request)
        if plain:
            return HttpResponseRedirect(plain, headers={"Cache-Control": "public, no-cache"})
        asked = of_newest(request)
        shown: ShownPage | HttpResponse
        try:
            asked = read(request, asked.newest)
            shown = (
                view(asked, **parts)
                if request.method in READS
                else _problem(HTTPStatus.METHOD_NOT_ALLOWED, _("Nothing can be sent here: ask for this page with GET."))
            )
        except moments.MomentError as error:
            shown = _problem(HTTPStatus.BAD_REQUEST, str(error))
        except moments.Unsettled as error:
            shown = _problem(HTTPStatus.SERVICE_UNAVAILABLE, str(error))
        except ValidationError as error:
            shown = _problem(HTTPStatus.BAD_REQUEST, *reasons(error))
        except MixedSum as error:
            shown = _problem(HTTPStatus.UNPROCESSABLE_ENTITY, str(error))
        except NotHere as error:
            shown = _problem(error.status, str(error), near=error.near)
        return shown if isinstance(shown, HttpResponse) else _response(asked, shown)

    # Nothing is written whatever is sent: the refusal says so, and not that a token is missing.
    return csrf_exempt(answer)


def reasons(error: ValidationError) -> list[str]:
    """Return what is wrong with an address, each with the parameter that it is about."""
    return [f"{name}: {text}" if name else text for name, text in reasons_by_name(error)]


def reasons_by_name(error: ValidationError) -> list[tuple[str, str]]:
    """Return the parameters that something is wrong with, and what; of no name where it is of none."""
    by_name = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
    return [(name, text) for name, texts in by_name.items() for text in texts]


def _without_blanks(request: HttpRequest) -> str:
    """Return the address without the parameters that say nothing, as menus of forms and mail send them; empty
    without any.
    """
    asked = said(request.GET)
    if asked == dict(request.GET.lists()):
        return ""
    return f"{request.path}?{urlencode(asked, doseq=True)}" if asked else request.path


def _problem(status: int, *messages: str, near: list[tuple[str, str]] | None = None) -> ShownPage:
    titles = {
        400: _("This cannot be read"),
        404: _("There is nothing here"),
        405: _("This page is only read"),
        410: _("Withdrawn"),
        503: _("This cannot be answered just now"),
    }
    title = titles.get(status, _("These numbers are never added"))
    return ShownPage("web/problem.html", {"title": title, "messages": messages, "near": near}, status)


def takes(*methods: str) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """Let a view that is no page, such as a file or a form, refuse other methods than these in words."""

    def only(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def answer(request: HttpRequest, **parts: Any) -> HttpResponse:
            if request.method in methods:
                return view(request, **parts)
            said = _("Ask for this with %s.") % ", ".join(methods)
            response = refused(request, HTTPStatus.METHOD_NOT_ALLOWED, said)
            response["Allow"] = ", ".join(methods)
            return response

        # That it is not taken is said before a token is missed.
        return csrf_exempt(answer)

    return only


read_only = takes(*READS)
"""Lets a view be read alone."""


def refused(request: HttpRequest, status: int, *messages: str) -> HttpResponse:
    """Return why what is no page, such as a chart as a file, is not had: a line, or a page for whoever reads those."""
    if request.get_preferred_type(["text/plain", "text/html"]) == "text/html":
        response = _response(of_newest(request), _problem(status, *messages))
    else:
        response = HttpResponse("; ".join(messages), "text/plain; charset=utf-8", status)
    response["Vary"] = "Accept"
    return response


def _response(asked: PageRequest, shown: ShownPage) -> HttpResponse:
    drawn = chart_links(asked) if shown.context.get("chart") else []
    if not drawn and shown.context.get("map"):
        drawn = [each for each in chart_links(asked) if each["media_type"] != "application/json"]
    forms = [*shown.forms, *drawn]
    preferred = _preferred(asked, forms)
    if preferred and shown.status == HTTPStatus.OK:
        return HttpResponseRedirect(preferred, headers={"Vary": "Accept", "Cache-Control": "public, no-cache"})
    context = shown.context | {
        "asked": asked, "forms": shown.forms, "drawn": drawn, "languages": languages(asked)
    }  # fmt: skip
    body = render_to_string(shown.template, context, asked.request).encode()
    if shown.status != HTTPStatus.OK:
        return HttpResponse(body, status=shown.status, headers=_HEADERS.get(shown.status, {}))
    response = kept(asked, body, HTML)
    response["Vary"] = "Accept"
    links = ", ".join(f'<{each["address"]}>; rel="alternate"; type="{each["media_type"]}"' for each in forms)
    if links and len(links) <= LONGEST_LINKS:
        response["Link"] = links
    return response


def _preferred(asked: PageRequest, forms: list[dict[str, str]]) -> str:
    """Return the address of the form that a program would rather have than a page; empty where it takes the page."""
    # Vega-Lite is JSON, too, and stands last.
    by_type = {each["media_type"]: each["address"] for each in reversed(forms)}
    found = asked.request.get_preferred_type(["text/html", *by_type]) if forms else None
    return by_type.get(str(found), "")


def kept(asked: PageRequest, body: bytes, media_type: str) -> HttpResponse:
    """Return an answer that is repeated as it is until something is published."""
    response = HttpResponse(body, media_type)
    # Of what it says, and not of what it was asked: a page is another once its template is.
    etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    response_cache.keep(etag, body)
    response["ETag"] = etag
    response["Cache-Control"] = "public, no-cache"
    if not asked.is_empty:
        response["Last-Modified"] = http_date(int(asked.moment.timestamp()))
        response["As-Of"] = asked.moment.isoformat()
    setattr(response, moments.NEWEST, asked.newest)
    return response


def languages(asked: PageRequest) -> list[dict[str, Any]]:
    """Return the languages of the site, each with the address of the same page in it."""
    address = asked.request.build_absolute_uri()
    current = get_language()
    return [
        # Search engines are told of a language, and not of one country's: English is for readers everywhere.
        {
            "code": code,
            "short": code.partition("-")[0],
            "name": name,
            "address": translate_url(address, code),
            "is_current": code == current,
        }
        for code, name in settings.LANGUAGES
    ]
