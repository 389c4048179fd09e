"""Reports of errors: taken in from readers without an account, and answered once by staff."""

import datetime as dt

from django.contrib.auth.models import User
from django.core import signing
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from tracker.curation.errors import CurationError
from tracker.models import ChangeSet, ErrorReport, Party

_Status = ErrorReport.Status
_SALT = "figures of a contributor"
VALID_DAYS = 90
"""How long a link for a contributor can be used."""


def token_for(public_id: str) -> str:
    """Return what a link for a contributor holds: its id, signed, with the day on which it was made."""
    return signing.dumps(public_id, salt=_SALT)


def contributor_of(token: str) -> str:
    """Return the id that a link holds; raises SignatureExpired for one that is too old, BadSignature for another."""
    found: str = signing.loads(token, salt=_SALT, max_age=VALID_DAYS * 24 * 3600)
    return found


@transaction.atomic
def receive(
    *, kind: str, public_id: str, field: str, message: str, at: dt.datetime, email: str = "",
    stance: str = ErrorReport.Stance.ERROR, contributor: Party | None = None, value: str = "",
) -> ErrorReport:  # fmt: skip
    """Keep what somebody says of a field of a record, which then waits for an answer.

    `value` is what a contributor says that the field is. Raises ValidationError for a message that is too short or
    too long, or an address that is none.
    """
    report = ErrorReport(
        kind=kind, public_id=public_id, field=field, message=message.strip(), email=email, stance=stance,
        contributor=contributor, value=value.strip(), received_at=at,
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
