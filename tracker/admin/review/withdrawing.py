"""Taking records back from their list page."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db.models import QuerySet
from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tracker.curation.desk import records
from tracker.curation.errors import CurationError
from tracker.curation.review import standing
from tracker.models import Edit


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
def withdraw_selected(model_admin: Any, request: Any, queryset: QuerySet[Any]) -> HttpResponse | None:
    """Ask once, then take each of the records back; one that cannot be is named with the reason."""
    if "confirmed" not in request.POST:
        context = model_admin.admin_site.each_context(request) | {
            "title": _("Withdraw records"),
            "records": standing.attach(queryset),
            "opts": model_admin.opts,
            "action": "withdraw_selected",
            "checkbox": ACTION_CHECKBOX_NAME,
        }
        return TemplateResponse(request, "admin/tracker/withdraw_selected.html", context)
    for record in queryset:
        name = str(record)
        try:
            withdrawal = records.withdraw(
                record=record, by=request.user, at=timezone.now(), reason=request.POST.get("reason", "")
            )
            message, level = outcome(name, withdrawal)
        except CurationError as error:
            message, level = f"{name}: {error}", messages.ERROR
        model_admin.message_user(request, message, level)
    return None
