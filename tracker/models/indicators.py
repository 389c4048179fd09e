"""Indicators: GDP and population of a party in a year."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tracker.models.parties import Party


class Indicator(models.Model):
    """One figure of a party for one year, as its source gives it."""

    class Measure(models.TextChoices):
        GDP_USD = "gdp_usd", _("GDP, current US dollars")
        POPULATION = "population", _("population")

    party = models.ForeignKey(Party, models.CASCADE, verbose_name=_("party"), related_name="indicators")
    measure = models.CharField(_("measure"), max_length=20, choices=Measure)
    year = models.PositiveSmallIntegerField(_("year"))
    value = models.BigIntegerField(_("value"), help_text=_("Whole US dollars, or persons."))
    source = models.CharField(_("source"), max_length=120)

    class Meta:
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")
        ordering = ("party__name", "measure", "-year", "id")
        constraints = [
            models.UniqueConstraint(fields=["party", "measure", "year", "source"], name="indicator_once_a_year"),
            models.CheckConstraint(condition=Q(value__gte=0), name="indicator_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.party} {self.get_measure_display()} {self.year}"
