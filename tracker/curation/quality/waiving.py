"""Waiving a finding: the record is right all the same, and somebody says why."""

import datetime as dt

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from tracker.curation.errors import CurationError, NotAllowed, WrongStatus
from tracker.models import Finding

WAIVE = "tracker.waive_finding"
"""The right to waive."""


@transaction.atomic
def waive(*, finding: Finding, by: User, reason: str, at: dt.datetime) -> Finding:
    """Waive a finding, with a `reason`, for as long as the values that it is about stay the same.

    Raises NotAllowed without the right, CurationError without a reason, and WrongStatus where it is waived already.
    """
    finding = _locked(finding, by)
    if not reason.strip():
        raise CurationError(_("Say why this is right all the same."))
    if finding.waived_at is not None:
        raise WrongStatus(_("%s has waived this already.") % finding.waived_by)
    finding.waived_by, finding.waived_at, finding.reason = by, at, reason.strip()
    finding.save(update_fields=["waived_by", "waived_at", "reason"])
    return finding


@transaction.atomic
def take_back(*, finding: Finding, by: User) -> Finding:
    """Take the waiver of a finding back, so that it counts again. Raises NotAllowed, or WrongStatus where none is."""
    finding = _locked(finding, by)
    if finding.waived_at is None:
        raise WrongStatus(_("This is not waived."))
    finding.waived_by, finding.waived_at, finding.reason = None, None, ""
    finding.save(update_fields=["waived_by", "waived_at", "reason"])
    return finding


def _locked(finding: Finding, by: User) -> Finding:
    if not by.has_perm(WAIVE):
        raise NotAllowed(_("Your role does not waive findings."))
    return Finding.objects.select_for_update().get(pk=finding.pk)
