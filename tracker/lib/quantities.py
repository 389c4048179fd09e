"""Quantities with qualifiers: `about 40`, `at least 3`, `10 to 20`, unknown, withheld."""

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from tracker.lib import numbers
from tracker.lib.numbers import Mark, NumberError, TwoReadings
from tracker.lib.plain_characters import plain
from tracker.lib.unknown_words import SOME_WORDS, UNKNOWN_WORDS, WITHHELD_WORDS

MAX_QUANTITY = Decimal("999999999.999999")
"""Nine digits before the point and six behind it: what SQLite gives back unchanged."""

_UNIT = re.compile(r"\d ?[a-z]$")
"""A letter behind a number of units can be a measure: 500 m are metres, or millions."""
_MILLIONTH = Decimal("0.000001")
_WHOLE = re.compile(r"[0-9]{1,9}")

MAX_LENGTH = 100

EXACT, AT_LEAST, ABOUT, UP_TO = "exact", "at least", "about", "up to"
RANGE, UNKNOWN, WITHHELD = "range", "unknown", "withheld"
QUALIFIERS = (EXACT, AT_LEAST, ABOUT, UP_TO, RANGE, UNKNOWN, WITHHELD)

_SPOKEN = {
    AT_LEAST: ("at least", "min.", "minimum", "minimum of", "over", "more than", ">=", "≥", ">"),
    ABOUT: ("about", "approximately", "approx.", "approx", "around", "circa", "ca.", "ca", "c.", "~", "≈"),
    UP_TO: ("up to", "at most", "max.", "maximum", "maximum of", "<=", "≤"),
    EXACT: ("exactly", "exact", "="),
}  # fmt: skip
_UNKNOWN = UNKNOWN_WORDS | SOME_WORDS | {"undisclosed number"}
_NUMBERS = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty",
]  # fmt: skip
_RANGE = re.compile(r"(?:(?:between|from) )?([^-]+?) ?(?:-|\bto\b|\band\b) ?([^-]+)")


class QuantityError(ValueError):
    """The text is no quantity; the message says what was found and what would be right."""


class AmbiguousQuantity(QuantityError):
    """A number in the text can be two. `readings` are both, by the mark that stands before decimals."""

    def __init__(self, message: str, readings: dict[Mark, Decimal]) -> None:
        self.readings = readings
        super().__init__(message)


@dataclass(frozen=True)
class Quantity:
    """A number of units: how it is meant, and the lowest and the highest it can be.

    `low` and `high` are None where there is no such bound. An unknown or withheld quantity has
    neither: it is not zero.
    """

    qualifier: str
    low: Decimal | None = None
    high: Decimal | None = None

    def __str__(self) -> str:
        if self.qualifier in (UNKNOWN, WITHHELD):
            return self.qualifier
        if self.qualifier == RANGE:
            return f"{_plain(self.low)} to {_plain(self.high)}"
        number = _plain(self.counted)
        return number if self.qualifier == EXACT else f"{self.qualifier} {number}"

    @property
    def counted(self) -> Decimal | None:
        """The number that a table adds up: the one stated, and of a range the lower.

        None where the quantity is unknown or withheld. Anything but exact is marked beside the sum.
        """
        return self.high if self.qualifier == UP_TO else self.low


def estimated(quantity: Quantity) -> Quantity:
    """Return an exact number as `about` that many; what is no exact number says so itself."""
    return replace(quantity, qualifier=ABOUT) if quantity.qualifier == EXACT else quantity


def _plain(number: Decimal | None) -> str:
    assert number is not None
    return numbers.written(number)


def _number(text: str, shown: str, mark: Mark | None) -> Decimal:
    if text in _NUMBERS:
        return Decimal(_NUMBERS.index(text))
    try:
        if _UNIT.search(text):
            raise NumberError
        number = numbers.parse(text, mark)
    except TwoReadings as error:
        raise AmbiguousQuantity(str(error).replace(f"“{text}”", f"“{shown}”"), error.readings) from None
    except NumberError as error:
        if mark is not None and numbers.readings(text).by_mark and str(error):
            raise QuantityError(str(error)) from None
        raise QuantityError(
            f"“{shown}” is not a quantity; write for example 4, about 40, at least 3, up to 10, "
            "10 to 20, unknown or withheld"
        ) from None
    if number < 0:
        raise QuantityError(f"“{shown}” is negative; a quantity is zero or more")
    if number > MAX_QUANTITY:
        raise QuantityError(f"“{shown}” is larger than {_plain(MAX_QUANTITY)}")
    return number


def rounded(quantity: Quantity) -> Quantity:
    """Return `quantity` with the six decimals that are kept; programs that share out a gift give more."""
    low, high = (
        None if bound is None else bound.quantize(_MILLIONTH).normalize() + 0 for bound in (quantity.low, quantity.high)
    )
    return Quantity(quantity.qualifier, low, high)


def parse(text: str, mark: Mark | None = None) -> Quantity:
    """Read a quantity as people write it.

    `mark` is the convention of its column; None where it stands alone. Raises QuantityError, with what was found and
    what would be right, for anything else; AmbiguousQuantity for `1.500` alone, which is one and a half in English
    and a thousand more on the continent.
    """
    quantity = parse_exact(text, mark)
    if quantity != rounded(quantity):
        raise QuantityError(f"“{plain(text)[:60]}” has more than six decimals")
    return quantity


@lru_cache(maxsize=10_000)
def stored(text: str) -> Quantity:
    """Return the quantity whose canonical text, as `str` gives it, is `text`. Raises QuantityError."""
    if _WHOLE.fullmatch(text):
        # As most are; all that a text could mean besides takes twenty times as long to look for.
        return _qualified(EXACT, Decimal(text))
    return parse(text, Mark.POINT)


@lru_cache(maxsize=10_000)
def parse_exact(text: str, mark: Mark | None = None) -> Quantity:
    """Do as `parse`, and leave all decimals, which programs work out, as they are."""
    shown = plain(text)[:60]
    folded = plain(text).lower()
    if len(text) > MAX_LENGTH:
        raise QuantityError(f"“{shown}…” is too long for a quantity")
    if folded in _UNKNOWN:
        return Quantity(UNKNOWN)
    if folded in WITHHELD_WORDS:
        return Quantity(WITHHELD)
    for qualifier, words in _SPOKEN.items():
        for word in sorted(words, key=len, reverse=True):
            if folded.startswith(word) and (not word[-1].isalpha() or folded[len(word) :][:1] == " "):
                number = _number(folded[len(word) :].strip(), shown, mark)
                return _qualified(qualifier, number)
    if folded.endswith("+"):
        return _qualified(AT_LEAST, _number(folded[:-1].strip(), shown, mark))
    between = _RANGE.fullmatch(folded)
    if between:
        low, high = (_number(part, shown, mark) for part in between.groups())
        if low > high:
            raise QuantityError(f"“{shown}” runs backwards; write the lower number first")
        return Quantity(RANGE, low, high) if low < high else Quantity(EXACT, low, low)
    return _qualified(EXACT, _number(folded, shown, mark))


def _qualified(qualifier: str, number: Decimal) -> Quantity:
    low = None if qualifier == UP_TO else number
    high = None if qualifier == AT_LEAST else number
    return Quantity(qualifier, low, high)
