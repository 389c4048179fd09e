"""Imports: their list, bringing a file, and the page on which a plan is read."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesDropdownFilter, RangeDateTimeFilter
from unfold.decorators import display

from tracker.admin.imports import decisions, labels, pages, plan_views, reconciling, twins
from tracker.admin.imports.forms import UploadForm
from tracker.admin.imports.pages import STATUS_COLOURS, in_words
from tracker.admin.lists import paging
from tracker.admin.lists.base import RefusingAdmin
from tracker.admin.lists.filters import AuthorFilter
from tracker.admin.lists.folded_search import FoldingSearch
from tracker.admin.site.admin_site import site
from tracker.curation import jobs
from tracker.curation.importing import imports
from tracker.exchange.datasets.tasks import plan_import
from tracker.models import Import
from tracker.reporting.desk.imports import counts_of_steps


class ImportChangeList(paging.DatedChangeList):
    """A list that counts the records of all plans of a page at once."""

    result_list: Any

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        self.result_list = list(self.result_list)
        counts = counts_of_steps(self.result_list)
        for imported in self.result_list:
            imported.counts = counts[imported.pk]


@admin.register(Import, site=site)
class ImportAdmin(FoldingSearch, RefusingAdmin):
    """Imports. A file is brought here; everything else has a page of its own."""

    form = UploadForm
    list_before_template = "admin/tracker/import_list.html"
    add_form_template = "admin/tracker/import_add.html"
    list_display = ("number", "named", "status_label", "records", "author", "received_at", "change_set")
    list_display_links = ("number", "named")
    list_select_related = ("author", "change_set")
    list_filter = (
        ("status", ChoicesDropdownFilter), AuthorFilter, ("received_at", RangeDateTimeFilter),
    )  # fmt: skip
    search_fields = ("title", "file_name", "author__username")

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return ImportChangeList

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        queryset: QuerySet[Any] = super().get_queryset(request)
        return queryset.select_related("author", "change_set")

    def get_urls(self) -> list[Any]:
        protect = self.admin_site.admin_view
        own = [
            path("<int:pk>/records/", protect(plan_views.records_view), name="tracker_import_records"),
            path("<int:pk>/rows/", protect(plan_views.rows_view), name="tracker_import_rows"),
            path("<int:pk>/report.csv", protect(plan_views.report_view), name="tracker_import_report"),
            path("<int:pk>/labels/", protect(labels.labels_view), name="tracker_import_labels"),
            path("<int:pk>/twins/", protect(twins.twins_view), name="tracker_import_twins"),
            path("<int:pk>/labels/leave/", protect(labels.leave_view), name="tracker_import_leave"),
            path(
                "<int:pk>/reconciliation/",
                protect(reconciling.reconciliation_view),
                name="tracker_import_reconciliation",
            ),
            path("<int:pk>/choose/", protect(decisions.choose_view), name="tracker_import_choose"),
            path("<int:pk>/conflicts/", protect(decisions.conflicts_view), name="tracker_import_conflicts"),
            path("<int:pk>/accept/", protect(decisions.accept_view), name="tracker_import_accept"),
            path("<int:pk>/again/", protect(decisions.again_view), name="tracker_import_again"),
            path("<int:pk>/conventions/", protect(decisions.conventions_view), name="tracker_import_conventions"),
        ]
        return [*own, *super().get_urls()]

    def get_actions(self, request: HttpRequest) -> Any:
        return {}

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        # Nobody edits a plan: what its author may do with it has pages of its own.
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        # Several at once, from the list, cannot be forgotten.
        return obj is not None and pages.may_drop(request, obj)

    def add_view(
        self, request: Any, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:  # fmt: skip
        if request.method != "POST":
            return super().add_view(request, form_url, extra_context)
        with jobs.queueing() as queue:
            response = super().add_view(request, form_url, extra_context)
            if hasattr(request, "received"):
                queue(plan_import, request.received)
        return response

    def save_model(self, request: Any, obj: Import, form: Any, change: bool) -> None:
        """Keep the file."""
        file = form.cleaned_data["file"]
        received = imports.receive(
            author=request.user, profile=obj.profile, release=obj.release, sheet=obj.sheet, file_name=file.name,
            content=file.read(), at=timezone.now(),
        )  # fmt: skip
        obj.pk = request.received = received.pk
        obj.refresh_from_db()

    def response_add(self, request: Any, obj: Import, post_url_continue: str | None = None) -> HttpResponse:
        return HttpResponseRedirect(reverse("admin:tracker_import_change", args=[obj.pk]))

    def change_view(
        self, request: Any, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:  # fmt: skip
        imported = self.get_object(request, object_id)
        if imported is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if request.method != "GET" or not self.has_view_permission(request, imported):
            raise PermissionDenied
        return pages.overview(request, imported)

    def delete_view(self, request: Any, object_id: str, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        imported = self.get_object(request, object_id)
        if imported is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if not self.has_delete_permission(request, imported):
            raise PermissionDenied
        return decisions.drop(request, imported)

    @display(description=_("no."), ordering="pk")
    def number(self, imported: Import) -> str:
        """Its number, as people say it."""
        return f"#{imported.pk}"

    @display(description=_("file"), ordering="title")
    def named(self, imported: Import) -> str:
        """What it is, once that is known; else the name of the file."""
        return imported.title or imported.file_name

    @display(description=_("status"), ordering="status", label=STATUS_COLOURS)
    def status_label(self, imported: Import) -> tuple[str, str]:
        """Its status, in colour."""
        return imported.status, imported.get_status_display()

    @display(description=_("records"))
    def records(self, imported: Any) -> str:
        """How many records are new, changed and so on."""
        return in_words(imported.counts)
