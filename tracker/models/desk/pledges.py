"""Pledges: one promise each, with its shares and links; its items, entries and conditions are beside this file."""

import re
from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import TypeVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tracker.models.base import Part, Record
from tracker.models.constraints import amount_with_currency, not_negative
from tracker.models.desk.initiatives import Initiative
from tracker.models.desk.meetings import Meeting
from tracker.models.desk.packages import Package
from tracker.models.desk.parties import Party
from tracker.models.desk.rates import RatePolicy
from tracker.models.fields import (
    AmountField,
    CurrencyField,
    EarliestDayField,
    LatestDayField,
    PartialDateField,
)
from tracker.models.triggers import Trigger

_T = TypeVar("_T")


class Pledge(Record):
    """One promise: who, to whom, what, under which initiative, announced where."""

    kind = "pledge"
    ids_are_numbered = True

    class Nature(models.TextChoices):
        TRANSFER = "transfer", _("transfer (changes hands)")
        FINANCING = "financing", _("financing")
        DEPLOYMENT = "deployment", _("deployment (own forces under a mission)")

    class AidType(models.TextChoices):
        MILITARY = "military", _("military")
        FINANCIAL = "financial", _("financial")
        HUMANITARIAN = "humanitarian", _("humanitarian")

    nature = models.CharField(_("nature"), max_length=20, choices=Nature, default=Nature.FINANCING)
    aid_type = models.CharField(
        _("aid type"), max_length=20, choices=AidType, blank=True, default="", help_text=_("A deployment has none.")
    )
    aid_kind = models.CharField(
        _("finer kind of aid"), max_length=80, blank=True, default="",
        help_text=_("Such as equipment, training, budget support, loan, refugees."),
    )  # fmt: skip
    beneficiary = models.ForeignKey(
        Party, models.PROTECT, verbose_name=_("beneficiary"), null=True, blank=True, related_name="received_pledges"
    )
    host = models.ForeignKey(
        Party, models.PROTECT, verbose_name=_("host"), null=True, blank=True, related_name="hosted_pledges",
        help_text=_("Whose territory own forces are sent to, or whose airspace they guard."),
    )  # fmt: skip
    base = models.CharField(
        _("base"), max_length=160, blank=True, default="",
        help_text=_("Where own forces are stationed, such as Rostock-Laage. Empty: not known."),
    )  # fmt: skip
    base_state = models.ForeignKey(
        Party, models.PROTECT, verbose_name=_("state of the base"), null=True, blank=True, related_name="based_pledges",
    )  # fmt: skip
    area = models.CharField(
        _("area of operation"), max_length=250, blank=True, default="",
        help_text=_("Where own forces act, such as the airspace of Latvia. It often differs from the base."),
    )  # fmt: skip
    initiative = models.ForeignKey(
        Initiative, models.PROTECT, verbose_name=_("initiative"), null=True, blank=True, related_name="pledges"
    )
    package = models.ForeignKey(
        Package, models.PROTECT, verbose_name=_("package"), null=True, blank=True, related_name="pledges"
    )
    meeting = models.ForeignKey(
        Meeting, models.PROTECT, verbose_name=_("announced at"), null=True, blank=True, related_name="pledges"
    )
    announced = PartialDateField(_("announced"))
    # `pledge_in_order` begins with it.
    announced_earliest = EarliestDayField("announced", db_index=False)
    announced_latest = LatestDayField("announced", db_index=False)
    rate_policy = models.CharField(
        _("rate policy"), max_length=20, choices=RatePolicy, default=RatePolicy.MONTH_MEAN,
        help_text=_("By which exchange rate its amounts are converted. Where only the year is known: the year's mean."),
    )  # fmt: skip
    description = models.TextField(_("description"), blank=True, default="")

    class Meta:
        verbose_name = _("pledge")
        verbose_name_plural = _("pledges")
        ordering = ("-announced_earliest", "public_id")
        indexes = [models.Index(fields=["-announced_earliest", "public_id"], name="pledge_in_order")]
        constraints = [
            models.CheckConstraint(
                condition=Q(nature="deployment", aid_type="") | (~Q(nature="deployment") & ~Q(aid_type="")),
                name="pledge_aid_type_unless_deployment",
                violation_error_message=_(
                    "Aid type: a deployment has none; a transfer or a financing needs military, "
                    "financial or humanitarian."
                ),
            ),
            models.CheckConstraint(
                condition=Q(nature="deployment") | Q(base="", base_state__isnull=True, area=""),
                name="pledge_base_of_deployment",
                violation_error_message=_("Only a deployment has a base and an area of operation."),
            ),
        ]

    def id_stem(self, lead: Record | None = None) -> str:
        """Return what `id_stem` makes of the pledge."""
        return id_stem(lead.public_id if lead else "", self.announced)

    def clean(self) -> None:
        """Say what SQL cannot: that a package belongs to the pledge's own initiative."""
        super().clean()
        if self.package and self.initiative_id and self.package.initiative_id != self.initiative_id:
            raise ValidationError({"package": _("This package belongs to %s.") % self.package.initiative})


