"""By which ids datasets know the records. To look at only."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from tracker.admin.lists.base import ReadOnlyAdmin
from tracker.admin.lists.folded_search import FoldingSearch
from tracker.admin.site.admin_site import site
from tracker.models import ExternalId


@admin.register(ExternalId, site=site)
class ExternalIdAdmin(FoldingSearch, ReadOnlyAdmin):
    """What releases of datasets call records."""

    list_display = ("dataset", "release", "source_id", "record_kind", "public_id", "change_set")
    list_display_links = ("source_id",)
    list_select_related = ("change_set",)
    list_filter = ("dataset", "release", "record_kind")
    search_fields = ("source_id", "public_id")
    # What tells it from others is for programs, and so is the record as the file had it: that stands beside the record.
    exclude = ("fingerprint", "content")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        queryset: QuerySet[Any] = super().get_queryset(request)
        return queryset.defer("content")
