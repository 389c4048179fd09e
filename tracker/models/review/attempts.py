"""Attempts: what anybody may try only so often, counted in one place for all processes."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Attempt(models.Model):
    """How often one thing was tried by one client within a span of time."""

    name = models.CharField(_("what, and by whom"), max_length=200, primary_key=True)
    count = models.PositiveIntegerField(_("how often"), default=0)
    until = models.DateTimeField(_("counted until"), db_index=True)

    class Meta:
        verbose_name = _("attempt")
        verbose_name_plural = _("attempts")
        ordering = ("name",)
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.name}: {self.count}"
