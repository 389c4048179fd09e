"""Indicators: figures of a party in a year, such as GDP, that tables hold contributions against."""

import datetime as dt

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tracker.models.desk.parties import Party


class IndicatorQuerySet(models.QuerySet["Indicator"]):
    """Figures by when tables showed them."""

    def as_of(self, moment: dt.datetime) -> "IndicatorQuerySet":
        """Return the figures that tables as of `moment` are made with."""
        seen = Q(recorded_to__isnull=True) | Q(recorded_to__gt=moment)
        return self.filter(seen, recorded_from__lte=moment)


class Indicator(models.Model):
    """One figure of a party for one year, as its source gives it.

    A figure that is loaded waits (`recorded_from` is empty) until the next publishing; from then on it
    is only closed, so that old tables stay as they were.
    """

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
    recorded_from = models.DateTimeField(_("recorded from"), null=True, editable=False)
    recorded_to = models.DateTimeField(_("recorded to"), null=True, editable=False)

    objects = models.Manager.from_queryset(IndicatorQuerySet)()

    class Meta:
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")
        ordering = ("party__found_by", "measure", "-year", "id")
        constraints = [
            models.UniqueConstraint(
                fields=["party", "measure", "year", "source"],
                condition=Q(recorded_from__isnull=False, recorded_to__isnull=True), name="indicator_stands_once",
            ),
            models.UniqueConstraint(
                fields=["party", "measure", "year", "source"], condition=Q(recorded_from__isnull=True),
                name="indicator_waits_once",
            ),
            models.CheckConstraint(condition=Q(value__gte=0), name="indicator_not_negative"),
            models.CheckConstraint(
                condition=Q(recorded_to__isnull=True) | Q(recorded_to__gt=F("recorded_from")),
                name="indicator_closed_after_opened",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.party} {self.get_measure_display()} {self.year}"
