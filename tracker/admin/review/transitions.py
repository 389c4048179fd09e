"""The steps of a change set: submit, publish, reject, discard."""

import datetime as dt
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from tracker.admin.forms.returned_forms import told_saved
from tracker.admin.review.chosen_records import CHANGE, revision_in
from tracker.curation.accounts import ADMINISTER
from tracker.curation.errors import CurationError, Refused
from tracker.curation.publishing import tasks
from tracker.curation.review import change_sets
from tracker.curation.review.permissions import PUBLISH, who_could_review
from tracker.models import ChangeSet, Job

REVERT = "revert"
PROBLEMS_SHOWN = 20


@dataclass(frozen=True)
class TransitionRequest:
    """Who asks for a transition, when, and what they say with it; `later`: as a job, as it is one of many.

    `is_confirmed`: they saw what stands in the way of publishing, or that its effect is not known.
    """

    by: User
    at: dt.datetime
    reason: str
    named: Collection[str]
    later: bool
    is_confirmed: bool = False
    revision: int | None = None
    """Of the change set, as its page showed it."""


@dataclass(frozen=True)
class Transition:
    """One transition: the right it needs, what does it, and what to say when it is done, or being done by a job."""

    permission: str
    take: Callable[[ChangeSet, TransitionRequest], ChangeSet | Job | None]
    done: Any
    at_work: Any = ""


TRANSITIONS = {
    "submit": Transition(
        CHANGE,
        lambda change_set, asked: tasks.submit(
            change_set=change_set, by=asked.by, at=asked.at, is_confirmed=asked.is_confirmed
        ),
        gettext_lazy("Change set #%(id)s waits for review."),
    ),
    "publish": Transition(
        PUBLISH,
        lambda change_set, asked: tasks.request_publishing(
            change_set=change_set,
            by=asked.by,
            at=asked.at,
            differences=asked.named,
            later=asked.later,
            is_confirmed=asked.is_confirmed,
            revision=asked.revision,
        ),
        gettext_lazy("Change set #%(id)s is published."),
        gettext_lazy("Change set #%(id)s is being published: its page says how far that is."),
    ),
    "reject": Transition(
        PUBLISH,
        lambda change_set, asked: change_sets.reject(
            change_set=change_set, by=asked.by, reason=asked.reason, at=asked.at
        ),
        gettext_lazy("Change set #%(id)s is back with its author."),
    ),
    "discard": Transition(
        CHANGE,
        lambda change_set, asked: tasks.request_discarding(
            change_set=change_set, by=asked.by, at=asked.at, later=asked.later
        ),
        gettext_lazy("Change set #%(id)s is discarded; its records are as published."),
        gettext_lazy("Change set #%(id)s is being discarded: its page says when that is done."),
    ),
}


def possible_transitions(change_set: ChangeSet, user: Any) -> list[str]:
    """Return the names of the transitions that `user` can make with the change set as it stands."""
    own, status = change_set.author_id == user.pk, change_set.status
    waits = status == ChangeSet.Status.SUBMITTED
    reviews = user.has_perm(PUBLISH) and waits and (not own or bool(change_set.alone_reason))
    possible = {
        "submit": own and status in ChangeSet.EDITABLE and change_sets.holds_anything(change_set),
        "publish": reviews,
        "reject": reviews and not own,
        "discard": status in ChangeSet.HOLDING and (own or user.has_perm(PUBLISH)),
    }
    found = [name for name, step in TRANSITIONS.items() if possible[name] and user.has_perm(step.permission)]
    return [*found, REVERT] if status == ChangeSet.Status.PUBLISHED and user.has_perm(CHANGE) else found


def may_state_alone(change_set: ChangeSet, user: Any) -> bool:
    """Tell whether `user` may state why they publish their own change set: an administrator who is alone."""
    own = change_set.author_id == user.pk and change_set.status == ChangeSet.Status.SUBMITTED
    is_administrator = user.has_perm(PUBLISH) and user.has_perm(ADMINISTER)
    alone = own and is_administrator and not change_set.alone_reason
    return alone and not who_could_review(change_set).exclude(pk=user.pk).exists()


def told(error: Refused) -> list[str]:
    """Return what is wrong, a line each: of a change set of thousands of records not every one."""
    return error.listed(PROBLEMS_SHOWN)


def take(
    name: str, change_set: ChangeSet, by: User, reason: str = "", named: Collection[str] = (), later: bool = False,
    is_confirmed: bool = False, revision: int | None = None,
) -> list[tuple[str, int]]:  # fmt: skip
    """Take a step; returns what to say, and how to show it. A refusal is told, and nothing is written.

    `named` are the differences that whoever publishes an import has named.
    """
    step = TRANSITIONS[name]
    asked = TransitionRequest(by, timezone.now(), reason.replace("\0", ""), named, later, is_confirmed, revision)
    try:
        taken = step.take(change_set, asked)
    except Refused as error:
        return [(f"#{change_set.pk} {problem}", messages.ERROR) for problem in told(error)]
    except CurationError as error:
        return [(str(error), messages.ERROR)]
    if isinstance(taken, Job):
        return [(step.at_work % {"id": change_set.pk}, messages.INFO)]
    return [(step.done % {"id": change_set.pk}, messages.SUCCESS)]


@require_POST
def step_view(request: Any, pk: int, step: str) -> HttpResponse:
    """Take one step with one change set and lead back to its page."""
    if not request.user.has_perm(TRANSITIONS[step].permission):
        raise PermissionDenied
    change_set = get_object_or_404(ChangeSet, pk=pk)
    reason, named = request.POST.get("reason", ""), request.POST.getlist("differences")
    confirmed = request.POST.get("confirm") == "yes"
    response = redirect(reverse("admin:tracker_changeset_change", args=[pk]))
    for message, level in take(
        step, change_set, request.user, reason, named, is_confirmed=confirmed, revision=revision_in(request)
    ):
        messages.add_message(request, level, message)
        if level == messages.SUCCESS:
            told_saved(request, response)
    return response
