"""The named tables as pages: each with its own questions, and numbers that lead to what is behind them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tracker.exchange.outbound.grid_json import row_address
from tracker.filters.parameters import Params, refuse
from tracker.lib.columns import BOOLEAN, DECIMAL, INTEGER, Column, Value
from tracker.models import Stage
from tracker.records import words
from tracker.reporting.named.lineage import ROWS
from tracker.reporting.named.questions import NamedQuestion, own_parameters
from tracker.reporting.named.rules import RULES
from tracker.reporting.named.tables import DAY, NAMED, STAGE, YEAR, Named
from tracker.reporting.tables.dimensions import KINDS, TIMES, Period
from tracker.reporting.tables.grids import Grid
from tracker.reporting.tables.measures import CURRENCIES
from tracker.web.answering import NotHere, ShownPage
from tracker.web.dataset import dataset
from tracker.web.files import ALL_FORMS, file_links
from tracker.web.named.charts import chart_of
from tracker.web.named.deployments_map import deployments_map
from tracker.web.named.values import in_words, note_in_words, percent
from tracker.web.names import name_of
from tracker.web.page_request import PageRequest
from tracker.web.tables.menus import RECORDS, Field, choices, records
from tracker.web.tables.numbers import LARGE, MILLION, Number, Unit
from tracker.web.tables.shown import NOTED, notes_in_words

MOST_CELLS, FEWEST_ROWS = 400, 12
"""How many cells a page shows, and how many rows at least; its files have all."""


@dataclass(frozen=True)
class TableRow:
    """A row of a named table: numbers, and words that can be links."""

    cells: list[Number]


def index(asked: PageRequest) -> ShownPage:
    """Show which tables there are."""
    tables = [
        {"title": named.title, "sentence": named.sentence, "address": asked.address("named-table", name)}
        for name, named in NAMED.items()
    ]
    return ShownPage("web/tables.html", {"title": _("Tables"), "tables": tables})


def table(asked: PageRequest, name: str) -> ShownPage:
    """Show a named table; raises ValidationError for a parameter that cannot be read, MixedSum, and NotHere."""
    question = question_of(asked, name)
    grid = question.grid()
    rows = [list(row) for row in grid.rows]
    shown = _ShownColumns(asked, question, grid, rows)
    size = max(FEWEST_ROWS, MOST_CELLS // len(grid.columns))
    page = _page(asked, -(-len(rows) // size))
    forms = file_links(asked, "named-table", question.params, ALL_FORMS, name)
    return ShownPage(
        "web/named.html",
        {
            "feed": asked.feed, "dataset": dataset(asked, grid.title, grid.description, forms, asked.cited),
            "title": grid.title, "sentence": grid.description, "measure": grid.measure, "notes": _notes(grid),
            "heads": shown.heads(),
            "lines": [TableRow(shown.cells(row)) for row in rows[(page - 1) * size : page * size]],
            "next": asked.here(page=page + 1) if page * size < len(rows) else "",
            "previous": asked.here(page=page - 1) if page > 1 else "", "count": len(rows),
            "rules": [RULES[each] for each in grid.rules],
            "chart": chart_of(asked, name, grid.title, question.params) if page == 1 else None,
            "map": deployments_map(asked, grid.columns, rows) if name == "deployments" else None,
            "fields": _fields(asked, question.named, question.params), "path": asked.request.path,
        },
        forms=forms,
    )  # fmt: skip


def _page(asked: PageRequest, most: int) -> int:
    """Return which page of the rows is asked for; raises ValidationError for one that there is not."""
    text = asked.params.get("page", "1")
    if not (text.isascii() and text.isdigit() and len(text) < 6 and 1 <= int(text) <= max(1, most)):
        refuse("page", _("Write a number from 1 to %(most)s; found “%(found)s”.") % {"most": most, "found": text[:20]})
    return int(text)


def question_of(asked: PageRequest, name: str) -> NamedQuestion:
    """Return what an address asks of a named table; raises ValidationError, and NotHere where there is none."""
    named = NAMED.get(name)
    if named is None:
        near = [(asked.address("named-table", each), str(found.title)) for each, found in NAMED.items()]
        raise NotHere(_("There is no table “%s”.") % name[:60], near)
    known = {*named.filter_names, *own_parameters(named)}
    question = NamedQuestion(named, {key: text for key, text in asked.params.items() if key in known}, asked.moment)
    if not question.filters.is_valid():
        raise ValidationError({key: [str(each) for each in found] for key, found in question.filters.errors.items()})
    return question


def behind(asked: PageRequest, name: str) -> HttpResponse:
    """Lead from a number of a named table, by its row and column, to the page of what is behind it.

    The links of a large table are short for that. Raises NotHere where there is no such number.
    """
    params = question_of(asked, name).lineage().get(asked.params.get("column", ""))
    if params is None:
        raise NotHere(_("This number is worked out of others of its table, or there is none such."))
    found = {key: text for key, text in params.items() if key != "as_of"}
    if "row" not in found:
        found["row"] = asked.params.get("row", "")
    return HttpResponseRedirect(asked.address("cell", **found))


class _ShownColumns:
    """The columns of a table that people see: without ids, money in one unit."""

    def __init__(
        self, asked: PageRequest, question: NamedQuestion, grid: Grid, rows: Sequence[Sequence[Value]]
    ) -> None:
        self._asked, self._grid, self._table = asked, grid, question.named.id
        self._names = [column.name for column in grid.columns]
        self._lineage, self._params = question.lineage(), question.params
        self._by = ROWS.get(question.named.id, ())
        # An id stands behind its name, as a link.
        self._shown = [at for at, name in enumerate(self._names) if not name.endswith("_id")]
        self._units = {at: _unit(grid.columns[at], [row[at] for row in rows]) for at in self._shown}

    def heads(self) -> list[dict[str, Any]]:
        """Return the heads of the columns."""
        return [
            {"label": words.first_capital(self._grid.columns[at].label), "unit": self._units[at].name,
             "said": self._grid.columns[at].description,
             "is_number": self._grid.columns[at].type in (INTEGER, DECIMAL)}
            for at in self._shown
        ]  # fmt: skip

    def cells(self, row: Sequence[Value]) -> list[Number]:
        """Return a row as it is written."""
        named = dict(zip(self._names, row, strict=True))
        return [self._cell(self._grid.columns[at], row[at], named, self._units[at]) for at in self._shown]

    def _cell(self, column: Column, value: Value, row: dict[str, Value], unit: Unit) -> Number:
        if value is None and column.name in TIMES:
            return Number(Period(column.name).name_of_none())
        if value is None or value == "":
            return Number(is_number=column.type in (INTEGER, DECIMAL))
        if column.type == BOOLEAN:
            return Number(_("yes") if value else _("no"))
        if column.type in (INTEGER, DECIMAL) and isinstance(value, (int, Decimal)):
            return Number(unit.written(value), format(Decimal(value), "f"), self._behind(column, row), is_number=True)
        kind, public_id = KINDS.get(column.name, _REFERENCES.get(column.name, "")), row.get(f"{column.name}_id")
        if not kind or not public_id:
            return Number(in_words(self._table, column.name, str(value)))
        return Number(name_of(kind, str(public_id), str(value)), "", self._asked.record(kind, str(public_id)))

    def _behind(self, column: Column, row: dict[str, Value]) -> str:
        """Return the address of what is behind a number; empty where it is worked out of others."""
        if column.name not in self._lineage:
            return ""
        row_at = {} if "row" in self._lineage[column.name] else {"row": row_address(row, self._by)}
        return self._asked.with_moment("cell/", {**self._params, "column": column.name, **row_at})


_REFERENCES = {
    "incident": "incident", "actor": "party", "place": "party", "mission": "initiative", "forum": "forum",
    "requirement": "requirement", "group": "group",
}  # fmt: skip
"""Columns that hold names of records and are no dimensions, and the kinds of these."""

_COUNTED = re.compile(r"(\w+): (\d+)")


def _notes(grid: Grid) -> list[str]:
    """Return what is said of a table as a whole, in sentences."""
    counts = {name: int(number) for text in grid.notes for name, number in _COUNTED.findall(text) if name in NOTED}
    rest = [note_in_words(text) for text in grid.notes if not _COUNTED.fullmatch(text)]
    return [*notes_in_words(counts, NOTED), *rest]


_COUNTS = {
    "contributions": gettext_lazy("contributions"), "days": gettext_lazy("days"), "items": gettext_lazy("items"),
    "pledges": gettext_lazy("pledges"), "units": gettext_lazy("units"),
    "EUR per head": gettext_lazy("EUR per head"), "USD per head": gettext_lazy("USD per head"),
}  # fmt: skip
"""What columns count, for people: the API and files say it in English."""


def _unit(column: Column, values: Sequence[Value]) -> Unit:
    """Return what the numbers of a column are in: money of a large table in millions."""
    numbers = [abs(Decimal(value)) for value in values if isinstance(value, (int, Decimal))]
    if column.type == DECIMAL and column.unit in CURRENCIES:
        if max(numbers, default=Decimal(0)) >= LARGE:
            return Unit(_("million %s") % column.unit, MILLION, 1)
        return Unit(column.unit, places=0)
    return percent(column.unit) or Unit(str(_COUNTS.get(column.unit, column.unit)), places=column.decimals)


def _fields(asked: PageRequest, named: Named, params: Params) -> list[Field]:
    """Return the form of a named table: what it takes by itself, and the records that narrow it."""
    taken = own_parameters(named)
    found = []
    if STAGE in taken:
        found.append(Field(STAGE, _("Stage"), params.get(STAGE, Stage.ALLOCATION), choices(Stage)))
    if "currency" in taken:
        found.append(Field("currency", _("Currency"), params.get("currency", "EUR"), [(c, c) for c in CURRENCIES]))
    if YEAR in taken:
        found.append(Field(YEAR, _("Year of GDP and population"), params.get(YEAR, ""), [], "2021"))
    if DAY in taken:
        found.append(Field(DAY, _("On the day"), params.get(DAY, ""), [], asked.moment.date().isoformat()))
    for name in ("contributor", "group", "initiative"):
        if name in named.filter_names and name in RECORDS and not named.kind:
            found.append(Field(name, words.first_capital(_label(name)), params.get(name, ""),
                               [("", _("all")), *records(asked, name)]))  # fmt: skip
    return found


def _label(name: str) -> str:
    return {"contributor": _("contributor"), "group": _("group"), "initiative": _("initiative")}[name]
