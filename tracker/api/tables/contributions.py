"""The contribution table, and the rows of the ledger behind each of its cells."""

import datetime as dt
from typing import ClassVar

from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, PolymorphicProxySerializer, extend_schema
from rest_framework.request import Request
from rest_framework.reverse import reverse

from tracker.api.protocol.downloads import first_rows, refuse_too_many_rows, rows_of_page
from tracker.api.protocol.errors import Unprocessable
from tracker.api.protocol.negotiation import FORMATS, JSON, WRITTEN_AS, XLSX
from tracker.api.public.base import PublicView
from tracker.api.schema.describing import (
    AS_OF,
    CONDITIONAL,
    LIMIT,
    UNCHANGED,
    WRITING,
    file_answers,
    filter_parameters,
)
from tracker.api.tables.parameters import parameters
from tracker.exchange.outbound.as_numbers import OF_CELLS, OF_CHANGES, OF_THE_LEDGER
from tracker.exchange.outbound.lineage import LineageSerializer, as_lineage, lineage_documents, lineage_grid
from tracker.exchange.outbound.spreadsheets import MOST_ROWS
from tracker.exchange.outbound.table_columns import MOST_COLUMNS, as_documents, as_grid
from tracker.exchange.outbound.table_compact import CompactTableSerializer, as_compact_document
from tracker.exchange.outbound.table_json import COMPACT, FULL, TableSerializer, as_document
from tracker.filters.contributions import ContributionFilterSet
from tracker.filters.parameters import choice, refuse
from tracker.reporting.shelf import moments, published
from tracker.reporting.shelf.paging import MAX_LIMIT, Order, in_order, page_of
from tracker.reporting.tables.grids import Grid
from tracker.reporting.tables.lineage import Lineage, NoSuchCell, lineage_of
from tracker.reporting.tables.measures import MixedSum
from tracker.reporting.tables.members import MOST_ADDRESS
from tracker.reporting.tables.parameters import MOST_DIMENSIONS, OPTIONS, PARAMETERS, question
from tracker.reporting.tables.questions import Question
from tracker.reporting.tables.sources import sources_of
from tracker.reporting.tables.table import Table

CELLS = "cells"

_ANSWER = PolymorphicProxySerializer(
    "ContributionTable", {FULL: TableSerializer, COMPACT: CompactTableSerializer}, resource_type_field_name="form"
)
_ORDERS = {"id": Order("public_id")}


class QuestionView(PublicView):
    """What is answered to a question to the contribution table."""

    def decimal_names(self) -> frozenset[str]:
        return OF_CELLS | OF_CHANGES | OF_THE_LEDGER

    filterset_class = ContributionFilterSet
    problems: ClassVar[dict[str, tuple[int, ...]]] = {"get": (Unprocessable.status_code,)}

    def question(self) -> Question:
        """Return what is asked; raises ValidationError where a parameter is wrong."""
        filters = self.filters_at(self.moment)
        self.check_filters(filters)
        return question(self.request.query_params, filters)

    def sources(self) -> Grid:
        """Return the sources of the pledges behind the answer."""
        pledges = self.question().contributions().order_by().values_list("pledge", flat=True).distinct()
        return sources_of("pledge", set(pledges), self.moment)

    def filters_at(self, moment: dt.datetime) -> ContributionFilterSet:
        """Return the filters that are asked for, over what stood at a moment, not checked yet."""
        return ContributionFilterSet(self.request.query_params, published.contributions(moment), moment=moment)

    def stated_filters(self, asked: Question) -> dict[str, str]:
        """Return all that changes the numbers, as text by parameter, but what the name of the table says."""
        params = self.request.query_params
        filters = {name: ",".join(v) if isinstance(v, list) else str(v) for name, v in asked.asked.items()}
        return filters | {name: params[name] for name in (*OPTIONS, "row", "column") if name in params}


def _check_sheet(table: Table, form: str) -> None:
    """Raise Unprocessable where a sheet cannot hold the table."""
    columns = len(table.columns) + 2 * MOST_DIMENSIONS + 1
    if form == XLSX and (columns > MOST_COLUMNS or len(table.cells) > MOST_ROWS or len(table.rows) > MOST_ROWS):
        raise Unprocessable(_("A sheet does not hold this table: filter, or ask for format=csv, ndjson or parquet."))


