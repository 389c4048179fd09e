"""The named tables, each at its own address."""

from typing import Any, ClassVar
from urllib.parse import urlencode

from django.http.response import HttpResponseBase
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.reverse import reverse

from tracker.api.protocol.errors import Unprocessable
from tracker.api.protocol.negotiation import FORMATS, JSON, WRITTEN_AS
from tracker.api.public.base import PublicView
from tracker.api.schema.describing import (
    AS_OF,
    CONDITIONAL,
    UNCHANGED,
    WRITING,
    file_answers,
    filter_parameters,
)
from tracker.exchange.outbound.grid_json import GridSerializer, grid_document
from tracker.filters.contributions import COUNTINGS
from tracker.lib.column_types import DECIMAL
from tracker.models import Stage
from tracker.reporting.named.lineage import ROWS
from tracker.reporting.named.questions import NamedQuestion, own_parameters
from tracker.reporting.named.tables import DAY, DEFAULT_YEAR, NAMED, STAGE, YEAR, Named
from tracker.reporting.tables.grids import Grid
from tracker.reporting.tables.measures import CURRENCIES, MixedSum
from tracker.reporting.tables.sources import sources_of


class NamedTableView(PublicView):
    """A named table; which one is up to its subclasses."""

    named: ClassVar[Named]
    problems: ClassVar[dict[str, tuple[int, ...]]] = {"get": (Unprocessable.status_code,)}

    def get(self, request: Request) -> HttpResponseBase:
        unchanged = self.prepare([*self.named.filter_names, *own_parameters(self.named), "as_of", *WRITTEN_AS], FORMATS)
        if unchanged is not None:
            return unchanged
        question = NamedQuestion(self.named, request.query_params, self.moment)
        self.check_filters(question.filters)
        try:
            grid = question.grid()
        except MixedSum as error:
            raise Unprocessable(str(error)) from error
        self._decimals = frozenset(column.name for column in grid.columns if column.type == DECIMAL)
        if self.form == JSON:
            return self.answer(grid_document(grid, ROWS.get(self.named.id, ()), self._lineage(question)))
        return self.answer_grid(grid)

    def decimal_names(self) -> frozenset[str]:
        return self._decimals

    def sources(self) -> Grid:
        """Return the sources of the records that the table is made from."""
        question = NamedQuestion(self.named, self.request.query_params, self.moment)
        kind, name = (self.named.kind, "public_id") if self.named.kind else ("pledge", "pledge")
        ids = question.filters.qs.order_by().values_list(name, flat=True).distinct()
        return sources_of(kind, set(ids), self.moment)

    def _lineage(self, question: NamedQuestion) -> dict[str, str]:
        """Return the address of the rows behind the cells of each column, with a place for the row."""
        return {name: self._cells_address(asked) for name, asked in question.lineage().items()}

    def _cells_address(self, asked: dict[str, str]) -> str:
        row = "" if "row" in asked else "&row={row}"
        return f"{reverse('table-contributions-cells', request=self.request)}?{urlencode(asked)}{row}"


def _describe(named: Named) -> list[OpenApiParameter]:
    own = {
        "currency": OpenApiParameter("currency", str, enum=CURRENCIES, default="EUR", description="Of values."),
        "counting": OpenApiParameter("counting", str, enum=COUNTINGS, default="net", description="Overlaps or not."),
        STAGE: OpenApiParameter(STAGE, str, enum=Stage.values, default="allocation", description="Of what is added."),
        YEAR: OpenApiParameter(
            YEAR, {"type": "string", "pattern": "^(19|20)[0-9]{2}$", "default": str(DEFAULT_YEAR)},
            description="The year of GDP and population.",
        ),
        DAY: OpenApiParameter(
            DAY, {"type": "string", "format": "date"},
            description="The day; by default that of the newest publishing.",
        ),
    }  # fmt: skip
    filters = {name: named.filterset.base_filters[name] for name in named.filter_names}
    return [
        *(own[name] for name in own_parameters(named)), *filter_parameters(filters), AS_OF, *WRITING,
        *CONDITIONAL,
    ]  # fmt: skip


def view_of(named: Named) -> type[NamedTableView]:
    """Return the view of a named table, described with its own parameters."""

    def get(self: Any, request: Request) -> Any:
        return NamedTableView.get(self, request)

    get.__doc__ = str(named.sentence)
    described = extend_schema(
        operation_id=f"tables_{named.id.replace('-', '_')}_retrieve",
        summary=str(named.title),
        parameters=_describe(named),
        responses={(200, "application/json"): GridSerializer} | file_answers() | UNCHANGED,
    )(get)
    words = "".join(word.capitalize() for word in named.id.split("-"))
    own = {"named": named, "filterset_class": named.filterset, "get": described, "__doc__": get.__doc__}
    return type(f"{words}TableView", (NamedTableView,), own)


VIEWS = {f"table-{named.id}": (f"tables/{named.id}/", view_of(named)) for named in NAMED.values()}
"""The views of all named tables, with their addresses, by name."""
