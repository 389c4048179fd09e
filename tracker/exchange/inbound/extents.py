"""The size of each sheet of an XLSX or ODS file, and its cells with errors, which the parser gives as empty.

A parser takes memory for the whole rectangle between the first and the last cell: two cells at the
corners of an XLSX sheet, a file of 1 KB, would take 400 GB. So the XML is read here first, cell by cell.
"""

from dataclasses import dataclass, field

from tracker.exchange.inbound.archives import Archive, attributes_of, local
from tracker.exchange.inbound.cell_formats import FormattedCells, format_of
from tracker.exchange.inbound.number_formats import CellFormat
from tracker.exchange.inbound.workbook_types import MAX_CELLS, FileRefused, cell_name, check_size

_MOST_ERRORS = 10_000
"""Cells with errors of a sheet: where there are more, a formula is broken, and no row is worth reading."""
_MOST_MERGED = 10_000
_UNSEEN = ("collapse", "filter")
"""What ODS calls rows and columns that are hidden, by hand or by a filter."""


def add_run(runs: list[tuple[int, int]], first: int, last: int) -> None:
    """Add rows or columns behind those of `runs`; what follows at once is one run."""
    if runs and runs[-1][1] + 1 == first:
        runs[-1] = (runs[-1][0], last)
    else:
        runs.append((first, last))


@dataclass
class Extent:
    """The last row and column with a value, and the cells that hold an error such as `#N/A`."""

    rows: int = 0
    columns: int = 0
    uncached: str = ""
    """The first cell with a formula whose result the file does not hold."""
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    """By row and column, from 1. A parser gives such cells as empty."""
    hidden_rows: list[tuple[int, int]] = field(default_factory=list)
    """First and last of the rows that are hidden, as by a filter, from 1."""
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    merged: list[tuple[int, int, int]] = field(default_factory=list)
    """First row, last row and column of cells that are merged over several rows: only the first row has a value."""
    formats: FormattedCells = field(default_factory=FormattedCells)
    """The cells that show by their number format what their number does not say."""

    def add_merged(self, first: int, last: int, column: int) -> None:
        """Note a cell that is merged with those below it; of many, the first are enough to be told."""
        if last > first and len(self.merged) < _MOST_MERGED:
            self.merged.append((first, last, column))

    def add_error(self, row: int, column: int, text: str, place: str) -> None:
        """Note a cell with an error, which the file need not name. Raises FileRefused where there are too many."""
        self.errors[row, column] = text.strip() or "#VALUE!"
        if len(self.errors) > _MOST_ERRORS:
            raise FileRefused(f"{place} has more than {_MOST_ERRORS:,} cells with errors such as #N/A")

    def check(self, place: str) -> None:
        """Raise FileRefused where the sheet is too large, or holds a formula without its result."""
        check_size(self.rows, self.columns, place)
        if self.uncached:
            raise FileRefused(
                f"{place}, cell {self.uncached}: a formula without its result; "
                "open the file in a spreadsheet program and save it there"
            )


def ods_extents(archive: Archive) -> tuple[dict[str, Extent], frozenset[str]]:
    """Look at the cells of all sheets of an ODS file, by name: a parser reads them all. Raises FileRefused.

    Returns the hidden sheets, too.
    """
    scan = _Spreadsheet(archive.name)
    archive.parse("content.xml", scan.start, scan.end, scan.text)
    return scan.extents, frozenset(scan.hidden)


