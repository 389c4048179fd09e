"""A long table part by part: as many rows and columns as a page has room for, and links to the others.

What a page weighs is bounded, and the free table is not: by month and contributor it has thousands of numbers, each a
link to what is behind it. Charts and files are of the whole table.
"""

from dataclasses import replace
from itertools import accumulate

from django.utils.translation import gettext as _

from tracker.web.page_request import PageRequest
from tracker.web.tables.numbers import Number
from tracker.web.tables.table_on_page import TableRow, TableShown

ROWS_FROM, COLUMNS_FROM = "rows_from", "columns_from"
"""Parameters: from which row and column on a page shows a table, counted from one."""

ROOM, ROOM_BESIDE_CHART = 60_000, 150_000
"""How many bytes a page has at most, without a chart and with one."""

_REST = 36_000
"""What the form and the rest of the page take of it, in the language that takes the most bytes."""

_LINKS = 54
"""How often the rest of the page says the question, in addresses of files, feeds and languages."""

WIDTHS = (24, 12, 6)
"""How many columns stand side by side where not all do: the most with which enough rows have room."""

ENOUGH_ROWS = 8


def part_of(asked: PageRequest, table: TableShown, drawing: int) -> TableShown:
    """Return what a page shows of a table beside a chart of `drawing` bytes, 0 for none.

    Raises ValidationError for a first row or column that the table has not.
    """
    row, column = asked.number(ROWS_FROM, len(table.lines)) - 1, asked.number(COLUMNS_FROM, len(table.heads)) - 1
    room = (ROOM_BESIDE_CHART - drawing if drawing else ROOM) - _REST - _LINKS * len(table.asking.address)
    if not row and not column and _weight_of_columns(table) + sum(map(_weight, table.lines)) <= room:
        return table
    width, weights, room = _width(table, room)
    end, before = row + _fitting(weights[row:], room), row - _fitting(weights[:row][::-1], room)
    turns = [
        *_turns(asked, ROWS_FROM, before, row, end, len(table.lines)),
        *_turns(asked, COLUMNS_FROM, max(0, column - width), column, column + width, len(table.heads)),
    ]
    part = _with_columns(table, column, width)
    said = _part_in_words(table, range(row, end), range(column, min(len(table.heads), column + width)))
    return replace(part, lines=part.lines[row:end], turns=turns, part=said)


def _width(table: TableShown, room: int) -> tuple[int, list[int], int]:
    """Return how many columns stand side by side, about how many bytes each row then takes, and the room of rows.

    A row takes what it does where it is longest: the same rows stand in each part of the columns, so that one can go on
    to either side.
    """
    width, weights, left = 0, list[int](), room
    for width in WIDTHS:
        parts = [_with_columns(table, first, width) for first in range(0, len(table.heads), width)]
        weights = [max(map(_weight, lines)) for lines in zip(*(part.lines for part in parts), strict=True)]
        left = room - max(map(_weight_of_columns, parts))
        if _fitting(weights, left) >= min(ENOUGH_ROWS, len(weights)):
            break
    return width, weights, left


def _part_in_words(table: TableShown, rows: range, columns: range) -> str:
    """Return in words which rows and columns are shown."""
    found = []
    if len(rows) < len(table.lines):
        texts = {"first": rows.start + 1, "last": rows.stop, "all": len(table.lines)}
        found.append(_("Rows %(first)s to %(last)s of %(all)s.") % texts)
    if len(columns) < len(table.heads):
        texts = {"first": columns.start + 1, "last": columns.stop, "all": len(table.heads)}
        found.append(_("Columns %(first)s to %(last)s of %(all)s.") % texts)
    return " ".join([*found, _("Totals are of all.")] if table.totals or table.has_total else found)


def _with_columns(table: TableShown, first: int, width: int) -> TableShown:
    """Return a table with some of its columns."""
    end = first + width
    lines = [replace(line, numbers=line.numbers[first:end]) for line in table.lines]
    return replace(table, heads=table.heads[first:end], lines=lines, totals=table.totals[first:end])


def _fitting(weights: list[int], room: int) -> int:
    """Return how many rows have room: one always, where there is any."""
    taken = list(accumulate(weights))
    return min(len(weights), max(1, sum(each <= room for each in taken)))


def _turns(asked: PageRequest, name: str, before: int, first: int, end: int, most: int) -> list[tuple[str, str]]:
    """Return links to the part before and the part behind, where there are such: what to call each, and its address."""
    labels = {
        ROWS_FROM: (_("Rows before"), _("Further rows")), COLUMNS_FROM: (_("Columns before"), _("Further columns")),
    }[name]  # fmt: skip
    starts = [(labels[0], before)] if first else []
    starts += [(labels[1], end)] if end < most else []
    return [(label, asked.here(**{name: str(start + 1) if start else ""})) for label, start in starts]


def _weight_of_columns(table: TableShown) -> int:
    """Return about how many bytes the heads of the columns take, and the totals below them."""
    heads = sum(40 + len(name.encode()) for name, _language in table.heads)
    return heads + sum(map(_bytes, [*table.totals, table.total or Number()]))


def _weight(line: TableRow) -> int:
    """Return about how many bytes a row takes."""
    name = 60 + len(line.name.encode()) + len(line.address) + len(line.language)
    return name + sum(map(_bytes, [*line.numbers, line.total or Number()]))


def _bytes(number: Number) -> int:
    """Return about how many bytes a number takes: its link, the exact one and what is read."""
    if not number.text:
        return 9
    mark = 30 if number.mark else 0
    return (
        65 + len(number.address) + 4 * number.address.count("&") + len(number.exact) + len(number.text.encode()) + mark
    )
