"""Some records of a change set, chosen on its page: ticking them as seen, or moving them to another change set."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from tracker.admin.forms.returned_forms import told_saved
from tracker.admin.review import choosing_change_set
from tracker.admin.review.records_shown import RecordsAskedFor, edits_found
from tracker.curation.discussion import publishing_alone, seen
from tracker.curation.errors import CurationError, NotAllowed
from tracker.curation.publishing import moving, tasks
from tracker.curation.review import reverting
from tracker.curation.review.permissions import PUBLISH
from tracker.lib.numbering import is_key
from tracker.models import ChangeSet
from tracker.records.engine.types import Key

CHANGE = "tracker.change_changeset"


def chosen_records(request: Any, change_set: ChangeSet) -> list[Key]:
    """Return the records that were chosen, by kind and public id: the value of each box is both, with a space.

    Or all that the page was asked for, where that box is ticked.
    """
    if request.POST.get("all"):
        asked = RecordsAskedFor.read(QueryDict(request.POST.get("asked", "")[:500]))
        return [(edit.kind, edit.public_id) for edit in edits_found(change_set, asked, request.user)]
    pairs = (value.partition(" ") for value in request.POST.getlist("records"))
    return [(kind, public_id) for kind, _space, public_id in pairs]


def posted(
    request: Any, pk: int, do: Callable[[ChangeSet], Any], *, permission: str = CHANGE, at: str = ""
) -> HttpResponse:
    """Do something with a change set, tell of a refusal, and lead back to the place `at` on its page.

    What `do` returns is said, if it is anything.
    """
    if not request.user.has_perm(permission):
        raise PermissionDenied
    change_set = get_object_or_404(ChangeSet, pk=pk)
    response = redirect(reverse("admin:tracker_changeset_change", args=[pk]) + at)
    try:
        done = do(change_set)
    except CurationError as error:
        for line in str(error).splitlines():
            messages.error(request, line)
    else:
        told_saved(request, response)
        if done:
            messages.success(request, done)
    return response


@require_POST
def seen_view(request: Any, pk: int) -> HttpResponse:
    """Tick the chosen records as seen, or no longer, and lead back to where the person was."""
    change_set = get_object_or_404(ChangeSet, pk=pk)
    try:
        seen.tick(
            change_set=change_set, keys=chosen_records(request, change_set), by=request.user, at=timezone.now(),
            seen=request.POST.get("seen") != "no", revision=revision_in(request),
        )  # fmt: skip
    except NotAllowed as error:
        raise PermissionDenied from error
    except CurationError as error:
        messages.error(request, str(error))
    address = reverse("admin:tracker_changeset_change", args=[pk])
    asked = QueryDict(request.POST.get("asked", "")[:500]).urlencode()
    return redirect(f"{address}?{asked}#records-heading")


def revision_in(request: Any) -> int | None:
    """Return the revision of the change set that a page showed, as it says itself; None where that is none."""
    text = request.POST.get("revision", "")
    return int(text) if is_key(text) else None


@require_POST
def send_back_view(request: Any, pk: int) -> HttpResponse:
    """Give the chosen records back to their author, with the reason."""

    def do(change_set: ChangeSet) -> str:
        back = tasks.send_back(
            change_set=change_set, keys=chosen_records(request, change_set), by=request.user,
            reason=request.POST.get("reason", "").replace("\0", ""), at=timezone.now(),
        )  # fmt: skip
        return _("They are back with their author, in change set %s.") % back

    return posted(request, pk, do, permission=PUBLISH)


@require_POST
def alone_view(request: Any, pk: int) -> HttpResponse:
    """Note why an administrator who is alone publishes their own change set."""

    def do(change_set: ChangeSet) -> None:
        publishing_alone.state_alone(change_set=change_set, by=request.user, reason=request.POST.get("reason", ""))

    return posted(request, pk, do, permission=PUBLISH)


@require_POST
def revert_view(request: Any, pk: int) -> HttpResponse:
    """Open the change set that takes a published one back, and lead to it."""
    if not request.user.has_perm(CHANGE):
        raise PermissionDenied
    change_set = get_object_or_404(ChangeSet, pk=pk)
    try:
        reason = request.POST.get("reason", "").replace("\0", "")[:5000]
        opened = reverting.revert(change_set=change_set, by=request.user, at=timezone.now(), reason=reason)
    except CurationError as error:
        messages.error(request, str(error))
        return redirect("admin:tracker_changeset_change", pk)
    messages.success(request, _("This takes back %s once it is published.") % change_set)
    response = redirect("admin:tracker_changeset_change", opened.pk)
    told_saved(request, response)
    return response


@require_POST
def move_view(request: Any, pk: int) -> HttpResponse:
    """Move the chosen records to the change set that was chosen, and say where they are."""
    if not request.user.has_perm(CHANGE):
        raise PermissionDenied
    change_set = get_object_or_404(ChangeSet, pk=pk)
    try:
        with transaction.atomic():
            keys = chosen_records(request, change_set)
            moving.edits_of(change_set, keys)
            to = choosing_change_set.chosen(request, None, _("From #%(id)s: %(message)s") % {
                "id": change_set.pk, "message": change_set.message,
            })  # fmt: skip
            if to is None:
                raise CurationError(_("Choose the change set that they go to."))
            count = moving.move(change_set=change_set, keys=keys, to=to, by=request.user, at=timezone.now())
    except CurationError as error:
        messages.error(request, str(error))
    else:
        said = ngettext("%(count)s record is in %(to)s now.", "%(count)s records are in %(to)s now.", count)
        messages.success(request, said % {"count": count, "to": to})
    return redirect("admin:tracker_changeset_change", pk)
