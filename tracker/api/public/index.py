"""What there is: the lists of the public side, and its tables."""

from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema, inline_serializer
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse

from tracker.api.protocol.negotiation import FORMATS, JSON, MEDIA_TYPES
from tracker.api.public.base import PublicView
from tracker.api.schema.describing import CONDITIONAL, DIALECT, UNCHANGED, file_answers, format_parameter
from tracker.exchange.outbound.list_columns import columns_of
from tracker.reporting.named.rules import RULES
from tracker.reporting.named.tables import NAMED
from tracker.reporting.shelf import moments
from tracker.reporting.tables.dimension_labels import DIMENSIONS
from tracker.reporting.tables.grids import Grid
from tracker.reporting.tables.measures import MEASURES


class IndexView(PublicView):
    """The lists of the public side, each with its address."""

    lists: tuple[str, ...] = ()

    @extend_schema(
        operation_id="index_list",
        tags=["start"],
        summary="What there is",
        parameters=CONDITIONAL,
        responses={
            200: inline_serializer("Index", {"name": serializers.CharField(), "url": serializers.URLField()}, many=True)
        }
        | UNCHANGED,
    )
    def get(self, request: Request) -> Response | HttpResponse:
        """The lists of the public side, each with its address."""
        unchanged = self.prepare([])
        if unchanged is not None:
            return unchanged
        named = [(name, f"{name}-list") for name in self.lists]
        return self.answer(
            [
                {"name": name, "url": reverse(view, request=request)}
                for name, view in [
                    *named,
                    ("tables", "tables"),
                    ("columns", "columns"),
                    ("docs", "api-docs"),
                    ("schema", "api-schema"),
                ]
            ]
        )


class TableIndexSerializer(serializers.Serializer):
    """A table that there is."""

    name = serializers.CharField(help_text="Last part of its address.")
    title = serializers.CharField()
    description = serializers.CharField()
    measure = serializers.CharField(help_text="What its numbers are.")
    rules = serializers.ListField(child=serializers.CharField(), help_text="Ids of the rules by which it is made.")
    url = serializers.URLField()
    dimensions = serializers.ListField(child=serializers.CharField(), help_text="That `rows` and `columns` can name.")
    measures = serializers.ListField(child=serializers.CharField(), help_text="That `measure` can name.")


class TableIndexView(PublicView):
    """The tables that there are, each with its address and what can be asked of it."""

    @extend_schema(
        operation_id="tables_list",
        tags=["start"],
        summary="Which tables there are",
        parameters=[format_parameter(*FORMATS), DIALECT, *CONDITIONAL],
        responses={(200, MEDIA_TYPES[JSON]): TableIndexSerializer(many=True)} | file_answers() | UNCHANGED,
    )
    def get(self, request: Request) -> HttpResponseBase:
        """The tables that there are, each with its address and what can be asked of it."""
        unchanged = self.prepare(["format", "dialect"], FORMATS)
        if unchanged is not None:
            return unchanged
        tables = _tables(request)
        if self.form == JSON:
            return self.answer(tables)
        columns = columns_of(TableIndexSerializer())
        grid = Grid(
            "tables", _("Tables"), [one.column for one in columns],
            [[one.value(table) for one in columns] for table in tables],
            as_of=self.moment if self.moment > moments.NEVER else None,
        )  # fmt: skip
        return self.answer_grid(grid, tables)


def _tables(request: Request) -> list[dict[str, Any]]:
    """Return what is said of each table."""
    free = {
        "name": "contributions",
        "title": _("Contributions"),
        "description": _("Contributions added up by any dimensions: value, quantity or count."),
        "measure": _("As asked for: a value, a quantity, or a number of contributions or pledges"),
        "rules": list(RULES),
        "url": reverse("table-contributions", request=request),
        "dimensions": DIMENSIONS,
        "measures": MEASURES,
    }
    named = [
        {
            "name": table.id, "title": str(table.title), "description": str(table.sentence),
            "measure": str(table.measure), "rules": list(table.rules),
            "url": reverse(f"table-{table.id}", request=request), "dimensions": [], "measures": [],
        }
        for table in NAMED.values()
    ]  # fmt: skip
    return [free, *named]
