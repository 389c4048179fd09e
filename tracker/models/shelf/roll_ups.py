"""Roll-ups of the ledger: sums over the rows that stand, kept by each publishing, so that a table reads thousands of
rows and not millions."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from tracker.models.desk.entries import Stage
from tracker.models.desk.pledges import Pledge
from tracker.models.shelf.contributions import Contribution

_FIRST, _LAST = ("stage", "contributor"), ("beneficiary", "nature", "aid_type", "is_netted", "gap", "year")
_BY_CATEGORY = (*_FIRST, "category", "category_path", *_LAST)
_BY_MONTH = (*_FIRST, "month", *_LAST)


class RollUpQuerySet(models.QuerySet["RollUp"]):
    """Rows of a roll-up."""

    def nonempty(self) -> Self:
        """Return the rows that add something up; of others, all that they added up was closed."""
        return self.filter(contributions__gt=0)


class RollUp(models.Model):
    """The sums of all headline rows that the ledger has now and that are alike in every column of `KEYS`.

    Keys are named as in the ledger, so that its filters hold here, too. Sums are in the ledger's units: cents and
    millionths; a sum is zero where nothing is known, and `*_known` says of how many rows something is.
    """

    KEYS: ClassVar[tuple[str, ...]]

    stage = models.CharField(_("stage"), max_length=20, choices=Stage)
    contributor = models.CharField(_("contributor"), max_length=100)
    beneficiary = models.CharField(_("beneficiary"), max_length=100)
    nature = models.CharField(_("nature"), max_length=20, choices=Pledge.Nature)
    aid_type = models.CharField(_("aid type"), max_length=20)
    year = models.PositiveSmallIntegerField(_("year"), null=True)
    is_netted = models.BooleanField(_("netted against another pledge"))
    gap = models.CharField(_("why there is no value"), max_length=20, choices=Contribution.Gap, blank=True)

    contributions = models.IntegerField(_("contributions"))
    eur_cents = models.BigIntegerField(_("EUR cents"))
    eur_known = models.IntegerField(_("with EUR cents"))
    eur_no_rate = models.IntegerField(_("with an amount and without EUR cents"))
    usd_cents = models.BigIntegerField(_("USD cents"))
    usd_known = models.IntegerField(_("with USD cents"))
    usd_no_rate = models.IntegerField(_("with an amount and without USD cents"))
    quantity_millionths = models.BigIntegerField(_("quantity in millionths"))
    quantity_known = models.IntegerField(_("with a quantity"))
    unknown_quantity = models.IntegerField(_("of an unknown quantity"))
    estimated = models.IntegerField(_("share estimated"))
    provisional = models.IntegerField(_("rate provisional"))
    inexact = models.IntegerField(_("of an inexact quantity"))
    no_month = models.IntegerField(_("without a month"))

    objects = models.Manager.from_queryset(RollUpQuerySet)()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return " ".join(str(getattr(self, name)) for name in self.KEYS)


def _once(name: str, keys: tuple[str, ...]) -> models.UniqueConstraint:
    """Return the constraint that no two rows have the same keys; nulls count as alike, as year 0."""
    expressions = (Coalesce(key, Value(0)) if key == "year" else F(key) for key in keys)
    return models.UniqueConstraint(*expressions, name=name)


class RollUpByCategory(RollUp):
    """Sums by category and year."""

    KEYS = _BY_CATEGORY

    category = models.CharField(_("category"), max_length=100)
    category_path = models.CharField(_("category with those above it"), max_length=1000)

    class Meta:
        verbose_name = _("roll-up by category")
        verbose_name_plural = _("roll-ups by category")
        ordering = ("id",)
        constraints = [_once("roll_up_by_category_once", _BY_CATEGORY)]


class RollUpByMonth(RollUp):
    """Sums by month, and by year where that is all that is known."""

    KEYS = _BY_MONTH

    month = models.CharField(_("month"), max_length=7)

    class Meta:
        verbose_name = _("roll-up by month")
        verbose_name_plural = _("roll-ups by month")
        ordering = ("id",)
        constraints = [_once("roll_up_by_month_once", _BY_MONTH)]


ROLL_UPS: tuple[type[RollUp], ...] = (RollUpByMonth, RollUpByCategory)
"""All that are kept, the one with fewer rows first."""
