"""What nobody may try as often as they like: passwords, and forms without an account."""

import datetime as dt
from contextlib import suppress
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import Any

from axes.handlers.database import AxesDatabaseHandler
from axes.helpers import get_client_username
from axes.models import AccessAttempt
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest

from tracker.models import Attempt

_AT_ONCE = 1_000
"""How many that are over are forgotten at once, at the most."""


@transaction.atomic
def count(*, what: str, seconds: int, at: dt.datetime) -> Attempt:
    """Count that `what` was tried, and return how often it was since the first time, which counts for `seconds`."""
    until = at + dt.timedelta(seconds=seconds)
    # Whoever counts the same at this moment waits here for the end of the transaction.
    found, _is_first = Attempt.objects.select_for_update().get_or_create(name=what, defaults={"until": until})
    if found.until <= at:
        found.count, found.until = 0, until
    found.count += 1
    found.save()
    # Those that another counts at this moment are left to that one: two that waited for one another would both fail.
    over = Attempt.objects.select_for_update(skip_locked=True).filter(until__lte=at).order_by()[:_AT_ONCE]
    Attempt.objects.filter(pk__in=list(over.values_list("pk", flat=True))).delete()
    return found


def client_address(request: HttpRequest) -> str:
    """Return the address of the client, as the outermost of our own proxies saw it.

    `settings.PROXIES` says how many there are; without any, or where they say no address, it is the one that connected.
    """
    forwarded = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
    told = _address(forwarded[-min(settings.PROXIES, len(forwarded))]) if settings.PROXIES and forwarded else ""
    return told or _address(str(request.META.get("REMOTE_ADDR", "")))


def _address(text: str) -> str:
    """Return an address without the port that some proxies add; empty for what is none, such as `unknown`.

    Of IPv6 it is the first of its /64: who has one such address has all of these, and would count anew with each.
    """
    # Columns of addresses take no zone, which only means something on the machine that saw it.
    for each in (text, text.rpartition(":")[0]):
        with suppress(ValueError):
            found = ip_address(each.strip("[]").partition("%")[0])
            if isinstance(found, IPv4Address):
                return str(found)
            # A socket that takes both writes those of IPv4 in this way.
            return str(found.ipv4_mapped or IPv6Address(int(found) >> 64 << 64))
    return ""


class ForgivesOneName(AxesDatabaseHandler):
    """Counts wrong passwords, by name and by address, and forgives those for the name that has logged in.

    axes would forgive all that came from the same address with them: whoever has an account could then guess at those
    of others without end, with a login of their own in between.
    """

    def reset_user_attempts(self, request: Any, credentials: dict[str, Any] | None = None) -> int:
        """Forget the wrong passwords for one name, from wherever they came; return how many."""
        forgiven, _by_model = AccessAttempt.objects.filter(username=get_client_username(request, credentials)).delete()
        return forgiven
