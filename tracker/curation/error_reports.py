"""Reports of errors: taken in from readers without an account, and answered once by staff."""

import datetime as dt

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from tracker.curation.errors import CurationError
from tracker.models import AnswerLink, ChangeSet, ErrorReport

_Status = ErrorReport.Status


@transaction.atomic
def receive(
    *, kind: str, public_id: str, field: str, message: str, at: dt.datetime, email: str = "",
    stance: str = ErrorReport.Stance.ERROR, link: AnswerLink | None = None, value: str = "",
) -> ErrorReport:  # fmt: skip
    """Keep what somebody says of a field of a record, which then waits for an answer.

    `link` is that by which a contributor answers, and `value` what it says that the field is. Raises ValidationError
    for a message that is too short or too long, or an address that is none.
    """
    report = ErrorReport(
        kind=kind, public_id=public_id, field=field, message=message.strip(), email=email, stance=stance,
        contributor=link.contributor if link else None, link=link, value=value.strip(), received_at=at,
    )  # fmt: skip
    report.full_clean()
    report.save()
    return report


@transaction.atomic
def settle(*, report: ErrorReport, change_set: ChangeSet, by: User, at: dt.datetime, answer: str = "") -> ErrorReport:
    """Answer a report by the published change set that settles it; raises ValidationError for one that is not."""
    if change_set.status != ChangeSet.Status.PUBLISHED:
        raise ValidationError({"change_set": _("#%s is not published yet: publish it first.") % change_set.pk})
    return _answered(report, _Status.SETTLED, by, at, answer, change_set)


@transaction.atomic
def decline(*, report: ErrorReport, answer: str, by: User, at: dt.datetime) -> ErrorReport:
    """Answer a report by a reason, which is public; raises ValidationError without one."""
    if not answer.strip():
        raise ValidationError({"answer": _("Say why nothing is changed: the answer is public.")})
    return _answered(report, _Status.DECLINED, by, at, answer, None)


def _answered(
    report: ErrorReport, status: str, by: User, at: dt.datetime, answer: str, change_set: ChangeSet | None
) -> ErrorReport:
    found = ErrorReport.objects.select_for_update().get(pk=report.pk)
    if found.status != _Status.WAITING:
        raise CurationError(_("It was answered before, at %s.") % f"{found.answered_at:%Y-%m-%d %H:%M} UTC")
    found.status, found.answer, found.change_set = status, answer.strip(), change_set
    found.answered_by, found.answered_at = by, at
    found.full_clean()
    found.save()
    return found
