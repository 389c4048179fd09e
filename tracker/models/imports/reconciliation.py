"""Reconciliation: the file's own totals of an import beside what the register holds, each difference with its name."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tracker.models.desk.entries import Stage
from tracker.models.desk.platforms import Basis
from tracker.models.imports.imports import Import


class ReconciliationLine(models.Model):
    """What the cells of a file come to for one record at one stage, and what the register holds of it.

    Amounts are in minor units of the file's own currency, so that no rate can make a difference; on the basis `tiv`,
    which has none, in hundredths. Null: the file, or the register, says nothing. Rows that describe no record are
    lines without one.
    """

    class Cause(models.TextChoices):
        """Why the two differ: the names of differences."""

        NONE = "", _("none")
        INVALID = "invalid", _("rows that cannot be used")
        CONFLICT = "conflict", _("held back by a conflict")
        UNREADABLE = "unreadable", _("cells that cannot be read")
        MISSING = "missing", _("the file has no column for it")
        BLANK = "blank", _("left blank by the file")
        CHANGED_HERE = "changed_here", _("changed here")
        GONE = "gone", _("gone from the file, not decided about")
        KEPT = "kept", _("gone from the file, kept")
        WITHDRAWN = "withdrawn", _("withdrawn here")
        UNPUBLISHED = "unpublished", _("not published yet")
        NETTED = "netted", _("netted against another pledge")
        UNNAMED = "unnamed", _("for no reason that is known")

    imported = models.ForeignKey(Import, models.CASCADE, related_name="reconciliation")
    position = models.PositiveIntegerField(_("position"))
    stage = models.CharField(_("stage"), max_length=20, choices=Stage)
    basis = models.CharField(_("basis"), max_length=20, choices=Basis)
    currency = models.CharField(_("currency"), max_length=3, blank=True, default="")
    source_id = models.CharField(_("id in the dataset"), max_length=150, blank=True, default="")
    public_id = models.CharField(_("record"), max_length=100, blank=True, default="")
    contributor = models.CharField(_("contributor"), max_length=100, blank=True, default="")
    aid_type = models.CharField(_("aid type"), max_length=20, blank=True, default="")
    rows = models.CharField(_("rows"), max_length=250, blank=True, default="")
    in_file = models.BigIntegerField(_("in the file"), null=True)
    in_register = models.BigIntegerField(_("in the register"), null=True)
    difference = models.BigIntegerField(_("difference"), default=0, help_text=_("Register less file."))
    cause = models.CharField(_("cause"), max_length=20, choices=Cause, blank=True, default=Cause.NONE)
    reason = models.TextField(_("reason"), blank=True, default="")

    class Meta:
        verbose_name = _("line of a reconciliation")
        verbose_name_plural = _("lines of reconciliations")
        ordering = ("position", "id")
        indexes = [models.Index(fields=["imported", "cause", "position"], name="reconciliation_by_cause")]
        constraints = [
            models.UniqueConstraint(fields=["imported", "position"], name="reconciliation_line_once"),
            models.CheckConstraint(condition=Q(difference=0) | ~Q(cause=""), name="reconciliation_names_differences"),
            models.CheckConstraint(
                condition=Q(in_file__isnull=True, in_register__isnull=True, difference=0)
                | Q(in_file__isnull=True, difference=F("in_register"))
                | Q(in_register__isnull=True, difference=0 - F("in_file"))
                | Q(
                    in_file__isnull=False,
                    in_register__isnull=False,
                    difference=F("in_register") - F("in_file"),
                ),
                name="reconciliation_difference_adds_up",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source_id or self.rows} {self.get_stage_display()}"
