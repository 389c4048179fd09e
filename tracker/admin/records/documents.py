"""Documents: the sources."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesDropdownFilter

from tracker.admin.lists.filters import DayFilter, StateFilter
from tracker.admin.records.base import RecordAdmin
from tracker.admin.records.claims import ClaimInline
from tracker.admin.site.admin_site import site
from tracker.models import Document


class ClaimAboutDocumentInline(ClaimInline):
    """What other documents assert of this one."""

    verbose_name_plural = _("claims about this document")


@admin.register(Document, site=site)
class DocumentAdmin(RecordAdmin):
    """Documents."""

    list_display = ("name", "public_id", "document_kind", "publisher", "published", "retrieved_on", "state", "holder")
    list_filter = (StateFilter, ("document_kind", ChoicesDropdownFilter), ("published_earliest", DayFilter))
    date_hierarchy = "published_earliest"
    fieldsets = (
        (
            None,
            {"fields": ["name", ("document_kind", "publisher"), "url", ("published", "retrieved_on"), "description"]},
        ),
        (_("More about it"), {"fields": ["date_note", "language", "characters", "sha256"], "classes": ["collapse"]}),
    )
    inlines = (ClaimAboutDocumentInline,)
