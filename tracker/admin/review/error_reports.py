"""Reports of errors: what readers say is wrong, and the answer, which is public."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.forms import ModelChoiceField
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from tracker.admin.forms.records import RefusableForm
from tracker.admin.lists.base import RefusingAdmin
from tracker.admin.site.admin_site import site
from tracker.curation import error_reports
from tracker.models import ChangeSet, ErrorReport

_WHAT = ("record", "field", "stance", "contributor", "message", "email", "received_at")


class AnswerForm(RefusableForm):
    """The answer: a change set that is published, or a reason."""

    change_set = ModelChoiceField(
        ChangeSet.objects.filter(status=ChangeSet.Status.PUBLISHED), required=False,
        label=_("Settled by the published change set"),
    )  # fmt: skip

    class Meta:
        model = ErrorReport
        fields = ("change_set", "answer")

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        if not found.get("change_set") and not found.get("answer", "").strip():
            raise ValidationError(_("Choose the change set that settles it, or say why nothing is changed."))
        return found

    def _post_clean(self) -> None:
        # What is typed becomes an answer in `error_reports`, which checks it.
        return


@admin.register(ErrorReport, site=site)
class ErrorReportAdmin(RefusingAdmin):
    """What waits for an answer, the oldest first, and what was answered."""

    form = AnswerForm
    list_display = ("about", "stance", "status", "received_at", "answered_by")
    list_filter = ("status", "stance", "kind")
    list_select_related = ("answered_by",)
    search_fields = ("public_id", "message", "answer")
    ordering = ("-status", "received_at", "pk")
    readonly_fields = (*_WHAT, "status", "answered_by", "answered_at")
    fieldsets = (
        (None, {"fields": _WHAT}),
        (_("Answer, which is public"), {"fields": ("change_set", "answer", "status", ("answered_by", "answered_at"))}),
    )

    def has_change_permission(self, request: HttpRequest, obj: ErrorReport | None = None) -> bool:
        is_open = obj is None or obj.status == ErrorReport.Status.WAITING
        return is_open and super().has_change_permission(request, obj)

    def save_model(self, request: HttpRequest, obj: ErrorReport, form: Any, change: bool) -> None:
        """Answer it; by whom and when is noted."""
        chosen, answer = form.cleaned_data["change_set"], form.cleaned_data["answer"]
        by: Any = request.user
        if chosen:
            error_reports.settle(report=obj, change_set=chosen, by=by, at=timezone.now(), answer=answer)
        else:
            error_reports.decline(report=obj, answer=answer, by=by, at=timezone.now())

    @display(description=_("about"))
    def about(self, report: ErrorReport) -> str:
        """What it is about."""
        return str(report)

    @display(description=_("record"))
    def record(self, report: ErrorReport) -> str:
        """The record, as a link to where it is edited."""
        where = reverse("admin:record", args=[report.kind, report.public_id])
        return format_html('<a class="text-link" href="{}">{} {}</a>', where, report.kind, report.public_id)