def id_stem(lead: str, announced: str) -> str:
    """Return contributor and year, such as `DEU-2025`; `ND` without a year, `JOINT` without a contributor."""
    year = announced[:4] if re.match(r"\d{4}", announced) else "ND"
    return f"{lead or 'JOINT'}-{year}"


class Share(Part):
    """One contributor's part of a pledge: an amount, a fraction, or undisclosed."""

    identified_by = ("pledge__public_id", "contributor__public_id")

    pledge = models.ForeignKey(Pledge, models.CASCADE, related_name="shares")
    contributor = models.ForeignKey(Party, models.PROTECT, verbose_name=_("contributor"), related_name="shares")
    fraction = models.DecimalField(
        _("fraction"), max_digits=13, decimal_places=12, null=True, blank=True,
        help_text=_("From 0 to 1. Leave fraction and amount empty where the split is undisclosed."),
    )  # fmt: skip
    amount = AmountField(_("amount"), null=True, blank=True)
    currency = CurrencyField(_("currency"))
    note = models.CharField(_("note"), max_length=500, blank=True, default="")

    class Meta:
        verbose_name = _("share")
        verbose_name_plural = _("contributors and their shares")
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(
                fields=["pledge", "contributor"], name="share_once_per_contributor",
                violation_error_message=_("This contributor already has a share in the pledge."),
            ),
            models.CheckConstraint(
                condition=Q(fraction__isnull=True) | Q(fraction__gte=Decimal(0), fraction__lte=Decimal(1)),
                name="share_fraction_zero_to_one",
                violation_error_message=_("A fraction lies between 0 and 1, that is 0 and 100 %%."),
            ),
            models.CheckConstraint(
                condition=Q(fraction__isnull=True) | Q(amount__isnull=True),
                name="share_fraction_or_amount",
                violation_error_message=_("Give a fraction or an amount, not both."),
            ),
            not_negative("share_amount_not_negative", "amount"),
            amount_with_currency("share_amount_with_currency"),
            Trigger(
                name="share_fractions_at_most_one",
                # Decimals of SQLite are floats: fractions, of twelve places, are compared in whole units of the last.
                sqlite="NEW.fraction IS NOT NULL AND (SELECT ROUND(SUM(fraction) * 1e12) > 1e12 FROM tracker_share"
                " WHERE pledge_id = NEW.pledge_id)",
                postgresql="(SELECT SUM(fraction) > 1 FROM tracker_share WHERE pledge_id = NEW.pledge_id)",
                violation_error_message=_("The fractions of a pledge come to 1 (100 %%) at most."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return str(self.contributor)


class PledgeLink(Part):
    """That a pledge overlaps with another: what it adds is netted against the other's."""

    identified_by = ("pledge__public_id", "target__public_id", "link")

    class Link(models.TextChoices):
        TRANCHE_OF = "tranche_of", _("is a tranche of")
        RESTATES = "restates", _("restates")
        REIMBURSES = "reimburses", _("reimburses")
        BACKFILLS = "backfills", _("backfills")

    pledge = models.ForeignKey(Pledge, models.CASCADE, related_name="links")
    link = models.CharField(_("link"), max_length=20, choices=Link)
    target = models.ForeignKey(Pledge, models.PROTECT, verbose_name=_("other pledge"), related_name="linked_from")
    note = models.CharField(_("note"), max_length=250, blank=True, default="")

    class Meta:
        verbose_name = _("link")
        verbose_name_plural = _("links to other pledges")
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(fields=["pledge", "link", "target"], name="link_once"),
            models.UniqueConstraint(
                fields=["pledge"], condition=Q(link="tranche_of"), name="link_one_umbrella",
                violation_error_message=_("A pledge is a tranche of one other pledge at most."),
            ),
            models.CheckConstraint(
                condition=~Q(pledge=F("target")), name="link_not_to_itself",
                violation_error_message=_("A pledge cannot be linked to itself."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.get_link_display()} {self.target.public_id}"


def fractions_problem(fractions: Iterable[Decimal]) -> str | None:
    """Return what is wrong with the fractions of one pledge, or None.

    Says beforehand what the trigger `share_fractions_at_most_one` would refuse.
    """
    total = sum(fractions, Decimal(0))
    if total <= 1:
        return None
    shown = f"{total.normalize():f}"
    return gettext("The fractions come to %(total)s; together they are 1 (100 %%) at most.") % {"total": shown}


def in_saving_order(
    shares: Iterable[_T], *, before: Callable[[_T], Decimal | None], after: Callable[[_T], Decimal | None]
) -> list[_T]:
    """Return `shares` so that those whose fraction falls are saved before the others, which stay in their order.

    The sum then never passes one on the way, which the trigger of SQLite, row by row, would refuse.
    """
    return sorted(shares, key=lambda share: (after(share) or Decimal(0)) >= (before(share) or Decimal(0)))
