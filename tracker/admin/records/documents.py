"""Documents: the sources, and the texts that the desk holds of them."""

from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold.decorators import display

from tracker.admin.evidence.document_form import DocumentForm
from tracker.admin.evidence.texts import text_link
from tracker.admin.lists.filters import DayListFilter, StateFilter
from tracker.admin.lists.record_filters import declared_filters
from tracker.admin.records.base import RecordAdmin
from tracker.admin.records.claims import ClaimInline
from tracker.admin.site.admin_site import site
from tracker.curation.desk.texts import Reading, take_in
from tracker.models import Document, Text


class ClaimAboutDocumentInline(ClaimInline):
    """What other documents assert of this one."""

    verbose_name_plural = _("claims about this document")


@admin.register(Document, site=site)
class DocumentAdmin(RecordAdmin):
    """Documents."""

    form = DocumentForm
    list_display = (
        "name",
        "public_id",
        "document_kind",
        "tier",
        "publisher",
        "published",
        "retrieved_on",
        "state",
        "holder",
    )
    list_filter = (StateFilter, *declared_filters("document"), ("published_earliest", DayListFilter))
    date_hierarchy = "published_earliest"
    fieldsets = (
        (
            None,
            {
                "fields": [
                    "name",
                    ("document_kind", "tier", "publisher"),
                    "url",
                    ("published", "retrieved_on"),
                    "description",
                ]
            },
        ),
        (_("Its text"), {"fields": ["texts_held", "file", "pasted"]}),
        (_("More about it"), {"fields": ["date_note", "language", "characters", "sha256"], "classes": ["collapse"]}),
    )
    inlines = (ClaimAboutDocumentInline,)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return [*super().get_readonly_fields(request, obj), "texts_held"]

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Leave out what is brought where nobody may bring it: it is no field of the document."""
        found = super().get_fieldsets(request, obj)
        may_bring = request.user.has_perm("tracker.add_text") and (
            self.has_change_permission(request, obj) if obj else self.has_add_permission(request)
        )
        if may_bring:
            return found
        return [
            (name, options | {"fields": [field for field in options["fields"] if field not in ("file", "pasted")]})
            for name, options in found
        ]

    def save_related(self, request: Any, form: Any, formsets: list[Any], change: bool) -> None:
        """Save the document with its rows, and store the text that was brought."""
        super().save_related(request, form, formsets, change)
        article = form.article
        if article is None or not request.user.has_perm("tracker.add_text"):
            return
        request.brought_text = True
        reading = Reading(article.text, article.tool, article.tool_version, article.language)
        taken = take_in(document=form.instance, reading=reading, by=request.user, at=timezone.now())
        told = gettext("The text is held as {link}: {n} characters.") if taken.is_new else gettext(
            "The text was held already, as {link}."
        )  # fmt: skip
        self.message_user(
            request, format_html(told, link=text_link(taken.text), n=f"{taken.text.characters:,}"), messages.SUCCESS
        )

    def response_change(self, request: Any, obj: Any) -> HttpResponse:
        """Lead on without a word of nothing changed where a text alone was brought."""
        if getattr(request, "brought_text", False) and getattr(request, "nothing_changed", False):
            return self.response_post_save_change(request, obj)
        return super().response_change(request, obj)

    @display(description=_("texts held"))
    def texts_held(self, document: Document) -> str:
        """The versions of its text that the desk holds; or why it holds none."""
        texts = Text.objects.without_content().filter(document=document) if document.pk else []
        if texts:
            return format_html_join(", ", "{}", ((text_link(text),) for text in texts))
        if document.sha256:
            return gettext(
                "None: this text is known by its hash and length only. Bring it, and its passages are found."
            )
        return gettext("None yet.")
