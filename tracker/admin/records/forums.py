"""Forums: the bodies that meet."""

from django.contrib import admin

from tracker.admin.lists.filters import StateFilter
from tracker.admin.lists.record_filters import declared_filters
from tracker.admin.records.base import RecordAdmin
from tracker.admin.records.claims import ClaimInline
from tracker.admin.site.admin_site import site
from tracker.models import Forum


@admin.register(Forum, site=site)
class ForumAdmin(RecordAdmin):
    """Forums."""

    list_display = ("name", "public_id", "short_name", "convened_by", "state", "holder")
    list_select_related = ("convened_by",)
    list_filter = (StateFilter, *declared_filters("forum"))
    fieldsets = ((None, {"fields": ["name", ("short_name", "convened_by"), "description"]}),)
    autocomplete_fields = ("convened_by",)
    inlines = (ClaimInline,)
