"""The start page: what waits for the person who is logged in."""

from functools import partial
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.text import capfirst

from tracker.curation.review import standing
from tracker.curation.review.permissions import PUBLISH, may_review
from tracker.models import ChangeSet, ErrorReport, Finding, Import, Notice
from tracker.records.registry import KINDS
from tracker.reporting.desk import findings
from tracker.reporting.desk.waiting import waiting_list
from tracker.reporting.shelf import coverage, moments

SHOWN = 20


def waiting_for(user: User) -> dict[str, Any]:
    """Return the change sets, imports, held records and unpublished kinds that concern `user`, for the start page."""
    own = _change_sets().filter(author=user)
    submitted = _change_sets().filter(status=ChangeSet.Status.SUBMITTED)
    held = standing.held_by(user)
    return {
        "open_sets": own.filter(status=ChangeSet.Status.OPEN)[:SHOWN],
        "rejected_sets": own.filter(status=ChangeSet.Status.REJECTED)[:SHOWN],
        "submitted_sets": submitted.filter(author=user)[:SHOWN],
        "may_review": user.has_perm(PUBLISH),
        "notices": _news(user)[:SHOWN],
        "waiting": waiting_list(at=timezone.now(), may_review=partial(may_review, by=user), most=SHOWN),
        "imports": Import.objects.filter(author=user).exclude(status=Import.Status.APPLIED)[:SHOWN],
        "reports": ErrorReport.objects.filter(status=ErrorReport.Status.WAITING).order_by("received_at", "pk")[:SHOWN],
        "held_edits": held[:SHOWN],
        "held_count": held.count(),
        "unpublished": _unpublished(),
        "coverage": coverage.of_register(moments.newest()),
        "standing_findings": _standing_findings(),
    }


def _news(user: User) -> QuerySet[Notice]:
    """Return the notices that `user` has not seen, but for those that ask for a review which is done."""
    new = Notice.objects.filter(recipient=user, seen_at__isnull=True).select_related("change_set", "by")
    asking = Q(what__in=(Notice.What.SUBMITTED, Notice.What.ASSIGNED))
    return new.exclude(asking & ~Q(change_set__status=ChangeSet.Status.SUBMITTED))


def _standing_findings() -> list[tuple[int, str, int]]:
    """Return how many findings of each severity stand, the worst first, with the words for it."""
    words = dict(Finding.Severity.choices)
    found = findings.counts(Finding.objects.standing())["severity"]
    return [(severity, str(words[severity]), number) for severity, number in found]


def _change_sets() -> QuerySet[ChangeSet]:
    return ChangeSet.objects.select_related("author", "reviewer").annotate(records=Count("edits")).order_by("-pk")


def _unpublished() -> list[dict[str, Any]]:
    """Return the kinds with records that were never published, and how many."""
    counted = [
        {
            "name": capfirst(kind.model._meta.verbose_name_plural),
            "model": kind.model._meta.model_name,
            "count": standing.never_published(kind.model),
        }
        for kind in KINDS.values()
    ]
    return [entry for entry in counted if entry["count"]]
