"""Grids as XLSX: typed cells, and a sheet that says what they are."""

import datetime as dt
from decimal import Decimal
from functools import partial
from typing import IO, Any

import xlsxwriter
from django.conf import settings
from django.utils.translation import gettext as _

from tracker.lib.cells import spreadsheet_number, text
from tracker.lib.citing import citation
from tracker.lib.column_types import BOOLEAN, DATE, DECIMAL, INTEGER, MOMENT
from tracker.reporting.tables.grids import Grid

MOST_ROWS = 1_048_575
"""How many rows a sheet has below its head."""

MOST_CHARACTERS = 32_767
"""How many characters a cell holds."""

_BEFORE_ALL = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
"""When a workbook was made that shows a register of which nothing is published."""

_FORMATS = {DATE: "yyyy-mm-dd", MOMENT: "yyyy-mm-dd hh:mm:ss"}


def write_xlsx(grid: Grid, file: IO[bytes], *, source: str) -> None:
    """Write `grid` to `file` row by row; `source` is the address that it comes from.

    Numbers, days and truth values are cells of their type; text is never taken for a formula or a link.
    """
    options = {
        "constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
        "remove_timezone": True,
    }  # fmt: skip
    with xlsxwriter.Workbook(file, options) as book:
        # Not the time of writing: what is asked as of a moment is the same bytes for ever.
        book.set_properties({"created": grid.as_of or _BEFORE_ALL})
        _write_data(book, grid, _("Data"))
        if grid.cells is not None:
            _write_data(book, grid.cells, grid.cells.title)
        _write_about(book, grid, source)


def _write_data(book: Any, grid: Grid, title: str) -> None:
    sheet = book.add_worksheet(title)
    sheet.freeze_panes(1, 0)
    sheet.write_row(0, 0, [column.name for column in grid.columns], book.add_format({"bold": True}))
    formats = {type_: book.add_format({"num_format": shown}) for type_, shown in _FORMATS.items()}
    for number, column in enumerate(grid.columns):
        sheet.set_column(number, number, min(40, max(11, len(column.name) + 2)))
    writers: dict[str, Any] = {
        INTEGER: partial(_write_number, sheet), DECIMAL: partial(_write_number, sheet), BOOLEAN: sheet.write_boolean,
        DATE: sheet.write_datetime, MOMENT: sheet.write_datetime,
    }  # fmt: skip
    cells = [(writers.get(column.type), formats.get(column.type)) for column in grid.columns]
    for line, row in enumerate(grid.rows, 1):
        for number, (value, (write, style)) in enumerate(zip(row, cells, strict=True)):
            if value is None:
                continue
            if write is None:
                sheet.write_string(line, number, cut(str(value)))
            else:
                write(line, number, value, style)


def _write_number(sheet: Any, line: int, column: int, value: int | Decimal, style: Any) -> None:
    """Write a number as such where a spreadsheet holds all its digits, else as text."""
    number = spreadsheet_number(value)
    if number is None:
        sheet.write_string(line, column, text(value))
    else:
        sheet.write_number(line, column, number, style)


def cut(text: str) -> str:
    """Return `text` as a cell holds it: one that is too long ends by saying so."""
    if len(text) <= MOST_CHARACTERS:
        return text
    said = _(" … [cut here: the text has %s characters, more than a cell holds; CSV and JSON have all]") % len(text)
    return text[: MOST_CHARACTERS - len(said)] + said


def _write_about(book: Any, grid: Grid, source: str) -> None:
    """Write what the grid holds, how it was asked for, and what each column means."""
    sheet = book.add_worksheet(_("About"))
    bold = book.add_format({"bold": True})
    sheet.set_column(0, 0, 28)
    sheet.set_column(1, 1, 60)
    as_of = grid.as_of.isoformat() if grid.as_of else _("nothing is published yet")
    facts: list[tuple[str, str]] = [
        (_("Title"), grid.title), (_("Description"), grid.description), (_("Measure"), grid.measure),
        (_("As of"), as_of), (_("Source"), source), (_("To cite"), citation(grid.title, source, grid.as_of)),
        (_("Licence"), f"{settings.DATA_LICENCE.name}, {settings.DATA_LICENCE.address}"),
        *((_("Filter: %s") % name, value) for name, value in sorted(grid.filters.items())),
        *((_("Note"), note) for note in grid.notes), *((_("Rule"), rule) for rule in grid.rules),
    ]  # fmt: skip
    shown = [fact for fact in facts if fact[1]]
    for line, (name, value) in enumerate(shown):
        sheet.write_string(line, 0, name, bold)
        sheet.write_string(line, 1, cut(str(value)))
    start = len(shown) + 1
    sheet.write_row(start, 0, [_("Column"), _("Description"), _("Label"), _("Type"), _("Unit")], bold)
    columns = [*grid.columns, *(grid.cells.columns if grid.cells else ())]
    for line, column in enumerate(columns, start + 1):
        words = (column.name, column.sentence, column.label, column.type, column.unit)
        for number, word in enumerate(words):
            sheet.write_string(line, number, str(word))
