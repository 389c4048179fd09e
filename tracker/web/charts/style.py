"""How charts look: colours that serve light and dark pages, and people who see fewer of them."""

from typing import Any

WIDTH, HALF = 720, 250
INK, LINE = "#60707c", "#a9b4bc"
WHISKERS = "#1d2730"

COLOURS = ("#2b7bb5", "#e6a532", "#7a4fa3", "#3f9b73", "#c2594f", "#86aecb", "#8a8f98", "#b58900")
"""Neighbours differ also in grey, and none of the first four looks like another to colour-blind people."""

CONFIG: dict[str, Any] = {
    # A browser may write labels wider than they were measured when their place was found.
    "padding": {"left": 18, "right": 5, "top": 5, "bottom": 5},
    "view": {"stroke": None},
    # What is said of axes and legends would be English in every language; each mark says all that they do.
    "axis": {
        "aria": False, "labelColor": INK, "titleColor": INK, "gridColor": LINE, "gridOpacity": 0.5, "domainColor": LINE,
        "tickColor": LINE, "labelFontSize": 12, "titleFontSize": 12, "labelLimit": 210, "titleFontWeight": 400,
    },
    "legend": {
        "aria": False, "labelColor": INK, "titleColor": INK, "orient": "top", "labelFontSize": 12, "labelLimit": 300,
    },
    "title": {"color": INK, "subtitleColor": INK, "anchor": "start", "fontSize": 16, "subtitleFontSize": 11},
    "text": {"color": INK},
}  # fmt: skip
