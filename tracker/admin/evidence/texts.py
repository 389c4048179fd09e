"""The texts that the desk holds, to look at: nobody changes one."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from tracker.admin.lists.base import ReadOnlyAdmin
from tracker.admin.lists.folded import FoldedSearch
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
        "marked",
    )  # fmt: skip
    readonly_fields = ("marked",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        queryset: QuerySet[Any] = super().get_queryset(request)
        return queryset.defer("content")

    @display(description=_("text"))
    def marked(self, text: Text) -> str:
        """The whole text, with the words marked that claims quote."""
        return format_html('<div class="tracker-text" lang="{}">{}</div>', text.language, _marked(text))


def _marked(text: Text) -> str:
    """Return the text with each quote in a mark that names its claims; where quotes overlap, they are one mark."""
    quotes = Claim.objects.filter(document=text.document).exclude(quote="").order_by("public_id")
    places: list[tuple[int, int, str]] = []
    for public_id, quote in quotes.values_list("public_id", "quote"):
        start = text.content.find(quote)
        if start >= 0:
            places.append((start, start + len(quote), public_id))
    joined: list[tuple[int, int, list[str]]] = []
    for start, end, public_id in sorted(places):
        if joined and start < joined[-1][1]:
            before = joined.pop()
            joined.append((before[0], max(end, before[1]), [*before[2], public_id]))
        else:
            joined.append((start, end, [public_id]))
    pieces: list[tuple[str, str]] = []
    last = 0
    for start, end, claims in joined:
        mark = format_html('<mark title="{}">{}</mark>', ", ".join(claims), text.content[start:end])
        pieces.append((text.content[last:start], mark))
        last = end
    return format_html_join("", "{}{}", [*pieces, (text.content[last:], "")])
