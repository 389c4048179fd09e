"""Packages: the numbered tranches of initiatives."""

from django.contrib import admin

from tracker.admin.lists.filters import DayListFilter, StateFilter
from tracker.admin.lists.record_filters import declared_filters
from tracker.admin.records.base import RecordAdmin
from tracker.admin.records.claims import ClaimInline
from tracker.admin.site.admin_site import site
from tracker.models import Package


@admin.register(Package, site=site)
class PackageAdmin(RecordAdmin):
    """Packages."""

    list_display = ("name", "public_id", "initiative", "number", "announced", "amount", "currency", "state", "holder")
    list_select_related = ("initiative",)
    list_filter = (StateFilter, *declared_filters("package"), ("announced_earliest", DayListFilter))
    date_hierarchy = "announced_earliest"
    fieldsets = (
        (None, {"fields": ["name", ("initiative", "number"), "announced", ("amount", "currency"), "description"]}),
    )
    autocomplete_fields = ("initiative",)
    inlines = (ClaimInline,)
