"""The waterfall of a change, declared in Vega-Lite: a bar for each step, from where the one before it ends."""

from decimal import Decimal
from typing import Any

from tracker.web.changes.steps import LESS, MORE, SUM, WaterfallBar
from tracker.web.charts.layers import Spec
from tracker.web.charts.marks import HOST
from tracker.web.charts.specs import SCHEMA
from tracker.web.charts.style import COLOURS, CONFIG, INK, WIDTH
from tracker.web.tables.numbers import Unit

_SHADES = {SUM: "#8a8f98", MORE: COLOURS[0], LESS: COLOURS[1]}
_SMALL = Decimal("0.2")
"""Where what changed is a smaller part than this of what stands, the axis begins near it, or no change would show."""


def begins_at_zero(steps: list[WaterfallBar]) -> bool:
    """Tell whether the axis of a waterfall begins at zero: the page says so where it does not."""
    places = [each.end for each in steps]
    low, high = min(places), max(places)
    return low <= 0 or (high - low) / high >= _SMALL


def spec_of(steps: list[WaterfallBar], unit: Unit, title: str) -> Spec:
    """Return the chart of steps; `title` says of what."""
    places = [each.end / unit.scale for each in steps]
    margin = (max(places) - min(places)) * Decimal("1.2") or Decimal(1)
    base = Decimal() if begins_at_zero(steps) else max(Decimal(), min(places) - margin)
    names = [each.title for each in steps]
    place = {"y": {"field": "step", "type": "nominal", "sort": names, "title": None,
                   "axis": {"ticks": False, "domain": False, "labelLimit": 260}}}  # fmt: skip
    shades: dict[str, Any] = {"domain": list(_SHADES), "range": list(_SHADES.values())}
    scale = {"domainMin": float(base)} if base else {"zero": True}
    amount = {"field": "start", "type": "quantitative", "title": unit.name, "scale": scale, "axis": {"tickCount": 6}}
    bar: Spec = {
        "mark": {"type": "bar", "height": {"band": 0.7}},
        "encoding": place | {
            "x": amount, "x2": {"field": "end"},
            "color": {"field": "kind", "type": "nominal", "scale": shades, "legend": None},
            "href": {"field": "href", "type": "nominal"}, "description": {"field": "label", "type": "nominal"},
        },
    }  # fmt: skip
    text: Spec = {
        "mark": {"type": "text", "align": "left", "dx": 5, "fontSize": 12, "color": INK},
        "encoding": place | {
            "x": {"field": "right", "type": "quantitative"}, "text": {"field": "text", "type": "nominal"},
        },
    }  # fmt: skip
    values = [_value(each, unit, base) for each in steps]
    return {
        "$schema": SCHEMA, "description": title, "background": None, "data": {"values": values}, "config": CONFIG,
        "width": WIDTH - 120, "height": {"step": 38}, "layer": [bar, text],
    }  # fmt: skip


def _value(step: WaterfallBar, unit: Unit, base: Decimal) -> dict[str, Any]:
    start, end = step.start / unit.scale, step.end / unit.scale
    start = base if step.kind == SUM else start
    found = {
        "step": step.title, "kind": step.kind, "text": step.number.text,
        # A drawing has a thousand pixels at most: here, and only here, a float will do.
        "start": float(start), "end": float(end), "right": float(max(start, end)),
        "label": f"{step.title}: {step.number.text} {'' if step.is_nothing else unit.name}".rstrip(),
    }  # fmt: skip
    address = step.number.address
    return found | {"href": address if address.startswith("#") else f"{HOST}{address}"}
