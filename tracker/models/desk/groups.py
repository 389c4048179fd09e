"""Groups of parties, and who belonged to them when."""

import datetime as dt
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tracker.models.base import Part, PartManager, Record
from tracker.models.desk.parties import Party


class Group(Record):
    """A named set of parties, such as the EU, NATO or the G7."""

    kind = "group"

    description = models.TextField(_("description"), blank=True, default="")
    members = models.ManyToManyField(Party, through="Membership", related_name="groups")

    class Meta:
        verbose_name = _("group")
        verbose_name_plural = _("groups")
        ordering = ("found_by", "id")

    def members_on(self, at: dt.date) -> "models.QuerySet[Party]":
        """Return the parties that belonged to the group on the day `at`, by name."""
        return Party.objects.filter(pk__in=Membership.objects.on(at).filter(group=self).values("party")).order_by(
            "name", "pk"
        )


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Memberships by date."""

    def on(self, at: dt.date) -> "MembershipQuerySet":
        """Return those in force on the day `at`; both ends are inclusive."""
        return self.filter(Q(valid_from__lte=at), Q(valid_to__isnull=True) | Q(valid_to__gte=at))


class MembershipManager(PartManager["Membership"]):
    """Memberships by date, and by what identifies them."""

    def get_queryset(self) -> MembershipQuerySet:
        return MembershipQuerySet(self.model, using=self._db)

    def on(self, at: dt.date) -> MembershipQuerySet:
        """Return those in force on the day `at`; both ends are inclusive."""
        return self.get_queryset().on(at)


class Membership(Part):
    """That a party belongs to a group from one day to another, both inclusive."""

    identified_by = ("group__public_id", "party__public_id", "valid_from")

    group = models.ForeignKey(Group, models.CASCADE, related_name="memberships")
    party = models.ForeignKey(Party, models.PROTECT, verbose_name=_("party"), related_name="memberships")
    valid_from = models.DateField(_("from"))
    valid_to = models.DateField(_("to"), null=True, blank=True, help_text=_("Last day; empty: still a member."))

    objects: ClassVar[MembershipManager] = MembershipManager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ("valid_from", "party__found_by", "id")
        constraints = [
            models.UniqueConstraint(fields=["group", "party", "valid_from"], name="membership_starts_once"),
            models.UniqueConstraint(
                fields=["group", "party"], condition=Q(valid_to__isnull=True), name="membership_open_once"
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="membership_ends_after_start",
                violation_error_message=_("A membership cannot end before it starts."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.party} – {self.group}"
