"""Exchange rates, one a day and currency."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tracker.models.fields import CurrencyField
from tracker.models.figures import Figure, lifetime


class RatePolicy(models.TextChoices):
    """Which of the daily rates an amount is converted by."""

    MONTH_MEAN = "month_mean", _("mean of the month")
    DAY = "day", _("rate of the day")
    ANNUAL_MEAN = "annual_mean", _("mean of the year")


class ExchangeRate(Figure):
    """How many units of a currency one euro bought on a day, as its source gives it."""

    ECB = "ECB"
    KEY = ("currency", "date", "source")
    VALUE = "rate"

    currency = CurrencyField(_("currency"))
    date = models.DateField(_("day"))
    rate = models.DecimalField(_("units for one euro"), max_digits=15, decimal_places=6)
    source = models.CharField(_("source"), max_length=40, default=ECB)

    class Meta:
        verbose_name = _("exchange rate")
        verbose_name_plural = _("exchange rates")
        ordering = ("-date", "currency", "id")
        constraints = [
            *lifetime("rate", ("currency", "date", "source")),
            models.CheckConstraint(condition=Q(rate__gt=0), name="rate_positive"),
            models.CheckConstraint(condition=~Q(currency=""), name="rate_has_currency"),
        ]

    def __str__(self) -> str:
        return f"{self.currency} {self.date}"
