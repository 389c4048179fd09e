"""Cells of the register's own workbook: how a field of a document stands in one, and how it is read again.

What programs do to cells on the way is undone where it can be: dates typed as such, numbers with a decimal
point too many, TRUE and FALSE, line ends, spaces that do not break.
"""

import datetime as dt
import re
from typing import Any

from tracker.exchange.inbound.workbook_types import MAX_TEXT
from tracker.lib import partial_dates
from tracker.lib.cells import Cell, text
from tracker.records.engine.document_field import DocumentField


class StandIn(str):
    """What a cell shows of a text that it cannot hold; left as it is, it means the `whole` text."""

    whole: str


_NO_CHARACTERS = re.compile("[\ufffe\uffff]")


def shown(field: DocumentField, value: Any) -> Cell:
    """Return the cell for the value of a field in a document; None where it says nothing."""
    if value in (None, "", False):
        return None
    cell = field.cell(value)
    return _storable(cell) if isinstance(cell, str) else cell


def _storable(value: str) -> str:
    """Return a text as a cell can hold it: one that is too long, or has what no file can, has a stand-in."""
    held = _NO_CHARACTERS.sub("\ufffd", value)
    if len(value) > MAX_TEXT:
        held = f"({len(value):,} characters are too long for a cell; left like this, the text stays as it is.)"
    if held == value:
        return value
    stand_in = StandIn(held)
    stand_in.whole = value
    return stand_in


def same(cell: Cell, exported: Cell) -> bool:
    """Tell whether a cell still says what was exported, whatever a spreadsheet made of it."""
    if cell == exported and isinstance(cell, bool) == isinstance(exported, bool):
        return True
    if not isinstance(exported, str):
        return False
    if isinstance(cell, dt.date):
        return _is_month_of(cell, exported) or text(cell) == exported
    return isinstance(cell, str) and _loose(cell) == _loose(exported)


def _loose(words: str) -> str:
    return words.replace("\r\n", "\n").replace("\r", "\n").strip()


def _is_month_of(day: dt.date, exported: str) -> bool:
    """Tell whether a day is what a program made of an exported month or year: its first."""
    first = day.date() if isinstance(day, dt.datetime) else day
    try:
        partial = partial_dates.kept(exported)
    except partial_dates.DateError:
        return False
    return re.fullmatch(r"\d{4}(-\d\d)?", exported) is not None and partial.earliest == first


def entered(field: DocumentField, column: Any, cell: Cell) -> Any:
    """Return what a cell says, in the form in which the serializer's `field` gives it: ids, text, numbers as text.

    `column` is the field of the model. What cannot be read is returned as it is, for the serializer to refuse.
    """
    if cell is None:
        return field.empty(column)
    return cell.whole if isinstance(cell, StandIn) else field.entered(column, cell)
