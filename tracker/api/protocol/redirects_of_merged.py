"""The answer for a record that was merged into another."""

from django.http import HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse
from rest_framework.request import Request


def moved_to(request: Request, public_id: str) -> HttpResponse:
    """Return a redirect to the same address of another record, with all that is asked.

    A merge can be taken back: readers ask again each time.
    """
    match = request._request.resolver_match
    assert match is not None
    address = reverse(match.view_name, args=match.args, kwargs=match.kwargs | {"public_id": public_id})
    asked = request.META.get("QUERY_STRING", "")
    headers = {"Cache-Control": "public, no-cache"}
    return HttpResponsePermanentRedirect(f"{address}?{asked}" if asked else address, headers=headers)
