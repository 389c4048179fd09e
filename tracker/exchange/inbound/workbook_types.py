"""What a file on its way in is made of, and how much of it is read."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Protocol

from tracker.exchange.inbound.number_formats import CellFormat
from tracker.lib.cells import Cell

MIB = 2**20

MAX_FILE_BYTES = 50 * MIB
MAX_UNPACKED_BYTES = 512 * MIB
"""Of all members of a workbook's archive together; 100,000 full rows of 93 columns take 410 MiB."""
MAX_MEMBERS = 5_000
MAX_DIRECTORY_BYTES = 2 * MIB
MAX_ROWS = 250_000
MAX_COLUMNS = 1_000
MAX_CELLS = 12_000_000
"""Of a sheet from A1 to its last row and column: that is what the parser takes memory for."""
MAX_TEXT = 32_767
"""Characters in a cell: as many as a spreadsheet holds."""
PARSER_BYTES = 1_536 * MIB
"""Address space of the process that parses a workbook."""
PARSER_SECONDS = 120
"""Processor time of the process that parses a workbook."""


class FileRefused(ValueError):
    """The file is not read; the message says why, and what would be right."""


@dataclass(slots=True)
class Row:
    """A row of a sheet: its number as a spreadsheet shows it, from 1, and its cells from column A on.

    Not frozen, as to make one takes three times as long then.
    """

    number: int
    cells: list[Cell]
    ends_file: bool = field(default=False, compare=False)
    """Whether the file ends in this row, without a line break: it may be cut off."""
    note: str = field(default="", compare=False)
    """What was put right in it."""
    is_hidden: bool = field(default=False, compare=False)
    """Whether a spreadsheet program does not show it, as a filter hides it."""
    formats: dict[int, CellFormat] | None = field(default=None, compare=False)
    """What cells show by their number format that their number does not say, by column from 0."""


class Workbook(Protocol):
    """An opened file."""

    name: str
    """The name of the file, without folders."""
    sheet_names: list[str]
    """In the order of the file; a CSV file has one sheet, with the name of the file."""

    hidden: frozenset[str]
    """The names of the sheets that a spreadsheet program does not show."""
    separator: str
    """What stands between the cells of a CSV file; empty for others."""
    notice: str
    """What was guessed about the file, so that a person looks at it; empty where nothing was."""
    hidden_columns: frozenset[int]
    """The columns, from 0, of the sheet that is read which a spreadsheet program does not show."""
    merged: list[tuple[int, int, int]]
    """Of the sheet that is read, the first row, last row and column, from 1, of cells merged over several rows."""

    def rows(self, sheet: str | None = None) -> Iterator[Row]:
        """Yield the rows of `sheet` (the first that is shown, where none is named), wholly empty ones left out.

        Raises FileRefused, also between rows: where a limit is passed, or the sheet is not there.
        """
        ...


def sheet_named(sheet: str | None, workbook: Workbook, file: str) -> str:
    """Return the sheet that is meant: the first that is shown, where none is named. Raises FileRefused."""
    shown = [name for name in workbook.sheet_names if name not in workbook.hidden]
    if sheet is None and shown:
        return shown[0]
    for name in workbook.sheet_names:
        if sheet is not None and name.strip().casefold() == sheet.strip().casefold():
            return name
    found = ", ".join(f"“{name}”" for name in workbook.sheet_names[:40]) or "none"
    if sheet is None and workbook.hidden:
        raise FileRefused(f"{file} shows no sheet; name the hidden one that is meant: {found}")
    raise FileRefused(f"{file} has no sheet “{sheet or ''}”; its sheets: {found}")


def check_size(rows: int, columns: int, place: str) -> None:
    """Raise FileRefused where a sheet of so many rows and columns, empty ones counted, is too large."""
    for count, limit, what in ((rows, MAX_ROWS, "rows"), (columns, MAX_COLUMNS, "columns")):
        if count > limit:
            raise FileRefused(f"{place} goes on beyond {limit:,} {what}; delete what is below or beside the data")
    if rows * columns > MAX_CELLS:
        raise FileRefused(f"{place} spans {rows:,} rows by {columns:,} columns; at most {MAX_CELLS:,} cells are read")


def cell_name(row: int, column: int) -> str:
    """Return the name of a cell as a spreadsheet shows it, from its row and column counted from 1: `B7`."""
    return f"{column_name(column)}{row}"


def column_name(column: int) -> str:
    """Return the letters of a column counted from 1: `B`."""
    letters = ""
    while column:
        column, letter = divmod(column - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return letters


def _runs(numbers: Iterable[int]) -> list[list[int]]:
    """Return the first and last number of each run."""
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return runs


def shown_columns(places: Iterable[int]) -> str:
    """Return columns, counted from 0, by the letters of a spreadsheet, runs together: `columns A–C, F`."""
    runs = [[column_name(first + 1), column_name(last + 1)] for first, last in _runs(places)]
    parts = [first if first == last else f"{first}–{last}" for first, last in runs]
    return ("column " if len(parts) == 1 and "–" not in parts[0] else "columns ") + ", ".join(parts) if parts else ""


def shown_rows(numbers: list[int]) -> str:
    """Return row numbers in words, runs together: `rows 4, 7–9`."""
    if len(numbers) == 1:
        return f"row {numbers[0]}"
    runs = _runs(numbers)
    parts = [str(first) if first == last else f"{first}–{last}" for first, last in runs]
    text = ("row " if parts == [str(runs[0][0])] else "rows ") + ", ".join(parts) if parts else ""
    return text if len(text) <= 250 else f"{text[:248].rpartition(',')[0]}, …"
