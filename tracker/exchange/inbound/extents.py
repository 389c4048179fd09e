"""The size of each sheet of an XLSX or ODS file, and its cells with errors, which the parser gives as empty.

A parser takes memory for the whole rectangle between the first and the last cell: two cells at the
corners of an XLSX sheet, a file of 1 KB, would take 400 GB. So the XML is read here first, cell by cell.
"""

import posixpath
from dataclasses import dataclass, field

from tracker.exchange.inbound.archives import Archive, attributes_of, local
from tracker.exchange.inbound.workbook_types import MAX_CELLS, MAX_COLUMNS, MAX_ROWS, FileRefused, cell_name, check_size

_MOST_ROWS = 1_048_576
"""Of an XLSX sheet, empty ones included; spreadsheet programs write no more."""
_MOST_ERRORS = 10_000
_DIGITS = "0123456789"
_TRUE = ("1", "true")
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

    def check(self, place: str) -> None:
        """Raise FileRefused where the sheet is too large, or holds a formula without its result."""
        check_size(self.rows, self.columns, place)
        if self.uncached:
            raise FileRefused(
                f"{place}, cell {self.uncached}: a formula without its result; "
                "open the file in a spreadsheet program and save it there"
            )


def xlsx_sheets(archive: Archive) -> tuple[dict[str, str], frozenset[str]]:
    """Return the worksheets of an XLSX file by name, each with its part, and the hidden ones. Raises FileRefused."""
    if "_rels/.rels" not in archive:
        raise FileRefused(f"{archive.name} is an archive, but no workbook")
    books = [target for kind, target in _relations(archive, "").values() if kind == "officeDocument"]
    if not books:
        raise FileRefused(f"{archive.name} is no workbook: nothing in it says where its sheets are")
    book = books[0]
    if not book.casefold().endswith(".xml"):
        raise FileRefused(f"{archive.name} is a workbook in binary form; save it as XLSX")
    relations = _relations(archive, book)
    sheets: dict[str, str] = {}
    hidden: set[str] = set()

    def start(tag: str, flat: list[str]) -> None:
        if local(tag) == "sheet":
            attributes = attributes_of(flat)
            kind, part = relations.get(attributes.get("id", ""), ("", ""))
            if kind == "worksheet":
                sheets[attributes.get("name", "")] = part
                if attributes.get("state", "visible") != "visible":
                    hidden.add(attributes.get("name", ""))

    archive.parse(book, start)
    return sheets, frozenset(hidden)


def _relations(archive: Archive, part: str) -> dict[str, tuple[str, str]]:
    """Return what `part` refers to: by id, the kind and the part. Of the archive itself where `part` is empty."""
    folder, name = posixpath.split(part)
    found: dict[str, tuple[str, str]] = {}

    def start(tag: str, flat: list[str]) -> None:
        if local(tag) == "Relationship":
            attributes = attributes_of(flat)
            target = posixpath.normpath(posixpath.join("/", folder, attributes.get("Target", ""))).lstrip("/")
            found[attributes.get("Id", "")] = (attributes.get("Type", "").rpartition("/")[2], target)

    archive.parse(posixpath.join(folder, "_rels", f"{name}.rels"), start)
    return found


def xlsx_extent(archive: Archive, part: str, place: str) -> Extent:
    """Look at the cells of a worksheet. Raises FileRefused as soon as they pass a limit."""
    scan = _Worksheet(place)
    archive.parse(part, scan.start, text=scan.text)
    scan.close_cell()
    scan.extent.check(place)
    return scan.extent


