"""Numbers as people and programs write them: what a text can mean, and by which convention.

1,234.50 has a decimal point, 1.234,50 a decimal comma; 1.500 can be either, and is never guessed.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from tracker.lib.plain_characters import plain

MAX_LENGTH = 100


class NumberError(ValueError):
    """The text is no number, or not by this convention; the message says what was found and what would be right."""


class Mark(Enum):
    """What stands before the decimals: the convention by which a column is written."""

    POINT = "point"
    COMMA = "comma"


class TwoReadings(NumberError):
    """The text can be two numbers. `readings` are both, by the mark."""

    def __init__(self, shown: str, readings: dict[Mark, Decimal]) -> None:
        self.readings = readings
        both = " or ".join(written(number) for number in readings.values())
        super().__init__(f"“{shown}” can be {both}: write the one you mean")


SCALES = {
    "thousand": 3, "k": 3, "tsd": 3, "тис": 3, "lakh": 5,
    "million": 6, "millions": 6, "m": 6, "mn": 6, "mio": 6, "mln": 6, "mill": 6, "millionen": 6, "млн": 6, "crore": 7,
    "billion": 9, "billions": 9, "bn": 9, "b": 9, "mrd": 9, "mld": 9, "milliarden": 9, "milliarde": 9, "млрд": 9,
    "trillion": 12, "tn": 12,
}  # fmt: skip
"""Words for thousands, millions and so on, and their powers of ten; a full stop may follow."""
_ENGLISH = {"thousand", "million", "millions", "billion", "billions", "bn", "mn", "trillion", "tn"}
"""Words beside which nobody groups thousands by points: 1.125 billion is a little more than one."""

_INDIAN = r"[1-9]\d?(?:,\d\d)+,\d{3}"
"""12,34,567: lakhs and crores. At least one group of two, so that nothing else looks like it."""
_SCALE = "|".join(sorted(SCALES, key=len, reverse=True))


def _pattern(decimals: str, groups: str, also: str = "") -> re.Pattern[str]:
    whole = rf"\d+|[1-9]\d{{0,2}}(?:(?P<group>[{groups}])\d{{3}})(?:(?P=group)\d{{3}})*{also}"
    return re.compile(rf"(?P<whole>{whole}|)(?:{decimals}(?P<decimals>\d+))?", re.ASCII)


_PATTERNS = {Mark.POINT: _pattern(r"\.", ",' ", f"|{_INDIAN}"), Mark.COMMA: _pattern(",", ".' ")}
_EXPONENTS = {
    mark: re.compile(rf"(\d+)(?:{sign}(\d+))?[eE]([+-]?\d{{1,3}})", re.ASCII)
    for mark, sign in ((Mark.POINT, r"\."), (Mark.COMMA, ","))
}
_SCALED = re.compile(rf"(?P<number>.*?\d) ?(?P<scale>{_SCALE})\.?", re.IGNORECASE)


def written(number: Decimal) -> str:
    """Return `number` without an exponent or needless zeros, so that it has one reading: 1.5, and 1.1250."""
    text = format(number, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    whole, _, decimals = text.partition(".")
    return f"{text}0" if len(decimals) == 3 and len(whole.lstrip("-")) <= 3 else text


def unsigned(text: str) -> tuple[str, bool]:
    """Return plain text without its sign, and whether that makes it negative: -500, 500-, (500)."""
    if text.startswith("(") and text.endswith(")"):
        return text[1:-1].strip(), True
    if text.startswith(("-", "+")):
        return text[1:].strip(), text[0] == "-"
    return (text[:-1].strip(), True) if text.endswith("-") else (text, False)


@dataclass(frozen=True)
class Readings:
    """The numbers that a text can be, by the convention; none where it is no number."""

    by_mark: dict[Mark, Decimal]

    @property
    def has_two(self) -> bool:
        """Tell whether it depends on the convention which number it is."""
        return len(set(self.by_mark.values())) > 1


def readings(text: str) -> Readings:
    """Return what numbers a text can be. Grouped by threes, or as in India; with a sign, an exponent or a word."""
    if len(text) > MAX_LENGTH:
        return Readings({})
    bare, is_negative = unsigned(plain(text))
    scaled = _SCALED.fullmatch(bare)
    word = scaled["scale"].lower() if scaled else ""
    found: dict[Mark, Decimal] = {}
    for mark in Mark:
        digits = _digits(scaled["number"] if scaled else bare, mark, word)
        if digits:
            sign, exponent = "-" if is_negative and digits.strip("0.") else "", SCALES.get(word, 0)
            found[mark] = _exactly(sign, digits, exponent)
    return Readings(found)


def _digits(bare: str, mark: Mark, word: str) -> str:
    """Return a number without a sign as Python writes it; empty where it is none by this convention."""
    exponential = _EXPONENTS[mark].fullmatch(bare) if not word else None
    if exponential:
        whole, decimals, exponent = exponential.groups()
        return f"{whole}.{decimals or 0}e{exponent}"
    match = _PATTERNS[mark].fullmatch(bare)
    if not match or not bare or (match["group"] == "." and word in _ENGLISH):
        return ""
    whole = re.sub(r"\D", "", match["whole"]) or "0"
    return f"{whole}.{match['decimals']}" if match["decimals"] else whole


def _exactly(sign: str, digits: str, exponent: int) -> Decimal:
    """Return the number without rounding: Decimal rounds what it computes, and not what it is given."""
    number = Decimal(sign + digits).as_tuple()
    return Decimal((number.sign, number.digits, int(number.exponent) + exponent))


def parse(text: str, mark: Mark | None = None) -> Decimal:
    """Return the number that a text is, exactly.

    `mark` is the convention of the column that it stands in; None, where it stands alone, reads what has one
    reading. Raises TwoReadings for `1.500` alone, and NumberError for what is no number, or not by `mark`.
    """
    found, shown = readings(text), plain(text)[:60]
    if len(text) > MAX_LENGTH:
        raise NumberError(f"“{shown}…” is too long for a number")
    if not found.by_mark:
        raise NumberError(f"“{shown}” is not a number; write for example 1250000.50")
    if mark is not None and mark not in found.by_mark:
        raise NumberError(f"“{shown}” cannot be read with a decimal {mark.value}, as the rest of its column is")
    if mark is None and found.has_two:
        raise TwoReadings(shown, found.by_mark)
    return found.by_mark[mark] if mark is not None else next(iter(found.by_mark.values()))
