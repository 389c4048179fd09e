"""Exact money: amounts as people write them, minor units, and splits that lose no cent."""

import re
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation, localcontext
from fractions import Fraction
from functools import cache

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
_CURRENCY = r"[A-Za-z]{3}|US\$|[€$£]"
_WRITTEN = re.compile(
    rf"(?P<before>{_CURRENCY})?\s*(?P<number>[\d.,'\s]*\d)"
    rf"\s*(?P<scale>{'|'.join(sorted(_SCALES, key=len, reverse=True))})\s*(?P<after>{_CURRENCY})?",
    re.IGNORECASE,
)
# Thousands in groups of three, all set apart by the same mark; the decimals by another.
_GROUPED = re.compile(r"([1-9]\d{0,2})([,.' ])(\d{3}(?:\2\d{3})*)(?:(?!\2)[.,](\d+))?")
_PLAIN = re.compile(r"\d*[.,]?\d+")
_ONE_POINT = re.compile(r"[1-9]\d{0,2}\.\d{3}")


class AmountError(ValueError):
    """The text is no amount; the message says what was found and what would be right."""


def currencies() -> list[str]:
    """Return the ISO 4217 codes that an amount may carry, in alphabetical order."""
    return sorted(code for code in list_currencies("en") if re.fullmatch(r"[A-Z]{3}", code))


def is_known_currency(code: str) -> bool:
    """Tell whether `code` is an ISO 4217 code."""
    return bool(re.fullmatch(r"[A-Z]{3}", code)) and is_currency(code, "en")


@cache
def minor_digits(currency: str) -> int:
    """Return how many decimal places the smallest unit of `currency` has: EUR 2, JPY 0.

    At most two: that is what the register keeps of an amount.
    """
    return min(2, int(get_currency_precision(currency)))


def to_minor(amount: Decimal | Fraction, currency: str) -> int:
    """Return `amount` in whole minor units of `currency`, half to even."""
    numerator, denominator = amount.as_integer_ratio()
    whole, rest = divmod(numerator * 10 ** minor_digits(currency), denominator)
    return whole + (2 * rest > denominator or (2 * rest == denominator and whole % 2))


def from_minor(minor: int, currency: str) -> Decimal:
    """Return the amount that `minor` units of `currency` are."""
    return Decimal(minor).scaleb(-minor_digits(currency))


def split(total: int, weights: Sequence[Fraction]) -> list[int]:
    """Split `total` units by `weights`, so that the parts add up to `total` exactly.

    Largest remainder (Hamilton) method; ties go to the earlier part. Raises ValueError where
    the weights add up to nothing, or one is below zero.
    """
    if len(weights) == 1 and weights[0] == 1:
        return [total]
    whole = sum(weights, Fraction(0))
    if whole <= 0 or min(weights) < 0:
        raise ValueError("weights must not be negative, and must add up to more than zero")
    exact = [Fraction(total) * weight / whole for weight in weights]
    parts = [int(part // 1) for part in exact]
    by_remainder = sorted(range(len(parts)), key=lambda i: (parts[i] - exact[i], i))
    for i in by_remainder[: total - sum(parts)]:
        parts[i] += 1
    return parts


def _number(text: str) -> Decimal:
    """Return the number in `text`, whose marks may be English or continental."""
    bare = re.sub(r"\s", " ", text)
    grouped = _GROUPED.fullmatch(bare)
    if grouped and not _ONE_POINT.fullmatch(bare):
        whole = re.sub(r"\D", "", grouped[1] + grouped[3])
        return Decimal(f"{whole}.{grouped[4] or 0}")
    if not _PLAIN.fullmatch(bare):
        raise InvalidOperation
    return Decimal(bare.replace(",", "."))


def _amount(number: str, scale: str, shown: str) -> Decimal:
    """Return `number` times `scale`, to the cent."""
    if not scale and _ONE_POINT.fullmatch(number):
        raise AmountError(f"“{shown}” can be {number.replace('.', '')} or {number[:-1]}: write the one you mean")
    try:
        # Enough digits that nothing is rounded before it is looked at.
        with localcontext(prec=2 * MAX_LENGTH):
            amount = _number(number) * _SCALES[scale]
            cents = amount.quantize(Decimal("0.01"))
    except InvalidOperation:
        raise AmountError(f"“{shown}” is not a number; write for example 1250000.50 or 1,250,000.50") from None
    if amount > MAX_AMOUNT:
        raise AmountError(f"“{shown}” is larger than {MAX_AMOUNT:,}")
    if amount != cents:
        raise AmountError(f"“{shown}” has parts of a cent; round it to two decimals")
    return cents


def parse_amount(text: str) -> tuple[Decimal, str]:
    """Read an amount as people write it: `500 million`, `EUR 1.5bn`, `1 250 000,50`, `$3m`.

    Returns the amount and the currency code, which is empty where none is named. Raises
    AmountError for anything else, below zero, above MAX_AMOUNT, or finer than two decimals; and
    for `1.500`, which is one and a half in English and a thousand more on the continent.
    """
    shown = text.strip()[:60]
    if len(text) > MAX_LENGTH:
        raise AmountError(f"“{shown}…” is too long for an amount")
    match = _WRITTEN.fullmatch(text.strip())
    if not match:
        raise AmountError(f"“{shown}” is not an amount; write for example 500000000 or 500 million")
    amount = _amount(match["number"].strip(), match["scale"].lower(), shown)
    codes = {_SIGNS.get(code.upper(), code.upper()) for code in (match["before"], match["after"]) if code}
    if len(codes) > 1:
        raise AmountError(f"“{shown}” names two currencies")
    currency = codes.pop() if codes else ""
    if currency and not is_known_currency(currency):
        raise AmountError(f"“{currency}” is not an ISO 4217 currency code such as EUR or USD")
    return amount, currency
