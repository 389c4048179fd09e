"""The ledger. To look at only."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesDropdownFilter, RangeDateFilter
from unfold.decorators import display

from tracker.admin.lists.base import ReadOnlyAdmin
from tracker.admin.site.admin_site import site
from tracker.lib import money
from tracker.models import Contribution


@admin.register(Contribution, site=site)
class ContributionAdmin(ReadOnlyAdmin):
    """Rows of the ledger."""

    list_display = (
        "public_id", "contributor", "beneficiary", "stage", "basis", "date", "amount", "euros", "is_headline",
        "is_estimated", "gap", "recorded_from", "recorded_to",
    )  # fmt: skip
    list_filter = (
        ("stage", ChoicesDropdownFilter), ("basis", ChoicesDropdownFilter), ("nature", ChoicesDropdownFilter),
        ("gap", ChoicesDropdownFilter), "is_headline", "is_estimated", "is_netted", "is_provisional",
        ("earliest", RangeDateFilter),
    )  # fmt: skip
    search_fields = ("public_id", "pledge", "contributor", "initiative")
    date_hierarchy = "earliest"

    @display(description=_("amount"))
    def amount(self, row: Contribution) -> str:
        """The amount in the currency in which it was stated."""
        if row.amount_minor is None:
            return ""
        return f"{row.currency} {money.from_minor(row.amount_minor, row.currency):,}"

    @display(description=_("EUR"), ordering="eur_cents")
    def euros(self, row: Contribution) -> str:
        """The value in euros; empty where there is none."""
        return "" if row.eur_cents is None else f"{money.from_minor(row.eur_cents, 'EUR'):,}"
