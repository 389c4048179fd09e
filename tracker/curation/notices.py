"""Telling people what happened to a change set: on their start page, and by e-mail."""

import datetime as dt
from collections.abc import Iterable
from functools import partial

from django.contrib.auth.models import User
from django.db import transaction

from tracker.curation.mails import send_mails
from tracker.models import ChangeSet, Notice


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
