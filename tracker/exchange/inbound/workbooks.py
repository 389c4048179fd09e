"""Workbooks on their way in: XLSX, XLS and ODS, parsed in a process of its own."""

import pickle
import subprocess
import sys
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from itertools import chain
from pathlib import Path
from typing import Any

from tracker.exchange.inbound import parser, process_limits
from tracker.exchange.inbound.archives import Archive
from tracker.exchange.inbound.cell_formats import styles_of
from tracker.exchange.inbound.extents import Extent, ods_extents
from tracker.exchange.inbound.workbook_types import (
    MAX_TEXT,
    MIB,
    PARSER_BYTES,
    PARSER_SECONDS,
    FileRefused,
    Row,
    cell_name,
    check_size,
    sheet_named,
)
from tracker.exchange.inbound.xlsx_sheets import xlsx_extent, xlsx_sheets
from tracker.lib.cells import Cell

ParsedRow = tuple[int, list[Any]]
"""Number and cells of a row, as the parser gives them."""


class _Parsed:
    """A workbook that the parser reads. What it yields are plain rows; nothing of the file is kept."""

    separator = ""

    def __init__(self, path: Path, name: str) -> None:
        self.name = name
        self.notice = ""
        self.sheet_names: list[str] = []
        self.hidden: frozenset[str] = frozenset()
        self.hidden_columns: frozenset[int] = frozenset()
        self.merged: list[tuple[int, int, int]] = []
        self._path = path

    def rows(self, sheet: str | None = None) -> Iterator[Row]:
        """Yield the rows of a sheet that are not empty. See `Workbook.rows`."""
        meant = sheet_named(sheet, self, self.name)
        place = f"{self.name}, sheet “{meant}”"
        # The parser is at work while the sheet is looked at here.
        with _messages(self._path, self.name, meant) as batches:
            extent = self._extent(meant, place)
            self.merged = extent.merged
            hidden = _within(extent.hidden_rows, extent.rows)
            self.hidden_columns = frozenset(column - 1 for column in _within(extent.hidden_columns, extent.columns))
            for number, found in _with_rows_of_errors(chain.from_iterable(batches), extent):
                check_size(number, len(found), place)
                cells = [exact(value) if type(value) is float else value for value in found]
                if parser.TOO_LONG in cells:
                    cell = cell_name(number, cells.index(parser.TOO_LONG) + 1)
                    raise FileRefused(f"{place}, cell {cell}: text of more than {MAX_TEXT:,} characters")
                if extent.errors:
                    cells = [cell or extent.errors.get((number, i), cell) for i, cell in enumerate(cells, start=1)]
                if any(cell is not None for cell in cells):
                    row = Row(number, cells, is_hidden=number in hidden)
                    if extent.formats:
                        row.formats = extent.formats.in_row(number)
                    yield row

    def _extent(self, sheet: str, place: str) -> Extent:
        return Extent()


class XlsxFile(_Parsed):
    """An XLSX file. Each sheet is looked at before it is parsed."""

    def __init__(self, path: Path, name: str) -> None:
        """Raises FileRefused where archive or list of sheets are not sound."""
        super().__init__(path, name)
        archive = Archive(path, name)
        try:
            self._parts, self.hidden, styles = xlsx_sheets(archive)
            self._styles = styles_of(archive, styles)
        finally:
            archive.close()
        self.sheet_names = list(self._parts)

    def _extent(self, sheet: str, place: str) -> Extent:
        archive = Archive(self._path, self.name)
        try:
            return xlsx_extent(archive, self._parts[sheet], place, self._styles)
        finally:
            archive.close()


class OdsFile(_Parsed):
    """An ODS file. All its sheets are looked at when it is opened: the parser reads them all."""

    def __init__(self, path: Path, name: str) -> None:
        """Raises FileRefused where the archive is not sound, or a sheet too large."""
        super().__init__(path, name)
        archive = Archive(path, name)
        try:
            self._extents, self.hidden = ods_extents(archive)
        finally:
            archive.close()
        self.sheet_names = list(self._extents)

    def _extent(self, sheet: str, place: str) -> Extent:
        self._extents[sheet].check(place)
        return self._extents[sheet]


