"""Requirements: stated needs, against which pledges are held."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from tracker.models.base import Record
from tracker.models.constraints import not_negative
from tracker.models.desk.categories import Category
from tracker.models.desk.initiatives import Initiative
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


class Requirement(Record):
    """What a beneficiary says it needs: a platform or a category, how many, how urgently."""

    kind = "requirement"

    class Priority(models.TextChoices):
        UNKNOWN = "unknown", _("unknown")
        URGENT = "urgent", _("urgent")
        HIGH = "high", _("high")
        NORMAL = "normal", _("normal")

    beneficiary = models.ForeignKey(Party, models.PROTECT, verbose_name=_("beneficiary"), related_name="requirements")
    platform = models.ForeignKey(
        Platform, models.PROTECT, verbose_name=_("platform"), null=True, blank=True, related_name="requirements"
    )
    category = models.ForeignKey(
        Category, models.PROTECT, verbose_name=_("category"), null=True, blank=True, related_name="requirements"
    )
    initiative = models.ForeignKey(
        Initiative, models.PROTECT, verbose_name=_("initiative"), null=True, blank=True, related_name="requirements"
    )
    quantity = QuantityField(_("quantity"))
    quantity_low = QuantityLowField("quantity")
    quantity_high = QuantityHighField("quantity")
    quantity_words = models.CharField(_("in the source's words"), max_length=120, blank=True, default="")
    priority = models.CharField(_("priority"), max_length=20, choices=Priority, default=Priority.UNKNOWN)
    stated = PartialDateField(_("stated"))
    stated_earliest = EarliestDayField("stated")
    stated_latest = LatestDayField("stated")
    description = models.TextField(_("description"), blank=True, default="")

    class Meta:
        verbose_name = _("requirement")
        verbose_name_plural = _("requirements")
        ordering = ("found_by", "id")
        constraints = [not_negative("requirement_quantity_not_negative", "quantity_low", "quantity_high")]
