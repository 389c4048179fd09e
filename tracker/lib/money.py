"""Exact money: amounts as people write them, minor units, and splits that lose no cent."""

import re
from collections.abc import Sequence
from decimal import ROUND_HALF_EVEN, Decimal, InvalidOperation
from fractions import Fraction

from babel.numbers import get_currency_precision, is_currency, list_currencies

MAX_AMOUNT = Decimal("9999999999999.99")
"""Fifteen digits: what SQLite, which keeps decimals as floats, gives back unchanged."""

MAX_LENGTH = 100

_SCALES = {
    "": 1, "k": 10**3, "thousand": 10**3, "m": 10**6, "mn": 10**6, "mio": 10**6, "million": 10**6,
    "millions": 10**6, "bn": 10**9, "b": 10**9, "billion": 10**9, "billions": 10**9,
    "tn": 10**12, "trillion": 10**12,
}  # fmt: skip
_SIGNS = {"€": "EUR", "$": "USD", "US$": "USD", "£": "GBP"}
_WRITTEN = re.compile(
    r"^(?P<before>[A-Za-z]{3}|US\$|[€$£])?\s*(?P<number>[\d.,'\s]*\d)\s*(?P<scale>[A-Za-z]*?)"
    r"\s*(?P<after>[A-Z]{3}|[€$£])?$"
)


class AmountError(ValueError):
    """The text is no amount; the message says what was found and what would be right."""


def currencies() -> list[str]:
    """Return the ISO 4217 codes that an amount may carry, in alphabetical order."""
    return sorted(code for code in list_currencies("en") if re.fullmatch(r"[A-Z]{3}", code))


def is_known_currency(code: str) -> bool:
    """Tell whether `code` is an ISO 4217 code."""
    return bool(re.fullmatch(r"[A-Z]{3}", code)) and is_currency(code, "en")


def minor_digits(currency: str) -> int:
    """Return how many decimal places the smallest unit of `currency` has: EUR 2, JPY 0.

    At most two: that is what the register keeps of an amount.
    """
    return min(2, int(get_currency_precision(currency)))


def to_minor(amount: Decimal | Fraction, currency: str) -> int:
    """Return `amount` in whole minor units of `currency`, half to even."""
    return round(Fraction(amount) * 10 ** minor_digits(currency))


def from_minor(minor: int, currency: str) -> Decimal:
    """Return the amount that `minor` units of `currency` are."""
    return Decimal(minor).scaleb(-minor_digits(currency))


def split(total: int, weights: Sequence[Fraction]) -> list[int]:
    """Split `total` units by `weights`, so that the parts add up to `total` exactly.

    Largest remainder (Hamilton) method; ties go to the earlier part. Raises ValueError where
    the weights add up to nothing.
    """
    whole = sum(weights, Fraction(0))
    if whole <= 0:
        raise ValueError("weights must add up to more than zero")
    exact = [Fraction(total) * weight / whole for weight in weights]
    parts = [int(part // 1) for part in exact]
    by_remainder = sorted(range(len(parts)), key=lambda i: (parts[i] - exact[i], i))
    for i in by_remainder[: total - sum(parts)]:
        parts[i] += 1
    return parts


def _number(text: str) -> Decimal:
    """Return the number in `text`, whose separators may be English or continental."""
    bare = re.sub(r"['\s]", "", text)
    point, comma = bare.rfind("."), bare.rfind(",")
    if point >= 0 and comma >= 0:
        thousands, decimal = (",", ".") if point > comma else (".", ",")
        bare = bare.replace(thousands, "").replace(decimal, ".")
    elif "," in bare or bare.count(".") > 1:
        mark = "," if "," in bare else "."
        groups = bare.split(mark)
        if all(len(group) == 3 for group in groups[1:]) and 1 <= len(groups[0]) <= 3:
            bare = "".join(groups)
        elif len(groups) == 2 and mark == ",":
            bare = ".".join(groups)
        else:
            raise InvalidOperation
    return Decimal(bare)


def parse_amount(text: str) -> tuple[Decimal, str]:
    """Read an amount as people write it: `500 million`, `EUR 1.5bn`, `1 250 000,50`, `$3m`.

    Returns the amount and the currency code, which is empty where none is named. Raises
    AmountError for anything else, below zero, above MAX_AMOUNT, or finer than two decimals.
    """
    shown = text.strip()[:60]
    if len(text) > MAX_LENGTH:
        raise AmountError(f"“{shown}…” is too long for an amount")
    match = _WRITTEN.match(text.strip().replace("\N{NO-BREAK SPACE}", " "))
    scale = match["scale"].lower() if match else None
    if not match or scale not in _SCALES:
        raise AmountError(f"“{shown}” is not an amount; write for example 500000000 or 500 million")
    try:
        amount = _number(match["number"]) * _SCALES[scale]
    except InvalidOperation:
        raise AmountError(f"“{shown}” is not a number; write for example 1250000.50 or 1,250,000.50") from None
    if amount > MAX_AMOUNT:
        raise AmountError(f"“{shown}” is larger than {MAX_AMOUNT:,}")
    if amount != amount.quantize(Decimal("0.01"), rounding=ROUND_HALF_EVEN):
        raise AmountError(f"“{shown}” has parts of a cent; round it to two decimals")
    codes = {_SIGNS.get(code, code.upper()) for code in (match["before"], match["after"]) if code}
    if len(codes) > 1:
        raise AmountError(f"“{shown}” names two currencies")
    currency = codes.pop() if codes else ""
    if currency and not is_known_currency(currency):
        raise AmountError(f"“{currency}” is not an ISO 4217 currency code such as EUR or USD")
    return amount.quantize(Decimal("0.01")), currency
