"""A table as a chart, declared in Vega-Lite: bars, stacked bars, lines, or one small chart for each column.

What is unknown is written where its bar would begin, and never drawn as zero; what is estimated is drawn paler; what
has no date stands by itself.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from tracker.reporting.tables.contributions import names_of
from tracker.reporting.tables.dimensions import TIMES
from tracker.web.charts.style import COLOURS, CONFIG, HALF, INK, WIDTH
from tracker.web.tables.numbers import Number
from tracker.web.tables.shown import TableRow, TableShown

BARS, STACKED, LINES, MULTIPLES = "bars", "stacked", "lines", "multiples"
KINDS = (BARS, STACKED, LINES, MULTIPLES)

MOST_ROWS, MOST_GROUPS, MOST_MARKS = 30, 12, 240
"""How many rows a chart of bars has, how many where each has several bars, and how many marks any chart."""

SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
_OFTEN_UNSPECIFIED = frozenset(
    {"platform", "category", "category_1", "category_2", "category_3", "package", "initiative"}
)
"""Dimensions of which most rows of the ledger name no member."""

HOST = "http://chart.invalid"
"""Stands before addresses, as the one who draws would take them for files of an example; it is taken out afterwards."""

Spec = dict[str, Any]


@dataclass(frozen=True)
class Declared:
    """A chart in Vega-Lite, and what it leaves out of its table in words; empty where it shows all."""

    spec: Spec
    left_out: str = ""


def default_kind(table: TableShown) -> str:
    """Return the chart that fits a table: stacked where its columns may be added."""
    return STACKED if table.has_total else BARS


def spec_of(table: TableShown, kind: str) -> Declared | None:
    """Return a table as a chart; None where it has nothing that can be drawn."""
    if kind == STACKED and not table.has_total:
        # What is never added is never stacked.
        kind = BARS
    lines, left_out = _lines_drawn(table, kind)
    places = range(len(table.columns))
    values = [_value(table, line, at) for line in lines for at in places if _is_drawn(line.numbers[at])]
    if not values:
        return None
    layers = _layers(table, kind, [line.name for line in lines])
    chart: Spec = {
        "$schema": SCHEMA,
        "description": f"{table.title}. {table.measure}",
        "background": None,
        "data": {"values": values},
        "config": CONFIG,
    }
    if kind == MULTIPLES and len(table.columns) > 1:
        facet: Spec = {"field": "column", "type": "nominal", "sort": table.columns, "title": None}
        facet["header"] = {"labelColor": INK, "labelFontSize": 13}
        return Declared(chart | {"facet": facet, "columns": 2, "spec": {"width": HALF, "layer": layers}}, left_out)
    if kind == BARS and len(table.columns) > 1 and not is_of_time(table):
        chart["height"] = {"step": 13, "for": "offset"}
    chart |= {"width": WIDTH, "layer": layers}
    return Declared(chart, left_out)


def _is_drawn(number: Number) -> bool:
    return bool(number.exact) or number.is_unknown


def is_of_time(table: TableShown) -> bool:
    """Tell whether the rows of a table follow one another in time."""
    return names_of(table.table.row_dimension)[:1] in [[name] for name in (*TIMES, "announced_year")]


def _lines_drawn(table: TableShown, kind: str) -> tuple[list[TableRow], str]:
    """Return the rows that a chart shows, and what it leaves out."""
    most = MOST_MARKS // max(1, len(table.columns))
    if is_of_time(table):
        dated = [line for line, row in zip(table.lines, table.table.rows, strict=True) if row.id is not None]
        if kind == LINES and len(dated) < len(table.lines):
            return dated[-most:], _("What has no date is in the table, and not on the line.")
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


def _value(table: TableShown, line: TableRow, at: int) -> dict[str, Any]:
    number = line.numbers[at]
    name = f"{line.name}, {table.columns[at]}" if len(table.columns) > 1 else line.name
    text = number.text if number.is_unknown else f"{number.text} {table.unit.name}"
    marked = {"+?": _("and more that is unknown"), "≈": _("in part estimated")}.get(number.mark, "")
    return {
        "row": line.name, "column": table.columns[at], "order": at,
        # A drawing has a thousand pixels at most: here, and only here, a float will do.
        "value": float(Decimal(number.exact) / table.unit.scale) if number.exact else None,
        "label": f"{name}: {text}" + (f", {marked}" if marked else ""),
        "note": _("unknown") if number.is_unknown else number.mark if number.mark == "+?" else "",
        "pale": number.mark == "≈", "href": f"{HOST}{number.address}",
    }  # fmt: skip


def _layers(table: TableShown, kind: str, rows: list[str]) -> list[Spec]:
    if is_of_time(table):
        return _lines_over_time(table, rows) if kind == LINES else _bars_over_time(table, kind, rows)
    return _bars_across(table, kind, rows)


def _marks(table: TableShown, kind: str) -> Spec:
    """Return what all marks have: a colour by column, an address, and words for who does not see them."""
    found: Spec = {
        "href": {"field": "href", "type": "nominal"},
        "description": {"field": "label", "type": "nominal"},
        "color": {"value": COLOURS[0]},
    }
    if len(table.columns) > 1 and kind != MULTIPLES:
        shades = [COLOURS[at % len(COLOURS)] for at in range(len(table.columns))]
        scale = {"domain": table.columns, "range": shades}
        found["color"] = {"field": "column", "type": "nominal", "title": None, "scale": scale}
    return found


def _bar(table: TableShown, kind: str, across: str) -> Spec:
    """Return bars without their places; what is in part estimated is paler."""
    return {
        "mark": {"type": "bar", across: {"band": 0.82}, "stroke": "#ffffff", "strokeWidth": 0.6},
        "encoding": _marks(table, kind) | {
            "order": {"field": "order", "type": "quantitative"},
            "opacity": {"condition": {"test": "datum.pale", "value": 0.6}, "value": 1},
        },
    }  # fmt: skip


def _amount(table: TableShown, kind: str) -> Spec:
    stacked = kind == STACKED and len(table.columns) > 1
    return {
        "field": "value", "type": "quantitative", "title": table.unit.name, "stack": "zero" if stacked else None,
        "axis": {"tickCount": 3 if kind == MULTIPLES else 6},
    }  # fmt: skip


def _bars_across(table: TableShown, kind: str, rows: list[str]) -> list[Spec]:
    """Return bars that lie, one for each row, and beside them what is unknown."""
    axis = {"ticks": False, "domain": False}
    place: Spec = {"y": {"field": "row", "type": "nominal", "sort": rows, "title": None, "axis": axis}}
    if kind == BARS and len(table.columns) > 1:
        place["yOffset"] = {"field": "column", "type": "nominal", "sort": table.columns}
    bar = _bar(table, kind, "height")
    bar["encoding"] |= place | {"x": _amount(table, kind)}
    # In a stack, only a row of which nothing is known has its note at its place.
    wanted = "datum.value == null" if kind == STACKED and len(table.columns) > 1 else "true"
    note = {
        "transform": [
            {"filter": f"datum.note != '' && {wanted}"},
            {"calculate": "datum.value == null ? 0 : datum.value", "as": "start"},
        ],
        "mark": {"type": "text", "align": "left", "dx": 4, "fontStyle": "italic", "fontSize": 11, "color": INK},
        "encoding": place | {
            "x": {"field": "start", "type": "quantitative"}, "text": {"field": "note", "type": "nominal"},
        },
    }  # fmt: skip
    return [bar, note]


def _along(rows: list[str]) -> Spec:
    """Return the axis of time, with a label at some of its rows only where they are many."""
    labels = {"labelAngle": 0, "values": rows[:: max(1, len(rows) // 10)], "ticks": False, "labelPadding": 6}
    return {"field": "row", "type": "nominal", "sort": rows, "title": None, "axis": labels}


def _bars_over_time(table: TableShown, kind: str, rows: list[str]) -> list[Spec]:
    """Return bars that stand, from left to right as time passes."""
    bar = _bar(table, kind, "width")
    bar["encoding"] |= {"x": _along(rows), "y": _amount(table, kind)}
    if kind == BARS and len(table.columns) > 1:
        bar["encoding"]["xOffset"] = {"field": "column", "type": "nominal", "sort": table.columns}
    return [bar]


def _lines_over_time(table: TableShown, rows: list[str]) -> list[Spec]:
    """Return a line for each column, with a mark at each number."""
    place, marks = {"x": _along(rows), "y": _amount(table, LINES)}, _marks(table, LINES)
    each = {"color": marks["color"], "detail": {"field": "column", "type": "nominal"}}
    line = {"mark": {"type": "line", "strokeWidth": 2}, "encoding": place | each}
    point = {"mark": {"type": "point", "filled": True, "size": 45}, "encoding": place | marks}
    return [line, point]
