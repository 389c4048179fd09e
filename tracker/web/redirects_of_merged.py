"""The answer for a record that was merged into another: the same address of that one."""

from django.http import HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse

from tracker.web.page_request import PageRequest


def moved_to(asked: PageRequest, kind: str, public_id: str, other: str) -> HttpResponse:
    """Return a redirect to the record `other`: its page, frame, chart or feed, as was asked, with all that is asked.

    A merge can be taken back: readers ask again each time.
    """
    old, new = (reverse(f"page-{kind}", args=[each]).rstrip("/") for each in (public_id, other))
    address = new + asked.request.path.removeprefix(old)
    query = asked.request.META.get("QUERY_STRING", "")
    headers = {"Cache-Control": "public, no-cache"}
    return HttpResponsePermanentRedirect(f"{address}?{query}" if query else address, headers=headers)
