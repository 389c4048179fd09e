"""Those whom a change set concerns are told, by tests that commit: nothing of a shared desk may be there."""

import datetime as dt
from typing import Any

import pytest
from django.core.mail.backends.locmem import EmailBackend
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from tests.curation.desk import Desk
from tracker.curation import people
from tracker.curation.discussion.commenting import comment
from tracker.curation.mails import send_mails
from tracker.curation.review import change_sets
from tracker.models import Notice
from tracker.reporting.desk import audit


@pytest.mark.django_db(transaction=True)
def test_those_whom_it_concerns_are_told_after_it_is_done(mailoutbox: list[Any], settings: Any) -> None:
    settings.SITE_ADDRESS = "https://tracker.example.org"
    desk = Desk()
    for user in (desk.editor, desk.reviewer):
        type(user).objects.filter(pk=user.pk).update(email=f"{user.username}@example.org")
    desk.write("party", id="DEU", name="Germany")
    change_set = desk.submit()
    comment(change_set=change_set, by=desk.reviewer, text="In German?", at=desk.at, kind="party", public_id="DEU")
    change_sets.reject(change_set=change_set, by=desk.reviewer, reason="No source.", at=desk.at)
    desk.publish()
    told = [(mail.to, mail.subject.split(":")[0]) for mail in mailoutbox]
    number = f"Change set #{change_set.pk}"
    rita, erin = ["rita@example.org"], ["erin@example.org"]
    assert told == [
        (rita, f"{number} waits for review"), (erin, f"{number} has a new comment"),
        (erin, f"{number} is back with you"),
        (rita, f"{number} waits for review"), (erin, f"{number} is published"),
    ]  # fmt: skip
    assert "No source." in mailoutbox[2].body
    assert f"https://tracker.example.org/admin/tracker/changeset/{change_set.pk}/change/" in mailoutbox[2].body
    assert Notice.objects.filter(recipient=desk.editor, seen_at=None).count() == 3


@pytest.mark.django_db(transaction=True)
def test_a_mail_server_that_is_down_delays_nobody_and_is_tried_again(mailoutbox: list[Any], settings: Any) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    works, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    desk = Desk()
    type(desk.reviewer).objects.filter(pk=desk.reviewer.pk).update(email="rita@example.org")
    desk.write("party", id="DEU", name="Germany")
    assert desk.submit().status == "submitted"
    notice = Notice.objects.get()
    assert (notice.mail, notice.mail_problem) == ("waiting", "")
    assert DBTaskResult.objects.count() == 1
    send_mails.call(desk.now.isoformat())
    notice.refresh_from_db()
    assert (notice.mail, "refused" in notice.mail_problem) == ("waiting", True)
    [told] = audit.pages(what=audit.NOT_MAILED)[0:9]
    assert (told.whom, "refused" in told.detail) == ("rita", True)
    assert DBTaskResult.objects.filter(run_after__lt=timezone.now() + dt.timedelta(hours=1)).count() == 1
    settings.EMAIL_BACKEND = works
    send_mails.call(desk.now.isoformat(), is_again=True)
    assert [mail.to for mail in mailoutbox] == [["rita@example.org"]]
    send_mails.call(desk.now.isoformat())
    assert (len(mailoutbox), len(audit.pages(what=audit.NOT_MAILED))) == (1, 0)


class Killed(BaseException):
    """What ends a process ends more than what it was doing."""


class KilledAfterSending(EmailBackend):
    """A worker that is killed when the server has the mail, and nobody noted that."""

    def send_messages(self, messages: Any) -> int:
        super().send_messages(messages)
        raise Killed


@pytest.mark.django_db(transaction=True)
def test_a_mail_that_nobody_noted_as_sent_is_sent_again(mailoutbox: list[Any], settings: Any) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    works, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, f"{__name__}.KilledAfterSending"
    desk = Desk()
    type(desk.reviewer).objects.filter(pk=desk.reviewer.pk).update(email="rita@example.org")
    desk.write("party", id="DEU", name="Germany")
    desk.submit()
    with pytest.raises(Killed):
        send_mails.call(desk.now.isoformat())
    settings.EMAIL_BACKEND = works
    for _time in range(2):
        send_mails.call(desk.now.isoformat())
    assert ([mail.to for mail in mailoutbox], Notice.objects.get().mail) == ([["rita@example.org"]] * 2, "sent")


@pytest.mark.django_db(transaction=True)
def test_the_link_of_a_new_user_goes_as_other_mails_do(mailoutbox: list[Any], settings: Any) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    settings.SENDS_MAIL, settings.SITE_ADDRESS = True, "https://tracker.example.org"
    works, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    desk = Desk()
    made = {"roles": ["editor"], "by": desk.reviewer, "at": desk.now}
    anna = people.make_user(username="anna", email="anna@example.org", **made)
    assert people.link_for(user=anna, by=desk.reviewer, at=desk.now).is_mailed
    unreachable = people.make_user(username="paul", **made)
    assert not people.link_for(user=unreachable, by=desk.reviewer, at=desk.now).is_mailed
    send_mails.call(desk.now.isoformat())
    [told] = audit.pages(what=audit.NOT_MAILED)[0:9]
    assert (told.whom, "refused" in told.detail) == ("anna", True)
    settings.EMAIL_BACKEND = works
    for _time in range(2):
        send_mails.call(desk.now.isoformat(), is_again=True)
    [mail] = mailoutbox
    assert mail.to == ["anna@example.org"]
    assert "https://tracker.example.org/admin/choose-password/" in mail.body
    assert len(audit.pages(what=audit.NOT_MAILED)) == 0
