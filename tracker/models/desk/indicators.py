"""Indicators: figures of a party in a year, such as GDP, that tables hold contributions against."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tracker.models.desk.parties import Party
from tracker.models.figures import Figure, lifetime


class Indicator(Figure):
    """One figure of a party for one year, as its source gives it."""

    KEY = ("party", "measure", "year", "source")
    VALUE = "value"

    class Measure(models.TextChoices):
        GDP_USD = "gdp_usd", _("GDP, current US dollars")
        GDP_EUR = "gdp_eur", _("GDP, current euros")
        POPULATION = "population", _("population")
        DEFLATOR = "deflator", _("price index, in millionths")
        EU_KEY = "eu_key", _("weight in paying for the EU's institutions")

    party = models.ForeignKey(Party, models.CASCADE, verbose_name=_("party"), related_name="indicators")
    measure = models.CharField(_("measure"), max_length=20, choices=Measure)
    year = models.PositiveSmallIntegerField(_("year"))
    value = models.BigIntegerField(
        _("value"), help_text=_("Whole US dollars, euros or persons; an index in millionths.")
    )
    source = models.CharField(_("source"), max_length=120)

    class Meta:
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")
        ordering = ("party__found_by", "measure", "-year", "id")
        constraints = [
            *lifetime("indicator", ("party", "measure", "year", "source")),
            models.CheckConstraint(condition=Q(value__gte=0), name="indicator_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.party} {self.get_measure_display()} {self.year}"
