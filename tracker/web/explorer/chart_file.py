"""The chart of a question to the explorer, for a file."""

from tracker.filters.parameters import choice
from tracker.web.charts.layers import Spec
from tracker.web.charts.shown import entitled
from tracker.web.charts.specs import KINDS, default_kind, spec_of
from tracker.web.explorer.questions import asked_of, title_of
from tracker.web.page_request import PageRequest
from tracker.web.tables.shown import table_shown


def chart_of(asked: PageRequest) -> Spec | None:
    """Return the chart that an address asks for; None where there is nothing to draw.

    Raises ValidationError, and MixedSum.
    """
    params = asked_of(asked)
    kind = choice(asked.params, "chart", KINDS)
    table = table_shown(asked, title_of(asked, params), params)
    found = spec_of(table, kind or default_kind(table))
    return entitled(table, found) if found else None
