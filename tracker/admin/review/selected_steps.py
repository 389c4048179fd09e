"""The steps of several change sets, from their list: each asks once more, with what it comes to."""

from dataclasses import dataclass
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db.models import QuerySet
from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from tracker.admin.forms.returned_forms import list_after_action
from tracker.admin.review import discussion, effects
from tracker.admin.review.transitions import possible_transitions, take
from tracker.curation.errors import CurationError
from tracker.curation.publishing import tasks
from tracker.curation.review.permissions import who_may_review
from tracker.models import ChangeSet
from tracker.reporting.desk.effects import together

ASSIGN = "assign"
WORKED_OUT = 10
"""Of how many change sets the effect is worked out while somebody waits, where none is kept."""
_TITLES: dict[str, Any] = {
    "submit": gettext_lazy("Submit for review"), "publish": gettext_lazy("Publish"), "reject": gettext_lazy("Reject"),
    "discard": gettext_lazy("Discard"), ASSIGN: gettext_lazy("Ask to review"),
}  # fmt: skip


@dataclass(frozen=True)
class Chosen:
    """A change set that was chosen: whether it can take the step, and what publishing it does to the sums."""

    change_set: ChangeSet
    is_possible: bool
    effect: dict[str, Any]
    is_unseen: bool = False
    """Whether it could be submitted, if its effect were known."""


@admin.action(description=gettext_lazy("Submit for review …"), permissions=["change"])
def submit_selected(model_admin: Any, request: Any, queryset: QuerySet[ChangeSet]) -> HttpResponse:
    """Ask once more, with the effect, then submit each."""
    return _confirmed(model_admin, request, queryset, "submit")


@admin.action(description=gettext_lazy("Publish …"), permissions=["publish"])
def publish_selected(model_admin: Any, request: Any, queryset: QuerySet[ChangeSet]) -> HttpResponse:
    """Ask once more, with the effect, then publish each, the oldest first."""
    return _confirmed(model_admin, request, queryset, "publish")


@admin.action(description=gettext_lazy("Reject, with a reason …"), permissions=["publish"])
def reject_selected(model_admin: Any, request: Any, queryset: QuerySet[ChangeSet]) -> HttpResponse:
    """Ask for the reason, then reject each."""
    return _confirmed(model_admin, request, queryset, "reject")


@admin.action(description=gettext_lazy("Ask somebody to review …"), permissions=["change"])
def assign_selected(model_admin: Any, request: Any, queryset: QuerySet[ChangeSet]) -> HttpResponse:
    """Ask who is to review each, and until when."""
    return _confirmed(model_admin, request, queryset, ASSIGN)


@admin.action(description=gettext_lazy("Discard …"), permissions=["change"])
def discard_selected(model_admin: Any, request: Any, queryset: QuerySet[ChangeSet]) -> HttpResponse:
    """Ask once, then discard each."""
    return _confirmed(model_admin, request, queryset, "discard")


LIST_ACTIONS = (submit_selected, publish_selected, reject_selected, assign_selected, discard_selected)


def _confirmed(model_admin: Any, request: Any, queryset: QuerySet[ChangeSet], step: str) -> HttpResponse:
    if "confirmed" in request.POST:
        return list_after_action(request, is_done=_take_all(request, step, queryset))
    chosen = [_chosen(each, step, request.user, queryset.count()) for each in queryset.order_by("pk")]
    possible = [each for each in chosen if each.is_possible]
    with_effect = step in ("submit", "publish")
    known = [
        each.effect["effect_sums"] for each in possible if "effect_sums" in each.effect and not each.effect["problems"]
    ]
    context = model_admin.admin_site.each_context(request) | {
        "title": _question_in_words(step, len(possible)), "chosen": chosen, "opts": model_admin.opts, "step": step,
        "possible": len(possible), "record_count": sum(getattr(each.change_set, "records", 0) for each in possible),
        "together": together(known, unknown=len(possible) - len(known)) if with_effect else "",
        "reviewers": who_may_review() if step == ASSIGN else (),
        "action": f"{step}_selected", "checkbox": ACTION_CHECKBOX_NAME,
    }  # fmt: skip
    return TemplateResponse(request, "admin/tracker/steps_selected.html", context)


def _question_in_words(step: str, count: int) -> str:
    words = ngettext("%(step)s: %(count)s change set", "%(step)s: %(count)s change sets", count)
    return words % {"step": _TITLES[step], "count": count}


def _chosen(change_set: ChangeSet, step: str, user: Any, count: int) -> Chosen:
    """Return a change set with its effect, where the step has one; of many only what is kept of it."""
    if step == ASSIGN:
        return Chosen(change_set, change_set.status in ChangeSet.HOLDING, {})
    is_possible = step in possible_transitions(change_set, user)
    if not is_possible or step not in ("submit", "publish"):
        return Chosen(change_set, is_possible, {})
    shown = effects.effect_shown if count <= WORKED_OUT else effects.effect_kept
    effect = shown(change_set)
    # Who submits has seen the effect first.
    is_unseen = step == "submit" and (not effect or "effect_is_unknown" in effect)
    return Chosen(change_set, not is_unseen, effect, is_unseen)


def _take_all(request: Any, step: str, queryset: QuerySet[ChangeSet]) -> bool:
    """Take the step with each, and tell what became of it; returns whether none was refused."""
    is_done = True
    later, confirmed = tasks.are_many(queryset), request.POST.getlist("confirm")
    for change_set in queryset.order_by("pk"):
        said = (
            _assign(request, change_set) if step == ASSIGN
            else take(
                step, change_set, request.user, request.POST.get("reason", ""), later=later,
                is_confirmed=str(change_set.pk) in confirmed,
            )
        )  # fmt: skip
        for message, level in said:
            messages.add_message(request, level, message)
            is_done = is_done and level in (messages.SUCCESS, messages.INFO)
    return is_done


def _assign(request: Any, change_set: ChangeSet) -> list[tuple[str, int]]:
    try:
        discussion.assign_as_posted(request, change_set, timezone.now())
    except CurationError as error:
        return [(f"#{change_set.pk} {error}", messages.ERROR)]
    return [(_("Change set #%s: noted who reviews it, and until when.") % change_set.pk, messages.SUCCESS)]
