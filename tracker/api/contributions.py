"""The ledger: contributions as rows, and added up in the contribution table."""

import datetime as dt
from typing import Any, ClassVar, NoReturn

from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from tracker.api.describing import UNCHANGED, documented, table_parameters
from tracker.api.errors import Unprocessable
from tracker.api.pagination import Order
from tracker.api.parameters import choice, refuse
from tracker.api.public import PublicView
from tracker.api.published import Fields, Gone, PublishedViewSet, Rows, select
from tracker.exchange.tables import TableSerializer, as_csv, as_document
from tracker.filters.contributions import ContributionFilterSet
from tracker.models import Contribution
from tracker.records.contributions import FIELDS, ContributionSerializer
from tracker.reporting import shelf
from tracker.reporting.contributions import (
    COUNTINGS,
    CURRENCIES,
    DIMENSIONS,
    MEASURES,
    Measure,
    MixedSum,
    Table,
    make_table,
)

TABLE_PARAMETERS = ("rows", "columns", "measure", "currency", "counting", "as_of", "format")


@documented
class ContributionViewSet(PublishedViewSet):
    """Rows of the ledger: one contributor's part of one entry, on one basis."""

    kind = "contribution"
    filterset_class = ContributionFilterSet
    lookup_value_regex = "[A-Za-z0-9_.-]+"
    orders = {
        "id": Order("public_id"),
        "date": Order("earliest", instead="latest", empty=dt.date.min),
        "eur": Order("eur_cents", empty=-1),
        "contributor": Order("contributor"),
    }

    @classmethod
    def field_names(cls) -> tuple[str, ...]:
        return FIELDS

    def rows(self) -> QuerySet[Contribution]:
        return shelf.contributions(self.moment)

    def searched(self, queryset: QuerySet[Any], words: Fields) -> QuerySet[Any]:
        """Return the rows of the pledges in which every word is found."""
        if not words:
            return queryset
        pledges = super().searched(shelf.published("pledge", self.moment), words)
        return queryset.filter(Q(pledge__in=pledges.values("public_id")))

    def present(self, rows: Rows, fields: Fields | None) -> Rows:
        serializer = ContributionSerializer()
        documents = [serializer.to_representation(row) for row in rows]
        return documents if fields is None else [select(document, fields) for document in documents]

    def explain_absence(self, public_id: str) -> NoReturn:
        """Raise 410 for a row that was posted once, else 404."""
        if Contribution.objects.filter(public_id=public_id, recorded_from__lte=self.moment).exists():
            raise Gone(_("%s is posted no more: its pledge was changed or withdrawn.") % public_id)
        super().explain_absence(public_id)


class ContributionTableView(PublicView):
    """Contributions added up by two dimensions."""

    problems: ClassVar[dict[str, tuple[int, ...]]] = {"get": (Unprocessable.status_code,)}

    @extend_schema(
        operation_id="tables_contributions_retrieve",
        parameters=table_parameters(),
        responses={(200, "application/json"): TableSerializer, (200, "text/csv"): str} | UNCHANGED,
    )
    def get(self, request: Request) -> Response | HttpResponse:
        """Contributions added up by two dimensions; deployments are left out unless they are asked for."""
        unchanged = self.prepare([*TABLE_PARAMETERS, *ContributionFilterSet.base_filters])
        if unchanged is not None:
            return unchanged
        form = self.check_format(("json", "csv"))
        table, asked = self._table()
        if form == "json":
            return self.answer(as_document(table, asked, self.moment))
        name = f"contributions-{table.measure.measure}-by-{table.row_dimension}-and-{table.column_dimension}.csv"
        return self.answer_file(as_csv(table), name, "text/csv")

    def _table(self) -> tuple[Table, dict[str, Any]]:
        rows = self._one_of("rows", DIMENSIONS, "contributor")
        columns = self._one_of("columns", DIMENSIONS, "stage")
        if rows == columns:
            refuse("columns", _("Rows and columns are both %s; choose two dimensions.") % rows)
        measure = Measure(
            self._one_of("measure", MEASURES, "value"), self._one_of("currency", CURRENCIES, "EUR"),
            self._one_of("counting", COUNTINGS, "net"),
        )  # fmt: skip
        filterset = ContributionFilterSet(
            self.request.query_params, shelf.contributions(self.moment), moment=self.moment
        )
        self.check_filters(filterset)
        try:
            table = make_table(
                filterset.qs, rows=rows, columns=columns, measure=measure, asked=filterset.asked, moment=self.moment
            )
        except MixedSum as error:
            raise Unprocessable(str(error)) from error
        return table, filterset.asked

    def _one_of(self, parameter: str, allowed: tuple[str, ...], default: str) -> str:
        return choice(self.request, parameter, allowed) or default
