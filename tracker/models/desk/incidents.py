"""Incidents: dated events that prompt action, such as an airspace violation."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tracker.models.base import Part, Record
from tracker.models.constraints import not_negative
from tracker.models.desk.parties import Party
from tracker.models.desk.platforms import Platform
from tracker.models.fields import (
    EarliestDayField,
    LatestDayField,
    PartialDateField,
    QuantityField,
    QuantityHighField,
    QuantityLowField,
)


class Incident(Record):
    """Something that happened, by whom and where, and how sure the source is of the intent."""

    kind = "incident"

    class Kind(models.TextChoices):
        AIRSPACE_VIOLATION = "airspace_violation", _("airspace violation")
        SABOTAGE = "sabotage", _("sabotage")
        CYBER_ATTACK = "cyber_attack", _("cyber attack")
        STRIKE = "strike", _("strike")
        OTHER = "other", _("other")

    class Intent(models.TextChoices):
        UNKNOWN = "unknown", _("unknown")
        PRESUMED = "presumed", _("presumed deliberate")
        DELIBERATE = "deliberate", _("deliberate")
        ACCIDENTAL = "accidental", _("accidental")

    incident_kind = models.CharField(_("kind"), max_length=30, choices=Kind)
    intent = models.CharField(_("intent"), max_length=20, choices=Intent, default=Intent.UNKNOWN)
    date = PartialDateField(_("date"))
    date_earliest = EarliestDayField("date")
    date_latest = LatestDayField("date")
    actor = models.ForeignKey(
        Party, models.PROTECT, verbose_name=_("by"), null=True, blank=True, related_name="caused_incidents"
    )
    place = models.ForeignKey(
        Party, models.PROTECT, verbose_name=_("in"), null=True, blank=True, related_name="suffered_incidents"
    )
    follows = models.ForeignKey(
        "self", models.PROTECT, verbose_name=_("after"), null=True, blank=True, related_name="followed_by",
        help_text=_("An earlier incident, where the source says only that this one came after it."),
    )  # fmt: skip
    description = models.TextField(_("description"), blank=True, default="")

    class Meta:
        verbose_name = _("incident")
        verbose_name_plural = _("incidents")
        ordering = ("-date_earliest", "found_by", "id")
        constraints = [
            models.CheckConstraint(
                condition=Q(follows__isnull=True) | ~Q(follows=F("id")), name="incident_not_after_itself"
            )
        ]


class IncidentItem(Part):
    """What took part in an incident: a platform or a description, and how many."""

    identified_by = ("incident__public_id", "number")

    incident = models.ForeignKey(Incident, models.CASCADE, related_name="items")
    number = models.PositiveSmallIntegerField(_("number"), default=1)
    platform = models.ForeignKey(
        Platform, models.PROTECT, verbose_name=_("platform"), null=True, blank=True, related_name="incident_items"
    )
    description = models.CharField(_("description"), max_length=250, blank=True, default="")
    quantity = QuantityField(_("quantity"))
    quantity_low = QuantityLowField("quantity")
    quantity_high = QuantityHighField("quantity")
    quantity_words = models.CharField(_("in the source's words"), max_length=120, blank=True, default="")

    class Meta:
        verbose_name = _("item")
        verbose_name_plural = _("items")
        ordering = ("number", "id")
        constraints = [
            models.UniqueConstraint(fields=["incident", "number"], name="incident_item_number_once"),
            not_negative("incident_item_quantity_not_negative", "quantity_low", "quantity_high"),
            models.CheckConstraint(
                condition=Q(platform__isnull=False) | ~Q(description=""),
                name="incident_item_names_something",
                violation_error_message=_("Name a platform or describe the item."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} × {self.platform or self.description}"