class ContributionTableView(QuestionView):
    """Contributions added up by any dimensions."""

    @extend_schema(
        operation_id="tables_contributions_retrieve",
        summary="A table by any dimensions",
        parameters=[
            *parameters(), *filter_parameters(ContributionFilterSet.base_filters),
            OpenApiParameter(
                CELLS, str, enum=(FULL, COMPACT), default=FULL,
                description="`compact`: sums of a row in one list, and beside them only counts that are not zero.",
            ),
            AS_OF, *WRITING, *CONDITIONAL,
        ],
        responses={(200, "application/json"): _ANSWER} | file_answers() | UNCHANGED,
    )  # fmt: skip
    def get(self, request: Request) -> HttpResponseBase:
        """Contributions added up by any dimensions; deployments are left out unless they are asked for."""
        unchanged = self.prepare(
            [*PARAMETERS, CELLS, "as_of", *WRITTEN_AS, *ContributionFilterSet.base_filters], FORMATS
        )
        if unchanged is not None:
            return unchanged
        asked, form = self.question(), choice(request.query_params, CELLS, (FULL, COMPACT))
        if form and self.form != JSON:
            refuse(CELLS, _("The form of cells is one of JSON: leave it out, or ask for format=json."))
        try:
            table = asked.table()
        except MixedSum as error:
            raise Unprocessable(str(error)) from error
        if self.form == JSON:
            written = as_compact_document if form == COMPACT else as_document
            return self.answer(written(table, asked.asked, self.moment, self._cells_address()))
        _check_sheet(table, self.form)
        return self.answer_grid(as_grid(table, self.stated_filters(asked), self.moment), as_documents(table))

    def _cells_address(self) -> str:
        """Return the address of a cell, with `{row}` and `{column}` in place of its row and column."""
        params = self.request.query_params.copy()
        for name in ("format", "as_of", CELLS):
            params.pop(name, None)
        if self.moment > moments.NEVER:
            params["as_of"] = self.moment.isoformat()
        asked = f"{params.urlencode()}&" if params else ""
        return f"{reverse('table-contributions-cells', request=self.request)}?{asked}row={{row}}&column={{column}}"


class CellView(QuestionView):
    """The rows of the ledger behind a cell or a total."""

    @extend_schema(
        operation_id="tables_contributions_cells_list",
        summary="The rows behind a cell",
        parameters=[
            OpenApiParameter(
                "row", {"type": "string", "minLength": 1, "maxLength": MOST_ADDRESS},
                description="The `address` of a row; left out, the cell is a total over all rows.",
            ),
            OpenApiParameter(
                "column", {"type": "string", "minLength": 1, "maxLength": MOST_ADDRESS},
                description="The `address` of a column; left out, the cell is a total over all columns.",
            ),
            *parameters(), *filter_parameters(ContributionFilterSet.base_filters),
            OpenApiParameter(
                "limit", LIMIT, description=f"Rows on a page, {MAX_LIMIT} at most; of a file, its first rows."
            ),
            OpenApiParameter("cursor", {"type": "string", "minLength": 1}, description="From `next` or `previous`."),
            AS_OF, *WRITING, *CONDITIONAL,
        ],
        responses={(200, "application/json"): LineageSerializer} | file_answers() | UNCHANGED,
    )  # fmt: skip
    def get(self, request: Request) -> HttpResponseBase:
        """Every row of the ledger behind a cell: its pledge, entry, share, basis, rate, and the claims on it."""
        allowed = [*PARAMETERS, *ContributionFilterSet.base_filters]
        unchanged = self.prepare([*allowed, "row", "column", "limit", "cursor", "as_of", *WRITTEN_AS], FORMATS)
        if unchanged is not None:
            return unchanged
        lineage = self._lineage()
        if self.form != JSON:
            return self._file(lineage)
        page = page_of(
            lineage.contributions, orders=_ORDERS, ordering="id", unique="public_id", moment=self.moment,
            limit=rows_of_page(request), cursor=self.cursor,
        )  # fmt: skip
        addresses = {"next": self.page_address(page.next), "previous": self.page_address(page.previous)}
        asked = (request.query_params.get("row"), request.query_params.get("column"))
        return self.answer(as_lineage(lineage, page.rows, self.moment, addresses, *asked))

    def _file(self, lineage: Lineage) -> HttpResponseBase:
        """Return all rows behind the cell in one file."""
        rows = in_order(lineage.contributions, order=_ORDERS["id"], descending=False, unique="public_id")
        rows = first_rows(self.request, rows)
        refuse_too_many_rows(rows, self.form)
        grid = lineage_grid(lineage, rows, self.moment, self.stated_filters(lineage.question))
        return self.answer_grid(grid, lineage_documents(lineage, rows, self.moment))

    def _lineage(self) -> Lineage:
        asked = {name: self.request.query_params.get(name) for name in ("row", "column")}
        for name, text in asked.items():
            if text is not None and len(text) > MOST_ADDRESS:
                refuse(name, _("At most %s characters.") % MOST_ADDRESS)
        try:
            return lineage_of(self.question(), asked["row"], asked["column"])
        except MixedSum as error:
            raise Unprocessable(str(error)) from error
        except NoSuchCell as error:
            refuse(error.parameter, str(error))
