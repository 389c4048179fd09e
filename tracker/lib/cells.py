"""Cells of a table: what one can hold, whether it says anything, and its text: as it is, as an id, or as a list.

Numbers, amounts, quantities and dates are read by `reading_cells`.
"""

import datetime as dt
import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

from tracker.lib.text import fold, latinise
from tracker.lib.unknown_words import SOME_WORDS, UNKNOWN_WORDS, WITHHELD_WORDS

Cell = str | int | Decimal | dt.date | dt.datetime | bool | None
"""What a cell can hold. Numbers are exact; a cell without anything is None."""

MAX_LENGTH = 100
"""Characters of a number, a date, a quantity or an id."""


class CellError(ValueError):
    """The cell cannot be read; the message says what was found and what would be right."""


class Ambiguous(CellError):
    """The cell can be read in two ways, which the convention of its column decides; the message has both."""


SENTINELS = UNKNOWN_WORDS | WITHHELD_WORDS | SOME_WORDS | {"no value available", "no price"}
"""Words that mean: not known. Folded."""

_ERROR = re.compile(r"#[A-Z][A-Z0-9/_]*[!?]?|#+|Err:\d{3}|nan|NaN|-?inf", re.ASCII)
"""What a spreadsheet or a program shows where a formula failed, or a column was too narrow."""
_ADDRESS = re.compile(r"https?://\S+?(?=[;,]*(?:\s|$)|[;,]+https?://)", re.IGNORECASE)


_DIGITS = 15
"""How many digits of a number a spreadsheet keeps and shows: its numbers are binary floats."""


def spreadsheet_number(number: int | Decimal) -> float | None:
    """Return a number as a cell of a workbook holds it; None where it has too many digits, and must be text."""
    digits = "".join(map(str, Decimal(number).as_tuple().digits)).rstrip("0")
    held = float(Decimal(number)) if len(digits) <= _DIGITS else None
    # What is too large or too small for a float is none either.
    return held if held is not None and Decimal(repr(held)) == number else None


def is_unknown(cell: Cell, sentinels: Collection[str] = SENTINELS) -> bool:
    """Tell whether a cell is empty, or says that nothing is known."""
    if not isinstance(cell, str):
        return cell is None
    if len(cell) > MAX_LENGTH:
        return False
    folded = fold(cell)
    # A cell of invisible characters only is empty, whatever the words of a publisher are.
    return not folded or folded in sentinels


def text(cell: Cell) -> str:
    """Return a cell as one line of text; empty where there is nothing. A sentinel is kept."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return " ".join(cell.split())
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat() if cell.time() == dt.time() else cell.isoformat(sep=" ")
    return format(cell, "f") if isinstance(cell, Decimal) else str(cell)


def prose(cell: Cell) -> str:
    """Return a cell as text that keeps its lines; empty where there is nothing."""
    if not isinstance(cell, str):
        return text(cell)
    lines = [" ".join(line.split()) for line in cell.splitlines()]
    if len(lines) == 1:
        return lines[0]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def is_error(cell: Cell) -> bool:
    """Tell whether a cell shows that something failed, such as `#REF!`: it says nothing, not even that it is empty."""
    return isinstance(cell, str) and _ERROR.fullmatch(cell.strip()) is not None


@dataclass(frozen=True)
class Identifier:
    """An id of a source: as it is matched, and what was put right in it (empty: nothing)."""

    matched: str
    note: str = ""


def identifier(cell: Cell) -> Identifier:
    """Return an id with look-alike letters (Cyrillic С in СZM40) put right. Empty text for an empty cell.

    Raises CellError where it is too long for an id, and for an error such as `#REF!`.
    """
    written = text(cell)
    if is_error(cell):
        raise CellError(f"“{written}” is an error that a program shows, and no id")
    if len(written) > MAX_LENGTH:
        raise CellError(f"“{written[:60]}…” is too long for an id")
    if written.isascii():
        return Identifier(written)
    matched = latinise(written)
    strange = [letter for letter, read in zip(written, matched, strict=True) if letter != read]
    if not strange or not matched.isascii():
        return Identifier(written)
    names = ", ".join(dict.fromkeys(unicodedata.name(letter).lower() for letter in strange))
    return Identifier(matched, f"“{written}” is written with {names}; read as “{matched}”")


def listed(cell: Cell, separators: Collection[str] = (";",)) -> list[str]:
    """Return the parts of a list, in order, once each.

    A semicolon or a line break separates wherever it stands, a comma (where `separators` has one) only
    before a space; none does inside parentheses. Sentinels are left out.
    """
    if not isinstance(cell, str):
        return [] if cell is None else [text(cell)]
    bare = (mark.strip() for mark in separators)
    marks = "|".join(", " if mark == "," else re.escape(mark) for mark in bare)
    parts = (text(part) for part in re.split(rf"(?:{marks}|\n)(?![^()]*\))", cell.replace("\N{NO-BREAK SPACE}", " ")))
    return list(dict.fromkeys(part for part in parts if not is_unknown(part)))


def addresses(cell: Cell) -> list[str]:
    """Return the web addresses in a cell, in order, once each; other text is left out.

    An address inside another, as an archive has it, is a part of that.
    """
    found = _ADDRESS.findall(cell) if isinstance(cell, str) else []
    return list(dict.fromkeys(address.rstrip(".,;)]>\"'") if "(" not in address else address for address in found))
