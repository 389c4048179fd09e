"""Grids on their way out as JSON."""

import datetime as dt
from decimal import Decimal
from typing import Any

from rest_framework import serializers

from tracker.lib.column_types import INTEGER, Column, Value
from tracker.reporting.tables.grids import Grid
from tracker.reporting.tables.members import address_of


class ColumnSerializer(serializers.Serializer):
    """A column; its values stand under its name in each row."""

    name = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]  # a field, named or typed otherwise than above
    type = serializers.ChoiceField(["text", "integer", "decimal", "date", "moment", "boolean"])
    unit = serializers.CharField(allow_blank=True)
    description = serializers.CharField(allow_blank=True)
    derived_from = serializers.ListField(
        child=serializers.CharField(),
        help_text="The columns that its values are worked out of, as the description says; empty where they are not.",
    )


class GridSerializer(serializers.Serializer):
    """A named table. Decimals are text such as `500000000.00`; null is unknown or nothing, never zero."""

    table = serializers.CharField()
    title = serializers.CharField()
    description = serializers.CharField()
    as_of = serializers.DateTimeField(
        allow_null=True, help_text="The newest publishing that the table shows; null before the first."
    )
    measure = serializers.CharField()
    filters = serializers.DictField(child=serializers.CharField())
    rules = serializers.ListField(child=serializers.CharField(), help_text="Ids of the rules by which it is made.")
    notes = serializers.ListField(child=serializers.CharField())
    columns = ColumnSerializer(many=True)
    rows = serializers.ListField(child=serializers.DictField())
    row_addresses = serializers.ListField(
        child=serializers.CharField(), help_text="What stands for each row in the addresses under `lineage`."
    )
    lineage = serializers.DictField(
        child=serializers.CharField(),
        help_text="By column: the address of the rows behind a cell; put the address of its row into it. Columns that "
        "are worked out of others have none, but say so in `derived_from`.",
    )


def grid_document(grid: Grid, by: tuple[str, ...], lineage: dict[str, str]) -> dict[str, Any]:
    """Return a grid for JSON: each row as an object by the names of its columns.

    `by` are the dimensions that make its rows, where its cells have an address; `lineage` are these
    addresses by column, with a place for the row.
    """
    names = [column.name for column in grid.columns]
    return {
        "table": grid.name,
        "title": grid.title,
        "description": grid.description,
        "as_of": grid.as_of.isoformat() if grid.as_of else None,
        "measure": grid.measure,
        "filters": grid.filters,
        "rules": grid.rules,
        "notes": grid.notes,
        "columns": [
            {"name": each.name, "label": each.label, "type": each.type, "unit": each.unit,
             "description": each.description, "derived_from": list(each.derived_from)}
            for each in grid.columns
        ],
        "rows": [
            {name: _plain(value, column) for name, value, column in zip(names, row, grid.columns, strict=True)}
            for row in grid.rows
        ],
        "row_addresses": [row_address(dict(zip(names, row, strict=True)), by) for row in grid.rows] if by else [],
        "lineage": lineage,
    }  # fmt: skip


def row_address(row: dict[str, Value], by: tuple[str, ...]) -> str:
    """Return what stands for a row in the address of a cell."""
    parts = [row.get(f"{name}_id") if f"{name}_id" in row else row[name] for name in by]
    return address_of(tuple(None if part is None else str(part) for part in parts))


def _plain(value: Value, column: Column) -> Any:
    if isinstance(value, (dt.date, dt.datetime)):
        return value.isoformat()
    if column.type == INTEGER or not isinstance(value, (Decimal, int)) or isinstance(value, bool):
        return value
    return format(Decimal(value), "f")
