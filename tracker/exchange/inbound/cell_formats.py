"""Which cells of a sheet show by their number format what their number does not say. The parser gives numbers alone."""

import re
from array import array

from tracker.exchange.inbound.archives import Archive, attributes_of, local
from tracker.exchange.inbound.number_formats import CellFormat, NumberFormat, Says
from tracker.exchange.inbound.workbook_types import FileRefused

_MOST_FORMATS, _MOST_STYLES, _LONGEST, _DEEPEST = 10_000, 100_000, 1_000, 100
"""Spreadsheet programs write some 250 formats of 255 characters and 65,490 styles at most, in a few levels."""
_BUILT_IN = {"9": "0%", "10": "0.00%"} | dict.fromkeys(("5", "6", "7", "8", "42", "44"), "¤#,##0.00")
"""Those by number that a file need not spell out, as far as they say more than a number."""
_FEW = 100
"""Up to so many styles are looked for one by one, which is faster."""
_KIND, _NAME = re.compile(rb' t="([^"]*)"'), re.compile(rb' r="([^"]*)"')


class FormattedCells:
    """The cells of a sheet whose format says more than their number, by row and column from 1."""

    def __init__(self) -> None:
        self._kinds: dict[CellFormat, int] = {}
        self._found: list[CellFormat] = []
        self._columns: dict[int, array[int]] = {}
        """What each row has of them in a column, by its place in `_found` from 1. A cell takes two bytes."""

    def add(self, row: int, column: int, shown: CellFormat, rows: int = 1) -> None:
        """Note a cell, and those below it that are the same: `rows` in all."""
        kind = self._kinds.get(shown)
        if kind is None:
            self._found.append(shown)
            kind = self._kinds[shown] = len(self._found)
        marks = self._columns.setdefault(column, array("H"))
        if row + rows > len(marks):
            marks.extend([0] * (row + rows - len(marks)))
        marks[row : row + rows] = array("H", [kind]) * rows

    def __bool__(self) -> bool:
        return bool(self._columns)

    def in_row(self, row: int) -> dict[int, CellFormat]:
        """Return those of a row, by column from 0."""
        return {
            column - 1: self._found[marks[row] - 1]
            for column, marks in self._columns.items()
            if row < len(marks) and marks[row]
        }


class Styles:
    """The styles of an XLSX file that show more than a number, by the number that a cell names."""

    def __init__(self, formats: dict[str, NumberFormat]) -> None:
        self._formats = formats
        numbers = "|".join(formats) if len(formats) <= _FEW else r"\d+"
        self._cell = re.compile(rf' s="({numbers})"[^<>]*><v>([^<]*)<'.encode())

    def __bool__(self) -> bool:
        return bool(self._formats)

    def of(self, style: str, value: str) -> CellFormat | None:
        """Return what a style shows of a number, as the file writes it, beside it; None where nothing."""
        found = self._formats.get(style)
        try:
            return found.of(float(value)) if found else None
        except ValueError:
            return None

    def cells_in(self, piece: bytes) -> list[tuple[str, CellFormat]]:
        """Return the names of cells with such numbers in a piece of rows, and what they show."""
        found = []
        for match in self._cell.finditer(piece):
            tag = piece[piece.rfind(b"<c ", 0, match.start()) : match.start(2)]
            kind = _KIND.search(tag)
            shown = None if kind and kind[1] != b"n" else self.of(match[1].decode(), match[2].decode("latin-1"))
            name = _NAME.search(tag)
            if shown and name:
                found.append((name[1].decode("latin-1"), shown))
        return found


def format_of(cell: dict[str, str]) -> CellFormat | None:
    """Return what a cell of an ODS file, by its attributes, says to show beside its number; None where nothing."""
    kind, currency = cell.get("value-type"), cell.get("currency", "")[:20]
    if kind == "percentage":
        return CellFormat(Says.PERCENT, "%")
    return CellFormat(Says.CURRENCY, currency, currency) if kind == "currency" and currency else None


def styles_of(archive: Archive, part: str) -> Styles:
    """Return the styles that show more than a number. Raises FileRefused where there are more than any file has."""
    scan = _StyleSheet(archive.name)
    if part and part in archive:
        archive.parse(part, scan.start, scan.end)
    codes = _BUILT_IN | scan.formats
    made = {number: NumberFormat(codes[number]) for number in set(scan.styles) if number in codes}
    telling = {number: one for number, one in made.items() if not one.is_plain}
    return Styles({str(place): telling[number] for place, number in enumerate(scan.styles) if number in telling})


class _StyleSheet:
    """Handlers for the XML of the styles of an XLSX file."""

    def __init__(self, name: str) -> None:
        self.formats: dict[str, str] = {}
        self.styles: list[str] = []
        """The number of the format of each style."""
        self._name = name
        self._depth = 0
        self._is_of_cells = False

    def start(self, tag: str, flat: list[str]) -> None:
        self._depth += 1
        tag = local(tag)
        if tag == "numFmt":
            attributes = attributes_of(flat)
            self.formats[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
            self._check(len(attributes.get("formatCode", "")) <= _LONGEST)
        elif tag == "cellXfs":
            self._is_of_cells = True
        elif tag == "xf" and self._is_of_cells:
            self.styles.append(attributes_of(flat).get("numFmtId", "0"))
        self._check(self._depth <= _DEEPEST and len(self.formats) <= _MOST_FORMATS and len(self.styles) <= _MOST_STYLES)

    def end(self, tag: str) -> None:
        self._depth -= 1
        if local(tag) == "cellXfs":
            self._is_of_cells = False

    def _check(self, is_sound: bool) -> None:
        if not is_sound:
            raise FileRefused(
                f"{self._name} has more or longer number formats and styles than spreadsheet programs write; "
                "save the sheet that is meant as CSV"
            )
