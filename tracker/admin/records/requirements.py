"""Requirements: stated needs."""

from django.contrib import admin

from tracker.admin.lists.filters import DayListFilter, StateFilter
from tracker.admin.lists.record_filters import declared_filters
from tracker.admin.records.base import RecordAdmin
from tracker.admin.records.claims import ClaimInline
from tracker.admin.site.admin_site import site
from tracker.models import Requirement


@admin.register(Requirement, site=site)
class RequirementAdmin(RecordAdmin):
    """Requirements."""

    list_display = (
        "name", "public_id", "beneficiary", "platform", "category", "quantity", "priority", "stated", "state", "holder",
    )  # fmt: skip
    list_select_related = ("beneficiary", "platform", "category")
    list_filter = (StateFilter, *declared_filters("requirement"), ("stated_earliest", DayListFilter))
    date_hierarchy = "stated_earliest"
    fieldsets = (
        (
            None,
            {
                "fields": [
                    "name", ("beneficiary", "initiative"), ("platform", "category"), ("quantity", "quantity_words"),
                    ("priority", "stated"), "description",
                ]
            },
        ),
    )  # fmt: skip
    autocomplete_fields = ("beneficiary", "initiative", "platform", "category")
    inlines = (ClaimInline,)
