"""The tree of categories: Aircraft › Fighter aircraft."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tracker.models.base import Alias, Record


class Category(Record):
    """A branch of the tree of equipment and support."""

    kind = "category"

    parent = models.ForeignKey(
        "self", models.PROTECT, verbose_name=_("within"), null=True, blank=True, related_name="branches"
    )
    description = models.TextField(_("description"), blank=True, default="")

    class Meta:
        verbose_name = _("category")
        verbose_name_plural = _("categories")
        ordering = ("found_by", "id")
        constraints = [
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")), name="category_not_within_itself"
            )
        ]


class CategoryAlias(Alias):
    """Another name of a category."""

    category = models.ForeignKey(Category, models.CASCADE, related_name="aliases")

    class Meta:
        verbose_name = _("alias")
        verbose_name_plural = _("aliases")
        ordering = ("folded", "id")
