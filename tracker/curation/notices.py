"""Telling people what happened to a change set: on their start page, and by e-mail once it is committed."""

import datetime as dt
import logging
from collections.abc import Iterable
from functools import partial
from smtplib import SMTPException

from django.conf import settings
from django.contrib.auth.models import User
from django.core.mail import send_mail
from django.db import transaction
from django.utils.translation import gettext as _

from tracker.models import ChangeSet, Notice

logger = logging.getLogger(__name__)


@transaction.atomic
def notify(
    *, change_set: ChangeSet, what: Notice.What, by: User, to: Iterable[User], at: dt.datetime, text: str = ""
) -> None:  # fmt: skip
    """Tell each of `to`, but for `by`, that something happened to a change set, with `text` in the words of `by`.

    Who has an e-mail address gets a mail, after the transaction is committed. A mail that cannot be sent is logged,
    and keeps nothing from being done.
    """
    people = {user.pk: user for user in to if user.pk != by.pk and user.is_active}
    Notice.objects.bulk_create(
        [Notice(recipient=user, change_set=change_set, what=what, by=by, text=text, at=at) for user in people.values()]
    )
    addresses = sorted({user.email for user in people.values() if user.email})
    if addresses:
        transaction.on_commit(partial(_mail, addresses, *_letter(change_set, what, by, text)), robust=True)


@transaction.atomic
def see(*, user: User, at: dt.datetime) -> int:
    """Note that somebody has seen all of their notices; returns how many were new."""
    return Notice.objects.filter(recipient=user, seen_at__isnull=True).update(seen_at=at)


def _letter(change_set: ChangeSet, what: Notice.What, by: User, text: str) -> tuple[str, str]:
    """Return the subject and the text of a mail."""
    subject = _("Change set #%(id)s %(what)s: %(message)s") % {
        "id": change_set.pk, "what": what.label, "message": " ".join(change_set.message.split()),
    }  # fmt: skip
    lines = [subject, _("By %s.") % by, text]
    if settings.SITE_ADDRESS:
        lines.append(f"{settings.SITE_ADDRESS}/admin/tracker/changeset/{change_set.pk}/change/")
    return subject[:200], "\n\n".join(line for line in lines if line)


def _mail(addresses: list[str], subject: str, text: str) -> None:
    """Send a mail to each address by itself, so that nobody reads the others'."""
    for address in addresses:
        try:
            send_mail(subject, text, None, [address])
        except (OSError, SMTPException):
            logger.exception("a mail about a change set was not sent")
