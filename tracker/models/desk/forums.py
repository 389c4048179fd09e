"""Forums: the bodies that meet, such as the Ukraine Defense Contact Group."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from tracker.models.base import Record
from tracker.models.desk.parties import Party


class Forum(Record):
    """A body that holds meetings."""

    kind = "forum"

    short_name = models.CharField(_("short name"), max_length=60, blank=True, default="")
    convened_by = models.ForeignKey(
        Party, models.PROTECT, verbose_name=_("convened by"), null=True, blank=True, related_name="convened_forums"
    )
    description = models.TextField(_("description"), blank=True, default="")

    class Meta:
        verbose_name = _("forum")
        verbose_name_plural = _("forums")
        ordering = ("found_by", "id")
