"""A table as a chart, declared in Vega-Lite: bars, stacked bars, lines, or one small chart for each column.

What is unknown is written where its bar would begin, and never drawn as zero; what is estimated is drawn paler; what
has no date stands by itself; and where open claims contest a number, a whisker says how far.
"""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from tracker.reporting.tables.contributions import names_of
from tracker.reporting.tables.dimension_labels import TIMES
from tracker.web.charts.layers import Spec, layers_of
from tracker.web.charts.marks import BARS, LINES, MULTIPLES, STACKED, drawn
from tracker.web.charts.style import CONFIG, HALF, INK, WIDTH
from tracker.web.tables.table_on_page import TableRow, TableShown

KINDS = (BARS, STACKED, LINES, MULTIPLES)

MOST_ROWS, MOST_GROUPS, MOST_MARKS = 30, 12, 240
"""How many rows a chart of bars has, how many where each has several bars, and how many marks any chart."""

SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
_OFTEN_UNSPECIFIED = frozenset(
    {"platform", "category", "category_1", "category_2", "category_3", "package", "initiative"}
)
"""Dimensions of which most rows of the ledger name no member."""


@dataclass(frozen=True)
class Declared:
    """A chart in Vega-Lite, and what is to be said of it: what it leaves out of its table, and what its signs mean."""

    spec: Spec
    remarks: str = ""


def default_kind(table: TableShown) -> str:
    """Return the chart that fits a table: stacked where its columns may be added."""
    return STACKED if table.has_total else BARS


def spec_of(table: TableShown, kind: str) -> Declared | None:
    """Return a table as a chart; None where it has nothing that can be drawn."""
    if kind == STACKED and not table.has_total:
        # What is never added is never stacked.
        kind = BARS
    lines, left_out = _lines_drawn(table, kind)
    found = drawn(table, kind, lines, is_of_time=is_of_time(table))
    if not found.data:
        return None
    chart: Spec = {
        "$schema": SCHEMA,
        "description": f"{table.title}. {table.measure}",
        "background": None,
        "data": {"values": found.data},
        "config": CONFIG,
    }
    remarks = " ".join([*([left_out] if left_out else []), *found.signs()])
    layers = layers_of(found)
    if kind == MULTIPLES and len(table.columns) > 1:
        facet: Spec = {"field": "column", "type": "nominal", "sort": table.columns, "title": None}
        # Shared, the axis would also stand below a panel that is not there.
        chart["resolve"] = {"axis": {"x": "independent"}}
        facet["header"] = {"labelColor": INK, "labelFontSize": 13}
        return Declared(chart | {"facet": facet, "columns": 2, "spec": {"width": HALF, "layer": layers}}, remarks)
    if kind == BARS and len(table.columns) > 1 and not found.is_of_time:
        chart["height"] = {"step": 13, "for": "offset"}
    return Declared(chart | {"width": WIDTH, "layer": layers}, remarks)


def is_of_time(table: TableShown) -> bool:
    """Tell whether the rows of a table follow one another in time."""
    return names_of(table.table.row_dimension)[:1] in [[name] for name in (*TIMES, "announced_year")]


def _lines_drawn(table: TableShown, kind: str) -> tuple[list[TableRow], str]:
    """Return the rows that a chart shows, and what it leaves out."""
    most = MOST_MARKS // max(1, len(table.columns))
    if is_of_time(table):
        return table.lines[-most:], "" if len(table.lines) <= most else _("The chart shows the latest rows.")
    most = min(MOST_GROUPS if kind == BARS and len(table.columns) > 1 else MOST_ROWS, most)
    lines = _lines_named(table)
    if len(lines) <= most:
        return lines, "" if len(lines) == len(table.lines) else _("What is unspecified is in the table alone.")
    largest = sorted(lines, key=_size, reverse=True)[:most]
    return largest, _("The chart shows the %s largest rows; all are in the table.") % most


def _lines_named(table: TableShown) -> list[TableRow]:
    """Return the rows without that of what names no platform or the like, beside which others could not be seen."""
    if not set(names_of(table.table.row_dimension)) & _OFTEN_UNSPECIFIED:
        return table.lines
    named = [line for line, row in zip(table.lines, table.table.rows, strict=True) if row.id is not None]
    return named or table.lines


def _size(line: TableRow) -> Decimal:
    numbers = [line.total] if line.total is not None else line.numbers
    return max((Decimal(number.exact) for number in numbers if number.exact), default=Decimal(-1))
