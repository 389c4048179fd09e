"""Reports of errors: what readers say is wrong, and the answer, which is public."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.forms import ModelChoiceField
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from rest_framework.serializers import ValidationError as RestError
from unfold.decorators import display

from tracker.admin.forms.records import RefusableForm
from tracker.admin.lists.base import RefusingAdmin
from tracker.admin.lists.folded_search import FoldingSearch
from tracker.admin.site.admin_site import site
from tracker.curation import error_reports
from tracker.curation.desk import answers
from tracker.curation.errors import CurationError
from tracker.curation.refusals import in_words
from tracker.models import ChangeSet, ErrorReport

_WHAT = ("record", "field", "stance", "contributor", "value", "message", "email", "received_at", "as_claim")


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
class ErrorReportAdmin(FoldingSearch, RefusingAdmin):
    """What waits for an answer, the oldest first, and what was answered."""

    form = AnswerForm
    list_display = ("about", "stance", "status", "received_at", "answered_by")
    list_filter = ("status", "stance", "kind", "link")
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

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(require_POST(self.take_in_view))
        return [path("<int:pk>/take-in/", view, name="tracker_errorreport_take_in"), *super().get_urls()]

    def take_in_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Make an open claim of what a contributor answered, and lead to the record, where it is decided."""
        report: Any = get_object_or_404(ErrorReport, pk=pk)
        by: Any = request.user
        if not self.has_change_permission(request, report):
            raise PermissionDenied
        try:
            claim = answers.take_in(report=report, by=by, at=timezone.now())
        except (CurationError, RestError) as error:
            self.message_user(
                request, str(error) if isinstance(error, CurationError) else in_words(error.detail), messages.ERROR
            )
            return HttpResponseRedirect(reverse("admin:tracker_errorreport_change", args=[pk]))
        said = _("Claim %s is made, and open: adopt or reject it on the record, then submit the change set.")
        self.message_user(request, said % claim.public_id, messages.SUCCESS)
        return HttpResponseRedirect(reverse("admin:record", args=[report.kind, report.public_id]))

    def save_model(self, request: HttpRequest, obj: ErrorReport, form: Any, change: bool) -> None:
        """Answer it; by whom and when is noted."""
        chosen, answer = form.cleaned_data["change_set"], form.cleaned_data["answer"]
        by: Any = request.user
        if chosen:
            error_reports.settle(report=obj, change_set=chosen, by=by, at=timezone.now(), answer=answer)
        else:
            error_reports.decline(report=obj, answer=answer, by=by, at=timezone.now())

    @display(description=_("as a claim"))
    def as_claim(self, report: ErrorReport) -> str:
        """The claim that was made of a contributor's answer, or a button that makes one."""
        if report.contributor_id is None:
            return "–"
        if report.claim:
            return report.claim
        where = reverse("admin:tracker_errorreport_take_in", args=[report.pk])
        return format_html(
            '<button class="text-link" formnovalidate formaction="{}">{}</button>', where,
            _("Make an open claim of it on the record"),
        )  # fmt: skip

    @display(description=_("about"))
    def about(self, report: ErrorReport) -> str:
        """What it is about."""
        return str(report)

    @display(description=_("record"))
    def record(self, report: ErrorReport) -> str:
        """The record, as a link to where it is edited."""
        where = reverse("admin:record", args=[report.kind, report.public_id])
        return format_html('<a class="text-link" href="{}">{} {}</a>', where, report.kind, report.public_id)
