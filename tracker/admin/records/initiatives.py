"""Initiatives and their aliases."""

from django.contrib import admin

from tracker.admin.forms.inlines import AliasInline, NumberedInline
from tracker.admin.lists.filters import DayListFilter, StateFilter
from tracker.admin.lists.record_filters import declared_filters
from tracker.admin.records.base import RecordAdmin
from tracker.admin.records.claims import ClaimInline
from tracker.admin.site.admin_site import site
from tracker.models import Initiative, InitiativeAlias, InitiativeTarget


class InitiativeAliasInline(AliasInline):
    """Other names of an initiative."""

    model = InitiativeAlias


class TargetInline(NumberedInline):
    """What an initiative aims at."""

    model = InitiativeTarget
    fields = ("number", "amount", "currency", "quantity", "what", "per", "date")


@admin.register(Initiative, site=site)
class InitiativeAdmin(RecordAdmin):
    """Initiatives."""

    list_display = ("name", "public_id", "initiative_kind", "status", "started", "state", "holder")
    list_filter = (StateFilter, *declared_filters("initiative"), ("started_earliest", DayListFilter))
    fieldsets = (
        (
            None,
            {
                "fields": [
                    "name", ("initiative_kind", "status"), ("started", "ended"), "leads", ("supplier", "beneficiary"),
                    "prompted_by", "description",
                ]
            },
        ),
    )  # fmt: skip
    autocomplete_fields = ("leads", "supplier", "beneficiary", "prompted_by")
    inlines = (InitiativeAliasInline, TargetInline, ClaimInline)
