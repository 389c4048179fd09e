"""Initiatives: named mechanisms, coalitions, funds, programmes and missions."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tracker.models.base import Alias, Part, Record
from tracker.models.constraints import amount_with_currency, not_negative
from tracker.models.desk.parties import Party
from tracker.models.fields import (
    AmountField,
    CurrencyField,
    EarliestDayField,
    LatestDayField,
    PartialDateField,
    QuantityField,
    QuantityHighField,
    QuantityLowField,
)


class Initiative(Record):
    """Something with a name under which parties pledge: PURL, Eastern Sentry."""

    kind = "initiative"

    class Kind(models.TextChoices):
        MECHANISM = "mechanism", _("mechanism")
        COALITION = "coalition", _("coalition")
        FUND = "fund", _("fund")
        PROGRAMME = "programme", _("programme")
        MISSION = "mission", _("mission")

    class Status(models.TextChoices):
        PROPOSED = "proposed", _("proposed")
        ACTIVE = "active", _("active")
        ENDED = "ended", _("ended")

    initiative_kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    status = models.CharField(_("status"), max_length=20, choices=Status, default=Status.ACTIVE)
    started = PartialDateField(_("started"))
    started_earliest = EarliestDayField("started")
    started_latest = LatestDayField("started")
    ended = PartialDateField(_("ended"))
    ended_earliest = EarliestDayField("ended")
    ended_latest = LatestDayField("ended")
    leads = models.ManyToManyField(Party, verbose_name=_("led by"), blank=True, related_name="led_initiatives")
    supplier = models.ForeignKey(
        Party, models.PROTECT, verbose_name=_("supplier"), null=True, blank=True, related_name="supplied_initiatives"
    )
    beneficiary = models.ForeignKey(
        Party, models.PROTECT, verbose_name=_("beneficiary"), null=True, blank=True,
        related_name="benefiting_initiatives",
    )  # fmt: skip
    prompted_by = models.ForeignKey(
        "Incident", models.PROTECT, verbose_name=_("prompted by"), null=True, blank=True,
        related_name="prompted_initiatives",
    )  # fmt: skip
    description = models.TextField(_("description"), blank=True, default="")

    class Meta:
        verbose_name = _("initiative")
        verbose_name_plural = _("initiatives")
        ordering = ("found_by", "id")
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_latest__isnull=True)
                | Q(started_earliest__isnull=True)
                | Q(ended_latest__gte=F("started_earliest")),
                name="initiative_ends_after_start",
                violation_error_message=_("An initiative cannot end before it starts."),
            )
        ]


class InitiativeAlias(Alias):
    """Another name of an initiative: `Prioritised Ukraine Requirements List`."""

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="aliases")

    class Meta:
        verbose_name = _("alias")
        verbose_name_plural = _("aliases")
        ordering = ("folded", "id")


class InitiativeTarget(Part):
    """What an initiative aims at: a billion a month, or 1.8 million rounds in 2026."""

    identified_by = ("initiative__public_id", "number")

    class Per(models.TextChoices):
        WHOLE = "whole", _("in all")
        YEAR = "year", _("a year")
        MONTH = "month", _("a month")

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="targets")
    number = models.PositiveSmallIntegerField(_("number"), default=1)
    what = models.CharField(_("what"), max_length=160, blank=True, default="", help_text=_("Empty for money alone."))
    amount = AmountField(_("amount"), null=True, blank=True)
    currency = CurrencyField(_("currency"))
    quantity = QuantityField(_("quantity"), default="")
    quantity_low = QuantityLowField("quantity")
    quantity_high = QuantityHighField("quantity")
    per = models.CharField(_("for how long"), max_length=20, choices=Per, default=Per.WHOLE)
    date = PartialDateField(_("date"), help_text=_("The time that it is for, such as 2026; empty: as long as it runs."))
    date_earliest = EarliestDayField("date")
    date_latest = LatestDayField("date")

    class Meta:
        verbose_name = _("target")
        verbose_name_plural = _("targets")
        ordering = ("number", "id")
        constraints = [
            models.UniqueConstraint(
                fields=["initiative", "number"], name="target_number_once",
                violation_error_message=_("Another target of this initiative has this number."),
            ),
            not_negative("target_not_negative", "amount", "quantity_low", "quantity_high"),
            amount_with_currency("target_amount_with_currency"),
            models.CheckConstraint(
                condition=Q(amount__isnull=False) | (~Q(quantity="") & ~Q(what="")), name="target_states_something",
                violation_error_message=_("Give an amount, or a quantity and of what."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        stated = f"{self.currency} {self.amount}" if self.amount is not None else f"{self.quantity} {self.what}"
        return f"{stated} {self.get_per_display()}"
