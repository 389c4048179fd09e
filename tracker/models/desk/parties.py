"""Parties: states, unions, alliances, institutions, funds, coalitions, companies."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tracker.models.base import Alias, Record, RecordManager


class Party(Record):
    """Somebody who can bear cost, receive, supply, own stock, manufacture or host.

    Its roles are given by the fields that point at it.
    """

    kind = "party"

    class Kind(models.TextChoices):
        STATE = "state", _("state")
        UNION = "union", _("union")
        ALLIANCE = "alliance", _("alliance")
        INSTITUTION = "institution", _("institution")
        FUND = "fund", _("fund")
        COALITION = "coalition", _("coalition")
        COMPANY = "company", _("company")

    party_kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.STATE)
    iso_alpha2 = models.CharField(_("ISO 3166 alpha-2"), max_length=2, blank=True, default="")
    parent = models.ForeignKey(
        "self", models.PROTECT, verbose_name=_("part of"), null=True, blank=True, related_name="parts"
    )
    description = models.TextField(_("description"), blank=True, default="")

    class Meta:
        verbose_name = _("party")
        verbose_name_plural = _("parties")
        ordering = ("found_by", "id")
        constraints = [
            models.UniqueConstraint(fields=["iso_alpha2"], condition=~Q(iso_alpha2=""), name="party_iso_alpha2_unique"),
            models.CheckConstraint(condition=~Q(parent=models.F("id")), name="party_not_part_of_itself"),
        ]


class PartyAlias(Alias):
    """Another name of a party: `Czech Republic`, `Türkiye`, `USA`."""

    party = models.ForeignKey(Party, models.CASCADE, related_name="aliases")

    class Meta:
        verbose_name = _("alias")
        verbose_name_plural = _("aliases")
        ordering = ("folded", "id")


class ContributorManager(RecordManager["Contributor"]):
    """Only the parties that have a share in a pledge."""

    def get_queryset(self) -> models.QuerySet["Contributor"]:
        return super().get_queryset().filter(pk__in=Party.objects.filter(shares__isnull=False).values("pk"))


class Contributor(Party):
    """A party that bears the cost of at least one pledge."""

    objects: ClassVar[ContributorManager] = ContributorManager()

    class Meta:
        proxy = True
        verbose_name = _("contributor")
        verbose_name_plural = _("contributors")


class BeneficiaryManager(RecordManager["Beneficiary"]):
    """Only the parties that a pledge is made to."""

    def get_queryset(self) -> models.QuerySet["Beneficiary"]:
        received = Party.objects.filter(received_pledges__isnull=False)
        return super().get_queryset().filter(pk__in=received.values("pk"))


class Beneficiary(Party):
    """A party that at least one pledge is made to."""

    objects: ClassVar[BeneficiaryManager] = BeneficiaryManager()

    class Meta:
        proxy = True
        verbose_name = _("beneficiary")
        verbose_name_plural = _("beneficiaries")
