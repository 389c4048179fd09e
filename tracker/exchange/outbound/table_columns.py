"""Free tables as files: which columns they have, what these are called, and the marks of each cell.

All formats have the same columns and rows. A column is named by its address, as in JSON; there is no row of totals,
so that whoever adds a column up counts nothing twice.
"""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from tracker.exchange.outbound.list_columns import columns_of
from tracker.exchange.outbound.table_json import CellSerializer, cell_document, notes_of
from tracker.lib.column_types import DECIMAL, INTEGER, Column, Value
from tracker.reporting.named.rules import rules_of
from tracker.reporting.shelf import moments
from tracker.reporting.tables.contributions import names_of, spelled_out
from tracker.reporting.tables.dimension_labels import DIMENSION_LABELS, DIMENSIONS
from tracker.reporting.tables.grids import Grid
from tracker.reporting.tables.measures import COUNT, PLEDGES, VALUE, Measure, as_number, unit_of
from tracker.reporting.tables.members import Member, address_of
from tracker.reporting.tables.table import Table

TOTAL = "total"
MOST_COLUMNS = 16_384
"""How many columns a sheet of XLSX has."""


def name_of(table: Table) -> str:
    """Return what a table is called in the names of files: its measure, rows and columns."""
    rows, columns = table.row_dimension.replace(",", "-"), table.column_dimension.replace(",", "-")
    return f"contributions-{table.measure.measure}-by-{rows}-and-{columns}"


def as_grid(table: Table, asked: dict[str, str], moment: dt.datetime) -> Grid:
    """Return the table in the plain form that every writer prints: ids and names of its rows first.

    `asked` is all that changes its numbers, beside rows, columns and measure, as text by parameter.
    """
    columns = [column for name in names_of(table.row_dimension) for column in _heads(name)]
    columns += [_column(table, each) for each in table.columns]
    columns += [_total(table.measure)] if _has_total(table) else []
    return Grid(
        name_of(table), _("Contributions"), columns, _rows(table), spelled_out(table),
        _("Contributions added up. Each cell is a column named by its address; there is no row of totals."),
        filters=asked, as_of=moment if moment > moments.NEVER else None, rules=rules_of(table),
        notes=[f"{name}: {count}" for name, count in notes_of(table).items()],
        cells=Grid("cells", _("Cells"), _cell_columns(table.measure), _cells(table)), is_table=True,
    )  # fmt: skip


def as_documents(table: Table) -> Iterator[dict[str, Any]]:
    """Yield each row for NDJSON: its columns, and under `cells` what JSON says of each cell, by column."""
    names = [name for each in names_of(table.row_dimension) for name in (f"{each}_id", each)]
    addresses = [address_of(column.id) for column in table.columns] + ([TOTAL] if _has_total(table) else [])
    for member, row in zip(table.rows, _rows(table), strict=True):
        found = [table.cell(member.id, column.id) for column in table.columns]
        found += [(table.row_totals or {}).get(member.id)] if _has_total(table) else []
        cells = [cell_document(cell, table.measure) for cell in found]
        yield dict(zip([*names, *addresses], row, strict=True)) | {"cells": dict(zip(addresses, cells, strict=True))}


def described_columns() -> list[Column]:
    """Return the columns that free tables have: two for each dimension, and by which rule the others are named."""
    of_address = Column(
        "{column}", _("A column of the table"), DECIMAL,
        description=_("One for each column of the table, named by its `address` in JSON: ids joined by commas, `~none` "
                      "where there is none, `~all` for the only one. Empty where nothing is known."),
    )  # fmt: skip
    heads = [column for name in DIMENSIONS for column in _heads(name)]
    return [*heads, of_address, _total(None), *_cell_columns(None)]


def _heads(name: str) -> list[Column]:
    label = str(DIMENSION_LABELS[name])
    texts = {"name": label}
    return [
        Column(
            f"{name}_id", f"{label}, id",
            description=_("Id of the row's %(name)s; empty where contributions name none.") % texts,
        ),
        Column(name, label, description=_("The row's %(name)s, in words.") % texts),
    ]  # fmt: skip


def _number(name: str, label: str, measure: Measure | None, sentence: str) -> Column:
    """Return a column of sums; without a measure, as it is described where none is asked for."""
    if measure is None:
        return Column(name, label, DECIMAL, description=sentence)
    places = 6 if measure.per == "gdp" else 2 if measure.measure == VALUE else None
    kind = INTEGER if measure.measure in (COUNT, PLEDGES) else DECIMAL
    return Column(name, label, kind, unit_of(measure), places, sentence)


def _column(table: Table, member: Member) -> Column:
    across = names_of(table.column_dimension)
    sentence = _("All contributions of the row; empty where nothing is known.")
    if across:
        words = {"dimension": " · ".join(str(DIMENSION_LABELS[name]) for name in across), "name": member.name}
        sentence = _("Contributions of the row with %(dimension)s: %(name)s; empty where nothing is known.") % words
    return _number(address_of(member.id), member.name, table.measure, sentence)


def _total(measure: Measure | None) -> Column:
    sentence = _("The row over all its columns; left out where these must not be added.")
    return _number(TOTAL, _("total"), measure, sentence)


def _has_total(table: Table) -> bool:
    return table.row_totals is not None and table.column_dimension != "none"


def _rows(table: Table) -> list[list[Value]]:
    has_total, lines = _has_total(table), []
    for row in table.rows:
        line: list[Value] = []
        for part in row.each:
            line += [None if part.id is None else str(part.id), part.name]
        cells = [table.cell(row.id, column.id) for column in table.columns]
        cells += [(table.row_totals or {}).get(row.id)] if has_total else []
        lines.append(line + [None if cell is None else as_number(cell.value, table.measure) for cell in cells])
    return lines


def _cell_columns(measure: Measure | None) -> list[Column]:
    counts = [one.column for one in columns_of(CellSerializer()) if one.column.name != "value"]
    return [
        Column("row", _("Row"), description=_("On the sheet Cells: address of the cell's row, as in JSON.")),
        Column("column", _("Column"), description=_("On the sheet Cells: address of the cell's column.")),
        _number("value", _("Value"), measure, _("On the sheet Cells: its sum; empty where nothing is known.")),
        *counts,
    ]


def _cells(table: Table) -> Iterator[list[Value]]:
    """Yield the cells that there are, row by row."""
    for row in table.rows:
        for column in table.columns:
            cell = table.cell(row.id, column.id)
            if cell is not None:
                value = as_number(cell.value, table.measure)
                yield [address_of(row.id), address_of(column.id), value, *cell.counts]
