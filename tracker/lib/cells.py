"""Cells of a table: what is in one, read as text, number, quantity, date or list.

Every function is pure. Where a cell says that something is not known, it returns None (or the
unknown date or quantity): unknown is never zero. Where it cannot be read, it raises CellError.
"""

import datetime as dt
import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation, localcontext
from enum import Enum

from tracker.lib import partial_dates, quantities
from tracker.lib.money import MAX_AMOUNT
from tracker.lib.partial_dates import DateError, PartialDate
from tracker.lib.quantities import Quantity, QuantityError
from tracker.lib.text import fold, latinise

Cell = str | int | Decimal | dt.date | dt.datetime | bool | None
"""What a cell can hold. Numbers are exact; a cell without anything is None."""

MAX_LENGTH = 100
"""Characters of a number, a date, a quantity or an id."""


class CellError(ValueError):
    """The cell cannot be read; the message says what was found and what would be right."""


class DayOrder(Enum):
    """Which comes first where a source writes 06/02/2024. A dotted date is always day first."""

    DAY_FIRST = "day first"
    MONTH_FIRST = "month first"


SENTINELS = frozenset({
    "", ".", "-", "–", "—", "?", "n/a", "na", "unknown", "unclear", "not given", "not specified", "not stated",
    "unspecified", "undisclosed", "not disclosed", "no value available", "no price", "dozens", "hundreds",
    "several", "partially", "tbd", "to be determined",
})  # fmt: skip
"""Words that mean: not known. Folded."""

_UNCERTAIN = re.compile(r"^(?:not specified|unspecified|unclear|undisclosed|unknown)\s*,\s*(?=\d)")
_SLASHED = re.compile(r"(?<![\d/.-])(\d{1,2})/(\d{1,2})/(\d{4}|\d{2})(?![\d/.-])", re.ASCII)
_MONTH_OF_CENTURY = re.compile(r"(?<![\d/.-])(\d{1,2})/(\d{2})(?![\d/.-])", re.ASCII)
_NUMBER = re.compile(
    r"(?P<sign>[+-]?)(?P<whole>\d{1,3}(?:(?P<group>[,.' ])\d{3})(?:(?P=group)\d{3})*|\d*)"
    r"(?:(?P<mark>[.,])(?P<decimals>\d+))?",
    re.ASCII,
)
_FRACTION = re.compile(r"\d+(?:,(?:\d{1,2}|\d{4,20})|\.\d{7,20})", re.ASCII)
"""A third of a gift as a CSV file has it, or half of one after a comma: what cannot be thousands."""
_SCIENTIFIC = re.compile(r"[+-]?\d+(?:\.\d+)?[eE][+-]?\d{1,2}", re.ASCII)
_ADDRESS = re.compile(r"https?://\S+?(?=[;,]*(?:\s|$)|[;,]+https?://)", re.IGNORECASE)
_CENT, _MILLIONTH = Decimal("0.01"), Decimal("0.000001")


def is_unknown(cell: Cell, sentinels: Collection[str] = SENTINELS) -> bool:
    """Tell whether a cell is empty, or says that nothing is known."""
    return cell is None or (isinstance(cell, str) and len(cell) <= MAX_LENGTH and fold(cell) in sentinels)


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
    lines = (" ".join(line.split()) for line in cell.splitlines())
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def number(cell: Cell, sentinels: Collection[str] = SENTINELS, decimal: str = ".") -> Decimal | None:
    """Return the number in a cell, exactly; None where it is not known.

    `decimal` is the source's decimal mark. It decides where a text can be read in two ways: `1.500`;
    where only one reading makes sense, as in `395,88`, that is taken. Raises CellError for text that is
    no number, for `1.000.00`, for a date and for yes or no.
    """
    if is_unknown(cell, sentinels):
        return None
    if isinstance(cell, int | Decimal) and not isinstance(cell, bool):
        return Decimal(cell)
    if not isinstance(cell, str):
        raise CellError(f"“{text(cell)}” is not a number; is the cell formatted as a date?")
    bare = text(unicodedata.normalize("NFKC", cell)).replace("\N{MINUS SIGN}", "-")
    if len(bare) > MAX_LENGTH:
        raise CellError(f"“{bare[:60]}…” is too long for a number")
    if _SCIENTIFIC.fullmatch(bare):
        return Decimal(bare)
    match = _NUMBER.fullmatch(bare)
    if not match or not (match["whole"] or match["decimals"]):
        raise CellError(f"“{bare[:60]}” is not a number; write for example 1250000.50")
    return _exact(match, bare, decimal)


def _exact(match: re.Match[str], shown: str, decimal: str) -> Decimal:
    """Return the number of a match, whose marks may be English or continental."""
    whole, group, mark = match["whole"], match["group"], match["mark"]
    if group and group == mark:
        raise CellError(f"“{shown}” uses “{group}” for thousands and for decimals; write for example 1250000.50")
    groups = whole.count(group) if group else 0
    if groups == 1 and not mark and group in ".," and (group == decimal or whole.startswith("0")):
        return Decimal(match["sign"] + whole.replace(group, "."))
    digits = re.sub(r"[^0-9]", "", whole) or "0"
    return Decimal(match["sign"] + digits + (f".{match['decimals']}" if mark else ""))


