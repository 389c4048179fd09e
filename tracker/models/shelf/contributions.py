"""The ledger: one contributor's part of one entry, on one basis. Posted, never edited."""

from typing import Any, NoReturn

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tracker.models.desk.entries import Stage
from tracker.models.desk.platforms import Basis
from tracker.models.desk.pledges import Pledge
from tracker.models.marks import MOST_MARKS
from tracker.models.shelf.publications import Publication, ShelfQuerySet


class Contribution(models.Model):
    """One row of the ledger, posted with a publication of its pledge.

    References are public ids, as in documents. Money is in whole minor units: of the original
    currency, EUR cents and USD cents; on the basis `tiv` the amount is in hundredths of a million
    of SIPRI's trend-indicator value, and there is no money. Quantities are in millionths, so that
    sums are exact. Null is unknown, never zero; `gap` says why there is no value.
    """

    class Gap(models.TextChoices):
        NONE = "", _("none")
        NO_VALUE = "no_value", _("no value is known")
        NO_RATE = "no_rate", _("no exchange rate")
        BUNDLED = "bundled", _("part of an amount for several items")

    publication = models.ForeignKey(Publication, models.PROTECT, related_name="contributions")
    public_id = models.CharField(_("public id"), max_length=260)
    pledge = models.CharField(_("pledge"), max_length=100)
    entry = models.PositiveSmallIntegerField(_("entry"))
    item = models.PositiveSmallIntegerField(_("item"), null=True)
    contributor = models.CharField(_("contributor"), max_length=100)
    beneficiary = models.CharField(_("beneficiary"), max_length=100)
    host = models.CharField(_("host"), max_length=100)
    supplier = models.CharField(_("supplier"), max_length=100)
    stock_owner = models.CharField(_("stock owner"), max_length=100)
    manufacturer = models.CharField(_("manufacturer"), max_length=100)
    nature = models.CharField(_("nature"), max_length=20, choices=Pledge.Nature)
    aid_type = models.CharField(_("aid type"), max_length=20)
    aid_kind = models.CharField(_("finer kind of aid"), max_length=80)
    modality = models.CharField(_("modality"), max_length=20)
    condition = models.CharField(_("condition"), max_length=20)
    category = models.CharField(_("category"), max_length=100)
    category_path = models.CharField(_("category with those above it"), max_length=1000)
    platform = models.CharField(_("platform"), max_length=100)
    initiative = models.CharField(_("initiative"), max_length=100)
    package = models.CharField(_("package"), max_length=100)
    meeting = models.CharField(_("meeting"), max_length=100)
    stage = models.CharField(_("stage"), max_length=20, choices=Stage)
    date = models.CharField(_("date"), max_length=100)
    earliest = models.DateField(_("earliest day"), null=True)
    latest = models.DateField(_("latest day"), null=True)
    year = models.PositiveSmallIntegerField(_("year"), null=True)
    month = models.CharField(_("month"), max_length=7)
    announced_year = models.PositiveSmallIntegerField(_("year of the announcement"), null=True)

    basis = models.CharField(_("basis"), max_length=20, choices=Basis, blank=True)
    is_headline = models.BooleanField(_("headline"))
    is_netted = models.BooleanField(_("netted against another pledge"))
    is_estimated = models.BooleanField(_("share estimated"))
    is_conditional = models.BooleanField(_("depends on an open condition"), default=False)
    gap = models.CharField(_("why there is no value"), max_length=20, choices=Gap, blank=True)
    currency = models.CharField(_("currency"), max_length=3)
    amount_minor = models.BigIntegerField(_("amount in minor units"), null=True)
    eur_cents = models.BigIntegerField(_("EUR cents"), null=True)
    usd_cents = models.BigIntegerField(_("USD cents"), null=True)
    quantity_millionths = models.BigIntegerField(_("quantity in millionths"), null=True)
    quantity_qualifier = models.CharField(_("quantity qualifier"), max_length=20)

    rate_currency = models.DecimalField(
        _("units of the currency for one euro"), max_digits=15, decimal_places=8, null=True
    )
    rate_usd = models.DecimalField(_("US dollars for one euro"), max_digits=15, decimal_places=8, null=True)
    rate_policy = models.CharField(_("rate policy"), max_length=20)
    rate_from = models.DateField(_("first day of the rate"), null=True)
    rate_to = models.DateField(_("last day of the rate"), null=True)
    rate_source = models.CharField(_("source of the rate"), max_length=40)
    is_provisional = models.BooleanField(_("rate provisional"))
    marks = models.CharField(_("what tables count of it"), max_length=MOST_MARKS)

    recorded_from = models.DateTimeField(_("recorded from"))
    recorded_to = models.DateTimeField(_("recorded to"), null=True)

    objects = models.Manager.from_queryset(ShelfQuerySet)()

    class Meta:
        verbose_name = _("contribution")
        verbose_name_plural = _("contributions")
        ordering = ("public_id", "id")
        indexes = [
            models.Index(fields=["pledge", "recorded_to"], name="contribution_of_pledge"),
            models.Index(fields=["contributor", "recorded_to"], name="contribution_by_contributor"),
            models.Index(
                fields=["public_id", "is_headline", "is_conditional", "recorded_from", "recorded_to"],
                name="contribution_in_order",
            ),
            models.Index(fields=["initiative"], name="contribution_by_initiative"),
            models.Index(fields=["recorded_from"], name="contribution_recorded"),
            models.Index(fields=["recorded_to"], condition=Q(recorded_to__isnull=False), name="contribution_closed"),
            # Few are: how many are left out of a table is counted without reading the others.
            models.Index(fields=["recorded_from"], condition=Q(is_conditional=True), name="contribution_conditional"),
            # What tables look at, but for records that few rows name; what every table looks at stands first.
            models.Index(
                fields=[
                    "stage",
                    "contributor",
                    "category",
                    "year",
                    "is_headline",
                    "is_netted",
                    "is_conditional",
                    "nature",
                    "recorded_to",
                    "recorded_from",
                    "eur_cents",
                    "marks",
                    "month",
                    "category_path",
                    "beneficiary",
                    "aid_type",
                    "gap",
                    "basis",
                    "earliest",
                    "latest",
                    "usd_cents",
                    "amount_minor",
                    "quantity_millionths",
                    "quantity_qualifier",
                ],
                name="contribution_in_tables",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["public_id"], condition=Q(recorded_to__isnull=True), name="contribution_open_once"
            ),
            models.CheckConstraint(
                condition=Q(quantity_millionths__isnull=True) | Q(quantity_millionths__gte=0),
                name="contribution_quantity_not_negative",
            ),
            models.CheckConstraint(
                condition=Q(basis="tiv")
                | Q(gap="", eur_cents__isnull=False)
                | (~Q(gap="") & Q(eur_cents__isnull=True)),
                name="contribution_value_or_gap",
            ),
            models.CheckConstraint(
                condition=~Q(basis="tiv")
                | Q(
                    gap="",
                    currency="",
                    amount_minor__isnull=False,
                    eur_cents__isnull=True,
                    usd_cents__isnull=True,
                    is_headline=False,
                ),
                name="contribution_tiv_is_no_money",
            ),
            models.CheckConstraint(
                condition=Q(nature="deployment", aid_type="") | ~Q(nature="deployment"),
                name="contribution_deployment_is_no_aid",
            ),
            models.CheckConstraint(
                condition=Q(recorded_to__isnull=True) | Q(recorded_to__gt=F("recorded_from")),
                name="contribution_closed_after_opened",
            ),
        ]

    def __str__(self) -> str:
        return self.public_id

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise TypeError("the ledger is append-only: close a row, do not delete it")
