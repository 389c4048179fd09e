"""Meetings: who chaired, who took part, what was on the agenda."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from tracker.admin.forms.inlines import NumberedInline
from tracker.admin.lists.filters import DayListFilter, StateFilter
from tracker.admin.lists.record_filters import declared_filters
from tracker.admin.records.base import RecordAdmin
from tracker.admin.records.claims import ClaimInline
from tracker.admin.site.admin_site import site
from tracker.models import AgendaItem, Meeting, Participation


class ParticipationInline(NumberedInline):
    """Chairs and participants."""

    model = Participation
    fields = ("number", "role", "party", "official", "status")
    autocomplete_fields = ("party", "official")
    joins = ("party", "official")


class AgendaInline(NumberedInline):
    """What was on the agenda."""

    model = AgendaItem
    fields = ("number", "name", "status", "speaker", "initiative")
    autocomplete_fields = ("speaker", "initiative")
    joins = ("speaker", "initiative")


@admin.register(Meeting, site=site)
class MeetingAdmin(RecordAdmin):
    """Meetings."""

    list_display = ("name", "public_id", "forum", "date", "location", "state", "holder")
    list_select_related = ("forum",)
    list_filter = (StateFilter, *declared_filters("meeting"), ("date_earliest", DayListFilter))
    date_hierarchy = "date_earliest"
    fieldsets = (
        (None, {"fields": ["name", ("forum", "number"), ("date", "location"), "announced"]}),
        (
            _("More about it"),
            {"fields": ["date_note", ("starts_at", "time_zone"), "description"], "classes": ["collapse"]},
        ),
    )
    autocomplete_fields = ("forum",)
    inlines = (ParticipationInline, AgendaInline, ClaimInline)