def amount(cell: Cell, sentinels: Collection[str] = SENTINELS, decimal: str = ".") -> Decimal | None:
    """Return an amount of money rounded to two decimals, half to even; None where not known.

    A publisher's conversions have as many decimals as a float; the register keeps cents. Raises
    CellError as `number`, and where it is larger than the register keeps.
    """
    found = number(cell, sentinels, decimal)
    if found is None:
        return None
    try:
        with localcontext(prec=2 * MAX_LENGTH):
            cents = found.quantize(_CENT)
    except InvalidOperation:
        cents = MAX_AMOUNT + 1
    if abs(cents) > MAX_AMOUNT:
        raise CellError(f"“{text(cell)[:60]}” is larger than {MAX_AMOUNT:,}")
    return cents


def quantity(cell: Cell) -> Quantity:
    """Return a number of units; unknown or withheld where the cell says so.

    A joint gift that is split gives fractions, of which six decimals are kept. Raises CellError for
    anything else, and below zero.
    """
    if isinstance(cell, str) and not _FRACTION.fullmatch(text(cell)):
        try:
            return quantities.parse(cell)
        except QuantityError as error:
            if is_unknown(cell):
                return Quantity(quantities.UNKNOWN)
            raise CellError(str(error)) from None
    units = number(cell)
    if units is None:
        return Quantity(quantities.UNKNOWN)
    if not 0 <= units <= quantities.MAX_QUANTITY:
        raise CellError(f"“{text(cell)[:60]}” is no number of units between 0 and {quantities.MAX_QUANTITY:,}")
    kept = units.quantize(_MILLIONTH).normalize() + 0
    return Quantity(quantities.EXACT, kept, kept)


def date(cell: Cell, order: DayOrder) -> PartialDate:
    """Return the date in a cell, `partial_dates.UNKNOWN` where there is none.

    Reads what `partial_dates.parse` reads, and beside it what sources write: years of two digits (of this
    century), `between … & …`, `not specified, 03/22`. `order` decides on 06/02/2024; 29/06/2022 can only be
    read in one way. Raises CellError for a day that does not exist, and for anything that is no date.
    """
    if is_unknown(cell):
        return partial_dates.UNKNOWN
    if isinstance(cell, dt.date):
        written = f"{cell:%Y-%m-%d}"
    elif isinstance(cell, str) or (isinstance(cell, int) and not isinstance(cell, bool) and 1000 <= cell <= 9999):
        written = text(cell).casefold()[: MAX_LENGTH + 1]
    else:
        raise CellError(f"“{text(cell)[:60]}” is not a date; is the cell formatted as a number?")
    written = _UNCERTAIN.sub("", written).replace(" & ", " and ")
    written = _SLASHED.sub(lambda match: _iso(match, order), written)
    written = _MONTH_OF_CENTURY.sub(r"20\2-\g<1>", written)
    try:
        return partial_dates.parse(written)
    except DateError as error:
        shown, said = f"“{text(cell)[:60]}”", f"“{written[:60]}”"
        reason = str(error)
        raise CellError(
            shown + reason.removeprefix(said) if reason.startswith(said) else f"{shown}: {reason}"
        ) from None


def _iso(match: re.Match[str], order: DayOrder) -> str:
    first, second, year = (int(part) for part in match.groups())
    month_first = order is DayOrder.MONTH_FIRST
    # Where that leaves no month, it is the other way round; where neither is one, the date is refused later.
    if (first if month_first else second) > 12 >= (second if month_first else first):
        month_first = not month_first
    month, day = (first, second) if month_first else (second, first)
    return f"{year if year >= 100 else year + 2000:04d}-{month:02d}-{day:02d}"


def yes_no(cell: Cell, sentinels: Collection[str] = SENTINELS) -> bool | None:
    """Return what `Yes`, `No`, 1 or 0 say; None where not known. Raises CellError for anything else."""
    if is_unknown(cell, sentinels):
        return None
    said = {"yes": True, "y": True, "true": True, "1": True, "no": False, "n": False, "false": False, "0": False}
    word = text(cell)[:MAX_LENGTH].casefold()
    if word not in said:
        raise CellError(f"“{text(cell)[:60]}” is neither yes nor no, 1 nor 0")
    return said[word]


@dataclass(frozen=True)
class Identifier:
    """An id of a source: as it is matched, and what was put right in it (empty: nothing)."""

    matched: str
    note: str = ""


def identifier(cell: Cell) -> Identifier:
    """Return an id with look-alike letters (Cyrillic С in СZM40) put right. Empty text for an empty cell.

    Raises CellError where it is too long for an id.
    """
    written = text(cell)
    if len(written) > MAX_LENGTH:
        raise CellError(f"“{written[:60]}…” is too long for an id")
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
