"""Where a request comes from, for whoever counts attempts."""

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """Return the address of the client, as the outermost of our own proxies saw it.

    `settings.PROXIES` says how many there are; without any, it is the address that connected.
    """
    forwarded = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
    if settings.PROXIES and forwarded:
        return forwarded[-min(settings.PROXIES, len(forwarded))]
    return str(request.META.get("REMOTE_ADDR", ""))
