"""The process that parses workbooks. It is run as a file, by workbooks.py, and knows nothing of the rest.

The parser aborts its process where memory runs out, and takes as much as a file tells it to. It is run by
limited.py, with limits that the operating system keeps, and takes nothing else down with it.

Arguments: file, characters of a cell, and the sheet (none: list the sheets). Writes pickles to standard output: the
names of the sheets, each with whether it is shown; or lists of (number, cells); and at last the text `end`. A cell is
a bool, int, text or date, None where it is empty, or a float, which has to be made exact.
"""

import datetime as dt
import pickle
import sys
from typing import IO, Any

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

_BATCH_ROWS, _BATCH_CHARACTERS = 1_000, 1_000_000
REFUSED, LOCKED = 3, 4
"""Exit codes: the parser cannot read the file; it wants a password."""
TOO_LONG = "\0"
"""Stands in for a text that is too long; no workbook can hold it."""
_EXACT = 2**53
"""Up to here a spreadsheet's numbers, which are binary floats, hold every whole number."""


class Texts(dict[str, str | None]):
    """What each text of a cell becomes. One that stands in many cells is looked at, and held at the other end, once."""

    def __init__(self, longest: int) -> None:
        super().__init__()
        self._longest = longest
        self.characters = 0

    def __missing__(self, text: str) -> str | None:
        self[text] = found = TOO_LONG if len(text) > self._longest else text if text.strip() else None
        self.characters += len(found or "")
        return found


def plain(value: Any) -> Any:
    """Return a value of the parser that is no text as a cell; a number with decimals as it is."""
    if type(value) is float:
        return int(value) if value.is_integer() and -_EXACT <= value <= _EXACT else value
    return str(value) if isinstance(value, dt.time | dt.timedelta) else value


def _send(out: IO[bytes], message: Any) -> None:
    pickle.dump(message, out, pickle.HIGHEST_PROTOCOL)


def _rows(book: CalamineWorkbook, sheet: str, longest: int, out: IO[bytes]) -> None:
    """Send the rows of a sheet that are not empty, in batches of bounded size."""
    opened = book.get_sheet_by_name(sheet)
    # Empty rows above the data are given, empty columns before it are not.
    indent = [None] * (opened.start[1] if opened.start else 0)
    batch: list[tuple[int, list[Any]]] = []
    texts = Texts(longest)
    for number, cells in enumerate(opened.iter_rows(), start=1):
        if not any(cell != "" for cell in cells):
            continue
        batch.append((number, indent + [texts[cell] if type(cell) is str else plain(cell) for cell in cells]))
        if len(batch) >= _BATCH_ROWS or texts.characters >= _BATCH_CHARACTERS:
            _send(out, batch)
            batch, texts = [], Texts(longest)
    _send(out, batch)


def _main(path: str, longest: str, *sheet: str) -> int:
    try:
        # Opened by its content: the name of an upload says nothing.
        with open(path, "rb") as file:
            book = CalamineWorkbook.from_filelike(file)
        if sheet:
            _rows(book, sheet[0], int(longest), sys.stdout.buffer)
        else:
            kinds = book.sheets_metadata
            sheets = [kind for kind in kinds if kind.typ == SheetTypeEnum.WorkSheet]
            _send(sys.stdout.buffer, [(kind.name, kind.visible == SheetVisibleEnum.Visible) for kind in sheets])
    except PasswordError:
        return LOCKED
    except CalamineError:
        return REFUSED
    _send(sys.stdout.buffer, "end")
    sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(_main(*sys.argv[1:]))
