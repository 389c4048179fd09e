"""What became of a contribution table between two moments, on its way out: as JSON, and as a grid."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers

from tracker.exchange.outbound.table_columns import name_of
from tracker.exchange.outbound.table_json import (
    MeasureSerializer,
    MemberWriter,
    PartSerializer,
    SumField,
    filters_of,
    measure_of,
)
from tracker.lib.column_types import DECIMAL, INTEGER, MOMENT, Column, Value
from tracker.models import ChangeSet
from tracker.reporting.shelf import moments
from tracker.reporting.tables.changes import CellChange, Number, TableChanges
from tracker.reporting.tables.contributions import names_of, spelled_out
from tracker.reporting.tables.grids import Grid
from tracker.reporting.tables.measures import VALUE, Measure, unit_of
from tracker.reporting.tables.members import address_of


class ChangePartSerializer(serializers.Serializer):
    """What one change set changed."""

    change_set = serializers.CharField()
    cause = serializers.ChoiceField(ChangeSet.Cause.choices)
    difference = SumField()


class CausePartSerializer(serializers.Serializer):
    """What all change sets of one cause changed."""

    cause = serializers.ChoiceField(ChangeSet.Cause.choices)
    difference = SumField()


class ChangedMemberSerializer(serializers.Serializer):
    """A row or column of a cell."""

    id = serializers.CharField(allow_null=True)
    name = serializers.CharField()
    address = serializers.CharField(help_text="What stands for it in the address of a cell.")
    members = PartSerializer(many=True)


class CellChangeSerializer(serializers.Serializer):
    """A cell that changed, also where it changed back. Its parts add up to its difference, by either list."""

    row = ChangedMemberSerializer()
    column = ChangedMemberSerializer()
    before = SumField(help_text="Null where nothing was known.")
    after = SumField(help_text="Null where nothing is known.")
    difference = SumField(help_text="After less before; an unknown value adds nothing.")
    by_cause = CausePartSerializer(many=True)
    by_change_set = ChangePartSerializer(many=True)


class ChangingSetSerializer(serializers.Serializer):
    """A change set that changed a cell."""

    id = serializers.CharField()
    published_at = serializers.DateTimeField()
    cause = serializers.ChoiceField(ChangeSet.Cause.choices)
    message = serializers.CharField()


class TableChangesSerializer(serializers.Serializer):
    """What became of a contribution table between two moments, the most changed cells first."""

    table = serializers.CharField()
    # `from` is no name in Python.
    to = serializers.DateTimeField(allow_null=True, help_text="The newest publishing by the later moment.")
    measure = MeasureSerializer()
    filters = serializers.DictField()
    row_dimension = serializers.CharField()
    column_dimension = serializers.CharField()
    by_cause = CausePartSerializer(
        many=True, allow_null=True, help_text="Over all cells; null where these are never added."
    )
    change_sets = ChangingSetSerializer(many=True, help_text="In the order in which they were published.")
    note = serializers.CharField(help_text="That nothing moved, where that is so; else empty.")
    cells = CellChangeSerializer(many=True)

    def get_fields(self) -> dict[str, Any]:
        """Return the fields with `from`."""
        start = serializers.DateTimeField(allow_null=True, help_text="The newest publishing by the earlier moment.")
        fields = super().get_fields()
        return {"table": fields.pop("table"), "from": start, **fields}


def as_changes(changes: TableChanges, asked: dict[str, Any], start: dt.datetime, end: dt.datetime) -> dict[str, Any]:
    """Return the changes for JSON; `asked` are the filters in force."""
    table = changes.after
    down, across = MemberWriter(names_of(table.row_dimension)), MemberWriter(names_of(table.column_dimension))
    return {
        "table": "contributions",
        "from": _moment(start),
        "to": _moment(end),
        "measure": measure_of(table),
        "filters": filters_of(asked),
        "row_dimension": table.row_dimension,
        "column_dimension": table.column_dimension,
        "by_cause": _by_cause(changes),
        "change_sets": [
            {"id": str(each.pk), "published_at": each.published_at, "cause": each.cause, "message": each.message}
            for each in changes.change_sets
        ],
        "note": "" if changes.cells else _nothing_moved(start, end),
        "cells": [_cell(cell, table.measure, down, across) for cell in changes.cells],
    }


def _nothing_moved(start: dt.datetime, end: dt.datetime) -> str:
    """Say in words that no cell changed between two publishings, or that nothing was published in between."""
    if end <= moments.NEVER:
        return _("Nothing was published by then.")
    if start == end:
        return _("Nothing was published between the two moments, so nothing moved.")
    return _("What was published between the two moments moved no cell of this table.")


def changes_grid(changes: TableChanges, asked: dict[str, str], start: dt.datetime, end: dt.datetime) -> Grid:
    """Return the changes in the plain form that every writer prints: a line for each part of each cell."""
    table = changes.after
    unit = unit_of(table.measure)
    columns = [
        Column("row_id", _("Row, id")), Column("row", _("Row")), Column("column_id", _("Column, id")),
        Column("column", _("Column")), Column("before", _("Before"), DECIMAL, unit),
        Column("after", _("After"), DECIMAL, unit),
        Column("change_set", _("Change set"), INTEGER), Column("published_at", _("Published at"), MOMENT),
        Column("cause", _("Cause")), Column("message", _("Message")),
        Column(
            "difference", _("Difference"), DECIMAL, unit,
            description=_("What the change set changed of the cell: those of a cell add up to after less before."),
        ),
    ]  # fmt: skip
    return Grid(
        f"changes-of-{name_of(table)}", _("Changes of contributions"), columns, _lines(changes), spelled_out(table),
        _nothing_moved(start, end) if not changes.cells
        else _("A line for each cell and change set that changed it; before and after are those of the whole span."),
        filters=asked, as_of=end if end > moments.NEVER else None, is_table=True,
    )  # fmt: skip


def _lines(changes: TableChanges) -> Iterator[list[Value]]:
    for cell in changes.cells:
        ids = [address_of(cell.row.id), cell.row.name, address_of(cell.column.id), cell.column.name]
        for part in cell.parts:
            made = part.change_set
            yield [
                *ids, cell.before, cell.after, made.pk, made.published_at, part.cause, made.message, part.difference,
            ]  # fmt: skip


def _by_cause(changes: TableChanges) -> list[dict[str, Any]] | None:
    """Return the difference over all cells by cause; None where the cells are never added."""
    if changes.after.total is None:
        return None
    found: dict[str, Decimal] = defaultdict(Decimal)
    for cell in changes.cells:
        for cause, difference in cell.by_cause().items():
            found[cause] += difference
    return _causes(found, changes.after.measure)


def _causes(found: dict[str, Decimal], measure: Measure) -> list[dict[str, Any]]:
    return [{"cause": cause, "difference": _printed(each, measure)} for cause, each in sorted(found.items())]


def _cell(cell: CellChange, measure: Measure, down: MemberWriter, across: MemberWriter) -> dict[str, Any]:
    return {
        "row": down.document(cell.row),
        "column": across.document(cell.column),
        "before": _printed(cell.before, measure),
        "after": _printed(cell.after, measure),
        "difference": _printed(cell.difference, measure),
        "by_cause": _causes(cell.by_cause(), measure),
        "by_change_set": [
            {"change_set": str(part.change_set.pk), "cause": part.cause,
             "difference": _printed(part.difference, measure)}
            for part in cell.parts
        ],
    }  # fmt: skip


def _printed(number: Number | None, measure: Measure) -> str | int | float | None:
    """Return a number as the cells of tables have it: money as exact decimal text."""
    if number is None:
        return None
    if measure.measure == VALUE:
        return format(Decimal(number), "f")
    return int(number) if number == int(number) else float(number)


def _moment(moment: dt.datetime) -> str | None:
    return moment.isoformat() if moment > moments.NEVER else None
