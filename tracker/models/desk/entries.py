"""Entries: the dated steps of a pledge, and what they come to on other bases."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tracker.models.base import Part
from tracker.models.constraints import amount_with_currency, not_negative
from tracker.models.desk.items import Item
from tracker.models.desk.platforms import Basis
from tracker.models.desk.pledges import Pledge
from tracker.models.fields import (
    CurrencyField,
    EarliestDayField,
    LatestDayField,
    PartialDateField,
    QuantityField,
    QuantityHighField,
    QuantityLowField,
    SignedAmountField,
)
from tracker.models.triggers import Trigger


class Stage(models.TextChoices):
    """How far a promise has come. The last two reduce what was promised."""

    PLEDGE = "pledge", _("pledge")
    COMMITMENT = "commitment", _("commitment")
    ALLOCATION = "allocation", _("allocation")
    CONTRACT = "contract", _("contract")
    DISBURSEMENT = "disbursement", _("disbursement")
    DELIVERY = "delivery", _("delivery")
    LAPSE = "lapse", _("lapse")
    CANCELLATION = "cancellation", _("cancellation")


class Entry(Part):
    """One dated step of a pledge in money or quantity, at its stage.

    An entry marked as total states the whole of its stage; no other entry of the pledge (or of
    the item, where it names one) can stand beside it. Amounts of lapses and cancellations are
    written without a sign; the stage says that they reduce. An amount below zero is a correction: it reduces its own
    stage.
    """

    identified_by = ("pledge__public_id", "number")

    pledge = models.ForeignKey(Pledge, models.CASCADE, related_name="entries")
    number = models.PositiveSmallIntegerField(_("number"), default=1)
    stage = models.CharField(_("stage"), max_length=20, choices=Stage, default=Stage.COMMITMENT)
    item = models.ForeignKey(
        Item, models.PROTECT, verbose_name=_("item"), null=True, blank=True, related_name="entries"
    )
    date = PartialDateField(_("date"), help_text=_("Empty: when the pledge was announced."))
    date_earliest = EarliestDayField("date", db_index=False)
    date_latest = LatestDayField("date", db_index=False)
    amount = SignedAmountField(
        _("amount"), null=True, blank=True, help_text=_("Below zero: a correction of what was counted before.")
    )
    currency = CurrencyField(_("currency"))
    quantity = QuantityField(_("quantity"), help_text=_("Only where it differs from the item's."), default="")
    quantity_low = QuantityLowField("quantity")
    quantity_high = QuantityHighField("quantity")
    is_total = models.BooleanField(
        _("total"), default=False, help_text=_("States the whole of its stage; no other entry can add to it.")
    )
    note = models.CharField(_("note"), max_length=500, blank=True, default="")

    class Meta:
        verbose_name = _("entry")
        verbose_name_plural = _("entries")
        ordering = ("number", "id")
        # A number that somebody looks for may be an amount.
        indexes = [models.Index(fields=["amount"], name="entry_amount", condition=Q(amount__isnull=False))]
        constraints = [
            models.UniqueConstraint(
                fields=["pledge", "number"], name="entry_number_once",
                violation_error_message=_("Another entry of this pledge has this number."),
            ),
            models.UniqueConstraint(
                fields=["pledge", "stage"], condition=Q(is_total=True, item__isnull=True),
                name="entry_one_total_per_stage",
                violation_error_message=_("Another entry already states the total of this stage."),
            ),
            models.UniqueConstraint(
                fields=["pledge", "stage", "item"], condition=Q(is_total=True, item__isnull=False),
                name="entry_one_total_per_stage_and_item",
                violation_error_message=_("Another entry already states the total of this stage and item."),
            ),
            models.CheckConstraint(
                condition=Q(amount__isnull=True) | Q(amount__gte=0) | ~Q(stage__in=["lapse", "cancellation"]),
                name="entry_reduces_without_sign",
                violation_error_message=_("Write the amount without a sign: the stage says that it reduces."),
            ),
            not_negative("entry_quantity_not_negative", "quantity_low", "quantity_high"),
            amount_with_currency("entry_amount_with_currency"),
            Trigger(
                name="entry_total_stands_alone",
                # Most entries name no item. The plus keeps SQLite from going through all of those by the index of items
                # rather than through the entries of the pledge.
                sqlite="(SELECT COUNT(*) > 1 AND MAX(is_total) FROM tracker_entry WHERE pledge_id = NEW.pledge_id"
                " AND stage = NEW.stage AND +item_id IS NEW.item_id)",
                postgresql="(SELECT COUNT(*) > 1 AND BOOL_OR(is_total) FROM tracker_entry"
                " WHERE pledge_id = NEW.pledge_id AND stage = NEW.stage AND item_id IS NOT DISTINCT FROM NEW.item_id)",
                violation_error_message=_(
                    "An entry states the total of its stage, and others add to it: keep the total or the steps."
                ),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.number}. {self.get_stage_display()}"

    def clean(self) -> None:
        """Say what SQL cannot: that the item belongs to the entry's own pledge."""
        super().clean()
        if self.item and self.pledge_id and self.item.pledge_id != self.pledge_id:
            raise ValidationError({"item": _("This item belongs to another pledge.")})


