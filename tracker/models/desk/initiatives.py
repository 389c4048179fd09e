"""Initiatives: named mechanisms, coalitions, funds, programmes and missions."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tracker.models.base import Alias, Record
from tracker.models.desk.parties import Party
from tracker.models.fields import EarliestDayField, LatestDayField, PartialDateField


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
