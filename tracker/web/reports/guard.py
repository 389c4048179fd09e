"""What keeps forms without an account from abuse, without cookies and without a third party."""

import datetime as dt
import hashlib
from collections.abc import Callable

from django.core import signing
from django.http import HttpRequest
from django.utils.translation import gettext as _

from tracker.curation import attempts

SOONEST, LATEST = 3, 24 * 3600
"""Between how many seconds after it was opened a form is taken."""

MOST_AN_HOUR = 10
"""How many reports one address makes in an hour."""

_SALT = "report of an error"


def sealed(about: str) -> str:
    """Return a token for a form: about what it is, and when it was opened."""
    return signing.TimestampSigner(salt=_SALT).sign(about)


def problem(request: HttpRequest, about: str, now: Callable[[], float]) -> str:
    """Return what keeps a form from being taken, in a sentence for its reader; empty where nothing does."""
    if request.POST.get("website"):
        return _("Leave the field for a website empty: only machines fill it in.")
    signer = signing.TimestampSigner(salt=_SALT)
    token = request.POST.get("sealed", "")
    try:
        if signer.unsign(token, max_age=LATEST) != about:
            return _("This form was about something else: read it again, and send it.")
    except signing.BadSignature:
        return _("This form was open for too long: read it again, and send it.")
    opened = signing.b62_decode(token.rsplit(":", 2)[1])
    if now() - opened < SOONEST:
        return _("That was quick: read it again, and send it.")
    return _too_many(request, now)


def _too_many(request: HttpRequest, now: Callable[[], float]) -> str:
    """Count an attempt, and return what to say where there were too many within the hour."""
    # The address itself is not kept.
    hashed = hashlib.sha256(attempts.client_address(request).encode()).hexdigest()[:32]
    at = dt.datetime.fromtimestamp(now(), dt.UTC)
    if attempts.count(what=f"report:{hashed}", seconds=3600, at=at).count > MOST_AN_HOUR:
        return _("Too many reports came from your address within an hour: try again in the next one.")
    return ""
