"""Officials: persons who hold an office for a party, for a time."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tracker.models.base import Record, slug
from tracker.models.desk.parties import Party
from tracker.models.fields import EarliestDayField, LatestDayField, PartialDateField


class Official(Record):
    """One person in one office; a second office is a second record."""

    kind = "official"

    office = models.CharField(_("office"), max_length=250)
    party = models.ForeignKey(Party, models.PROTECT, verbose_name=_("party"), related_name="officials")
    held_from = PartialDateField(_("held from"))
    held_from_earliest = EarliestDayField("held_from")
    held_from_latest = LatestDayField("held_from")
    held_to = PartialDateField(_("held to"))
    held_to_earliest = EarliestDayField("held_to")
    held_to_latest = LatestDayField("held_to")
    description = models.TextField(_("description"), blank=True, default="")

    class Meta:
        verbose_name = _("official")
        verbose_name_plural = _("officials")
        ordering = ("found_by", "id")
        constraints = [
            models.CheckConstraint(
                condition=Q(held_to_latest__isnull=True)
                | Q(held_from_earliest__isnull=True)
                | Q(held_to_latest__gte=F("held_from_earliest")),
                name="official_leaves_after_start",
                violation_error_message=_("An office cannot end before it starts."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.office}"

    def id_stem(self, lead: Record | None = None) -> str:
        """Return the person and the office."""
        return slug(f"{self.name} {self.office}")
