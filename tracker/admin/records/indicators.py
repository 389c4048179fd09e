"""Indicators: GDP, population and other figures of parties."""

from django.contrib import admin
from unfold.contrib.filters.admin import AutocompleteSelectFilter, ChoicesDropdownFilter

from tracker.admin.lists.folded_search import FoldingSearch
from tracker.admin.records.figures import FigureAdmin
from tracker.admin.site.admin_site import site
from tracker.models import Indicator


@admin.register(Indicator, site=site)
class IndicatorAdmin(FoldingSearch, FigureAdmin):
    """Figures of parties by year."""

    list_display = ("party", "measure", "year", "value", "source", "holder", "recorded_from", "recorded_to")
    list_select_related = ("party", "change_set")
    list_filter = (("measure", ChoicesDropdownFilter), "year", ("party", AutocompleteSelectFilter))
    search_fields = ("party__found_by", "source")
    autocomplete_fields = ("party",)
