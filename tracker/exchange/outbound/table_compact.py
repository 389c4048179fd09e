"""The compact form of a free table in JSON: sums first, and beside them only the counts that are not zero."""

import datetime as dt
from functools import lru_cache
from typing import Any

from drf_spectacular.utils import extend_schema_field
from orjson import Fragment
from rest_framework import serializers

from tracker.exchange.outbound.table_json import COMPACT, TableSerializer, document_of, value_writer
from tracker.lib import canonical
from tracker.reporting.tables.measures import COUNTED, TableCell
from tracker.reporting.tables.members import Member, MemberKey, address_of
from tracker.reporting.tables.table import Table

_COUNTS = {
    "type": "object", "properties": {name: {"type": "integer", "minimum": 1} for name in COUNTED},
    "additionalProperties": False, "nullable": True,
}  # fmt: skip
_SUM = {"anyOf": [{"type": "string", "format": "decimal"}, {"type": "number"}], "nullable": True}


@extend_schema_field({"type": "array", "items": _SUM})
class SumsField(serializers.Field):
    """The sums of a row."""


@extend_schema_field({"type": "array", "items": _COUNTS})
class CountsField(serializers.Field):
    """What is counted beside the sums of a row."""


@extend_schema_field({"type": "array", "items": {"type": "string", "nullable": True}})
class IdsField(serializers.Field):
    """The members that make a row or column."""


@extend_schema_field(
    {"type": "object", "properties": {"value": _SUM, "counts": _COUNTS}, "required": ["value", "counts"],
     "nullable": True}
)  # fmt: skip
class CompactTotalField(serializers.Field):
    """A total; null where it would add what is never added."""


class CompactMemberSerializer(serializers.Serializer):
    """A column."""

    ids = IdsField(help_text="One for each dimension; null where contributions name none.")
    name = serializers.CharField()
    address = serializers.CharField(help_text="What stands for it in the address of a cell.")
    total = CompactTotalField()


class CompactRowSerializer(CompactMemberSerializer):
    """A row. `values[j]` and `counts[j]` belong to `columns[j]`."""

    values = SumsField(help_text="Sums; null where nothing is known, and where there are no contributions.")
    counts = CountsField(help_text="Counts that are not zero; null where there are no contributions at all.")


class CompactTableSerializer(TableSerializer):
    """A contribution table in its compact form, which says the same as the full one."""

    form = serializers.ChoiceField([COMPACT], help_text="Of the cells, as `cells` asks for it.")
    columns = CompactMemberSerializer(many=True)  # type: ignore[assignment]  # a field, named or typed otherwise than above
    rows = CompactRowSerializer(many=True)  # type: ignore[assignment]  # a field, named or typed otherwise than above
    total = CompactTotalField()  # type: ignore[assignment]  # a field, named or typed otherwise than above


def as_compact_document(table: Table, asked: dict[str, Any], moment: dt.datetime, cells: str) -> dict[str, Any]:
    """Return the table for JSON as `as_document` does, in its compact form."""
    value = value_writer(table.measure)
    row_totals, column_totals = table.row_totals or {}, table.column_totals or {}
    found: dict[MemberKey, dict[MemberKey, TableCell]] = {row.id: {} for row in table.rows}
    for (row, column), cell in table.cells.items():
        found[row][column] = cell

    def total(of: TableCell | None) -> Fragment | None:
        return None if of is None else Fragment(f'{{"value":{value(of)},"counts":{_counts(of[1:-1])}}}')

    def sums(of: dict[MemberKey, TableCell]) -> dict[str, Fragment]:
        present = [of.get(column.id) for column in table.columns]
        values = ["null" if cell is None else value(cell) for cell in present]
        counts = ["null" if cell is None else _counts(cell[1:-1]) for cell in present]
        return {"values": Fragment(f"[{','.join(values)}]"), "counts": Fragment(f"[{','.join(counts)}]")}

    columns = [_member(column) | {"total": total(column_totals.get(column.id))} for column in table.columns]
    rows = [
        _member(row) | {"total": total(row_totals.get(row.id))} | sums(of)
        for row, of in zip(table.rows, found.values(), strict=True)
    ]
    return document_of(
        table, COMPACT, asked, moment, cells, {"columns": columns, "rows": rows, "total": total(table.total)}
    )


def _member(member: Member) -> dict[str, Any]:
    return {"ids": [part.id for part in member.each], "name": member.name, "address": address_of(member.id)}


@lru_cache(maxsize=10_000)
def _counts(counts: tuple[int, ...]) -> str:
    """Return the counts of a cell that are not zero as JSON."""
    return canonical.dump({name: count for name, count in zip(COUNTED, counts, strict=True) if count})
