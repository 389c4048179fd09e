"""Conditions: on what a pledge depends, such as what others give."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tracker.models.base import Part
from tracker.models.desk.documents import Document
from tracker.models.desk.pledges import Pledge
from tracker.models.fields import EarliestDayField, LatestDayField, PartialDateField


class Condition(Part):
    """What a pledge depends on. While one is open, tables count the pledge apart."""

    identified_by = ("pledge__public_id", "number")

    class State(models.TextChoices):
        OPEN = "open", _("open")
        MET = "met", _("met")
        FAILED = "failed", _("failed")

    pledge = models.ForeignKey(Pledge, models.CASCADE, related_name="conditions")
    number = models.PositiveSmallIntegerField(_("number"), default=1)
    words = models.CharField(
        _("in the source's words"), max_length=250, help_text=_("Such as: if other countries give thirty.")
    )
    met_by = models.CharField(
        _("met by"), max_length=250, blank=True, default="", help_text=_("What would meet it, so that all can tell.")
    )
    due = PartialDateField(_("due"), help_text=_("Until when it has to be met, where that was said."))
    due_earliest = EarliestDayField("due")
    due_latest = LatestDayField("due")
    state = models.CharField(_("state"), max_length=20, choices=State, default=State.OPEN)
    settled = PartialDateField(_("settled"), help_text=_("When it was met, or failed."))
    settled_earliest = EarliestDayField("settled")
    settled_latest = LatestDayField("settled")
    settled_by = models.ForeignKey(
        Document, models.PROTECT, verbose_name=_("settled by"), null=True, blank=True,
        related_name="settled_conditions",
        help_text=_("The document that says that it was met, or failed."),
    )  # fmt: skip

    class Meta:
        verbose_name = _("condition")
        verbose_name_plural = _("conditions")
        ordering = ("number", "id")
        constraints = [
            models.UniqueConstraint(
                fields=["pledge", "number"], name="condition_number_once",
                violation_error_message=_("Another condition of this pledge has this number."),
            ),
            models.CheckConstraint(
                condition=~Q(state="open") | Q(settled="", settled_by__isnull=True),
                name="condition_open_is_not_settled",
                violation_error_message=_("What is open has neither the day nor the source of its end."),
            ),
            models.CheckConstraint(
                condition=~Q(words=""), name="condition_has_words",
                violation_error_message=_("Say on what the pledge depends."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.words} ({self.get_state_display()})"
