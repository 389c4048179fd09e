"""Indicators: GDP, population and other figures of parties."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from unfold.contrib.filters.admin import AutocompleteSelectFilter, ChoicesDropdownFilter

from tracker.admin.lists.base import PlainAdmin
from tracker.admin.lists.folded import FoldedSearch
from tracker.admin.site.admin_site import site
from tracker.models import Indicator


@admin.register(Indicator, site=site)
class IndicatorAdmin(FoldedSearch, PlainAdmin):
    """Figures of parties by year. What tables are made with stays as it is: add a figure, and it will follow."""

    list_display = ("party", "measure", "year", "value", "source", "recorded_from", "recorded_to")
    list_select_related = ("party",)
    list_filter = (("measure", ChoicesDropdownFilter), "year", ("party", AutocompleteSelectFilter))
    search_fields = ("party__found_by", "source")
    autocomplete_fields = ("party",)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return _waits(obj) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return _waits(obj) and super().has_delete_permission(request, obj)


def _waits(figure: Indicator | None) -> bool:
    """Tell whether no table shows a figure yet."""
    return figure is None or figure.recorded_from is None
