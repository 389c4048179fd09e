"""The layers of a chart of a table, in Vega-Lite: its marks, and above them notes and whiskers."""

from math import ceil
from typing import Any

from tracker.web.charts.marks import BARS, LINES, MARK, MULTIPLES, UNKNOWN, WHISKER, Drawn
from tracker.web.charts.style import COLOURS, HALF, INK, WHISKERS, WIDTH

Spec = dict[str, Any]

LEGEND = 110
"""How many letters a line of the legend has."""

LETTER = 6.5
"""How wide a letter of a label is, in the chart's units: about that of a browser's own typeface."""


def layers_of(drawn: Drawn) -> list[Spec]:
    """Return the layers of a chart, each of its part of the data."""
    found = _lines(drawn) if drawn.is_of_time and drawn.kind == LINES else [_bar(drawn)]
    if drawn.has(WHISKER):
        # Light around dark, so that they are seen on bars and on pages of any colour.
        found += [_whiskers(drawn, "#ffffff", 4, 9), _whiskers(drawn, WHISKERS, 1.5, 7)]
    if drawn.has(UNKNOWN):
        found.append(_notes(drawn))
    return found


def _only(part: str, also: str = "") -> list[Spec]:
    return [{"filter": f"datum.part == '{part}'" + (f" && {also}" if also else "")}]


def _place(drawn: Drawn) -> Spec:
    """Return where a row stands: from left to right as time passes, else one below the other."""
    if drawn.is_of_time:
        named = drawn.rows[:: _every(drawn)]
        labels = {"labelAngle": 0, "values": named, "ticks": False, "labelPadding": 6}
        return {"x": {"field": "row", "type": "nominal", "sort": drawn.rows, "title": None, "axis": labels}}
    axis = {"ticks": False, "domain": False}
    return {"y": {"field": "row", "type": "nominal", "sort": drawn.rows, "title": None, "axis": axis}}


def _every(drawn: Drawn) -> int:
    """Return of how many rows one has a label in a chart of time: ten at most, and none reaches into the next."""
    longest = max(map(len, drawn.rows), default=0) * LETTER + 2 * LETTER
    room = (HALF if drawn.kind == MULTIPLES else WIDTH) / max(1, len(drawn.rows))
    return max(1, len(drawn.rows) // 10, ceil(longest / room))


def _beside(drawn: Drawn) -> Spec:
    """Return where a column stands within its row, where its columns stand side by side."""
    if drawn.kind != BARS or len(drawn.columns) < 2:
        return {}
    name = "xOffset" if drawn.is_of_time else "yOffset"
    return {name: {"field": "column", "type": "nominal", "sort": drawn.columns, "scale": {"paddingInner": 0.18}}}


def _along(drawn: Drawn) -> str:
    """Return the axis of the amounts."""
    return "y" if drawn.is_of_time else "x"


def _amount(drawn: Drawn, field: str = "value") -> Spec:
    stack = "zero" if drawn.is_stacked and field == "value" else None
    axis: Spec = {"tickCount": 3 if drawn.kind == MULTIPLES else 6}
    if drawn.is_whole:
        # Of four aircraft there is no half.
        axis["tickMinStep"] = 1
    return {"field": field, "type": "quantitative", "title": drawn.unit, "stack": stack, "axis": axis}


def _said() -> Spec:
    """Return what every mark has: an address, and words for who does not see it."""
    return {
        "href": {"field": "href", "type": "nominal"},
        "description": {"field": "label", "type": "nominal"},
    }


def _colour(drawn: Drawn) -> Spec:
    if len(drawn.columns) < 2 or drawn.kind == MULTIPLES:
        return {"color": {"value": COLOURS[0]}}
    shades = [COLOURS[at % len(COLOURS)] for at in range(len(drawn.columns))]
    scale = {"domain": drawn.columns, "range": shades}
    # A legend wider than the chart would make all of it small.
    in_a_line = max(1, LEGEND // (max(map(len, drawn.columns)) + 4))
    legend = {"columns": 0 if sum(map(len, drawn.columns)) + 4 * len(drawn.columns) <= LEGEND else in_a_line}
    return {"color": {"field": "column", "type": "nominal", "title": None, "scale": scale, "legend": legend}}


def _bar(drawn: Drawn) -> Spec:
    """Return bars; what is in part estimated is paler, and what has no date has a dashed edge."""
    across = "width" if drawn.is_of_time else "height"
    # Of bars side by side, Vega-Lite would take the band for that of all of them: their room is left between them.
    band = 1 if _beside(drawn) else 0.82

    def undated(told: Any, else_: Any) -> Spec:
        return {"condition": {"test": "datum.undated", "value": told}, "value": else_}

    encoding = _place(drawn) | _beside(drawn) | _said() | _colour(drawn) | {
        _along(drawn): _amount(drawn),
        "order": {"field": "order", "type": "quantitative"},
        "opacity": {"condition": {"test": "datum.pale", "value": 0.6}, "value": 1},
        "stroke": undated(INK, "#ffffff"), "strokeDash": undated([3, 2], [1, 0]),
        "strokeWidth": undated(1.4, 0.6), "fillOpacity": undated(0.45, 1),
    }  # fmt: skip
    return {"transform": _only(MARK), "mark": {"type": "bar", across: {"band": band}}, "encoding": encoding}


def _lines(drawn: Drawn) -> list[Spec]:
    """Return a line for each column, with a mark at each number; what has no date is on no line."""
    place = _place(drawn) | {"y": _amount(drawn)}
    line = {
        "transform": _only(MARK, "!datum.undated"), "mark": {"type": "line", "strokeWidth": 2, "aria": False},
        "encoding": place | _colour(drawn) | {"detail": {"field": "column", "type": "nominal"}},
    }  # fmt: skip
    hollow = {"condition": {"test": "datum.pale", "value": 0.15}, "value": 1}
    shape = {"condition": {"test": "datum.undated", "value": "diamond"}, "value": "circle"}
    dot = {"type": "point", "filled": True, "size": 45, "opacity": 1, "stroke": INK, "strokeWidth": 1}
    point = {
        "transform": _only(MARK), "mark": dot,
        "encoding": place | _said() | _colour(drawn) | {"fillOpacity": hollow, "shape": shape},
    }  # fmt: skip
    return [line, point]


def _notes(drawn: Drawn) -> Spec:
    """Return what is written where a bar would begin, or ends, of which something is unknown."""
    beside = {"align": "center", "dy": -7} if drawn.is_of_time else {"align": "left", "dx": 4}
    return {
        "transform": _only(UNKNOWN),
        "mark": {"type": "text", "fontStyle": "italic", "fontSize": 11, "color": INK} | beside,
        "encoding": _place(drawn) | _beside(drawn) | _said() | {
            _along(drawn): _amount(drawn, "start"), "text": {"field": "note", "type": "nominal"},
        },
    }  # fmt: skip


def _whiskers(drawn: Drawn, colour: str, thickness: float, size: int) -> Spec:
    """Return how far what is contested could be less, or more."""
    along, ticks = _along(drawn), {"size": size, "color": colour, "thickness": thickness, "aria": False}
    # The label of the mark says it in words: each part of a whisker would say the names of its fields.
    bar = {"type": "errorbar", "rule": {"aria": False}, "ticks": ticks, "color": colour, "thickness": thickness}
    return {
        "transform": _only(WHISKER),
        "mark": bar,
        "encoding": _place(drawn) | _beside(drawn) | {
            along: _amount(drawn, "low"), f"{along}2": {"field": "high"},
        },
    }  # fmt: skip
