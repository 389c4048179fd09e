"""Platforms: types of equipment, their aliases and their dated prices."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tracker.models.base import Alias, Part, Record
from tracker.models.desk.categories import Category
from tracker.models.desk.parties import Party
from tracker.models.fields import AmountField, CurrencyField


class Basis(models.TextChoices):
    """What an amount rests on. Sums never mix two.

    All are money but `tiv`: the trend-indicator value of the Stockholm International Peace Research Institute,
    in millions, which measures military capability and not what anybody paid.
    """

    STATED = "stated", _("stated")
    DATASET = "dataset", _("dataset")
    MARKET_PRICE = "market_price", _("market price")
    REPLACEMENT = "replacement", _("replacement")
    NET_BOOK = "net_book", _("net book")
    CONTRACT = "contract", _("contract")
    TIV = "tiv", _("SIPRI TIV")

    @classmethod
    def valuing(cls) -> list[tuple[str, Any]]:
        """Return the choices for what somebody works out, that is all but what is stated."""
        return [choice for choice in cls.choices if choice[0] != cls.STATED]

    @classmethod
    def priced(cls) -> list[tuple[str, Any]]:
        """Return the choices for a price, which is money."""
        return [choice for choice in cls.valuing() if choice[0] != cls.TIV]


class Platform(Record):
    """A type of equipment, such as the Eurofighter Typhoon."""

    kind = "platform"

    category = models.ForeignKey(Category, models.PROTECT, verbose_name=_("category"), related_name="platforms")
    manufacturer = models.ForeignKey(
        Party, models.PROTECT, verbose_name=_("manufacturer"), null=True, blank=True, related_name="manufactured"
    )
    description = models.TextField(_("description"), blank=True, default="")

    class Meta:
        verbose_name = _("platform")
        verbose_name_plural = _("platforms")
        ordering = ("found_by", "id")


class PlatformAlias(Alias):
    """Another name of a platform: `EF-2000`."""

    platform = models.ForeignKey(Platform, models.CASCADE, related_name="aliases")

    class Meta:
        verbose_name = _("alias")
        verbose_name_plural = _("aliases")
        ordering = ("folded", "id")


class PlatformPrice(Part):
    """The price of one unit from a day on, on a named basis."""

    identified_by = ("platform__public_id", "basis", "valid_from")

    platform = models.ForeignKey(Platform, models.CASCADE, related_name="prices")
    basis = models.CharField(
        _("basis"), max_length=20, choices=Basis.priced(), default=Basis.MARKET_PRICE
    )  # fmt: skip
    valid_from = models.DateField(_("from"))
    amount = AmountField(_("amount for one unit"))
    low = AmountField(_("low"), null=True, blank=True)
    high = AmountField(_("high"), null=True, blank=True)
    currency = CurrencyField(_("currency"))
    source = models.CharField(_("source"), max_length=250, blank=True, default="")

    class Meta:
        verbose_name = _("price")
        verbose_name_plural = _("prices")
        ordering = ("basis", "valid_from", "id")
        constraints = [
            models.UniqueConstraint(fields=["platform", "basis", "valid_from"], name="price_once_a_day"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="price_not_negative"),
            models.CheckConstraint(condition=~Q(currency=""), name="price_has_currency"),
            models.CheckConstraint(condition=~Q(basis="stated"), name="price_not_stated"),
            models.CheckConstraint(condition=~Q(basis="tiv"), name="price_not_tiv"),
            models.CheckConstraint(
                condition=(Q(low__isnull=True) | Q(low__lte=F("amount"), low__gte=0))
                & (Q(high__isnull=True) | Q(high__gte=F("amount"))),
                name="price_within_bounds",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.amount} {self.currency} ({self.get_basis_display()}, {self.valid_from})"