class XlsFile(_Parsed):
    """An XLS file. Its format knows at most 65,536 rows of 256 columns, and keeps the results of formulas."""

    def __init__(self, path: Path, name: str) -> None:
        """Raises FileRefused where it cannot be parsed."""
        super().__init__(path, name)
        # The parser gives both as empty, and there is nothing else that looks into such a file.
        self.notice = (
            "In an XLS file, cells with errors such as #N/A are read as empty, and what number formats show beside a "
            "number, such as $ or %, is not looked at; in an XLSX file both are told."
        )
        with _messages(path, name) as messages:
            for shown in messages:
                self.sheet_names = [sheet for sheet, _is_shown in shown]
                self.hidden = frozenset(sheet for sheet, is_shown in shown if not is_shown)


def _with_rows_of_errors(sent: Iterable[ParsedRow], extent: Extent) -> Iterator[ParsedRow]:
    """Yield rows in order, and among them those that have nothing but errors, which the parser takes for empty."""
    empty: list[Any] = [None] * extent.columns
    waiting = deque(sorted({row for row, _column in extent.errors}))
    for number, cells in sent:
        while waiting and waiting[0] < number:
            yield waiting.popleft(), empty
        if waiting and waiting[0] == number:
            waiting.popleft()
        yield number, cells
    yield from ((number, empty) for number in waiting)


def _within(runs: list[tuple[int, int]], last: int) -> set[int]:
    """Return the numbers of runs, as far as `last`."""
    return {number for first, end in runs for number in range(first, min(end, last) + 1)}


@contextmanager
def _messages(path: Path, name: str, *sheet: str) -> Iterator[Iterator[Any]]:
    """Run the parser for as long as the block runs, and give what it sends, but for its last word.

    Reading raises FileRefused where that is missing. The pickles come from our own program; a file has no say in them
    beyond text and numbers.
    """
    # -P keeps the folder of this package off the module path, where `parser` and others would hide modules.
    limits = [PARSER_BYTES, PARSER_SECONDS]
    command = [sys.executable, "-P", process_limits.__file__, *limits, parser.__file__, str(path), MAX_TEXT, *sheet]
    with subprocess.Popen(
        [str(part) for part in command], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as process:
        try:
            yield _sent(process, name)
        finally:
            # Also where the reader wants no more rows.
            process.kill()


def _sent(process: subprocess.Popen[bytes], name: str) -> Iterator[Any]:
    """Yield what the parser sends. Raises FileRefused where it ends without its last word."""
    while (message := _next(process.stdout)) != "end":
        if message is None:
            # What it would still say is of no use, and would keep it waiting.
            process.stdout.close() if process.stdout else None
            raise FileRefused(_reason(name, process.wait()))
        yield message


def _next(stream: Any) -> Any:
    """Return the next message, or None where the parser ended without its last word."""
    try:
        return pickle.load(stream)
    except (EOFError, pickle.UnpicklingError):
        return None


def _reason(name: str, code: int) -> str:
    if code == parser.LOCKED:
        return f"{name} is encrypted; save it without a password"
    if code == parser.REFUSED:
        return f"{name} is broken or no workbook; open it in a spreadsheet program and save it as XLSX"
    return (
        f"{name} cannot be parsed with {PARSER_BYTES // MIB:,} MiB of memory in {PARSER_SECONDS} seconds; "
        "save the sheet that is meant as CSV"
    )


def exact(number: float) -> Cell:
    """Return a number of the parser as a cell.

    A spreadsheet keeps numbers as binary floats. `repr` gives the shortest decimal that is the same
    float, which is what was typed: 0.1 stays 0.1, where `Decimal(0.1)` has 55 digits.
    """
    found = Decimal(repr(number))
    return found if found.is_finite() else repr(number)
