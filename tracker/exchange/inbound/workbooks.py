"""Workbooks on their way in: XLSX, XLS and ODS, parsed in a process of its own."""

import datetime as dt
import pickle
import subprocess
import sys
from collections.abc import Generator, Iterator
from contextlib import closing
from decimal import Decimal
from pathlib import Path
from typing import Any

from tracker.exchange.inbound import parser, process_limits
from tracker.exchange.inbound.archives import Archive
from tracker.exchange.inbound.extents import Extent, ods_extents, xlsx_extent, xlsx_sheets
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
from tracker.lib.cells import Cell

_EXACT = 2**53
"""Up to here a spreadsheet's numbers, which are binary floats, hold every whole number."""
_TOO_LONG = "\0"
"""Stands in for a text that is too long; no workbook can hold it."""


class _Parsed:
    """A workbook that the parser reads. What it yields are plain rows; nothing of the file is kept."""

    separator = ""
    notice = ""

    def __init__(self, path: Path, name: str) -> None:
        self.name = name
        self.sheet_names: list[str] = []
        self.hidden: frozenset[str] = frozenset()
        self.hidden_columns: frozenset[int] = frozenset()
        self._path = path

    def rows(self, sheet: str | None = None) -> Iterator[Row]:
        """Yield the rows of a sheet that are not empty. See `Workbook.rows`."""
        meant = sheet_named(sheet, self, self.name)
        place = f"{self.name}, sheet “{meant}”"
        extent = self._extent(meant, place)
        errors = extent.errors
        hidden = {number for first, last in extent.hidden_rows for number in range(first, min(last, extent.rows) + 1)}
        self.hidden_columns = frozenset(
            column - 1
            for first, last in extent.hidden_columns
            for column in range(first, min(last, extent.columns) + 1)
        )
        with closing(_messages(self._path, self.name, meant)) as batches:
            for batch in batches:
                for number, found in batch:
                    check_size(number, len(found), place)
                    cells = [as_cell(value) if value != "" else None for value in found]
                    if _TOO_LONG in cells:
                        cell = cell_name(number, cells.index(_TOO_LONG) + 1)
                        raise FileRefused(f"{place}, cell {cell}: text of more than {MAX_TEXT:,} characters")
                    if errors:
                        cells = [cell or errors.get((number, i), cell) for i, cell in enumerate(cells, start=1)]
                    if any(cell is not None for cell in cells):
                        yield Row(number, cells, is_hidden=number in hidden)

    def _extent(self, sheet: str, place: str) -> Extent:
        return Extent()


class XlsxFile(_Parsed):
    """An XLSX file. Each sheet is looked at before it is parsed."""

    def __init__(self, path: Path, name: str) -> None:
        """Raises FileRefused where archive or list of sheets are not sound."""
        super().__init__(path, name)
        archive = Archive(path, name)
        try:
            self._parts, self.hidden = xlsx_sheets(archive)
        finally:
            archive.close()
        self.sheet_names = list(self._parts)

    def _extent(self, sheet: str, place: str) -> Extent:
        archive = Archive(self._path, self.name)
        try:
            return xlsx_extent(archive, self._parts[sheet], place)
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
        for shown in _messages(path, name):
            self.sheet_names = [sheet for sheet, _is_shown in shown]
            self.hidden = frozenset(sheet for sheet, is_shown in shown if not is_shown)


def _messages(path: Path, name: str, *sheet: str) -> Generator[Any]:
    """Run the parser and yield what it sends, but for its last word. Raises FileRefused where that is missing.

    The pickles come from our own program; a file has no say in them beyond text and numbers.
    """
    # -P keeps the folder of this package off the module path, where `parser` and others would hide modules.
    limits = [PARSER_BYTES, PARSER_SECONDS]
    command = [sys.executable, "-P", process_limits.__file__, *limits, parser.__file__, str(path), MAX_TEXT, *sheet]
    with subprocess.Popen(
        [str(part) for part in command], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as process:
        assert process.stdout
        finished = False
        try:
            while not finished:
                message = _next(process.stdout)
                finished = message in (None, "end")
                if not finished:
                    yield message
        finally:
            # Also where the reader wants no more rows.
            process.kill() if not finished else None
    if finished and message is None:
        raise FileRefused(_reason(name, process.returncode))


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


def as_cell(value: Any) -> Cell:
    """Return a value of the parser as a cell.

    A spreadsheet keeps numbers as binary floats. `repr` gives the shortest decimal that is the same
    float, which is what was typed: 0.1 stays 0.1, where `Decimal(0.1)` has 55 digits.
    """
    if isinstance(value, str):
        if len(value) > MAX_TEXT:
            return _TOO_LONG
        return value if value.strip() else None
    if isinstance(value, float):
        if value.is_integer() and abs(value) <= _EXACT:
            return int(value)
        number = Decimal(repr(value))
        return number if number.is_finite() else repr(value)
    if isinstance(value, dt.time | dt.timedelta):
        return str(value)
    known: Cell = value
    return known
