"""The compact form of a free table in JSON: sums first, and beside them only the counts that are not zero."""

import datetime as dt
from functools import lru_cache
from typing import Any

from drf_spectacular.utils import extend_schema_field
from orjson import Fragment
from rest_framework import serializers

from tracker.exchange.outbound.table_json import COMPACT, TableSerializer, document_of, value_writer
from tracker.lib import canonical
from tracker.reporting.tables.measures import COUNTED, TableCell, counts_in
from tracker.reporting.tables.members import Member, address_of
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
    ids = [column.id for column in table.columns]

    def total(cell: TableCell | None) -> str:
        return "null" if cell is None else f'{{"value":{value(cell[0])},"counts":{_counts_text(cell[1])}}}'

    def row_of(member: Member) -> Fragment:
        line = table.lines[member.id]
        present = [line.get(column) for column in ids]
        values = ",".join(["null" if cell is None else value(cell[0]) for cell in present])
        beside = ",".join(["null" if cell is None else _counts_text(cell[1]) for cell in present])
        own = total(row_totals.get(member.id))
        return Fragment(_head(member) + f',"total":{own},"values":[{values}],"counts":[{beside}]}}'.encode())

    columns = [
        Fragment(_head(one) + f',"total":{total(column_totals.get(one.id))}}}'.encode()) for one in table.columns
    ]
    sums = {"columns": columns, "rows": [*map(row_of, table.rows)]}
    return document_of(table, COMPACT, asked, moment, cells, sums | {"total": Fragment(total(table.total))})


def _head(member: Member) -> bytes:
    """Return the object of a row or column up to where its sums stand."""
    ids = [part.id for part in member.each]
    return canonical.pack({"ids": ids, "name": member.name, "address": address_of(member.id)})[:-1]


@lru_cache(maxsize=10_000)
def _counts_text(packed: int) -> str:
    """Return the counts of a cell that are not zero as JSON."""
    return canonical.dump({name: count for name, count in counts_in(packed)._asdict().items() if count})
