"""Where short links lead: to the address that is packed in them, on this site alone."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_safe

from tracker.lib import short_links


@require_safe
def short_link(request: HttpRequest, letters: str) -> HttpResponse:
    """Lead to the view that a short link stands for."""
    try:
        address = short_links.lengthen(letters)
    except ValueError:
        raise Http404 from None
    if not address.startswith("/") or not url_has_allowed_host_and_scheme(address, allowed_hosts=None):
        raise Http404
    return HttpResponseRedirect(address, headers={"Cache-Control": "public, max-age=86400"})
