"""Twins: pairs of records that look alike, and that somebody found to be different."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class KeptApart(models.Model):
    """That two pledges look alike and are different: nobody is asked about the pair again."""

    one = models.CharField(_("pledge"), max_length=100, help_text=_("The public id that comes first."))
    other = models.CharField(_("other pledge"), max_length=100)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("by"), related_name="+")
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("pair that is different")
        verbose_name_plural = _("pairs that are different")
        ordering = ("one", "other")
        default_permissions = ("view",)
        indexes = [models.Index(fields=["other"], name="kept_apart_other")]
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="kept_apart_once"),
            models.CheckConstraint(condition=~Q(one=F("other")), name="kept_apart_are_two"),
        ]

    def __str__(self) -> str:
        return f"{self.one} ≠ {self.other}"
