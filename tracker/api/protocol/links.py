"""Links in the head of every public answer: the licence of its data, and the address to cite it by (RFC 8574)."""

import datetime as dt
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from tracker.lib.citing import cited_address


class LinkMiddleware:
    """Adds `Link` to what shows the register as of a moment, which its header `As-Of` says."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self._get_response(request)
        moment = response.headers.get("As-Of")
        if moment is not None:
            cited = cited_address(request.build_absolute_uri(), dt.datetime.fromisoformat(moment))
            links = [f'<{settings.DATA_LICENCE.address}>; rel="license"', f'<{cited}>; rel="cite-as"']
            # Pages have the addresses of their other forms there.
            links += [response.headers["Link"]] if "Link" in response.headers else []
            response.headers["Link"] = ", ".join(links)
        return response
