"""The shelf: publications and what they are found by. To look at only."""

import json
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import RangeDateTimeFilter
from unfold.decorators import display

from tracker.admin.lists.base import ReadOnlyAdmin
from tracker.admin.lists.folded_search import FoldedSearch
from tracker.admin.site.admin_site import site
from tracker.lib import canonical
from tracker.models import Facet, Publication, PublicId
from tracker.records.registry import KINDS
from tracker.reporting.desk.versions import labelled_values


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
    fieldsets = (
        (None, {"fields": [("kind", "public_id", "version"), "name", "is_tombstone", ("recorded_from", "recorded_to"),
                           "change_set", "compared", "said"]}),
        (_("As programs read it"), {"fields": ["sha256", "pretty"], "classes": ["collapse"]}),
    )  # fmt: skip
    readonly_fields = ("compared", "said", "pretty")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        queryset: QuerySet[Any] = super().get_queryset(request)
        return queryset.defer("document", "search")

    @display(description=_("compare"))
    def compared(self, publication: Publication) -> str:
        """Links to what this version changed, and to the page that compares it with the desk or any other version."""
        record = KINDS[publication.kind].model.named(publication.public_id) if publication.kind in KINDS else None
        if record is None:
            return gettext("Its record is no longer on the desk.") if publication.kind in KINDS else ""
        address, number = reverse(f"admin:tracker_{publication.kind}_compare", args=[record.pk]), publication.version
        asked = [(gettext("with the desk, or any other version"), f"?from={number}&to=desk")]
        if number > 1:
            asked.insert(0, (gettext("with version %s, before it") % (number - 1), f"?from={number - 1}&to={number}"))
        rows = [(f"{address}{query}", words) for words, query in asked]
        return format_html_join(" · ", '<a class="text-link underline" href="{}">{}</a>', rows)

    @display(description=_("what it says"))
    def said(self, publication: Publication) -> str:
        """All of its fields, in the words of the form."""
        if publication.is_tombstone:
            return gettext("It was withdrawn: nothing is said of it.")
        rows = labelled_values(publication.kind, canonical.load(publication.document))
        lines = format_html_join("", '<tr><th scope="row">{}</th><td>{}</td></tr>', rows)
        return format_html('<table class="tracker-rows"><tbody>{}</tbody></table>', lines)

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
