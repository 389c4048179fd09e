"""What rates and indicators share: a figure is proposed by a change set, and stands from its publishing on."""

import datetime as dt
from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class FigureQuerySet(models.QuerySet[Any]):
    """Figures by whether, and when, tables and amounts were made with them."""

    def standing(self) -> Self:
        """Return the figures that are in force."""
        return self.filter(recorded_from__isnull=False, recorded_to__isnull=True)

    def waiting(self) -> Self:
        """Return the figures that a change set proposes and that are not published."""
        return self.filter(recorded_from__isnull=True)

    def as_of(self, moment: dt.datetime) -> Self:
        """Return the figures that were in force at `moment`."""
        seen = Q(recorded_to__isnull=True) | Q(recorded_to__gt=moment)
        return self.filter(seen, recorded_from__lte=moment)


class Figure(models.Model):
    """A figure of another source, as that gives it.

    It waits (`recorded_from` is empty) until its change set is published; from then on it is only closed, so that what
    it was used for can be worked out again. One that was loaded while nothing was published has no change set.
    """

    KEY: tuple[str, ...]
    """The fields that say what it is a figure of; one figure of these stands at a time, and one waits."""
    VALUE: str
    """The field that says how much."""

    change_set = models.ForeignKey(
        "tracker.ChangeSet", models.PROTECT, verbose_name=_("change set"), null=True, editable=False,
        related_name="%(class)ss",
    )  # fmt: skip
    recorded_from = models.DateTimeField(_("recorded from"), null=True, editable=False)
    recorded_to = models.DateTimeField(_("recorded to"), null=True, editable=False)

    objects = models.Manager.from_queryset(FigureQuerySet)()

    class Meta:
        abstract = True

    @property
    def key(self) -> tuple[Any, ...]:
        """The values of the fields that say what it is a figure of."""
        return tuple(getattr(self, name) for name in self.columns())

    @classmethod
    def columns(cls) -> list[str]:
        """Return the attributes that hold the key, such as `party_id`."""
        attributes = {field.name: field.attname for field in cls._meta.concrete_fields}
        return [attributes[name] for name in cls.KEY]

    @property
    def amount(self) -> Any:
        """How much it says."""
        return getattr(self, self.VALUE)


def lifetime(name: str, key: tuple[str, ...]) -> list[models.BaseConstraint]:
    """Return the constraints of the figures of one table; their names begin with `name`."""
    standing = Q(recorded_from__isnull=False, recorded_to__isnull=True)
    return [
        models.UniqueConstraint(fields=key, condition=standing, name=f"{name}_stands_once"),
        models.UniqueConstraint(fields=key, condition=Q(recorded_from__isnull=True), name=f"{name}_waits_once"),
        models.CheckConstraint(
            condition=Q(recorded_from__isnull=False) | Q(change_set__isnull=False), name=f"{name}_waits_in_change_set"
        ),
        models.CheckConstraint(
            condition=Q(recorded_to__isnull=True) | Q(recorded_to__gt=F("recorded_from")),
            name=f"{name}_closed_after_opened",
        ),
    ]  # fmt: skip
