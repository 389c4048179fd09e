"""The dictionary: what every column of every list, and of every table, means."""

from typing import Any

from django.http.response import HttpResponseBase
from drf_spectacular.utils import extend_schema, inline_serializer
from rest_framework import serializers
from rest_framework.request import Request

from tracker.api.protocol.negotiation import FORMATS, JSON, MEDIA_TYPES
from tracker.api.public.base import PublicView
from tracker.api.public.index import TableIndexSerializer
from tracker.api.schema.describing import CONDITIONAL, DIALECT, UNCHANGED, file_answers, format_parameter
from tracker.exchange.outbound.lineage import LineageRowSerializer
from tracker.exchange.outbound.list_columns import columns_of, dictionary
from tracker.exchange.outbound.table_columns import described_columns
from tracker.reporting.named.tables import NAMED
from tracker.reporting.named.tables import columns_of as columns_of_table
from tracker.reporting.shelf import moments

_ROW: dict[str, serializers.Field] = {
    name: serializers.CharField(allow_blank=name in ("unit", "derived_from"))
    for name in ("list", "name", "type", "unit", "field", "label", "description", "derived_from")
}


class ColumnsView(PublicView):
    """What the columns of every list, and of every table, mean."""

    lists: dict[str, Any] = {}

    @extend_schema(
        operation_id="columns_list",
        tags=["about"],
        summary="What every column means",
        parameters=[format_parameter(*FORMATS), DIALECT, *CONDITIONAL],
        responses={(200, MEDIA_TYPES[JSON]): inline_serializer("ColumnOfList", _ROW, many=True)}
        | file_answers()
        | UNCHANGED,
    )
    def get(self, request: Request) -> HttpResponseBase:
        """The columns of every list and table in CSV, XLSX and Parquet: name, type, unit, and a sentence."""
        unchanged = self.prepare(["format", "dialect"], FORMATS)
        if unchanged is not None:
            return unchanged
        columns = {name: columns_of(view.row_serializer()) for name, view in self.lists.items()}
        columns["tables"] = columns_of(TableIndexSerializer())
        columns["tables/contributions/cells"] = columns_of(LineageRowSerializer())
        tables = {"contributions": described_columns()}
        tables |= {name: columns_of_table(named) for name, named in NAMED.items()}
        grid = dictionary(columns, tables, self.moment if self.moment > moments.NEVER else None)
        if self.form == JSON:
            names = [column.name for column in grid.columns]
            return self.answer([dict(zip(names, row, strict=True)) for row in grid.rows])
        return self.answer_grid(grid)
