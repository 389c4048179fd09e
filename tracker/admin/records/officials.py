"""Officials: persons in offices."""

from django.contrib import admin
from unfold.contrib.filters.admin import AutocompleteSelectFilter

from tracker.admin.lists.filters import DayListFilter, OwnPartyGroupFilter, StateFilter
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
        StateFilter, ("party", AutocompleteSelectFilter), OwnPartyGroupFilter, ("held_from_earliest", DayListFilter),
    )  # fmt: skip
    fieldsets = ((None, {"fields": [("name", "office"), "party", ("held_from", "held_to"), "description"]}),)
    autocomplete_fields = ("party",)
    inlines = (ClaimInline,)
