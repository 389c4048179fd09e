"""How many records stand in a list, kept by each publishing, so that a list is not counted when it is asked for."""

from django.db import models
from django.db.models import F, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _


class ListCount(models.Model):
    """How many records of one kind stand published in the list of a contributor or all, and of a category or all.

    Of pledges, by the year of their listings; of other kinds, in one row without contributor, category and year.
    """

    kind = models.CharField(_("kind"), max_length=20)
    contributor = models.CharField(_("contributor; empty for all"), max_length=100, blank=True)
    category = models.CharField(_("category; empty for all"), max_length=100, blank=True)
    year = models.PositiveSmallIntegerField(_("year"), null=True)
    records = models.IntegerField(_("records"))

    class Meta:
        verbose_name = _("count of a list")
        verbose_name_plural = _("counts of lists")
        ordering = ("kind", "contributor", "category", "year", "id")
        constraints = [
            # Nulls count as alike, as year 0.
            models.UniqueConstraint(
                F("kind"), F("contributor"), F("category"), Coalesce("year", Value(0)), name="list_count_once"
            )
        ]

    def __str__(self) -> str:
        return " ".join(str(each) for each in (self.kind, self.contributor, self.category, self.year) if each)
