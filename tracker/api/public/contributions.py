"""The ledger: contributions as rows."""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any, NoReturn

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from tracker.api.protocol.errors import Gone
from tracker.api.public.published import Fields, PublishedViewSet, Rows
from tracker.api.public.showing import left_the_list, select
from tracker.api.schema.describing import documented
from tracker.exchange.outbound.as_numbers import OF_THE_LEDGER
from tracker.exchange.outbound.contributions import csv_of_contributions
from tracker.filters.contributions import LedgerFilterSet
from tracker.lib.chunks import CHUNK, chunked
from tracker.models import Contribution
from tracker.records.kinds.contributions import FIELDS, ContributionSerializer
from tracker.reporting.shelf import published
from tracker.reporting.shelf.paging import Order
from tracker.reporting.tables.grids import Grid

COLUMNS = tuple(field.attname for field in Contribution._meta.concrete_fields)


@documented
class ContributionViewSet(PublishedViewSet):
    """Rows of the ledger: one contributor's part of one entry, on one basis.

    Only headline rows, one basis a line, unless `basis=` asks for others; what depends on an open condition is left
    out unless `conditional=` asks for it. Before you add up ask for one stage, net of overlaps, such as
    `stage=allocation&counting=net`: what is allocated was committed before, and stages are never added. The tables
    have the sums.
    """

    kind = "contribution"
    filterset_class = LedgerFilterSet
    identity = ("pledge", "public_id")
    lookup_value_regex = "[A-Za-z0-9_.-]+"
    orders = {
        "id": Order("public_id"),
        "date": Order("earliest", instead="latest", empty=dt.date.min),
        "eur": Order("eur_cents", empty=-1),
        "contributor": Order("contributor"),
    }

    @classmethod
    def row_serializer(cls) -> ContributionSerializer:
        return ContributionSerializer()

    def decimal_names(self) -> frozenset[str]:
        return OF_THE_LEDGER

    def rows(self) -> QuerySet[Contribution]:
        return published.contributions(self.moment)

    def searched(self, queryset: QuerySet[Any], words: Fields) -> QuerySet[Any]:
        """Return the rows of the pledges in which every word is found."""
        if not words:
            return queryset
        pledges = super().searched(published.records("pledge", self.moment), words)
        return queryset.filter(Q(pledge__in=pledges.values("public_id")))

    def present(self, rows: Rows, fields: Fields | None) -> Rows:
        serializer = ContributionSerializer()
        documents = [serializer.to_representation(row) for row in rows]
        if fields is None or len(fields) == len(FIELDS):
            return documents
        return [select(document, fields) for document in documents]

    def csv(self, queryset: QuerySet[Any], grid: Grid) -> Iterator[bytes] | None:
        if self.is_of_changes:
            return None
        return csv_of_contributions(queryset, [column.name for column in grid.columns])

    def columns_read(self, queryset: QuerySet[Any]) -> tuple[str, ...]:
        return COLUMNS

    def streamed(self, queryset: QuerySet[Any]) -> Iterable[Any]:
        # Tuples with names take a third of the time of model instances.
        more = ["is_gone"] if self.is_of_changes else []
        return queryset.values_list(*COLUMNS, *more, named=True).iterator(chunk_size=CHUNK)

    def tombstones(self, rows: Rows) -> dict[str, Any]:
        """Return tombstones of rows that are posted no more, or no longer fit the filters."""
        found: dict[str, Any] = {
            row.public_id: left_the_list(row.public_id, True, _("Posted no more: its pledge was changed or withdrawn."))
            for row in rows
        }
        for ids in chunked(list(found)):
            present = self.rows().filter(public_id__in=ids, pledge__in={row.pledge for row in rows})
            found |= {row: left_the_list(row) for row in present.values_list("public_id", flat=True)}
        return found

    def explain_absence(self, public_id: str) -> NoReturn:
        """Raise 410 for a row that was posted once, else 404."""
        if Contribution.objects.filter(public_id=public_id, recorded_from__lte=self.moment).exists():
            raise Gone(_("%s is posted no more: its pledge was changed or withdrawn.") % public_id)
        super().explain_absence(public_id)
