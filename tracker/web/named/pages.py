"""The named tables as pages: each with its own questions, and numbers that lead to what is behind them."""

import re
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from tracker.filters.parameters import Params
from tracker.models import Stage
from tracker.records import words
from tracker.reporting.named.questions import NamedQuestion, own_parameters
from tracker.reporting.named.rules import RULES
from tracker.reporting.named.tables import DAY, NAMED, STAGE, YEAR, Named
from tracker.reporting.tables.grids import Grid
from tracker.reporting.tables.measures import CURRENCIES
from tracker.web.answering import NotHere, ShownPage
from tracker.web.dataset import dataset
from tracker.web.files import ALL_FORMS, file_links
from tracker.web.named.charts import chart_of
from tracker.web.named.deployments_map import deployments_map
from tracker.web.named.shown_columns import ShownColumns
from tracker.web.named.values import note_in_words
from tracker.web.page_request import PageRequest
from tracker.web.tables.menus import MOST_OPTIONS, RECORDS, Field, choices, records
from tracker.web.tables.narrowed import narrowed
from tracker.web.tables.numbers import Number
from tracker.web.tables.table_on_page import NOTED, notes_in_words

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
    question = question_of(asked, name, "page")
    grid = question.grid()
    rows = [list(row) for row in grid.rows]
    shown = ShownColumns(asked, question, grid, rows)
    size = max(FEWEST_ROWS, MOST_CELLS // len(grid.columns))
    page = asked.number("page", -(-len(rows) // size))
    forms = file_links(asked, "named-table", question.params, ALL_FORMS, name)
    return ShownPage(
        "web/named.html",
        {
            "feed": asked.feed, "dataset": dataset(asked, grid.title, grid.description, forms, asked.cited),
            "title": grid.title, "sentence": grid.description, "measure": _measure(question, grid),
            "notes": _notes(grid),
            "heads": shown.heads(),
            "lines": [TableRow(shown.cells(row)) for row in rows[(page - 1) * size : page * size]],
            "next": asked.here(page=page + 1) if page * size < len(rows) else "",
            "previous": asked.here(page=page - 1) if page > 1 else "", "count": len(rows),
            "rules": [RULES[each] for each in grid.rules],
            "chart": chart_of(asked, name, grid.title, question) if page == 1 else None,
            "map": deployments_map(asked, grid.columns, rows) if name == "deployments" else None,
            "fields": _fields(asked, question.named, question.params), "path": asked.request.path,
        },
        forms=forms,
    )  # fmt: skip


def _measure(question: NamedQuestion, grid: Grid) -> str:
    """Return what is counted, and of what alone; tables of records other than pledges say that in their menus."""
    return grid.measure if question.named.kind else grid.measure + narrowed(question)


def question_of(asked: PageRequest, name: str, *beside: str) -> NamedQuestion:
    """Return what an address asks of a named table, and `beside` it of its page.

    Raises ValidationError, and NotHere where there is none.
    """
    named = NAMED.get(name)
    if named is None:
        near = [(asked.address("named-table", each), str(found.title)) for each, found in NAMED.items()]
        raise NotHere(_("There is no table “%s”.") % name[:60], near)
    known = {*named.filter_names, *own_parameters(named)}
    asked.check({*known, *beside}, named.filterset.lists())
    question = NamedQuestion(named, {key: text for key, text in asked.params.items() if key in known}, asked.moment)
    if not question.filters.is_valid():
        raise ValidationError({key: [str(each) for each in found] for key, found in question.filters.errors.items()})
    return question


def behind(asked: PageRequest, name: str) -> ShownPage | HttpResponse:
    """Lead from a number of a named table, by its row and column, to the page of what is behind it.

    The links of a large table are short for that. A number that is worked out of others has a page that names these.
    Raises NotHere where there is no such number.
    """
    question, column = question_of(asked, name, "row", "column"), asked.params.get("column", "")
    params = question.lineage().get(column)
    if params is None:
        return _worked_out(asked, question, column)
    found = {key: text for key, text in params.items() if key != "as_of"}
    if "row" not in found:
        found["row"] = asked.params.get("row", "")
    return HttpResponseRedirect(asked.address("cell", **found))


def _worked_out(asked: PageRequest, question: NamedQuestion, column: str) -> ShownPage:
    """Show of which numbers of its row a number is worked out; raises NotHere where there is none such."""
    grid, name = question.grid(), question.named.id
    rows = [list(row) for row in grid.rows]
    shown = ShownColumns(asked, question, grid, rows)
    row = next((row for row in rows if shown.address_of(row) == asked.params.get("row", "")), None)
    whole = shown.part(column, row) if row is not None and shown.is_worked_out(column) else None
    if row is None or whole is None or not whole.number.exact:
        raise NotHere(_("There is no such number in this table."))
    return ShownPage("web/worked_out.html", {
        "title": " · ".join([*shown.names(row), str(whole.label)]), "whole": whole, "said": whole.said,
        "parts": shown.parts(column, row), "table_title": grid.title,
        "table_address": asked.address("named-table", name, **question.params),
    })  # fmt: skip


_COUNTED = re.compile(r"(\w+): (\d+)")


def _notes(grid: Grid) -> list[str]:
    """Return what is said of a table as a whole, in sentences."""
    counts = {name: int(number) for text in grid.notes for name, number in _COUNTED.findall(text) if name in NOTED}
    rest = [note_in_words(text) for text in grid.notes if not _COUNTED.fullmatch(text)]
    return [*notes_in_words(counts, NOTED), *rest]


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
            options = [("", _("all")), *records(asked, name)]
            found.append(Field(name, words.first_capital(_label(name)), params.get(name, ""),
                               options if len(options) <= MOST_OPTIONS else []))  # fmt: skip
    return found


def _label(name: str) -> str:
    return {"contributor": _("contributor"), "group": _("group"), "initiative": _("initiative")}[name]
