"""Likely twins of a plan: pairs of pledges that may be one, and what was decided about each before it is applied."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tracker.models.imports.imports import Import


class ImportTwin(models.Model):
    """A new pledge of a plan, and a pledge of the register, or another new one of the file, that looks like it.

    Those beside the register come first, those most alike first. What is decided counts when the plan is applied; what
    is not is asked again afterwards.
    """

    class Decision(models.TextChoices):
        """What the new pledge is to the other one; links have the names of `PledgeLink.Link`."""

        DIFFERENT = "different", _("is different from")
        MERGE = "merge", _("is the same as, to be merged into")
        TRANCHE_OF = "tranche_of", _("is a tranche of")
        RESTATES = "restates", _("restates")
        REIMBURSES = "reimburses", _("reimburses")
        BACKFILLS = "backfills", _("backfills")

    imported = models.ForeignKey(Import, models.CASCADE, related_name="twins")
    position = models.PositiveIntegerField(_("position"))
    source_id = models.CharField(_("id in the dataset"), max_length=150, help_text=_("Of the new pledge."))
    name = models.CharField(_("name"), max_length=250, blank=True, default="")
    rows = models.JSONField(_("rows"), default=list, blank=True)
    said = models.JSONField(
        _("what the file says"), default=dict, blank=True, help_text=_("Contributors, date, amounts, description.")
    )
    other = models.CharField(
        _("pledge of the register"), max_length=100, blank=True, default="",
        help_text=_("Its public id; empty where the other one is new, too."),
    )  # fmt: skip
    other_source_id = models.CharField(_("id of the other"), max_length=150, blank=True, default="")
    other_name = models.CharField(_("name of the other"), max_length=250, blank=True, default="")
    other_rows = models.JSONField(_("rows of the other"), default=list, blank=True)
    other_said = models.JSONField(_("what the file says of the other"), default=dict, blank=True)
    score = models.PositiveSmallIntegerField(_("likeness"), help_text=_("How much of the evidence agrees, of 100."))
    reasons = models.JSONField(_("reasons"), default=list, blank=True)
    decision = models.CharField(_("decision"), max_length=20, choices=Decision, blank=True, default="")

    class Meta:
        verbose_name = _("likely twins of a plan")
        verbose_name_plural = _("likely twins of plans")
        ordering = ("position", "id")
        constraints = [
            models.UniqueConstraint(fields=["imported", "position"], name="import_twin_once"),
            models.CheckConstraint(
                condition=(Q(other="") & ~Q(other_source_id="")) | (~Q(other="") & Q(other_source_id="")),
                name="import_twin_of_one_other",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source_id} ~ {self.other or self.other_source_id}"

    @property
    def key(self) -> tuple[str, str, str]:
        """What tells the pair from others of any plan of the dataset."""
        return self.source_id, self.other, self.other_source_id
