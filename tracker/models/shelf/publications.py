"""The shelf: published versions of records. Rows are added and closed, never changed or deleted."""

import datetime as dt
from typing import Any, NoReturn, Self, TypeVar

from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Coalesce
from django.db.models.lookups import GreaterThan, LessThanOrEqual
from django.utils.translation import gettext_lazy as _

from tracker.models.review.change_sets import ChangeSet

_FAR_FUTURE = dt.datetime(9999, 12, 31, tzinfo=dt.UTC)
"""Stands for the `recorded_to` of a row that is not closed, in comparisons."""

_APPEND_ONLY = "the shelf is append-only: close a row, do not delete it"

_Row = TypeVar("_Row", bound=models.Model)


class _NotByIndex(Func):
    """A column that SQLite compares row by row, and does not look up in an index.

    SQLite keeps no count of how many rows a comparison of dates leaves, and supposes a quarter. Nearly all rows were
    recorded before the moment that is asked for, so that to begin with an index of `recorded_from` is to read them all.
    """

    template = "%(expressions)s"
    arity = 1

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """Return the column behind a plus, which rules out its indexes (https://www.sqlite.org/optoverview.html)."""
        return self.as_sql(compiler, connection, template="+%(expressions)s", **context)


class AppendOnlyQuerySet(models.QuerySet[_Row]):
    """Rows that are never deleted."""

    def delete(self) -> NoReturn:
        raise TypeError(_APPEND_ONLY)


class ShelfQuerySet(AppendOnlyQuerySet[_Row]):
    """Rows with recorded-from and recorded-to."""

    def as_of(self, moment: dt.datetime | None) -> Self:
        """Return what the world saw at `moment`; None is now."""
        if moment is None:
            return self.filter(recorded_to__isnull=True)
        # One comparison. Of `recorded_to IS NULL OR recorded_to > moment`, SQLite would fetch and sort every row that
        # fits before it returns the first page.
        not_yet_closed = GreaterThan(Coalesce("recorded_to", Value(_FAR_FUTURE)), Value(moment))
        return self.filter(not_yet_closed, LessThanOrEqual(_NotByIndex("recorded_from"), Value(moment)))


class PublicationQuerySet(ShelfQuerySet["Publication"]):
    """Publications."""

    def published(self, moment: dt.datetime | None = None) -> Self:
        """Return the publications of records that are not withdrawn at `moment` (None: now)."""
        return self.as_of(moment).filter(is_tombstone=False)


class AppendOnly(models.Model):
    """A row that is never deleted."""

    class Meta:
        abstract = True

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise TypeError(_APPEND_ONLY)


class Publication(AppendOnly):
    """One published version of one record: its JSON, its hash, and when it was on the shelf.

    Everything beside `document` is derived from it, for search, filters and order.
    """

    # Without an index of its own: `publication_of_change_set` begins with it.
    change_set = models.ForeignKey(ChangeSet, models.PROTECT, related_name="publications", db_index=False)
    kind = models.CharField(_("kind"), max_length=20)
    public_id = models.CharField(_("public id"), max_length=100)
    version = models.PositiveIntegerField(_("version"))
    is_tombstone = models.BooleanField(_("withdrawn"), default=False)
    document = models.TextField(_("document"))
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    name = models.CharField(_("name"), max_length=250)
    folded = models.CharField(_("folded name"), max_length=500, default="", help_text=_("For the order of lists."))
    search = models.TextField(_("folded text for searches"))
    earliest = models.DateField(_("earliest day"), null=True)
    latest = models.DateField(_("latest day"), null=True)
    values_said = models.PositiveIntegerField(_("values that it says"), default=0)
    values_supported = models.PositiveIntegerField(_("values that a passage or a row supports"), default=0)
    recorded_from = models.DateTimeField(_("recorded from"))
    recorded_to = models.DateTimeField(_("recorded to"), null=True)

    objects = models.Manager.from_queryset(PublicationQuerySet)()

    class Meta:
        verbose_name = _("publication")
        verbose_name_plural = _("publications")
        # The order of an index. Were it that of time, SQLite would read all of a kind in that order to find a few.
        ordering = ("kind", "public_id", "version")
        indexes = [
            models.Index(fields=["change_set", "kind"], name="publication_of_change_set"),
            models.Index(fields=["kind", "earliest", "public_id"], name="publication_by_day"),
            models.Index(
                fields=["kind", "public_id", "is_tombstone", "recorded_from", "recorded_to"],
                name="publication_in_order",
            ),
            models.Index(fields=["kind", "recorded_from"], name="publication_recorded"),
            # What stands is found by `publication_open_once`, which new rows have to be in anyway.
            models.Index(
                fields=["kind", "recorded_to", "is_tombstone"],
                condition=Q(recorded_to__isnull=False),
                name="publication_closed",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "public_id"], condition=Q(recorded_to__isnull=True), name="publication_open_once"
            ),
            models.UniqueConstraint(fields=["kind", "public_id", "version"], name="publication_version_once"),
            models.CheckConstraint(
                condition=Q(recorded_to__isnull=True) | Q(recorded_to__gt=F("recorded_from")),
                name="publication_closed_after_opened",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.public_id} v{self.version}"


class Facet(AppendOnly):
    """A value by which a publication is found: `contributor` DEU, `category` aircraft."""

    # Without an index of its own: that of `facet_once` begins with the publication.
    publication = models.ForeignKey(Publication, models.PROTECT, related_name="facets", db_index=False)
    name = models.CharField(max_length=40)
    value = models.CharField(max_length=150)

    objects = models.Manager.from_queryset(AppendOnlyQuerySet)()

    class Meta:
        verbose_name = _("facet")
        verbose_name_plural = _("facets")
        ordering = ("publication", "name", "value")
        indexes = [models.Index(fields=["name", "value", "publication"], name="facet_by_value")]
        constraints = [models.UniqueConstraint(fields=["publication", "name", "value"], name="facet_once")]

    def __str__(self) -> str:
        return f"{self.name}={self.value}"


class Listing(AppendOnly):
    """A published pledge as one of the pledges of a contributor, in a category.

    It has a row for each of its contributors, and one for all contributors together, where the field is empty; and each
    of these for each of its categories, for those above them, and for all categories together. So the filters that are
    asked for most read one range of `listing_in_order`, and a page of a year in its order. All columns are derived from
    the publication. `day` is the first day that the pledge's date can mean, or the last where it has no first.
    """

    publication = models.ForeignKey(Publication, models.PROTECT, related_name="listings", db_index=False)
    contributor = models.CharField(_("contributor; empty for all"), max_length=100, blank=True)
    category = models.CharField(_("category; empty for all"), max_length=100, blank=True)
    year = models.PositiveSmallIntegerField(_("year"), null=True)
    day = models.DateField(_("day"), null=True)
    public_id = models.CharField(_("public id"), max_length=100)
    recorded_from = models.DateTimeField(_("recorded from"))
    recorded_to = models.DateTimeField(_("recorded to"), null=True)

    objects = models.Manager.from_queryset(ShelfQuerySet)()

    class Meta:
        verbose_name = _("listing")
        verbose_name_plural = _("listings")
        ordering = ("contributor", "category", "public_id", "id")
        indexes = [
            models.Index(
                fields=["contributor", "category", "year", "public_id", "day", "recorded_from", "recorded_to"],
                name="listing_in_order",
            )
        ]
        constraints = [
            models.UniqueConstraint(fields=["publication", "contributor", "category"], name="listing_once"),
        ]

    def __str__(self) -> str:
        return f"{self.contributor} {self.category} {self.public_id}"
