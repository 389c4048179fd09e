"""Free tables on their way out: as JSON, and for people."""

import datetime as dt
from collections.abc import Callable, Iterable
from fractions import Fraction
from functools import lru_cache
from operator import getitem
from typing import Any

from drf_spectacular.utils import extend_schema_field
from orjson import Fragment
from rest_framework import serializers

from tracker.lib import canonical, money
from tracker.reporting.named.rules import rules_of
from tracker.reporting.shelf import moments
from tracker.reporting.tables.contributions import names_of, spelled_out
from tracker.reporting.tables.measures import VALUE, Measure, TableCell, counts_in, shown
from tracker.reporting.tables.members import Member, MemberKey, address_of
from tracker.reporting.tables.table import Table


@extend_schema_field({"anyOf": [{"type": "string", "format": "decimal"}, {"type": "number"}, {"type": "null"}]})
class SumField(serializers.Field):
    """A sum as it is printed."""


class CellSerializer(serializers.Serializer):
    """A sum, and what it leaves out. `value` is null where nothing in it is known: that is not zero."""

    value = SumField(help_text="Money as decimal text such as `500000000.00`; units and counts as a number.")
    contributions = serializers.IntegerField(help_text="Rows of the ledger in the cell.")
    no_value = serializers.IntegerField(help_text="Of them, without any value.")
    no_rate = serializers.IntegerField(help_text="Of them, with an amount for which there is no rate.")
    unknown_quantity = serializers.IntegerField(help_text="Of them, of an unknown quantity.")
    estimated = serializers.IntegerField(help_text="Of them, parts of an undisclosed split.")
    provisional = serializers.IntegerField(help_text="Of them, at the rate of a time that was not over.")
    inexact = serializers.IntegerField(help_text="Of them, of a quantity such as about 40.")
    no_figure = serializers.IntegerField(help_text="Lack a figure of another source, such as a GDP or a price index.")
    shared_out = serializers.IntegerField(help_text="Of the EU's institutions, shared out among its members.")


class PartSerializer(serializers.Serializer):
    """A member of one dimension; `id` is null where contributions name none."""

    dimension = serializers.CharField()
    id = serializers.CharField(allow_null=True)
    name = serializers.CharField()


class MemberSerializer(serializers.Serializer):
    """A column; `id` is null where contributions name none."""

    id = serializers.CharField(allow_null=True)
    name = serializers.CharField()
    address = serializers.CharField(help_text="What stands for it in the address of a cell.")
    members = PartSerializer(many=True)
    total = CellSerializer(allow_null=True, help_text="Null where it would add up stages.")


@extend_schema_field({"type": "array", "items": {"anyOf": [{"$ref": "#/components/schemas/Cell"}, {"type": "null"}]}})
class CellsField(serializers.Field):
    """The cells of a row."""


class RowSerializer(MemberSerializer):
    """A row, with a cell for each column; null where there are no contributions at all."""

    cells = CellsField()


class MeasureSerializer(serializers.Serializer):
    """What was added up."""

    measure = serializers.CharField()
    currency = serializers.CharField(allow_null=True)
    basis = serializers.ListField(child=serializers.CharField())
    counting = serializers.CharField()
    stages = serializers.ListField(child=serializers.CharField())
    text = serializers.CharField(help_text="All of it in a sentence.")


class NotesSerializer(serializers.Serializer):
    """How many contributions the table counts, and how many of them lack something."""

    contributions = serializers.IntegerField()
    no_value = serializers.IntegerField()
    no_rate = serializers.IntegerField()
    no_date = serializers.IntegerField()
    unknown_quantity = serializers.IntegerField()
    bundled = serializers.IntegerField(help_text="Worth is inside an amount for several items.")
    conditional = serializers.IntegerField(help_text="Depend on an open condition and are left out.")
    estimated = serializers.IntegerField()
    provisional = serializers.IntegerField()
    inexact = serializers.IntegerField()
    no_figure = serializers.IntegerField()
    shared_out = serializers.IntegerField()


FULL, COMPACT = "full", "compact"
"""The forms of cells."""


class TableSerializer(serializers.Serializer):
    """A contribution table. `rows[i].cells[j]` belongs to `columns[j]`."""

    table = serializers.CharField()
    form = serializers.ChoiceField([FULL], help_text="Of the cells, as `cells` asks for it.")
    as_of = serializers.DateTimeField(
        allow_null=True, help_text="The newest publishing that the table shows; null before the first."
    )
    measure = MeasureSerializer()
    filters = serializers.DictField()
    row_dimension = serializers.CharField()
    column_dimension = serializers.CharField()
    columns = MemberSerializer(many=True)
    rows = RowSerializer(many=True)
    total = CellSerializer(allow_null=True)
    notes = NotesSerializer()
    rules = serializers.ListField(child=serializers.CharField(), help_text="Ids of the rules by which it is made.")
    lineage = serializers.CharField(
        help_text="The address of the rows behind a cell: put the `address` of its row and of its column into it, "
        "or leave one out for a total."
    )


