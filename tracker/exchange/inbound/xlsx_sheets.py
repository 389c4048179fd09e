"""What stands in an XLSX file, before it is parsed: its sheets, and the size of each, with cells that are in doubt.

A sheet is looked at in pieces of rows. Most are plain, and differ from others in their numbers alone, so that each of
these shapes is looked at once. Those with formulas, errors or hidden rows, and those that are written in another way
than spreadsheet programs write them, go through handlers cell by cell, which takes many times as long.
"""

import posixpath
import re

from tracker.exchange.inbound.archives import Archive, attributes_of, local
from tracker.exchange.inbound.cell_formats import Styles
from tracker.exchange.inbound.extents import Extent, add_run
from tracker.exchange.inbound.workbook_types import MAX_CELLS, MAX_COLUMNS, MAX_ROWS, FileRefused, cell_name

_MOST_ROWS = 1_048_576
"""Of a sheet, empty ones included; spreadsheet programs write no more."""
_DIGITS = "0123456789"
_TRUE = ("1", "true")
_ROW = b"<row"
_VARYING = b"0123456789.-"
"""What is left out of rows: without it most have the same bytes as others, and each of these is looked at once."""
_ATTRIBUTES = rb'(?: (?!t="e"|hidden="(?!false"))[a-zA-Z:]+="[a-zA-Z:]*")*'
"""Such in which nothing stands in other words, of no error and nothing hidden."""
_TEXT = rb"[^<\x00-\x08\x0b\x0c\x0e-\x1f]*"
"""Without what XML has nowhere, and a database does not keep: the parser of cells lets it pass."""
_VALUED = rb"><(?:v>" + _TEXT + rb"</v|is><t[^<>]*>" + _TEXT + rb"</t></is)></c>"
_PLAIN_ROW = re.compile(
    rb' r=""' + _ATTRIBUTES + rb'>(?:<c r="[A-Z]{1,3}"' + _ATTRIBUTES + rb"(?:/>|" + _VALUED + rb"))*</row>\s*"
)
_VALUED_CELL = re.compile(rb'<c r="([A-Z]{1,3})"' + _ATTRIBUTES + _VALUED)
_MERGED = re.compile(r"([A-Z]{1,3})(\d{1,7}):[A-Z]{1,3}(\d{1,7})", re.ASCII)
_KEPT_SHAPES, _LONGEST_KEPT = 2_000, 4_096
"""How many shapes of rows are kept, and how many bytes of one: of texts in their cells no two may be alike."""


def xlsx_sheets(archive: Archive) -> tuple[dict[str, str], frozenset[str], str]:
    """Return the worksheets of an XLSX file by name, each with its part, the hidden ones, and the part with styles.

    Raises FileRefused.
    """
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
    styles = next((part for kind, part in relations.values() if kind == "styles"), "")
    return sheets, frozenset(hidden), styles


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


def xlsx_extent(archive: Archive, part: str, place: str, styles: Styles) -> Extent:
    """Look at the cells of a worksheet. Raises FileRefused as soon as they pass a limit."""
    scan = _Worksheet(place, styles)
    archive.parse(part, scan.start, text=scan.text, cut=_ROW, is_read=scan.is_plain)
    scan.close_cell()
    scan.extent.check(place)
    return scan.extent


