"""Telling people what happened to a change set: on their start page, and by e-mail.

Mails are sent by a task once all is committed, so that a mail server that is slow or down delays nobody and undoes
nothing. What could not be sent is tried again for a day; the audit says what was not, and why.
"""

import datetime as dt
import logging
from collections.abc import Iterable
from functools import partial
from smtplib import SMTPDataError, SMTPException, SMTPRecipientsRefused

from django.conf import settings
from django.contrib.auth.models import User
from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from tracker.models import ChangeSet, Notice

logger = logging.getLogger(__name__)

RETRY_AFTER = dt.timedelta(minutes=10)
TRIED_FOR = dt.timedelta(days=1)


@transaction.atomic
def notify(
    *, change_set: ChangeSet, what: Notice.What, by: User, to: Iterable[User], at: dt.datetime, text: str = ""
) -> None:  # fmt: skip
    """Tell each of `to`, but for `by`, that something happened to a change set, with `text` in the words of `by`.

    Who has an e-mail address gets a mail, after the transaction is committed.
    """
    people = {user.pk: user for user in to if user.pk != by.pk and user.is_active}
    Notice.objects.bulk_create([
        Notice(
            recipient=user, change_set=change_set, what=what, by=by, text=text, at=at,
            mail=Notice.Mail.WAITING if user.email else Notice.Mail.NONE,
        )
        for user in people.values()
    ])  # fmt: skip
    if any(user.email for user in people.values()):
        # Robust: that a task cannot be noted down undoes nothing, and its mails go with the next.
        transaction.on_commit(partial(send_mails.enqueue, at.isoformat()), robust=True)


@transaction.atomic
def see(*, user: User, at: dt.datetime) -> int:
    """Note that somebody has seen all of their notices; returns how many were new."""
    return Notice.objects.filter(recipient=user, seen_at__isnull=True).update(seen_at=at)


@task()
def send_mails(since: str, is_again: bool = False) -> None:
    """Send the mails that wait, of notices of the day before `since`, in ISO 8601, and later; each by itself.

    Where one cannot be sent, they are tried again later: by this task, unless another found that out before it.
    """
    waiting = Notice.objects.filter(mail=Notice.Mail.WAITING, at__gte=dt.datetime.fromisoformat(since) - TRIED_FOR)
    is_noted = waiting.exclude(mail_problem="").exists()
    for notice in waiting.select_related("recipient", "change_set", "by").order_by("pk"):
        if not _send(notice):
            # The others would wait as long for the same server.
            break
    if waiting.exists() and (is_again or not is_noted) and send_mails.get_backend().supports_defer:
        send_mails.using(run_after=timezone.now() + RETRY_AFTER).enqueue(timezone.now().isoformat(), is_again=True)


def _send(notice: Notice) -> bool:
    """Send the mail of a notice, unless another process does; where that fails, it waits again, and says why.

    Tells whether the next one can be tried.
    """
    own = Notice.objects.filter(pk=notice.pk)
    if not own.filter(mail=Notice.Mail.WAITING).update(mail=Notice.Mail.SENT, mail_problem=""):
        return True
    subject, text = _letter(notice.change_set, Notice.What(notice.what), notice.by, notice.text)
    try:
        EmailMessage(subject, text, None, [notice.recipient.email]).send()
    except (OSError, SMTPException) as error:
        logger.exception("a mail about a change set was not sent")
        own.update(mail=Notice.Mail.WAITING, mail_problem=str(error)[:500] or type(error).__name__)
        # That one recipient is refused says nothing of the others.
        return isinstance(error, SMTPRecipientsRefused | SMTPDataError)
    return True


def _letter(change_set: ChangeSet, what: Notice.What, by: User, text: str) -> tuple[str, str]:
    """Return the subject and the text of a mail."""
    subject = _("Change set #%(id)s %(what)s: %(message)s") % {
        "id": change_set.pk, "what": what.label, "message": " ".join(change_set.message.split()),
    }  # fmt: skip
    lines = [subject, _("By %s.") % by, text]
    if settings.SITE_ADDRESS:
        lines.append(f"{settings.SITE_ADDRESS}/admin/tracker/changeset/{change_set.pk}/change/")
    return subject[:200], "\n\n".join(line for line in lines if line)
