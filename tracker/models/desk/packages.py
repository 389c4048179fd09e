"""Packages: the numbered tranches of an initiative."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from tracker.models.base import Record
from tracker.models.constraints import amount_with_currency, not_negative
from tracker.models.desk.initiatives import Initiative
from tracker.models.fields import AmountField, CurrencyField, EarliestDayField, LatestDayField, PartialDateField


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
        ordering = ("initiative__found_by", "number", "id")
        constraints = [
            models.UniqueConstraint(fields=["initiative", "number"], name="package_number_once"),
            not_negative("package_amount_not_negative", "amount"),
            amount_with_currency("package_amount_with_currency"),
        ]

    def id_stem(self, lead: Record | None = None) -> str:
        """Return the initiative and the number of the tranche."""
        return f"{self.initiative.public_id}-{self.number}"
