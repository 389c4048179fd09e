"""Indicators: GDP and population."""

from django.contrib import admin
from unfold.contrib.filters.admin import AutocompleteSelectFilter, ChoicesDropdownFilter

from tracker.admin.base import PlainAdmin
from tracker.admin.site import site
from tracker.models import Indicator


@admin.register(Indicator, site=site)
class IndicatorAdmin(PlainAdmin):
    """Figures of parties by year."""

    list_display = ("party", "measure", "year", "value", "source")
    list_select_related = ("party",)
    list_filter = (("measure", ChoicesDropdownFilter), "year", ("party", AutocompleteSelectFilter))
    search_fields = ("party__name", "party__public_id", "source")
    autocomplete_fields = ("party",)