class _Spreadsheet:
    """Handlers for the XML of an ODS file, where a cell and a row can stand for many equal ones."""

    def __init__(self, name: str) -> None:
        self.extents: dict[str, Extent] = {}
        self.hidden: set[str] = set()
        self._style = ""
        self._hiding: set[str] = set()
        self._name = name
        self._extent: Extent | None = None
        self._place = ""
        self._row = self._repeat = self._column = self._columns = self._last = self._cells = 0
        self._first = 0
        """The first column of the cell that is looked at, which can stand for several."""
        self._is_error = False
        self._said = ""

    def start(self, tag: str, flat: list[str]) -> None:
        tag = local(tag)
        if tag == "style":
            self._style = attributes_of(flat).get("name", "")
        elif tag == "table-properties" and attributes_of(flat).get("display") == "false":
            # Styles stand above the tables that have them.
            self._hiding.add(self._style)
        elif tag == "table":
            attributes = attributes_of(flat)
            name = attributes.get("name", "")
            if attributes.get("style-name") in self._hiding:
                self.hidden.add(name)
            self._place = f"{self._name}, sheet “{name[:60]}”"
            self._extent = self.extents[name] = Extent()
            self._row = self._columns = 0
        elif self._extent is not None and tag == "table-column":
            attributes = attributes_of(flat)
            first, self._columns = self._columns + 1, self._columns + self._repeated(attributes, "columns")
            if attributes.get("visibility") in _UNSEEN:
                add_run(self._extent.hidden_columns, first, self._columns)
        elif self._extent is not None and tag == "table-row":
            attributes = attributes_of(flat)
            self._repeat = self._repeated(attributes, "rows")
            self._column = self._last = 0
            if attributes.get("visibility") in _UNSEEN:
                add_run(self._extent.hidden_rows, self._row + 1, self._row + self._repeat)
        elif self._extent is not None and tag in ("table-cell", "covered-table-cell"):
            self._cell(attributes_of(flat), self._extent)
            # The standard knows no errors: LibreOffice calls them empty texts, and says in a second type what they are.
            self._is_error = dict(zip(flat[::2], flat[1::2], strict=True)).get("calcext:value-type") == "error"
            self._said = ""

    def text(self, data: str) -> None:
        if self._is_error and data.strip():
            # A comment stands before what the cell shows.
            self._said = data.strip()[:20]

    def _cell(self, attributes: dict[str, str], extent: Extent) -> None:
        self._first = self._column + 1
        self._column += self._repeated(attributes, "columns")
        if "formula" in attributes and "value-type" not in attributes:
            extent.uncached = extent.uncached or cell_name(self._row + 1, self._first)
        if {"value-type", "value", "string-value", "formula"} & attributes.keys():
            self._last = self._column
        spanned = self._number(attributes.get("number-rows-spanned", "1"))
        extent.add_merged(self._row + 1, self._row + spanned, self._first)
        shown = format_of(attributes)
        if shown is not None:
            self._note_format(shown, extent)

    def _note_format(self, shown: CellFormat, extent: Extent) -> None:
        check_size(self._row + self._repeat, self._column, self._place)
        for column in range(self._first, self._column + 1):
            extent.formats.add(self._row + 1, column, shown, self._repeat)

    def end(self, tag: str) -> None:
        tag = local(tag)
        if self._extent is None:
            return
        if tag == "table-cell" and self._is_error:
            self._is_error = False
            for row in range(self._row + 1, self._row + self._repeat + 1):
                for column in range(self._first, self._column + 1):
                    self._extent.add_error(row, column, self._said, self._place)
        elif tag == "table-row":
            self._row += self._repeat
            if self._last:
                self._extent.rows = self._row
                self._extent.columns = max(self._extent.columns, self._last)
                check_size(self._extent.rows, self._extent.columns, self._place)
        elif tag == "table":
            self._cells += self._extent.rows * self._extent.columns
            # The parser keeps all sheets at once.
            if self._cells > MAX_CELLS:
                raise FileRefused(f"the sheets of {self._name} span more than {MAX_CELLS:,} cells")
            self._extent = None

    def _repeated(self, attributes: dict[str, str], what: str) -> int:
        return self._number(attributes.get(f"number-{what}-repeated", "1"))

    def _number(self, text: str) -> int:
        if text.isascii() and text.isdigit() and len(text) < 10:
            return int(text)
        raise FileRefused(f"{self._place} is broken: “{text[:20]}” is no number of repetitions")
