"""Exchange rates."""

from django.contrib import admin
from unfold.contrib.filters.admin import RangeDateFilter

from tracker.admin.records.figures import FigureAdmin
from tracker.admin.site.admin_site import site
from tracker.models import ExchangeRate


@admin.register(ExchangeRate, site=site)
class ExchangeRateAdmin(FigureAdmin):
    """Rates as their source gives them; `load_rates` fills them."""

    list_display = ("date", "currency", "rate", "source", "holder", "recorded_from", "recorded_to")
    list_filter = ("currency", "source", ("date", RangeDateFilter))
    search_fields = ("currency",)
    date_hierarchy = "date"
