"""The process that parses workbooks. It is run as a file, by workbooks.py, and knows nothing of the rest.

The parser aborts its process where memory runs out, and takes as much as a file tells it to. It is run by
limited.py, with limits that the operating system keeps, and takes nothing else down with it.

Arguments: file, characters of a cell, and the sheet (none: list the sheets). Writes pickles to standard output: the
names of the sheets, each with whether it is shown; or lists of (number, cells); and at last the text `end`. A cell is
a bool, float, int, text, date, time, or '' where it is empty.
"""

import pickle
import sys
from typing import IO, Any

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

_BATCH_ROWS, _BATCH_CHARACTERS = 1_000, 1_000_000
REFUSED, LOCKED = 3, 4
"""Exit codes: the parser cannot read the file; it wants a password."""


def _send(out: IO[bytes], message: Any) -> None:
    pickle.dump(message, out, pickle.HIGHEST_PROTOCOL)


def _rows(book: CalamineWorkbook, sheet: str, longest: int, out: IO[bytes]) -> None:
    """Send the rows of a sheet that are not empty, in batches of bounded size."""
    opened = book.get_sheet_by_name(sheet)
    # Empty rows above the data are given, empty columns before it are not.
    indent = [""] * (opened.start[1] if opened.start else 0)
    batch: list[tuple[int, list[Any]]] = []
    # Texts that stand in many cells are sent, and held at the other end, once in a batch.
    texts: dict[str, str] = {}
    characters = 0
    for number, cells in enumerate(opened.iter_rows(), start=1):
        # One character more shows that the text is too long.
        cut = [texts.setdefault(cell, cell[: longest + 1]) if type(cell) is str else cell for cell in cells]
        if not any(cell != "" for cell in cut):
            continue
        batch.append((number, indent + cut))
        characters += sum(len(cell) for cell in cut if type(cell) is str)
        if len(batch) >= _BATCH_ROWS or characters >= _BATCH_CHARACTERS:
            _send(out, batch)
            batch, texts, characters = [], {}, 0
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
