"""Lists of records: what their rows show, chosen by whoever looks at them, kept as filters, and as a file."""

from functools import cached_property
from typing import Any

from django.http import HttpRequest
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.decorators import display

from tracker.admin.lists import columns, settings
from tracker.admin.lists.exporting import export_view
from tracker.admin.lists.paging import DatedChangeList
from tracker.admin.lists.record_filters import FindingFilter, HeldByFilter, SupportFilter
from tracker.admin.lists.result_rows import label
from tracker.admin.lists.rows import attach_to
from tracker.reporting.desk.findings import by_health

HEALTH_COLOURS = {"good": "success", "error": "danger", "warning": "warning", "notice": "info"}


class RecordChangeList(DatedChangeList):
    """A list that finds out at once how all records of a page stand, and what is above the list."""

    result_list: Any

    def __init__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().__init__(request, *args, **kwargs)
        self.asked_by = request

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        self.result_list = attach_to(self.result_list)

    @cached_property
    def tabs(self) -> list[settings.Tab]:
        """The saved filters."""
        return settings.tabs(self.model_admin, self.asked_by)

    @property
    def columns_offered(self) -> list[tuple[str, str, bool, bool]]:
        """The columns that the list can have."""
        return columns.labelled(self.model_admin, self.list_display)

    @property
    def query_now(self) -> str:
        """The filters in force, the search and the order, as they stand in the address."""
        return settings.normal(self.asked.urlencode())


class RecordLists:
    """What the admin of each kind of record has as a list."""

    model: Any
    admin_site: Any
    opts: Any

    def __init__(self, model: Any, admin_site: Any) -> None:
        super().__init__(model, admin_site)  # type: ignore[call-arg]  # a mixin: its admin has it

        @display(description=gettext_lazy("health"), ordering=by_health(model.kind))
        def health(record: Any) -> str:
            return label(record.health.in_words() or _("good"), HEALTH_COLOURS[record.health.worst])

        self.health = health

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[RecordChangeList]:
        """Return the list with what is above it."""
        return RecordChangeList

    def get_list_filter(self, request: HttpRequest) -> list[Any]:
        """Add the filters that all records have."""
        own: Any = super().get_list_filter(request)  # type: ignore[misc]  # a mixin: its admin has it
        return [*own, SupportFilter, FindingFilter, HeldByFilter]

    def get_list_display(self, request: HttpRequest) -> tuple[str, ...]:
        """Return the columns that the person chose, else the usual ones."""
        return columns.chosen(self, request)

    def get_list_select_related(self, request: HttpRequest) -> list[str]:
        """Join what the columns show."""
        return columns.joins(self, self.get_list_display(request))

    def list_urls(self, view: Any) -> list[Any]:
        """Return the addresses beside the list; `view` makes a view of the admin of a function."""
        prefix = f"tracker_{self.opts.model_name}"
        return [
            path("columns/", view(settings.columns_view), name=f"{prefix}_columns"),
            path("saved/", view(settings.save_view), name=f"{prefix}_save_filter"),
            path("saved/<int:number>/remove/", view(settings.remove_view), name=f"{prefix}_remove_filter"),
            path("export/<slug:written_as>/", view(export_view), name=f"{prefix}_export"),
        ]
