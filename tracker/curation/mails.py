"""Mails that wait to be sent: of notices about change sets, and of links by which somebody chooses a password.

They are sent by a task once all is committed, so that a mail server that is slow or down delays nobody and undoes
nothing. What could not be sent is tried again for a day; the audit says what was not, and why. A mail counts as sent
once the server has taken it: where a worker is killed between the two, it goes twice rather than never.
"""

import datetime as dt
import logging
from itertools import chain
from smtplib import SMTPDataError, SMTPException, SMTPRecipientsRefused
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from tracker.curation.accounts import is_open, password_link
from tracker.models import AccountEvent, Notice, process_locks

logger = logging.getLogger(__name__)

RETRY_AFTER = dt.timedelta(minutes=10)
TRIED_FOR = dt.timedelta(days=1)
AT_WORK = 0
"""By which number a process says that it sends mails: beside those of jobs, which begin at one."""

Letter = tuple[str, str, str]
"""To whom, the subject and the text."""


@task()
def send_mails(since: str, is_again: bool = False) -> None:
    """Send the mails that wait, of the day before `since`, in ISO 8601, and later, one process at a time.

    Where one cannot be sent, they are tried again later: by this task, unless another found that out before it.
    """
    from_day = dt.datetime.fromisoformat(since) - TRIED_FOR
    with process_locks.held(AT_WORK, "") as note:
        is_noted = any(rows.exclude(mail_problem="").exists() for rows in _waiting(from_day))
        if note is not None:
            _send_all(from_day)
    waits = any(rows.exists() for rows in _waiting(from_day))
    if waits and (is_again or not is_noted or note is None) and send_mails.get_backend().supports_defer:
        send_mails.using(run_after=timezone.now() + RETRY_AFTER).enqueue(timezone.now().isoformat(), is_again=True)


def _waiting(from_day: dt.datetime) -> tuple[Any, Any]:
    notices = Notice.objects.filter(mail=Notice.Mail.WAITING, at__gte=from_day).order_by("pk")
    links = AccountEvent.objects.filter(mail=Notice.Mail.WAITING, at__gte=from_day).order_by("pk")
    return notices.select_related("recipient", "change_set", "by"), links.select_related("user", "by")


def _send_all(from_day: dt.datetime) -> None:
    for row in chain(*_waiting(from_day)):
        if not _send(row):
            # The others would wait as long for the same server.
            return


def _send(row: Notice | AccountEvent) -> bool:
    """Send the mail of a row, and note that, or why it was not sent; tells whether the next one can be tried."""
    letter = _of_notice(row) if isinstance(row, Notice) else _of_link(row)
    if letter is None:
        _note(row, mail=Notice.Mail.NONE, mail_problem="")
        return True
    to, subject, text = letter
    try:
        EmailMessage(subject, text, None, [to]).send()
    except (OSError, SMTPException) as error:
        logger.exception("a mail was not sent")
        _note(row, mail_problem=str(error)[:500] or type(error).__name__)
        # That one recipient is refused says nothing of the others.
        return isinstance(error, SMTPRecipientsRefused | SMTPDataError)
    _note(row, mail=Notice.Mail.SENT, mail_problem="")
    return True


def _note(row: Notice | AccountEvent, **values: str) -> None:
    type(row)._default_manager.filter(pk=row.pk).update(**values)


def _of_notice(notice: Notice) -> Letter:
    """Return the mail that says what happened to a change set."""
    change_set = notice.change_set
    subject = _("Change set #%(id)s %(what)s: %(message)s") % {
        "id": change_set.pk, "what": Notice.What(notice.what).label, "message": " ".join(change_set.message.split()),
    }  # fmt: skip
    lines = [subject, _("By %s.") % notice.by, notice.text]
    if settings.SITE_ADDRESS:
        lines.append(f"{settings.SITE_ADDRESS}/admin/tracker/changeset/{change_set.pk}/change/")
    return notice.recipient.email, subject[:200], "\n\n".join(line for line in lines if line)


def _of_link(event: AccountEvent) -> Letter | None:
    """Return the mail with the link by which somebody chooses a password; None where it is of no use by now.

    The link is made when the mail is sent, and kept nowhere.
    """
    user = event.user
    if not is_open(user) or not user.email or (user.last_login is not None and user.last_login > event.at):
        return None
    who, token = password_link(user)
    address = f"{settings.SITE_ADDRESS}/admin/choose-password/{who}/{token}/"
    text = _("You have an account, %(name)s, at the Defence Aid Tracker. Choose your password here:\n\n%(address)s\n")
    subject = _("Your account at the Defence Aid Tracker")
    return user.email, subject, text % {"name": user.get_username(), "address": address}
