"""Findings: what the rules of quality say of a record of the desk, and which of it was waived."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class FindingQuerySet(models.QuerySet["Finding"]):
    """Findings."""

    def standing(self) -> "FindingQuerySet":
        """Return those that nobody has waived."""
        return self.filter(waived_at__isnull=True)


class Finding(models.Model):
    """That a record breaks a rule of quality (`records.quality`), at one of its fields.

    Rows are written by `curation.quality` alone. A waiver says why the record is right all the same; it falls when the
    value that it was about changes.
    """

    class Severity(models.IntegerChoices):
        """How bad it is; the worst has the lowest number, so that lists begin with it."""

        ERROR = 1, _("error")
        WARNING = 2, _("warning")
        NOTICE = 3, _("notice")

    record_kind = models.CharField(_("kind of record"), max_length=20)
    record_id = models.CharField(_("record"), max_length=100)
    rule = models.CharField(_("rule"), max_length=60)
    severity = models.PositiveSmallIntegerField(_("severity"), choices=Severity)
    field = models.CharField(_("field"), max_length=160, blank=True, default="")
    claim = models.CharField(_("claim"), max_length=100, blank=True, default="")
    message = models.TextField(_("what is found"))
    about = models.CharField(
        _("hash of what it is about"), max_length=64, help_text=_("A waiver falls when this changes.")
    )
    found_at = models.DateTimeField(_("found at"))
    waived_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("waived by"), null=True, blank=True,
        related_name="waived_findings",
    )  # fmt: skip
    waived_at = models.DateTimeField(_("waived at"), null=True, blank=True)
    reason = models.TextField(_("reason of the waiver"), blank=True, default="")

    objects = models.Manager.from_queryset(FindingQuerySet)()

    class Meta:
        verbose_name = _("finding")
        verbose_name_plural = _("findings")
        ordering = ("severity", "rule", "record_kind", "record_id", "id")
        default_permissions = ("view",)
        permissions = [("waive_finding", _("Can waive findings"))]
        indexes = [
            models.Index(fields=["severity", "rule", "record_kind", "record_id", "id"], name="finding_in_order"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["record_kind", "record_id", "rule", "field", "claim"], name="finding_once_per_field"
            ),
            models.CheckConstraint(condition=Q(severity__gte=1, severity__lte=3), name="finding_severity_is_known"),
            models.CheckConstraint(
                condition=Q(waived_at__isnull=True, waived_by__isnull=True, reason="")
                | (Q(waived_at__isnull=False, waived_by__isnull=False) & ~Q(reason="")),
                name="finding_waived_with_reason",
                violation_error_message=_("Say why it is waived."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.record_kind} {self.record_id}: {self.message}"
