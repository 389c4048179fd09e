"""The shelf: publications and what they are found by. To look at only."""

import json
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import RangeDateTimeFilter
from unfold.decorators import display

from tracker.admin.lists.base import ReadOnlyAdmin
from tracker.admin.lists.folded import FoldedSearch
from tracker.admin.site.admin_site import site
from tracker.models import Facet, Publication, PublicId


@admin.register(Publication, site=site)
class PublicationAdmin(FoldedSearch, ReadOnlyAdmin):
    """Published versions of records."""

    list_display = (
        "kind", "public_id", "version", "name", "is_tombstone", "recorded_from", "recorded_to", "change_set",
    )  # fmt: skip
    list_display_links = ("public_id",)
    list_select_related = ("change_set",)
    # Newest first, as they are anyway, but by the key, which needs no sorting of the whole shelf.
    ordering = ("-pk",)
    list_filter = ("kind", "is_tombstone", ("recorded_from", RangeDateTimeFilter))
    search_fields = ("public_id", "folded", "search")
    fields = (
        ("kind", "public_id", "version"), "name", "is_tombstone", ("recorded_from", "recorded_to"), "change_set",
        "sha256", "pretty",
    )  # fmt: skip
    readonly_fields = ("pretty",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        queryset: QuerySet[Any] = super().get_queryset(request)
        return queryset.defer("document", "search")

    @display(description=_("document"))
    def pretty(self, publication: Publication) -> str:
        """The JSON, set out for reading."""
        text = json.dumps(json.loads(publication.document), indent=2, ensure_ascii=False)
        return format_html('<pre class="tracker-json">{}</pre>', text)


@admin.register(Facet, site=site)
class FacetAdmin(ReadOnlyAdmin):
    """The values by which publications are found."""

    list_display = ("name", "value", "publication")
    list_filter = ("name",)
    search_fields = ("value",)
    ordering = ("-publication_id", "name", "value")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        queryset: QuerySet[Any] = super().get_queryset(request)
        shown = ("publication__kind", "publication__public_id", "publication__version")
        return queryset.select_related("publication").only("name", "value", *shown)


@admin.register(PublicId, site=site)
class PublicIdAdmin(ReadOnlyAdmin):
    """The public ids ever given."""

    list_display = ("kind", "public_id")
    list_filter = ("kind",)
    search_fields = ("public_id",)
