"""The charts of named tables: each is that of the question to the contribution table that comes nearest."""

from dataclasses import replace

from django.core.exceptions import ValidationError
from django.utils.translation import ngettext

from tracker.records import words
from tracker.reporting.named.flows import median_lags
from tracker.reporting.named.questions import NamedQuestion
from tracker.reporting.tables.measures import MixedSum
from tracker.web.charts.chart_on_page import ChartShown, chart_shown
from tracker.web.charts.marks import BARS, STACKED
from tracker.web.page_request import PageRequest
from tracker.web.tables.questions import TableParams, known_parameters
from tracker.web.tables.table_on_page import table_shown

_ALLOCATED = {"stage": "allocation"}
_QUESTIONS: dict[str, tuple[str, TableParams]] = {
    "country-summary": (STACKED, _ALLOCATED | {"rows": "contributor", "columns": "aid_type"}),
    "by-month": (STACKED, _ALLOCATED | {"rows": "month", "columns": "aid_type"}),
    "by-contributor-and-month": (STACKED, _ALLOCATED | {"rows": "quarter", "columns": "aid_type"}),
    "by-group": (BARS, _ALLOCATED | {"rows": "group", "columns": "aid_type"}),
    "stage-funnel": (BARS, {"rows": "stage", "columns": "none"}),
    "source-of-equipment": (
        STACKED, _ALLOCATED | {"rows": "month", "columns": "source", "aid_type": "military"},
    ),
    "platforms-by-contributor": (
        BARS, {"rows": "platform", "columns": "none", "measure": "quantity", "stage": "delivery", "top": "20"},
    ),
    "initiative": (BARS, {"rows": "package", "columns": "stage"}),
}  # fmt: skip


def chart_of(asked: PageRequest, name: str, title: str, asked_of: NamedQuestion) -> ChartShown | None:
    """Return the chart of a named table, narrowed as the table is; None where it has none, or nothing to draw."""
    if name not in _QUESTIONS:
        return None
    kind, question = _QUESTIONS[name]
    if name == "initiative" and "initiative" not in asked_of.params:
        # Packages of several initiatives are called alike.
        question = question | {"rows": "initiative"}
    known = known_parameters()
    kept = {key: str(value) for key, value in asked_of.params.items() if key in known}
    try:
        found = chart_shown(table_shown(asked, title, question | kept), kind)
    except (MixedSum, ValidationError):
        return None
    if found and name == "stage-funnel":
        return replace(found, remarks=" ".join([*_lags_in_words(asked_of), *filter(None, [found.remarks])]))
    return found


def _lags_in_words(asked_of: NamedQuestion) -> list[str]:
    """Return how long it took from stage to stage, a sentence each."""
    return [
        ngettext(
            "%(first)s → %(then)s: %(days)s days (one pledge).",
            "%(first)s → %(then)s: %(days)s days (median of %(n)s pledges).", lag.pledges,
        ) % {"first": words.first_capital(str(lag.first.label)), "then": lag.then.label, "days": words.number(lag.days),
             "n": words.number(lag.pledges)}
        for lag in median_lags(asked_of.filters)
    ]  # fmt: skip
