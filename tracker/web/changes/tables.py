"""The page of what became of a table between two moments: a waterfall by cause, and the cells that changed most."""

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from tracker.models import ChangeSet
from tracker.records import words
from tracker.reporting.shelf import moments, published
from tracker.reporting.tables.changes import CellChange
from tracker.reporting.tables.members import address_of
from tracker.web.answering import ShownPage
from tracker.web.changes import waterfall
from tracker.web.changes.between import FROM, TO, Between, before, between, read_moments, times_of
from tracker.web.changes.steps import WaterfallBar, plain, signed, steps_of, unit_of
from tracker.web.charts.chart_on_page import ChartShown
from tracker.web.charts.layers import Spec
from tracker.web.explorer.questions import START, title_of
from tracker.web.files import ALL_FORMS, file_links
from tracker.web.page_request import PageRequest
from tracker.web.tables.numbers import Number, Unit
from tracker.web.tables.questions import Asking, TableParams, check_table, of_address
from tracker.web.tables.table_on_page import member_name, spelled

MOST_CELLS, NEWEST = 25, 8
"""How many changed cells a page shows, and how many publishings it offers to compare."""


@dataclass(frozen=True)
class ChangedCell:
    """A cell that changed: what it is called, its numbers, and where its own waterfall stands."""

    name: str
    address: str
    before: Number
    after: Number
    difference: Number
    change_sets: list[ChangeSet]


@dataclass(frozen=True)
class ChangeShown:
    """A change as it is shown."""

    found: Between
    unit: Unit
    steps: list[WaterfallBar]
    title: str
    spec: Spec


def table_changes(asked: PageRequest) -> ShownPage:
    """Show what became of a table; raises ValidationError, MomentError, Unsettled, and MixedSum."""
    check_table(asked, FROM, TO, "row", "column")
    context: dict[str, Any] = {"title": _("What changed in a table, and why"), "newest": _newest(asked)}
    shown = _shown(asked)
    if shown is None:
        return ShownPage("web/table_changes.html", context)
    found, params = shown.found, _params(asked)
    times = times_of(found.start, found.end)
    is_cell = "row" in asked.params or "column" in asked.params
    places: dict[str, Any] = {"row": found.row, "column": found.column} if is_cell else {}
    measure = spelled(found.table, found.asking.question())
    chart = ChartShown(
        shown.title, measure, shown.unit.name, shown.spec,
        "" if waterfall.begins_at_zero(shown.steps) else _("The axis does not begin at zero, or the change would not "
                                                           "be seen."),
    )  # fmt: skip
    context |= {
        "title": shown.title, "chart": chart if found.cells else None, "steps": shown.steps, "unit": shown.unit,
        "measure": measure, "cells": [_cell(each, shown) for each in found.cells[:MOST_CELLS]],
        "count": len(found.cells), "is_cell": is_cell, "whole": _here(asked, params, found),
        "sets": [(each, signed(added, shown.unit)) for each, _cause, added in found.by_change_set],
        "causes": _causes(found), "start": found.start, "end": found.end, "table_address": found.asking.address,
        "asking": params | places, "feed": found.asking.feed,
        "from": asked.params.get(FROM, ""), "to": asked.params.get(TO, ""),
    }  # fmt: skip
    # The end of the time says as of when.
    forms = file_links(replace(asked, as_of=""), "table-changes", params | times, ALL_FORMS)
    return ShownPage("web/table_changes.html", context, forms=forms)


def _params(asked: PageRequest) -> TableParams:
    # Which rows are the largest changes with time: what changed is told of all.
    return {name: value for name, value in (of_address(asked) or START).items() if name != "top"}


def _shown(asked: PageRequest) -> ChangeShown | None:
    """Return what changed; None where nothing was published yet."""
    start, end = read_moments(asked)
    if end == moments.NEVER:
        return None
    params = _params(asked)
    found = between(Asking(asked, params), start, end, asked.params.get("row"), asked.params.get("column"))
    unit = unit_of(found)
    steps = steps_of(found, unit)
    about = title_of(asked, params)
    where = _where(found)
    title = _("What changed: %s") % (f"{about} – {where}" if where else about)
    return ChangeShown(found, unit, steps, title, waterfall.spec_of(steps, unit, title))


def _where(found: Between) -> str:
    if (found.row is None and found.column is None) or not found.cells:
        return ""
    cell = found.cells[0]
    names = [
        member_name(found.table.row_dimension, cell.row) if found.row is not None else "",
        member_name(found.table.column_dimension, cell.column) if found.column not in (None, "~all") else "",
    ]
    return " · ".join(name for name in names if name)


def _cell(cell: CellChange, shown: ChangeShown) -> ChangedCell:
    found, unit, asked = shown.found, shown.unit, shown.found.asking.asked
    row, column = address_of(cell.row.id), address_of(cell.column.id)
    names = [member_name(found.table.row_dimension, cell.row), member_name(found.table.column_dimension, cell.column)]
    times = {name: asked.params[name] for name in (FROM, TO) if name in asked.params}
    where = asked.address("table-changes", **found.asking.params, **times, row=row, column=column)
    return ChangedCell(
        " · ".join(name for name in names if name), where, plain(cell.before, unit), plain(cell.after, unit),
        signed(cell.difference, unit), [part.change_set for part in cell.parts],
    )  # fmt: skip


def _here(asked: PageRequest, params: TableParams, found: Between) -> str:
    """Return the address of what changed of the whole table in the same time."""
    times = {name: asked.params[name] for name in (FROM, TO) if name in asked.params}
    return asked.address("table-changes", **params, **times)


def _causes(found: Between) -> list[dict[str, Any]]:
    """Return the change sets by cause, in the order of the chart."""
    by_cause: dict[str, list[tuple[ChangeSet, Decimal]]] = {}
    for change_set, cause, added in found.by_change_set:
        by_cause.setdefault(cause, []).append((change_set, added))
    unit = unit_of(found)
    return [
        {"id": cause, "title": words.first_capital(str(ChangeSet.Cause(cause).label)),
         "sets": [(each, signed(added, unit)) for each, added in parts]}
        for cause, parts in sorted(by_cause.items())
    ]  # fmt: skip


def _newest(asked: PageRequest) -> list[dict[str, Any]]:
    """Return the newest publishings, each with the address of what it changed of the table asked about."""
    found = []
    for each in published.change_sets(asked.moment).order_by("-published_at")[:NEWEST]:
        assert each.published_at is not None
        times = times_of(before(each.published_at), each.published_at)
        where = asked.address("table-changes", **_params(asked), **times)
        found.append({"message": each.message, "at": each.published_at, "address": where})
    return found
