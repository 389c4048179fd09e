"""Incidents, and what took part in them."""

from django.contrib import admin

from tracker.admin.forms.inlines import NumberedInline
from tracker.admin.lists.filters import DayListFilter, StateFilter
from tracker.admin.lists.record_filters import declared_filters
from tracker.admin.records.base import RecordAdmin
from tracker.admin.records.claims import ClaimInline
from tracker.admin.site.admin_site import site
from tracker.models import Incident, IncidentItem


class IncidentItemInline(NumberedInline):
    """What took part in it."""

    model = IncidentItem
    fields = ("number", "platform", "description", "quantity", "quantity_words")
    autocomplete_fields = ("platform",)
    joins = ("platform",)


@admin.register(Incident, site=site)
class IncidentAdmin(RecordAdmin):
    """Incidents."""

    list_display = ("name", "public_id", "incident_kind", "intent", "date", "actor", "place", "state", "holder")
    list_select_related = ("actor", "place")
    list_filter = (StateFilter, *declared_filters("incident"), ("date_earliest", DayListFilter))
    date_hierarchy = "date_earliest"
    fieldsets = (
        (
            None,
            {
                "fields": [
                    "name", ("incident_kind", "intent"), ("date", "follows"), ("actor", "place"), "description",
                ]
            },
        ),
    )  # fmt: skip
    autocomplete_fields = ("follows", "actor", "place")
    inlines = (IncidentItemInline, ClaimInline)