def cell_document(cell: TableCell | None, measure: Measure) -> dict[str, Any] | None:
    """Return a cell for JSON: its sum, and what is counted beside it."""
    return None if cell is None else {"value": shown(cell.value, measure), **cell.counts._asdict()}


def _plain(value: Any) -> Any:
    return value if isinstance(value, (list, str)) else str(value)


def measure_of(table: Table) -> dict[str, Any]:
    """Return what a table adds up, for JSON."""
    measure = table.measure
    return {
        "measure": measure.measure, "currency": measure.currency if measure.measure == VALUE else None,
        "basis": table.basis, "counting": measure.counting, "stages": table.stages, "text": spelled_out(table),
    }  # fmt: skip


def filters_of(asked: dict[str, Any]) -> dict[str, Any]:
    """Return the filters in force, for JSON."""
    return {name: _plain(value) for name, value in sorted(asked.items())}


def notes_of(table: Table) -> dict[str, int]:
    """Return how many contributions a table counts, and how many of them lack something."""
    beside = {"no_date": table.no_date, "bundled": table.bundled, "conditional": table.conditional}
    return table.notes.counts._asdict() | beside


def as_document(table: Table, asked: dict[str, Any], moment: dt.datetime, cells: str) -> dict[str, Any]:
    """Return the table for JSON: members with their totals, cells in the order of the columns.

    `cells` is the address of a cell, with places for its row and column.
    """
    sums = _written(table) | {"total": cell_document(table.total, table.measure)}
    return document_of(table, FULL, asked, moment, cells, sums)


def document_of(
    table: Table, form: str, asked: dict[str, Any], moment: dt.datetime, cells: str, sums: dict[str, Any]
) -> dict[str, Any]:
    """Return the table for JSON, with columns, rows and total in the form of `sums`; the rest as in `as_document`."""
    return {
        "table": "contributions",
        "form": form,
        "as_of": moment.isoformat() if moment > moments.NEVER else None,
        "measure": measure_of(table),
        "filters": filters_of(asked),
        "row_dimension": table.row_dimension,
        "column_dimension": table.column_dimension,
        **sums,
        "notes": notes_of(table),
        "rules": rules_of(table),
        "lineage": cells,
    }  # fmt: skip


def _written(table: Table) -> dict[str, Any]:
    """Return columns and rows as JSON already: there are tens of thousands of cells."""
    down, across = MemberWriter(names_of(table.row_dimension)), MemberWriter(names_of(table.column_dimension))
    value, ids = value_writer(table.measure), [column.id for column in table.columns]

    def texts(cells: Iterable[TableCell | None]) -> list[str]:
        """Return cells as JSON, as `cell_document` has them."""
        return [
            "null" if cell is None else f'{{"value":{value(cell[0])},{_counts_text(cell[1])}' for cell in cells
        ]  # fmt: skip

    def totals(members: list[Member], of: dict[MemberKey, TableCell] | None) -> list[str]:
        return texts(map((of or {}).get, [member.id for member in members]))

    return {
        "columns": [
            Fragment(across.head(column) + f',"total":{total}}}'.encode())
            for column, total in zip(table.columns, totals(table.columns, table.column_totals), strict=True)
        ],
        "rows": [
            Fragment(
                down.head(row)
                + f',"cells":[{",".join(texts(map(table.lines[row.id].get, ids)))}],"total":{total}}}'.encode()
            )
            for row, total in zip(table.rows, totals(table.rows, table.row_totals), strict=True)
        ],
    }


@lru_cache(maxsize=10_000)
def _counts_text(packed: int) -> str:
    """Return the counts of a cell as JSON, up to the end of the object that they stand in."""
    return canonical.dump(counts_in(packed)._asdict())[1:]


def value_writer(measure: Measure) -> Callable[[int | Fraction | None], str]:
    """Return what writes a sum as JSON."""
    if measure.measure == VALUE and measure.per != "gdp":
        # As `shown` does, by the shortest way.
        text, currency = money.minor_as_text, measure.currency
        return lambda value: "null" if value is None else f'"{text(round(value), currency)}"'
    return lambda value: canonical.dump(shown(value, measure))


class MemberWriter:
    """Writes the rows or columns of some dimensions as JSON, each member of a dimension once."""

    def __init__(self, dimensions: list[str]) -> None:
        self._parts = [_Parts(dimension) for dimension in dimensions]

    def document(self, member: Member) -> Fragment:
        """Return a row or column for JSON, without its sums."""
        return Fragment(self.head(member) + b"}")

    def head(self, member: Member) -> bytes:
        """Return the object of a row or column up to where its sums stand."""
        address = address_of(member.id)
        own = address if isinstance(member.id, tuple) else member.id
        parts = [*map(getitem, self._parts, member.each)]
        return canonical.pack({"id": own, "name": member.name, "address": address, "members": parts})[:-1]


class _Parts(dict[Member, Fragment]):
    """Members of one dimension as JSON, each written once."""

    def __init__(self, dimension: str) -> None:
        self._dimension = dimension

    def __missing__(self, part: Member) -> Fragment:
        document = {"dimension": self._dimension, "id": part.id, "name": part.name}
        written = self[part] = Fragment(canonical.pack(document))
        return written
