"""Platforms, their aliases and prices."""

from django.contrib import admin

from tracker.admin.forms.inlines import AliasInline, PartInline
from tracker.admin.lists.filters import StateFilter
from tracker.admin.lists.record_filters import declared_filters
from tracker.admin.records.base import RecordAdmin
from tracker.admin.records.claims import ClaimInline
from tracker.admin.site.admin_site import site
from tracker.models import Platform, PlatformAlias, PlatformPrice


class PlatformAliasInline(AliasInline):
    """Other names of a platform."""

    model = PlatformAlias


class PlatformPriceInline(PartInline):
    """What one costs, and on which basis."""

    model = PlatformPrice
    fields = ("basis", "valid_from", "amount", "low", "high", "currency", "source")


@admin.register(Platform, site=site)
class PlatformAdmin(RecordAdmin):
    """Platforms."""

    list_display = ("name", "public_id", "category", "manufacturer", "state", "holder")
    list_select_related = ("category", "manufacturer")
    list_filter = (StateFilter, *declared_filters("platform"))
    fieldsets = ((None, {"fields": ["name", "category", "manufacturer", "description"]}),)
    autocomplete_fields = ("category", "manufacturer")
    inlines = (PlatformAliasInline, PlatformPriceInline, ClaimInline)
