"""The cache middleware: what the public side would answer again in the same bytes is answered before all else runs."""

import datetime as dt
from collections.abc import Callable
from http import HTTPStatus

from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase

from tracker.api.protocol.conditional_requests import has_answer
from tracker.api.protocol.negotiation import MEDIA_TYPES
from tracker.lib import response_cache
from tracker.reporting.shelf import moments
from tracker.reporting.shelf.moments import NEWEST

_OF_CONTENT = ("Content-Type", "Content-Disposition", "Content-Length", "Accept-Ranges")
_READS = ("GET", "HEAD")
_PAGE = "text/html"
_FORMS = [_PAGE, *MEDIA_TYPES.values(), "image/svg+xml", "image/png", "application/pdf"]
"""The media types of pages and of all their other forms."""


class PublicCacheMiddleware:
    """Middleware that repeats what `PublicView` answered, for as long as nothing is published.

    It stands before all others, which have added their headers to what it remembers: those of security among them.
    It remembers 200s only, each for its scheme, host and address, and for what was accepted. What another
    middleware turns away, a redirect to HTTPS or a host that is not ours, is therefore never answered from here.
    Whether something was published is asked of the database each time, so that all processes know it at once. Nothing
    is counted against the limits of a reader.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        key = _cache_key(request) if request.method in _READS and "HTTP_RANGE" not in request.META else None
        if key is None:
            return self._get_response(request)
        cached = _cached_response(request, key)
        if cached is not None:
            return cached
        response = self._get_response(request)
        newest = getattr(response, NEWEST, None)
        if newest is not None and response.status_code == HTTPStatus.OK and not response.cookies:
            response_cache.remember(key, response_cache.Answer(newest, dict(response.items())))
        return response


def _cache_key(request: HttpRequest) -> tuple[str, ...] | None:
    """Return all that a public answer goes by; None where the host is not ours."""
    meta = request.META
    try:
        host = request.get_host()
    except DisallowedHost:
        return None
    return (
        str(request.method), str(request.scheme), host, request.path, meta.get("QUERY_STRING", ""),
        _accepted(request),
    )  # fmt: skip


def _accepted(request: HttpRequest) -> str:
    """Return what an answer goes by of what is accepted: a page is one for all who would have a page."""
    accepted: str = request.META.get("HTTP_ACCEPT", "")
    if not accepted or request.path_info.startswith("/api/"):
        return accepted
    return accepted if request.get_preferred_type(_FORMS) not in (_PAGE, None) else ""


def _cached_response(request: HttpRequest, key: tuple[str, ...]) -> HttpResponse | None:
    """Return the answer of the last time; None where there is none, or it may be another now."""
    last = response_cache.answer(key)
    if last is None:
        return None
    newest = moments.newest()
    if last.newest != newest:
        setattr(request, NEWEST, newest)
        return None
    tag = last.headers["ETag"]
    moment = last.headers.get("As-Of")
    if has_answer(request, tag, None if moment is None else dt.datetime.fromisoformat(moment)):
        headers = {name: value for name, value in last.headers.items() if name not in _OF_CONTENT}
        return HttpResponseNotModified(headers=headers | {"Content-Length": "0"})
    body = response_cache.body(tag)
    return None if body is None else HttpResponse(body, headers=dict(last.headers))