class Valuation(Part):
    """What an entry, or the whole of an item, comes to on a basis other than the stated one.

    On the basis `tiv` amounts are millions of trend-indicator value, and have no currency.
    """

    identified_by = ("pledge__public_id", "entry__number", "item__number", "basis")

    pledge = models.ForeignKey(Pledge, models.CASCADE, related_name="valuations")
    entry = models.ForeignKey(
        Entry, models.CASCADE, verbose_name=_("entry"), null=True, blank=True, related_name="valuations"
    )
    item = models.ForeignKey(
        Item, models.CASCADE, verbose_name=_("item"), null=True, blank=True, related_name="valuations"
    )
    basis = models.CharField(_("basis"), max_length=20, choices=Basis.valuing())
    amount = SignedAmountField(_("amount"))
    low = SignedAmountField(_("low"), null=True, blank=True)
    high = SignedAmountField(_("high"), null=True, blank=True)
    currency = CurrencyField(_("currency"))
    source = models.CharField(_("source"), max_length=250, blank=True, default="")

    class Meta:
        verbose_name = _("valuation")
        verbose_name_plural = _("valuations")
        ordering = ("id",)
        constraints = [
            models.CheckConstraint(
                condition=Q(entry__isnull=True, item__isnull=False) | Q(entry__isnull=False, item__isnull=True),
                name="valuation_of_entry_or_item",
                violation_error_message=_("A valuation is of an entry or of an item: name one of them."),
            ),
            models.UniqueConstraint(
                fields=["entry", "basis"], condition=Q(entry__isnull=False), name="valuation_once_per_entry_basis"
            ),
            models.UniqueConstraint(
                fields=["item", "basis"], condition=Q(item__isnull=False), name="valuation_once_per_item_basis"
            ),
            models.CheckConstraint(
                condition=Q(entry__isnull=False) | Q(amount__gte=0),
                name="valuation_of_item_not_negative",
                violation_error_message=_("What an item is worth is not negative; a correction is an entry."),
            ),
            models.CheckConstraint(
                condition=(Q(low__isnull=True) | Q(low__lte=F("amount")))
                & (Q(high__isnull=True) | Q(high__gte=F("amount"))),
                name="valuation_within_bounds",
                violation_error_message=_("The amount lies between low and high."),
            ),
            models.CheckConstraint(
                condition=Q(basis="tiv", currency="") | (~Q(basis="tiv") & ~Q(currency="")),
                name="valuation_has_currency",
                violation_error_message=_("A valuation needs a currency, but for one in SIPRI TIV, which has none."),
            ),
            models.CheckConstraint(condition=~Q(basis="stated"), name="valuation_not_stated"),
        ]

    def __str__(self) -> str:
        return f"{self.get_basis_display()}: {self.amount} {self.currency}".strip()

    def natural_key(self) -> tuple[Any, ...]:
        return (
            self.pledge.public_id,
            self.entry.number if self.entry else None,
            self.item.number if self.item else None,
            self.basis,
        )


def totals_problem(steps: Sequence[tuple[str, Any, bool]]) -> tuple[int, str] | None:
    """Return the position and what is wrong with the first entry that contradicts a total, or None.

    `steps` are stage, item and whether it is a total, of each entry of one pledge. Says beforehand
    what the trigger `entry_total_stands_alone` would refuse.
    """
    for position, (stage, item, _is_total) in enumerate(steps):
        beside = [step for step in steps if step[:2] == (stage, item)]
        if len(beside) > 1 and any(step[2] for step in beside):
            return position, gettext(
                "An entry states the total of the stage “%(stage)s”, and others add to it: keep the total or the steps."
            ) % {"stage": stage}
    return None
