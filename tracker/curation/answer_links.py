"""Links by which contributors answer for their figures: made, sent by whoever made them, and revoked."""

import datetime as dt

from django.contrib.auth.models import User
from django.core import signing
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from tracker.curation.errors import CurationError, NotAllowed, WrongStatus
from tracker.models import AnswerLink, Party, Publication

MAKE, REVOKE = "tracker.add_answerlink", "tracker.change_answerlink"
"""The rights to make a link and see its address, and to revoke one: whoever has an address can answer by it."""

DAYS, MOST_DAYS = 90, 366
"""For how many days a link can be used unless another number is given, and for how many at most."""

_SALT = "answers of a contributor"


def token_of(link: AnswerLink) -> str:
    """Return what the address of a link holds: its number, signed."""
    return signing.Signer(salt=_SALT).sign(str(link.pk))


def link_of(token: str) -> AnswerLink | None:
    """Return the link that an address holds, used up or not; None where it was not signed here."""
    try:
        number = signing.Signer(salt=_SALT).unsign(token)
    except signing.BadSignature:
        return None
    return AnswerLink.objects.select_related("contributor").filter(pk=number).first()


@transaction.atomic
def make(*, contributor: Party, recipient: str, by: User, at: dt.datetime, days: int = DAYS) -> AnswerLink:
    """Make a link for a published contributor that can be used for some days.

    Raises NotAllowed, CurationError for a contributor that is not public, and ValidationError for no recipient, or a
    number of days that is none.
    """
    if not by.has_perm(MAKE):
        raise NotAllowed(_("Only a reviewer makes links for contributors."))
    if not 1 <= days <= MOST_DAYS:
        raise ValidationError({"days": _("Write a number of days from 1 to %s.") % MOST_DAYS})
    if not Publication.objects.published(at).filter(kind="party", public_id=contributor.public_id).exists():
        raise CurationError(_("%s is not published: there is nothing to answer for.") % contributor)
    link = AnswerLink(
        contributor=contributor, recipient=recipient.strip(), made_by=by, made_at=at,
        ends_at=at + dt.timedelta(days=days),
    )  # fmt: skip
    link.full_clean()
    link.save()
    return link


@transaction.atomic
def revoke(*, link: AnswerLink, by: User, at: dt.datetime) -> AnswerLink:
    """End a link at once; raises NotAllowed, and WrongStatus for one that was revoked before."""
    if not by.has_perm(REVOKE):
        raise NotAllowed(_("Only a reviewer revokes links for contributors."))
    found = AnswerLink.objects.select_for_update(of=("self",)).select_related("revoked_by").get(pk=link.pk)
    if found.revoked_by is not None and found.revoked_at is not None:
        texts = {"name": found.revoked_by.get_username(), "when": f"{found.revoked_at:%Y-%m-%d %H:%M} UTC"}
        raise WrongStatus(_("%(name)s revoked it before, at %(when)s.") % texts)
    found.revoked_by, found.revoked_at = by, at
    found.save(update_fields=["revoked_by", "revoked_at"])
    return found
