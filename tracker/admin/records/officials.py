"""Officials: persons in offices."""

from django.contrib import admin

from tracker.admin.lists.filters import DayListFilter, GroupListFilter, StateFilter
from tracker.admin.lists.record_filters import declared_filters
from tracker.admin.records.base import RecordAdmin
from tracker.admin.records.claims import ClaimInline
from tracker.admin.site.admin_site import site
from tracker.models import Official


@admin.register(Official, site=site)
class OfficialAdmin(RecordAdmin):
    """Officials."""

    list_display = ("name", "office", "party", "held_from", "held_to", "state", "holder")
    list_select_related = ("party",)
    list_filter = (
        StateFilter,
        *declared_filters("official"),
        GroupListFilter,
        ("held_from_earliest", DayListFilter),
    )
    fieldsets = ((None, {"fields": [("name", "office"), "party", ("held_from", "held_to"), "description"]}),)
    autocomplete_fields = ("party",)
    inlines = (ClaimInline,)
