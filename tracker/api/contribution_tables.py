"""The contribution table, and the rows of the ledger behind each of its cells."""

from typing import ClassVar

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse

from tracker.api.describing import AS_OF, CONDITIONAL, UNCHANGED, file_answers, filter_parameters, format_parameter
from tracker.api.errors import Unprocessable
from tracker.api.negotiation import CSV, FORMATS, JSON
from tracker.api.pagination import DEFAULT_LIMIT, MAX_LIMIT, Order, page_of, parse_limit
from tracker.api.parameters import refuse
from tracker.api.public import PublicView
from tracker.api.questions import PARAMETERS, parameters, question
from tracker.exchange.lineage import LineageSerializer, as_lineage
from tracker.exchange.tables import TableSerializer, as_csv, as_document, as_grid, file_name
from tracker.filters.contributions import ContributionFilterSet
from tracker.reporting import shelf
from tracker.reporting.lineage import Lineage, NoSuchCell, lineage_of
from tracker.reporting.measures import MixedSum
from tracker.reporting.questions import Question

MOST_ADDRESS = 500
_ORDERS = {"id": Order("public_id")}


class QuestionView(PublicView):
    """What is answered to a question to the contribution table."""

    filterset_class = ContributionFilterSet
    problems: ClassVar[dict[str, tuple[int, ...]]] = {"get": (Unprocessable.status_code,)}

    def question(self) -> Question:
        """Return what is asked; raises ValidationError where a parameter is wrong."""
        filters = ContributionFilterSet(self.request.query_params, shelf.contributions(self.moment), moment=self.moment)
        self.check_filters(filters)
        return question(self.request, filters)


class ContributionTableView(QuestionView):
    """Contributions added up by any dimensions."""

    @extend_schema(
        operation_id="tables_contributions_retrieve",
        parameters=[
            *parameters(), *filter_parameters(ContributionFilterSet.base_filters), AS_OF,
            format_parameter(*FORMATS), *CONDITIONAL,
        ],
        responses={(200, "application/json"): TableSerializer} | file_answers() | UNCHANGED,
    )  # fmt: skip
    def get(self, request: Request) -> HttpResponseBase:
        """Contributions added up by any dimensions; deployments are left out unless they are asked for."""
        unchanged = self.prepare([*PARAMETERS, "as_of", "format", *ContributionFilterSet.base_filters], FORMATS)
        if unchanged is not None:
            return unchanged
        asked = self.question()
        try:
            table = asked.table()
        except MixedSum as error:
            raise Unprocessable(str(error)) from error
        if self.form == JSON:
            return self.answer(as_document(table, asked.asked, self.moment, self._cells_address()))
        if self.form == CSV:
            return self.answer_file(as_csv(table), f"{file_name(table)}.csv", "text/csv")
        return self.answer_grid(as_grid(table, asked.asked, self.moment))

    def _cells_address(self) -> str:
        """Return the address of a cell, with `{row}` and `{column}` in place of its row and column."""
        params = self.request.query_params.copy()
        for name in ("format", "as_of"):
            params.pop(name, None)
        if self.moment > shelf.NEVER:
            params["as_of"] = self.moment.isoformat()
        asked = f"{params.urlencode()}&" if params else ""
        return f"{reverse('table-contributions-cells', request=self.request)}?{asked}row={{row}}&column={{column}}"


class CellView(QuestionView):
    """The rows of the ledger behind a cell or a total."""

    @extend_schema(
        operation_id="tables_contributions_cells_list",
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
                "limit", {"type": "integer", "minimum": 1, "maximum": MAX_LIMIT, "default": DEFAULT_LIMIT},
                description="Rows on a page.",
            ),
            OpenApiParameter("cursor", {"type": "string", "minLength": 1}, description="From `next` or `previous`."),
            AS_OF, format_parameter("json"), *CONDITIONAL,
        ],
        responses={200: LineageSerializer} | UNCHANGED,
    )  # fmt: skip
    def get(self, request: Request) -> Response | HttpResponse:
        """Every row of the ledger behind a cell: its pledge, entry, share, basis, rate, and the claims on it."""
        allowed = [*PARAMETERS, *ContributionFilterSet.base_filters]
        unchanged = self.prepare([*allowed, "row", "column", "limit", "cursor", "as_of", "format"])
        if unchanged is not None:
            return unchanged
        lineage = self._lineage()
        page = page_of(
            lineage.contributions, orders=_ORDERS, ordering="id", unique="public_id", moment=self.moment,
            limit=parse_limit(request.query_params.get("limit")), cursor=self.cursor,
        )  # fmt: skip
        addresses = {"next": self.page_address(page.next), "previous": self.page_address(page.previous)}
        asked = (request.query_params.get("row"), request.query_params.get("column"))
        return self.answer(as_lineage(lineage, page.rows, self.moment, addresses, *asked))

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
