"""Charts drawn here, without a browser: as SVG that a page's stylesheet can colour, as PNG and as PDF."""

from typing import Any

import vl_convert
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from tracker.lib import canonical, response_cache
from tracker.web.charts.lightening import lightened
from tracker.web.charts.marks import HOST
from tracker.web.charts.specs import SCHEMA
from tracker.web.charts.style import CONFIG, WIDTH

LOCALES = {"en-gb": "en-GB", "de": "de-DE", "uk": "uk-UA"}
"""How numbers on the axes are written, by language of the site."""

SVG, PNG, PDF, SPEC = "svg", "png", "pdf", "vl.json"
MEDIA_TYPES = {SVG: "image/svg+xml", PNG: "image/png", PDF: "application/pdf", SPEC: "application/json"}
SCALE = 2
"""How many pixels of a picture stand for one of the chart."""


_FIRST = {
    "$schema": SCHEMA, "config": CONFIG, "width": WIDTH,
    "data": {"values": [{"row": name, "value": at, "column": name} for at, name in enumerate("abcdefgh")]},
    "encoding": {"y": {"field": "row", "type": "nominal"}, "x": {"field": "value", "type": "quantitative"}},
    "layer": [
        {"mark": "bar", "encoding": {
            "color": {"field": "column", "type": "nominal"}, "description": {"field": "row", "type": "nominal"},
        }},
        {"mark": "text", "encoding": {"text": {"field": "row", "type": "nominal"}}},
    ],
}  # fmt: skip
"""A chart with what most charts have."""


def start() -> None:
    """Draw a chart twice: what draws takes a second to start, and is at full speed from the third on."""
    for _time in range(2):
        _as_svg(_FIRST)


def drawn(spec: dict[str, Any]) -> SafeString:
    """Return a chart as SVG to stand in a page: its marks are links to addresses of this site."""
    # Whatever is in it was escaped by the one who drew it.
    return mark_safe(_svg(spec))


def _svg(spec: dict[str, Any]) -> str:
    language = get_language() or "en-gb"
    key = ("chart", language, canonical.digest(canonical.dump(spec)))
    return response_cache.once(key, lambda: _as_svg(spec), len)


def _locale() -> Any:
    return LOCALES.get(get_language() or "", "en-GB")


def _as_svg(spec: dict[str, Any]) -> str:
    text: str = vl_convert.vegalite_to_svg(spec, format_locale=_locale(), allowed_base_urls=[])
    return lightened(text.replace(HOST, ""))


def svg_as_file(svg: str, form: str) -> bytes:
    """Return a drawing as a file in one of the forms of drawings."""
    if form == PNG:
        return bytes(vl_convert.svg_to_png(svg, scale=SCALE))
    return bytes(vl_convert.svg_to_pdf(svg)) if form == PDF else svg.encode()


def as_file(spec: dict[str, Any], form: str, *, origin: str) -> bytes:
    """Return a chart as a file in one of the forms; `origin`, such as https://example.org, goes before its links."""
    if form == SPEC:
        return canonical.pack(spec).replace(HOST.encode(), origin.encode())
    if form == SVG:
        return _svg(spec).replace(' href="/', f' href="{origin}/').encode()
    on_white = spec | {"background": "white"}
    if form == PNG:
        return bytes(vl_convert.vegalite_to_png(on_white, scale=SCALE, format_locale=_locale(), allowed_base_urls=[]))
    return bytes(vl_convert.vegalite_to_pdf(on_white, format_locale=_locale(), allowed_base_urls=[]))
