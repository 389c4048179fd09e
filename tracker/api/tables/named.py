"""The named tables, each at its own address."""

from typing import Any, ClassVar
from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.reverse import reverse

from tracker.api.protocol.errors import Unprocessable
from tracker.api.protocol.negotiation import FORMATS, JSON
from tracker.api.protocol.parameters import choice, refuse
from tracker.api.public.base import PublicView
from tracker.api.schema.describing import (
    AS_OF,
    CONDITIONAL,
    UNCHANGED,
    file_answers,
    filter_parameters,
    format_parameter,
)
from tracker.exchange.outbound.grids import GridSerializer, grid_document
from tracker.filters.fields import DayField
from tracker.models import Basis, Stage
from tracker.reporting.named.base import Reading
from tracker.reporting.named.cells import ROWS, cells_of
from tracker.reporting.named.tables import DAY, DEFAULT_YEAR, NAMED, STAGE, YEAR, Named
from tracker.reporting.shelf import published as shelf
from tracker.reporting.tables.grids import Grid
from tracker.reporting.tables.measures import COUNTINGS, CURRENCIES, Measure, MixedSum


class NamedTableView(PublicView):
    """A named table; which one is up to its subclasses."""

    named: ClassVar[Named]
    problems: ClassVar[dict[str, tuple[int, ...]]] = {"get": (Unprocessable.status_code,)}

    def get(self, request: Request) -> HttpResponseBase:
        unchanged = self.prepare([*self.named.filter_names, *_own_parameters(self.named), "as_of", "format"], FORMATS)
        if unchanged is not None:
            return unchanged
        try:
            grid = self.grid()
        except MixedSum as error:
            raise Unprocessable(str(error)) from error
        if self.form == JSON:
            return self.answer(grid_document(grid, ROWS.get(self.named.id, ()), self._lineage()))
        return self.answer_grid(grid)

    def grid(self) -> Grid:
        """Return the table; raises ValidationError where a parameter is wrong, and MixedSum."""
        named, asked = self.named, self.request.query_params
        rows: Any = shelf.published(named.kind, self.moment) if named.kind else shelf.contributions(self.moment)
        filters = named.filterset(asked, rows, moment=self.moment)
        self.check_filters(filters)
        reading = None if named.kind else self._reading(filters)
        columns, lines, notes = named.read(reading or filters)
        said = {name: ",".join(v) if isinstance(v, list) else str(v) for name, v in sorted(filters.asked.items())}
        said |= {name: asked[name] for name in _own_parameters(named) if name in asked}
        return Grid(
            named.id, str(named.title), columns, lines, self._measure(reading), str(named.sentence), said,
            self.moment if self.moment > shelf.NEVER else None, notes, self._rules(reading),
            is_table=True,
        )  # fmt: skip

    def _measure(self, reading: Reading | None) -> str:
        """Return what was measured, as it was asked for."""
        if reading is None or DAY in self.named.takes:
            return str(self.named.measure)
        stage = [_("stage: %s") % Stage(reading.stage).label] if STAGE in self.named.takes else []
        return "; ".join([str(self.named.measure), *stage, reading.in_words])

    def _rules(self, reading: Reading | None) -> list[str]:
        """Return the rules in force: TIV are on no headline basis, and never converted."""
        if reading is None or Basis.TIV not in reading.basis:
            return list(self.named.rules)
        return [*(rule for rule in self.named.rules if rule not in ("headline", "rates")), "tiv"]

    def _lineage(self) -> dict[str, str]:
        """Return the address of the rows behind the cells of each column, with a place for the row."""
        if self.named.id not in ROWS:
            return {}
        named, asked = self.named, self.request.query_params
        # What narrows records of another kind says nothing of contributions.
        names = [] if named.kind else [*named.filter_names, "currency", "counting"]
        kept: dict[str, str | None] = {name: asked[name] for name in names if name in asked}
        if self.moment > shelf.NEVER:
            kept["as_of"] = self.moment.isoformat()
        kept |= {"rows": ",".join(ROWS[named.id]), "columns": "none"}
        cells = cells_of(named.id, self._stage(), self._year())
        return {name: self._cells_address(kept | cell) for name, cell in cells.items()}

    def _cells_address(self, question: dict[str, str | None]) -> str:
        asked = urlencode({name: value for name, value in question.items() if value is not None})
        row = "" if "row" in question else "&row={row}"
        return f"{reverse('table-contributions-cells', request=self.request)}?{asked}{row}"

    def _stage(self) -> str:
        stages = self.request.query_params.get(STAGE, "").split(",")
        if len(stages) > 1 and set(stages) <= set(Stage.values):
            raise MixedSum(_("Stages are never added: ask for one stage= at a time, or for the stage funnel."))
        return str(choice(self.request, STAGE, Stage.values) or Stage.ALLOCATION)

    def _reading(self, filters: Any) -> Reading:
        measure = Measure(
            currency=choice(self.request, "currency", CURRENCIES) or "",
            counting=choice(self.request, "counting", COUNTINGS) or COUNTINGS[0],
        )
        return Reading(filters, measure, self._stage(), self._year(), self._day())

    def _year(self) -> int:
        text = self.request.query_params.get(YEAR, str(DEFAULT_YEAR))
        if not (text.isascii() and text.isdigit() and len(text) == 4 and text[:2] in ("19", "20")):
            refuse(YEAR, _("“%s” is not a year such as 2021.") % text[:20])
        return int(text)

    def _day(self) -> Any:
        if DAY not in self.request.query_params:
            # Not today: the same address has the same answer until something is published.
            return self.moment.date()
        try:
            return DayField().clean(self.request.query_params[DAY])
        except ValidationError as error:
            refuse(DAY, " ".join(error.messages))


def _own_parameters(named: Named) -> tuple[str, ...]:
    return named.takes if named.kind or DAY in named.takes else ("currency", "counting", *named.takes)


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
        *(own[name] for name in _own_parameters(named)), *filter_parameters(filters), AS_OF, format_parameter(*FORMATS),
        *CONDITIONAL,
    ]  # fmt: skip


def view_of(named: Named) -> type[NamedTableView]:
    """Return the view of a named table, described with its own parameters."""

    def get(self: Any, request: Request) -> Any:
        return NamedTableView.get(self, request)

    get.__doc__ = str(named.sentence)
    described = extend_schema(
        operation_id=f"tables_{named.id.replace('-', '_')}_retrieve",
        parameters=_describe(named),
        responses={(200, "application/json"): GridSerializer} | file_answers() | UNCHANGED,
    )(get)
    words = "".join(word.capitalize() for word in named.id.split("-"))
    own = {"named": named, "filterset_class": named.filterset, "get": described, "__doc__": get.__doc__}
    return type(f"{words}TableView", (NamedTableView,), own)


VIEWS = {f"table-{named.id}": (f"tables/{named.id}/", view_of(named)) for named in NAMED.values()}
"""The views of all named tables, with their addresses, by name."""