class _Worksheet:
    """Handlers for the XML of a worksheet. They run for every cell of it, hence their plainness."""

    def __init__(self, place: str) -> None:
        self.extent = Extent()
        self._place = place
        self._columns: dict[str, int] = {}
        self._row = self._column = self._row_count = 0
        self._digits: str | None = None
        self._formula = self._error = self._text_result = self._valued = False
        self._value = ""

    def start(self, tag: str, flat: list[str]) -> None:
        if ":" in tag:
            tag = local(tag)
        if tag == "v" or tag == "is":
            self._valued, self._value = True, ""
            if self._row > self.extent.rows or self._column > self.extent.columns:
                self._grow()
        elif tag == "c":
            if self._formula or self._error:
                self.close_cell()
            self._valued = False
            self._begin_cell(flat)
        elif tag == "f":
            self._formula = True
        elif tag == "row":
            self.close_cell()
            attributes = attributes_of(flat)
            self._begin_row(attributes.get("r", ""))
            if attributes.get("hidden") in _TRUE:
                add_run(self.extent.hidden_rows, self._row, self._row)
        elif tag == "col":
            self._column_of_sheet(attributes_of(flat))

    def _column_of_sheet(self, attributes: dict[str, str]) -> None:
        first, last = attributes.get("min", ""), attributes.get("max", "")
        if attributes.get("hidden") in _TRUE and first.isdigit() and last.isdigit() and len(last) < 6:
            add_run(self.extent.hidden_columns, int(first), int(last))

    def text(self, data: str) -> None:
        if (self._formula or self._error) and len(self._value) < 20:
            self._value += data[:20]

    def close_cell(self) -> None:
        """Judge the cell that has just ended."""
        if self._formula and not (self._valued and (self._value or self._text_result)):
            self.extent.uncached = self.extent.uncached or cell_name(self._row, self._column)
        if self._error and self._valued:
            self.extent.errors[self._row, self._column] = self._value
            if len(self.extent.errors) > _MOST_ERRORS:
                raise FileRefused(f"{self._place} has more than {_MOST_ERRORS:,} cells with errors such as #N/A")
        self._formula = self._error = False

    def _grow(self) -> None:
        self.extent.rows = max(self.extent.rows, self._row)
        self.extent.columns = max(self.extent.columns, self._column)
        if self.extent.rows > MAX_ROWS or self.extent.columns > MAX_COLUMNS:
            self.extent.check(self._place)

    def _begin_cell(self, flat: list[str]) -> None:
        names = flat[::2]
        kind = flat[2 * names.index("t") + 1] if "t" in names else ""
        self._error, self._text_result = kind == "e", kind == "str"
        reference = flat[2 * names.index("r") + 1] if "r" in names else ""
        if not reference:
            self._column += 1
            return
        letters = reference.rstrip(_DIGITS)
        column = self._columns.get(letters)
        if column is None:
            column = self._columns[letters] = self._column_number(letters)
        self._column = column
        digits = reference[len(letters) :]
        if digits != self._digits:
            self._row, self._digits = self._row_number(digits), digits

    def _column_number(self, letters: str) -> int:
        if not (letters.isascii() and letters.isalpha() and len(letters) <= 3):
            raise FileRefused(f"{self._place} is broken: “{letters[:20]}” is no column")
        number = 0
        for letter in letters.upper():
            number = number * 26 + ord(letter) - ord("A") + 1
        return number

    def _row_number(self, digits: str) -> int:
        if 0 < len(digits) < 10:
            return int(digits)
        raise FileRefused(f"{self._place} is broken: “{digits[:20]}” is no row")

    def _begin_row(self, number: str) -> None:
        self._row_count += 1
        if self._row_count > _MOST_ROWS:
            raise FileRefused(f"{self._place} has more than {_MOST_ROWS:,} rows, empty ones included")
        self._row = int(number) if number.isascii() and number.isdigit() and len(number) < 10 else self._row + 1
        self._column, self._digits = 0, None


def ods_extents(archive: Archive) -> tuple[dict[str, Extent], frozenset[str]]:
    """Look at the cells of all sheets of an ODS file, by name: a parser reads them all. Raises FileRefused.

    Returns the hidden sheets, too.
    """
    scan = _Spreadsheet(archive.name)
    archive.parse("content.xml", scan.start, scan.end)
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

    def _cell(self, attributes: dict[str, str], extent: Extent) -> None:
        first = self._column + 1
        self._column += self._repeated(attributes, "columns")
        if "formula" in attributes and "value-type" not in attributes:
            extent.uncached = extent.uncached or cell_name(self._row + 1, first)
        if {"value-type", "value", "string-value", "formula"} & attributes.keys():
            self._last = self._column

    def end(self, tag: str) -> None:
        tag = local(tag)
        if self._extent is None:
            return
        if tag == "table-row":
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
