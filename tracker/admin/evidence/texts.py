"""The texts that the desk holds, to look at: nobody changes one."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from tracker.admin.evidence.documents_beside_form import source_view
from tracker.admin.evidence.marks import marked, pieces
from tracker.admin.evidence.new_from_document import new_from_document_view
from tracker.admin.evidence.proposals import proposals_view
from tracker.admin.lists.base import ReadOnlyAdmin
from tracker.admin.lists.folded_search import FoldedSearch
from tracker.admin.site.admin_site import site
from tracker.models import Claim, Text


def text_link(text: Text) -> str:
    """Return a link to the page of a text."""
    address = reverse("admin:tracker_text_change", args=[text.pk])
    return format_html(
        '<a class="text-link underline" href="{}">{}</a>', address,
        _("version %(version)s of %(day)s") % {"version": text.version, "day": text.read_on.isoformat()},
    )  # fmt: skip


@admin.register(Text, site=site)
class TextAdmin(FoldedSearch, ReadOnlyAdmin):
    """Texts of documents. New ones are brought at their document."""

    list_display = ("document", "version", "language", "characters", "tool", "read_on", "added_by")
    list_select_related = ("document", "added_by")
    list_filter = ("tool", "language")
    search_fields = ("document__found_by", "sha256")
    ordering = ("-pk",)
    fields = (
        ("document", "version"), ("language", "characters", "read_on"), ("tool", "tool_version", "added_by"), "sha256",
        "proposed", "whole",
    )  # fmt: skip
    readonly_fields = ("proposed", "whole")

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(source_view)
        proposed, brought = map(self.admin_site.admin_view, (proposals_view, new_from_document_view))
        return [
            path("beside/", view, name="tracker_text_beside"),
            path("new-from-document/", brought, name="tracker_text_new"),
            path("<int:number>/proposals/", proposed, name="tracker_text_proposals"),
            *super().get_urls(),
        ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        queryset: QuerySet[Any] = super().get_queryset(request)
        return queryset.defer("content")

    @display(description=_("what it proposes"))
    def proposed(self, text: Text) -> str:
        """A link to the page on which its facts are accepted."""
        address = reverse("admin:tracker_text_proposals", args=[text.pk])
        return format_html('<a class="text-link underline" href="{}">{}</a>', address, _("New from this text"))

    @display(description=_("text"))
    def whole(self, text: Text) -> str:
        """The whole text, with the words marked that claims quote."""
        claims = Claim.objects.filter(document=text.document).exclude(quote="").order_by("public_id")
        found = marked(pieces(text, text.document, claims))
        return format_html('<div class="tracker-text" lang="{}">{}</div>', text.language, found)
