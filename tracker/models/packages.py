"""Packages: the numbered tranches of an initiative."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tracker.models.base import Record
from tracker.models.fields import AmountField, CurrencyField, EarliestDayField, LatestDayField, PartialDateField
from tracker.models.initiatives import Initiative


class Package(Record):
    """One numbered tranche of an initiative."""

    kind = "package"

    initiative = models.ForeignKey(Initiative, models.PROTECT, verbose_name=_("initiative"), related_name="packages")
    number = models.PositiveSmallIntegerField(_("number"))
    announced = PartialDateField(_("announced"))
    announced_earliest = EarliestDayField("announced")
    announced_latest = LatestDayField("announced")
    amount = AmountField(_("amount"), null=True, blank=True)
    currency = CurrencyField(_("currency"))
    description = models.TextField(_("description"), blank=True, default="")

    class Meta:
        verbose_name = _("package")
        verbose_name_plural = _("packages")
        ordering = ("initiative__name", "number", "id")
        constraints = [
            models.UniqueConstraint(fields=["initiative", "number"], name="package_number_once"),
            models.CheckConstraint(
                condition=Q(amount__isnull=True) | Q(amount__gte=0), name="package_amount_not_negative"
            ),
            models.CheckConstraint(
                condition=Q(amount__isnull=True, currency="") | (Q(amount__isnull=False) & ~Q(currency="")),
                name="package_amount_with_currency",
                violation_error_message=_("An amount needs a currency, and a currency an amount."),
            ),
        ]
