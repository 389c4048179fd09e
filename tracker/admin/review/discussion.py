"""What people say to each other on the page of a change set: comments, who is to review it, and until when."""

import datetime as dt
from typing import Any

from django.contrib.auth.models import User
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tracker.admin.review.chosen_records import CHANGE, posted
from tracker.curation.discussion import assigning, commenting
from tracker.curation.errors import CurationError
from tracker.curation.review.permissions import reviewers_of
from tracker.lib.numbering import is_key
from tracker.models import ChangeSet, Comment
from tracker.reporting.desk.threads import of_record, threads


def talk_shown(change_set: ChangeSet, user: Any, differences: list[Any]) -> dict[str, Any]:
    """Return the threads of a change set and of the records that are shown, and who may be asked to review it."""
    found = threads(change_set)
    for difference in differences:
        difference.threads = of_record(found, difference.kind, difference.public_id)
    holding, may = change_set.status in ChangeSet.HOLDING, user.has_perm(CHANGE)
    return {
        "threads": of_record(found, "", ""),
        "open_threads": sum(not thread.comment.settled_at for thread in found),
        "may_comment": holding and may,
        "reviewers": list(reviewers_of(change_set)) if holding and may else [],
    }


@require_POST
def comment_view(request: Any, pk: int) -> HttpResponse:
    """Begin a thread, on the change set, a record or a field."""
    kind, public_id = request.POST.get("kind", ""), request.POST.get("public_id", "")

    def do(change_set: ChangeSet) -> None:
        commenting.comment(
            change_set=change_set, by=request.user, text=request.POST.get("text", ""), at=timezone.now(), kind=kind,
            public_id=public_id, field=request.POST.get("field", ""),
        )  # fmt: skip

    return posted(request, pk, do, at=_place(kind, public_id))


@require_POST
def answer_view(request: Any, pk: int) -> HttpResponse:
    """Answer a thread, or settle it."""
    number = request.POST.get("comment", "")
    found = get_object_or_404(Comment, pk=int(number) if is_key(number) else 0, change_set=pk)

    def do(change_set: ChangeSet) -> None:
        if "settle" in request.POST:
            commenting.settle(comment=found, by=request.user, at=timezone.now())
        else:
            commenting.answer(comment=found, by=request.user, text=request.POST.get("text", ""), at=timezone.now())

    return posted(request, pk, do, at=_place(found.kind, found.public_id))


@require_POST
def assign_view(request: Any, pk: int) -> HttpResponse:
    """Say who is to review the change set, and until when."""

    def do(change_set: ChangeSet) -> str:
        assign_as_posted(request, change_set, timezone.now())
        return _("Noted.")

    return posted(request, pk, do)


def assign_as_posted(request: Any, change_set: ChangeSet, at: dt.datetime) -> None:
    """Say who is to review a change set, and until when, as it was posted. Raises CurationError."""
    name, day = request.POST.get("assignee", "").replace("\0", ""), request.POST.get("due", "")
    to = User.objects.filter(username=name).first() if name else None
    if name and to is None:
        raise CurationError(_("There is no user “%s”.") % name[:100])
    try:
        due = dt.date.fromisoformat(day) if day else None
    except ValueError as error:
        raise CurationError(_("“%s” is no day; write it as 2026-12-31.") % day[:20]) from error
    assigning.assign(change_set=change_set, to=to, due=due, by=request.user, at=at)


def _place(kind: str, public_id: str) -> str:
    return f"#{kind}-{public_id}" if public_id else "#talk-heading"