class _Worksheet:
    """Looks at the XML of a worksheet. Its handlers run for every cell that is not plain, hence their plainness."""

    def __init__(self, place: str, styles: Styles) -> None:
        self.extent = Extent()
        self._place = place
        self._styles = styles
        self._style = ""
        self._columns: dict[str, int] = {}
        self._shapes: dict[bytes, int | None] = {}
        self._row = self._column = self._row_count = 0
        self._digits: str | None = None
        self._formula = self._error = self._text_result = self._valued = False
        self._value = ""

    def is_plain(self, piece: bytes) -> bool:
        """Tell whether a piece has nothing but whole rows of plain cells; the last row and column are noted then.

        A cell is taken to be in the row in which it stands. In a file that says otherwise, the size is not known before
        it is parsed, and the limits of the parser's own process hold.
        """
        before, *rows = piece.translate(None, _VARYING).split(_ROW)
        if before or not rows:
            return False
        column = 0
        for shape in set(rows):
            last = self._last_column(shape)
            if last is None:
                return False
            column = max(column, last)
        self.close_cell()
        self._row_count += len(rows)
        self._check_row_count()
        self._row = _row_at(piece, piece.rfind(_ROW))
        if column:
            last_value = max(piece.rfind(b"<v>"), piece.rfind(b"<is>"))
            self._grow(_row_at(piece, piece.rfind(_ROW, 0, last_value)), column)
            if self._styles:
                self._note_formats(piece)
        return True

    def _note_formats(self, piece: bytes) -> None:
        for name, shown in self._styles.cells_in(piece):
            letters = name.rstrip(_DIGITS)
            row, column = self._row_number(name[len(letters) :]), self._column_called(letters.encode("latin-1"))
            if row > self.extent.rows or column > self.extent.columns:
                self._grow(row, column)
            self.extent.formats.add(row, column, shown)

    def _last_column(self, shape: bytes) -> int | None:
        """Return the last column with a value of a row without its numbers, 0 where none has; None: it is not plain."""
        if shape in self._shapes:
            return self._shapes[shape]
        last = None
        if _PLAIN_ROW.fullmatch(shape):
            last = max(map(self._column_called, _VALUED_CELL.findall(shape)), default=0)
        if len(self._shapes) < _KEPT_SHAPES and len(shape) <= _LONGEST_KEPT:
            self._shapes[shape] = last
        return last

    def start(self, tag: str, flat: list[str]) -> None:
        if ":" in tag:
            tag = local(tag)
        if tag == "v" or tag == "is":
            self._valued, self._value = True, ""
            if self._row > self.extent.rows or self._column > self.extent.columns:
                self._grow(self._row, self._column)
        elif tag == "c":
            if self._formula or self._error or self._style:
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
        elif tag == "mergeCell":
            merged = _MERGED.fullmatch(attributes_of(flat).get("ref", ""))
            if merged:
                column = self._column_called(merged[1].encode())
                self.extent.add_merged(int(merged[2]), int(merged[3]), column)

    def _column_of_sheet(self, attributes: dict[str, str]) -> None:
        first, last = _number(attributes.get("min", "")), _number(attributes.get("max", ""))
        if attributes.get("hidden") in _TRUE and first and last:
            add_run(self.extent.hidden_columns, first, last)

    def text(self, data: str) -> None:
        if (self._formula or self._error or self._style) and len(self._value) < 30:
            self._value += data[:30]

    def close_cell(self) -> None:
        """Judge the cell that has just ended."""
        if self._formula and not (self._valued and (self._value or self._text_result)):
            self.extent.uncached = self.extent.uncached or cell_name(self._row, self._column)
        if self._error and self._valued:
            self.extent.add_error(self._row, self._column, self._value, self._place)
        if self._style and self._valued and (shown := self._styles.of(self._style, self._value)):
            self.extent.formats.add(self._row, self._column, shown)
        self._formula = self._error = False
        self._style = ""

    def _grow(self, row: int, column: int) -> None:
        self.extent.rows = max(self.extent.rows, row)
        self.extent.columns = max(self.extent.columns, column)
        rows, columns = self.extent.rows, self.extent.columns
        if rows > MAX_ROWS or columns > MAX_COLUMNS or rows * columns > MAX_CELLS:
            self.extent.check(self._place)

    def _begin_cell(self, flat: list[str]) -> None:
        names = flat[::2]
        kind = flat[2 * names.index("t") + 1] if "t" in names else ""
        self._error, self._text_result = kind == "e", kind == "str"
        if self._styles and kind in ("", "n") and "s" in names:
            self._style = flat[2 * names.index("s") + 1]
        reference = flat[2 * names.index("r") + 1] if "r" in names else ""
        if not reference:
            self._column += 1
            return
        letters = reference.rstrip(_DIGITS)
        column = self._columns.get(letters)
        self._column = self._column_number(letters) if column is None else column
        digits = reference[len(letters) :]
        if digits != self._digits:
            self._row, self._digits = self._row_number(digits), digits

    def _column_called(self, letters: bytes) -> int:
        name = letters.decode()
        return self._columns.get(name) or self._column_number(name)

    def _column_number(self, letters: str) -> int:
        if not (letters.isascii() and letters.isalpha() and len(letters) <= 3):
            raise FileRefused(f"{self._place} is broken: “{letters[:20]}” is no column")
        number = 0
        for letter in letters.upper():
            number = number * 26 + ord(letter) - ord("A") + 1
        self._columns[letters] = number
        return number

    def _row_number(self, digits: str) -> int:
        if 0 < len(digits) < 10:
            return int(digits)
        raise FileRefused(f"{self._place} is broken: “{digits[:20]}” is no row")

    def _check_row_count(self) -> None:
        if self._row_count > _MOST_ROWS:
            raise FileRefused(f"{self._place} has more than {_MOST_ROWS:,} rows, empty ones included")

    def _begin_row(self, number: str) -> None:
        self._row_count += 1
        self._check_row_count()
        self._row = _number(number) or self._row + 1
        self._column, self._digits = 0, None


def _row_at(piece: bytes, place: int) -> int:
    """Return the number of the row that begins at `place` with `<row r="`."""
    start = place + len(_ROW) + len(b' r="')
    return _number(piece[start : piece.index(b'"', start)].decode("latin-1"))


def _number(text: str) -> int:
    """Return the number of a row or column that stands in an attribute; 0 where none does."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
