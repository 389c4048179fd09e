"""The ledger. To look at only."""

from decimal import Decimal
from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesDropdownFilter, RangeDateFilter
from unfold.decorators import display

from tracker.admin.lists.base import ReadOnlyAdmin
from tracker.admin.site.admin_site import site
from tracker.lib import money
from tracker.models import Contribution, Item, RatePolicy

_IN_WORDS = {
    "rate_policy": "policy", "amount_minor": "amount", "eur_cents": "euros", "usd_cents": "dollars",
    "quantity_millionths": "quantity", "modality": "way",
}  # fmt: skip


@admin.register(Contribution, site=site)
class ContributionAdmin(ReadOnlyAdmin):
    """Rows of the ledger."""

    list_display = (
        "public_id", "contributor", "stage", "basis", "date", "amount", "euros", "is_headline", "gap",
        "recorded_from", "recorded_to",
    )  # fmt: skip
    list_filter = (
        ("stage", ChoicesDropdownFilter), ("basis", ChoicesDropdownFilter), ("nature", ChoicesDropdownFilter),
        ("gap", ChoicesDropdownFilter), "is_headline", "is_estimated", "is_netted", "is_provisional",
        ("earliest", RangeDateFilter),
    )  # fmt: skip
    search_fields = ("public_id", "pledge", "contributor", "initiative")
    date_hierarchy = "earliest"
    readonly_fields = ("amount", "euros", "dollars", "quantity", "policy", "way")

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """Return all columns; those that are kept for sums and programs as people read them."""
        names = (field.name for field in Contribution._meta.fields if not field.primary_key)
        return [_IN_WORDS.get(name, name) for name in names if name != "quantity_qualifier"]

    @display(description=_("USD"))
    def dollars(self, row: Contribution) -> str:
        """The value in US dollars; empty where there is none."""
        return "" if row.usd_cents is None else f"{money.from_minor(row.usd_cents, 'USD'):,}"

    @display(description=_("quantity"))
    def quantity(self, row: Contribution) -> str:
        """The number that tables count, and how it is meant."""
        number = (
            "" if row.quantity_millionths is None else f"{(Decimal(row.quantity_millionths) / 10**6).normalize():f}"
        )
        return f"{row.quantity_qualifier} {number}".removeprefix("exact ").strip()

    @display(description=_("modality"))
    def way(self, row: Contribution) -> str:
        """In which way the item is given."""
        return str(dict(Item.Modality.choices).get(row.modality, row.modality))

    @display(description=_("rate policy"))
    def policy(self, row: Contribution) -> str:
        """By which rate it was converted."""
        return str(dict(RatePolicy.choices).get(row.rate_policy, row.rate_policy))

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
