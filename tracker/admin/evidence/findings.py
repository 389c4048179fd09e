"""The worklist of findings: what the rules of quality say, how much of it there is, and waiving it with a reason."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.contrib.filters.admin import ChoicesDropdownFilter, DropdownFilter
from unfold.decorators import display

from tracker.admin.forms.returned_forms import list_after_action
from tracker.admin.lists.base import ReadOnlyAdmin
from tracker.admin.lists.folded_search import FoldingSearch
from tracker.admin.site.admin_site import site
from tracker.curation.errors import CurationError
from tracker.curation.quality import waiving
from tracker.models import ChangeSet, Finding
from tracker.records.quality.rules import RULES
from tracker.records.registry import KINDS
from tracker.reporting.desk.findings import counts, findings_of
from tracker.reporting.shelf.wording import place_of

SEVERITY_COLOURS = {
    Finding.Severity.ERROR: "danger", Finding.Severity.WARNING: "warning", Finding.Severity.NOTICE: "info",
}  # fmt: skip


class RuleFilter(DropdownFilter):
    """By rule."""

    title = gettext_lazy("rule")
    parameter_name = "rule"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(rule.id, f"{rule.id}: {rule.sentence}") for rule in RULES.values()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(rule=self.value()) if self.value() in RULES else queryset


class KindFilter(DropdownFilter):
    """By kind of record."""

    title = gettext_lazy("kind of record")
    parameter_name = "kind"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(kind.name, kind.model._meta.verbose_name) for kind in KINDS.values()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(record_kind=self.value()) if self.value() in KINDS else queryset


class ChangeSetFilter(DropdownFilter):
    """By change set: the records that one holds which is not decided yet."""

    title = gettext_lazy("held by change set")
    parameter_name = "change_set"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        held = ChangeSet.objects.filter(status__in=ChangeSet.HOLDING).order_by("-pk")[:50]
        return [(str(change_set.pk), str(change_set)) for change_set in held]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        asked = self.value() or ""
        found = ChangeSet.objects.filter(pk=int(asked)).first() if asked.isdecimal() and len(asked) < 18 else None
        return queryset if found is None else queryset.filter(pk__in=findings_of(found).order_by().values("pk"))


class WaivedFilter(DropdownFilter):
    """What stands, unless waived ones are asked for."""

    title = gettext_lazy("waived")
    parameter_name = "waived"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("yes", gettext_lazy("waived")), ("all", gettext_lazy("waived or not"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() == "all":
            return queryset
        return queryset.filter(waived_at__isnull=self.value() != "yes")


@admin.register(Finding, site=site)
class FindingAdmin(FoldingSearch, ReadOnlyAdmin):
    """What the rules find in the records of the desk, the worst first."""

    list_display = ("severity_label", "message", "record", "place", "sentence", "waiver")
    list_display_links = ("message",)
    list_select_related = ("waived_by",)
    list_filter = (("severity", ChoicesDropdownFilter), RuleFilter, KindFilter, ChangeSetFilter, WaivedFilter)
    list_before_template = "admin/tracker/finding_counts.html"
    search_fields = ("record_id", "message")
    ordering = ("severity", "rule", "record_kind", "record_id", "pk")
    fields = ("severity_label", "sentence", "message", "record", "place", "claim", "found_at", "waiver")
    readonly_fields = ("severity_label", "sentence", "record", "place", "waiver")
    actions = ("waive_selected", "take_back_selected")

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Show above the list how many there are of what is listed, by severity, rule and kind."""
        answer = super().changelist_view(request, extra_context)
        if isinstance(answer, TemplateResponse) and answer.context_data and "cl" in answer.context_data:
            answer.context_data["counted"] = _counted(answer.context_data["cl"].queryset)
        return answer

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(self.waive_one)
        return [path("<int:pk>/waive/", view, name="tracker_finding_waive"), *super().get_urls()]

    def waive_one(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask for the reason to waive one finding; the answer is the action of the list."""
        if not self.has_waive_permission(request):
            raise PermissionDenied
        return self._ask(request, Finding.objects.filter(pk=get_object_or_404(Finding, pk=pk).pk))

    def _ask(self, request: HttpRequest, findings: QuerySet[Finding]) -> HttpResponse:
        context = self.admin_site.each_context(request) | {
            "title": _("Waive findings"), "findings": findings, "opts": self.opts, "action": "waive_selected",
            "checkbox": ACTION_CHECKBOX_NAME, "is_missing": "reason" in request.POST,
        }  # fmt: skip
        return TemplateResponse(request, "admin/tracker/waive.html", context)

    def has_waive_permission(self, request: HttpRequest) -> bool:
        """Tell whether the user may waive; actions ask for it by this name."""
        return request.user.has_perm(waiving.WAIVE)

    @admin.action(description=gettext_lazy("Waive, with a reason"), permissions=["waive"])
    def waive_selected(self, request: Any, queryset: QuerySet[Finding]) -> HttpResponse:
        """Ask for the reason, then waive each; one that cannot be is named."""
        if not request.POST.get("reason", "").strip():
            return self._ask(request, queryset)
        is_done = True
        for finding in queryset:
            try:
                waiving.waive(finding=finding, by=request.user, reason=request.POST["reason"], at=timezone.now())
                told, level = _("Waived: %s") % finding.message, messages.SUCCESS
            except CurationError as error:
                told, level, is_done = f"{finding.message} {error}", messages.ERROR, False
            self.message_user(request, told, level)
        return list_after_action(request, is_done=is_done)

    @admin.action(description=gettext_lazy("Take the waiver back"), permissions=["waive"])
    def take_back_selected(self, request: Any, queryset: QuerySet[Finding]) -> None:
        """Let waived findings count again."""
        for finding in queryset:
            try:
                waiving.take_back(finding=finding, by=request.user)
                self.message_user(request, _("Counts again: %s") % finding.message, messages.SUCCESS)
            except CurationError as error:
                self.message_user(request, f"{finding.message} {error}", messages.ERROR)

    @display(description=gettext_lazy("severity"), ordering="severity", label=SEVERITY_COLOURS)
    def severity_label(self, finding: Finding) -> tuple[int, str]:
        """Its severity, in colour."""
        return finding.severity, finding.get_severity_display()

    @display(description=gettext_lazy("field"), ordering="field")
    def place(self, finding: Finding) -> str:
        """What it is about, in the words of the form."""
        return place_of(finding.record_kind, finding.field) if finding.field else ""

    @display(description=gettext_lazy("the rule"), ordering="rule")
    def sentence(self, finding: Finding) -> str:
        """What the rule says is right."""
        return str(RULES[finding.rule].sentence) if finding.rule in RULES else ""

    @display(description=gettext_lazy("record"), ordering="record_id")
    def record(self, finding: Finding) -> str:
        """The record, with a link to its form."""
        address = reverse("admin:record", args=[finding.record_kind, finding.record_id])
        return format_html('<a class="text-link" href="{}">{} {}</a>', address, finding.record_kind, finding.record_id)

    @display(description=gettext_lazy("waiver"))
    def waiver(self, finding: Finding) -> str:
        """Who waived it, when, and why."""
        if finding.waived_at is None:
            return ""
        return f"{finding.waived_by}, {date_format(finding.waived_at)}: {finding.reason}"


def _counted(findings: QuerySet[Finding]) -> list[dict[str, Any]]:
    """Return the counts of a list with the words for them, and the parameter by which each is chosen."""
    found = counts(findings)
    severities, plurals = dict(Finding.Severity.choices), {name: kind.model._meta for name, kind in KINDS.items()}
    return [
        {
            "name": _("By severity"), "parameter": "severity__exact",
            "rows": [(severity, severities[severity], number) for severity, number in found["severity"]],
        },
        {
            "name": _("By rule"), "parameter": "rule",
            "rows": [
                (rule, RULES[rule].sentence if rule in RULES else rule, number) for rule, number in found["rule"]
            ],
        },
        {
            "name": _("By kind of record"), "parameter": "kind",
            "rows": [(kind, plurals[kind].verbose_name_plural, number) for kind, number in found["kind"]],
        },
    ]  # fmt: skip
