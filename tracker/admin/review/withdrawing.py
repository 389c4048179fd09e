"""Taking records back from their list page."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tracker.admin.forms.returned_forms import list_after_action
from tracker.admin.review import choosing_change_set
from tracker.curation.desk import records
from tracker.curation.errors import CurationError
from tracker.curation.review import standing
from tracker.models import ChangeSet, Edit


def outcome(name: str, withdrawal: Edit | None) -> tuple[str, int]:
    """Return what became of a record that was taken back, and how to show it."""
    if withdrawal is None:
        return _("“%(record)s” was never published: it is removed.") % {"record": name}, messages.SUCCESS
    return (
        _("“%(record)s” stays public until its withdrawal is published with change set #%(id)s “%(message)s”.")
        % {"record": name, "id": withdrawal.change_set_id, "message": withdrawal.change_set.message},
        messages.WARNING,
    )


@admin.action(description=gettext_lazy("Withdraw"), permissions=["delete"])
def withdraw_selected(model_admin: Any, request: Any, queryset: QuerySet[Any]) -> HttpResponse:
    """Ask once, then take each of the records back; one that cannot be is named with the reason."""
    if "confirmed" not in request.POST:
        context = model_admin.admin_site.each_context(request) | {
            "title": _("Withdraw records"),
            "records": standing.attach(queryset),
            "opts": model_admin.opts,
            "action": "withdraw_selected",
            "checkbox": ACTION_CHECKBOX_NAME,
            "where": choosing_change_set.shown(request, None, ChangeSet.Cause.WITHDRAWAL),
        }
        return TemplateResponse(request, "admin/tracker/withdraw_selected.html", context)
    withdrawn = _withdraw_all(request, queryset)
    for name, told in withdrawn:
        message, level = (f"{name}: {told}", messages.ERROR) if isinstance(told, CurationError) else outcome(name, told)
        model_admin.message_user(request, message, level)
    return list_after_action(request, is_done=not any(isinstance(told, CurationError) for _name, told in withdrawn))


def _withdraw_all(request: Any, queryset: QuerySet[Any]) -> list[tuple[str, Edit | CurationError | None]]:
    """Take the records back, in one change set where it was chosen; returns what became of each."""
    at, reason = timezone.now(), request.POST.get("reason", "")
    found: list[tuple[str, Edit | CurationError | None]] = []
    with transaction.atomic():
        listed = list(queryset)
        try:
            change_set = choosing_change_set.chosen(request, None, _("Withdrawals: %s") % listed[0]) if listed else None
        except CurationError as error:
            return [(_("Not withdrawn"), error)]
        for record in listed:
            name = str(record)
            try:
                found.append(
                    (
                        name,
                        records.withdraw(record=record, by=request.user, at=at, reason=reason, change_set=change_set),
                    )
                )
            except CurationError as error:
                found.append((name, error))
        if (
            change_set is not None
            and request.POST.get("change_set") == choosing_change_set.NEW
            and not change_set.edits.exists()
        ):
            change_set.delete()
    return found
