"""Exact money: amounts as people write them, minor units, and splits that lose no cent."""

import re
from collections.abc import Sequence
from decimal import ROUND_HALF_EVEN, Context, Decimal
from fractions import Fraction
from functools import cache, lru_cache

from babel.core import get_global
from babel.numbers import get_currency_precision, get_territory_currencies, list_currencies

from tracker.lib import numbers
from tracker.lib.numbers import Mark, NumberError, TwoReadings
from tracker.lib.plain_characters import plain

MAX_AMOUNT = Decimal("9999999999999.99")
"""Fifteen digits: what SQLite, which keeps decimals as floats, gives back unchanged."""

_WIDE = Context(prec=2 * numbers.MAX_LENGTH, rounding=ROUND_HALF_EVEN)
_UNITS = (Decimal(1), Decimal("0.1"), Decimal("0.01"))
"""The smallest unit of a currency, by its decimal places."""
_SIGNS = {
    "€": "EUR", "EURO": "EUR", "EUROS": "EUR", "$": "USD", "US$": "USD", "USD$": "USD", "£": "GBP", "GB£": "GBP",
    "₴": "UAH", "₺": "TRY", "₹": "INR", "₩": "KRW", "₽": "RUB", "ZŁ": "PLN", "KČ": "CZK", "A$": "AUD", "AU$": "AUD",
    "C$": "CAD", "CA$": "CAD", "CAN$": "CAD", "CDN$": "CAD", "NZ$": "NZD", "HK$": "HKD", "NT$": "TWD",
}  # fmt: skip
"""Signs and words that stand for one currency, in capitals. A `$` alone is read as the American one: whoever knows of
another dollar that can be meant asks (`is_bare_dollar`)."""
DOLLARS = frozenset({
    "AUD", "BBD", "BMD", "BND", "BSD", "BZD", "CAD", "FJD", "GYD", "HKD", "JMD", "KYD", "LRD", "NAD", "NZD", "SBD",
    "SGD", "SRD", "TTD", "TWD", "USD", "XCD",
})  # fmt: skip
"""Currencies that a `$` stands for."""
_SHARED = {"¥": "JPY or CNY", "￥": "JPY or CNY", "KR": "SEK, NOK, DKK or ISK", "KR.": "SEK, NOK, DKK or ISK"}
"""Signs of several currencies."""
_CURRENCY = "|".join(sorted(map(re.escape, [*_SIGNS, *_SHARED]), key=len, reverse=True)) + r"|[A-Z]{3}(?![A-Z])"
_BEFORE = re.compile(rf"(?P<code>{_CURRENCY}) ?(?P<rest>[-+(]? ?[\d.,].*)", re.IGNORECASE)
_AFTER = re.compile(rf"(?P<rest>.*\S) ?(?:(?<![A-Z])|(?<=\d[mkb])|(?<=\dbn))(?P<code>{_CURRENCY})", re.IGNORECASE)

_ABOUT = re.compile(
    r"(?P<word>about|approximately|approx\.?|around|roughly|some|circa|ca\.?|~|≈)\s*(?P<rest>(?<=[\s~≈]).+)",
    re.IGNORECASE,
)


class AmountError(ValueError):
    """The text is no amount; the message says what was found and what would be right."""


class AmbiguousAmount(AmountError):
    """The text can be two amounts. `readings` are both, by the mark that stands before decimals."""

    def __init__(self, message: str, readings: dict[Mark, Decimal]) -> None:
        self.readings = readings
        super().__init__(message)


def currencies() -> list[str]:
    """Return the ISO 4217 codes that an amount may carry, in alphabetical order."""
    return sorted(code for code in list_currencies("en") if re.fullmatch(r"[A-Z]{3}", code))


def is_known_currency(code: str) -> bool:
    """Tell whether `code` is an ISO 4217 code."""
    return code in _codes()


@cache
def _codes() -> frozenset[str]:
    return frozenset(currencies())


@cache
def dollar_of(country: str) -> str:
    """Return the dollar that a country pays with, by its ISO 3166 code, such as CAN; empty where it has none."""
    known = get_global("territory_aliases").get(country, [country])[0]
    used = get_territory_currencies(known) if known in get_global("territory_currencies") else []
    return used[0] if used and used[0] in DOLLARS else ""


def is_currency(text: str) -> bool:
    """Tell whether a text is a sign or a code of a currency, or a sign of several. A code is written in capitals."""
    return text.upper() in _SIGNS or text.upper() in _SHARED or is_known_currency(text)


def sign_problem(text: str) -> str:
    """Return why a sign alone does not tell which currency is meant; empty where it does."""
    try:
        currency_code(text)
    except AmountError as error:
        return str(error)
    return ""


def sign_in_country(sign: str, country: str) -> str:
    """Return the currency that a sign of several stands for in a country, by its ISO 3166 code; empty: none."""
    used = get_territory_currencies(country) if country in get_global("territory_currencies") else []
    meant = DOLLARS if sign == "$" else _SHARED.get(sign.upper(), "")
    return used[0] if used and used[0] in meant else ""


def split_about(text: str) -> tuple[str, str]:
    """Return the word by which an amount is said to be a round one, such as `about`, or nothing; and the amount."""
    match = _ABOUT.match(text.strip())
    return (match["word"], match["rest"]) if match else ("", text.strip())


def is_bare_dollar(text: str) -> bool:
    """Tell whether an amount names its currency by a `$` alone, which several countries use."""
    return "$" in text and re.search(r"[a-z] ?\$|\$ ?[a-z]{3}|\b[a-z]{3}\b", text.lower().replace("mln", "")) is None


@lru_cache(maxsize=1_000)
def other_dollar_in(text: str) -> str:
    """Return the dollar, other than the American, that an amount or the code of a currency names; empty: none."""
    bare = plain(text).upper()
    bare = _SIGNS.get(bare, bare)
    if bare in DOLLARS or not re.search(r"[A-Z]", bare):
        return bare if bare in DOLLARS - {"USD"} else ""
    try:
        named = parse_exact(text)[1]
    except AmountError:
        return ""
    return named if named in DOLLARS - {"USD"} else ""


@lru_cache(maxsize=10_000)
def exact(text: str) -> Fraction:
    """Return the number that `text` writes in digits; several entries and valuations of a pledge have the same."""
    # A Fraction reads a text in twice the time.
    return Fraction(Decimal(text))


@cache
def minor_digits(currency: str) -> int:
    """Return how many decimal places the smallest unit of `currency` has: EUR 2, JPY 0.

    At most two: that is what the register keeps of an amount. Two where no currency is named.
    """
    return min(2, int(get_currency_precision(currency or "EUR")))


def to_minor(amount: Decimal | Fraction, currency: str) -> int:
    """Return `amount` in whole minor units of `currency`, half to even."""
    return ratio_to_minor(*amount.as_integer_ratio(), currency)


def ratio_to_minor(numerator: int, denominator: int, currency: str) -> int:
    """Do as `to_minor` for the amount `numerator` / `denominator`, which need not be in lowest terms."""
    whole, rest = divmod(numerator * 10 ** minor_digits(currency), denominator)
    return whole + (2 * rest > denominator or (2 * rest == denominator and whole % 2))


def from_minor(minor: int, currency: str) -> Decimal:
    """Return the amount that `minor` units of `currency` are."""
    return Decimal(minor).scaleb(-minor_digits(currency))


def minor_as_text(minor: int, currency: str) -> str:
    """Return the amount that `minor` units of `currency` are, as exact decimal text such as `500000000.00`."""
    places = minor_digits(currency)
    if not places:
        return str(minor)
    if minor > 99:
        # Most are, and tables write tens of thousands.
        digits = str(minor)
        return f"{digits[:-places]}.{digits[-places:]}"
    digits = str(abs(minor)).zfill(places + 1)
    return f"{'-' if minor < 0 else ''}{digits[:-places]}.{digits[-places:]}"


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


def parse_amount(text: str, mark: Mark | None = None) -> tuple[Decimal, str]:
    """Read an amount as people write it: `500 million`, `EUR 1.5bn`, `1 250 000,50`, `$3m`, `(500)`.

    `mark` is the convention of its column; None where it stands alone. Returns the amount, below zero for a
    correction, and the currency code, which is empty where none is named. Raises AmountError for what is no
    amount, larger than MAX_AMOUNT, or finer than the currency's smallest unit; and for `1.500` alone, which is one
    and a half in English and a thousand more on the continent.
    """
    found, currency = parse_exact(text, mark)
    problem = unit_problem(found, currency)
    if problem:
        raise AmountError(f"“{_shown(text)}”: {problem}")
    if found != to_unit(found, currency):
        raise AmountError(f"“{_shown(text)}” has parts of a cent; round it to two decimals")
    return to_unit(found, currency), currency


def unit_problem(amount: Decimal, currency: str) -> str:
    """Return what is wrong with `amount` where `currency` has whole units only; empty where nothing is."""
    if minor_digits(currency) == 0 and amount != amount.to_integral_value():
        return f"{currency} has no smaller unit; round it to a whole number"
    return ""


def parse_exact(text: str, mark: Mark | None = None) -> tuple[Decimal, str]:
    """Do as `parse_amount`, and leave all decimals, which programs work out, as they are."""
    if len(text) > numbers.MAX_LENGTH:
        raise AmountError(f"“{_shown(text)}…” is too long for an amount")
    bare, currency = _without_currency(plain(text), _shown(text))
    try:
        amount = numbers.parse(bare, mark)
    except TwoReadings as error:
        raise AmbiguousAmount(str(error).replace(f"“{bare}”", f"“{_shown(text)}”"), error.readings) from None
    except NumberError as error:
        if mark is not None and numbers.readings(bare).by_mark:
            raise AmountError(str(error).replace(f"“{bare}”", f"“{_shown(text)}”")) from None
        raise AmountError(f"“{_shown(text)}” is not an amount; write for example 500000000 or 500 million") from None
    if amount.copy_abs() > MAX_AMOUNT:
        raise AmountError(f"“{_shown(text)}” is larger than {MAX_AMOUNT:,}")
    return amount, currency


def _shown(text: str) -> str:
    return plain(text)[:60]


def to_unit(amount: Decimal, currency: str) -> Decimal:
    """Return `amount` rounded to the smallest unit of `currency`, half to even, with two decimals."""
    digits = minor_digits(currency)
    found = amount.quantize(_UNITS[digits], context=_WIDE)
    return found if digits == 2 else found.quantize(_UNITS[2], context=_WIDE)


def _without_currency(text: str, shown: str) -> tuple[str, str]:
    """Return an amount without the currency before or behind it, or both, and its code. Signs stay: `-€500`."""
    sign, rest = ("-", text[1:].strip()) if text[:1] == "-" else ("", text)
    opened = rest.startswith("(") and rest.endswith(")")
    rest = rest[1:-1].strip() if opened else rest
    named: list[str] = []
    before = _BEFORE.fullmatch(rest)
    if before:
        named, rest = [before["code"]], before["rest"]
    after = _AFTER.fullmatch(rest)
    if after and after["code"].lower() not in numbers.SCALES:
        named, rest = [*named, after["code"]], after["rest"]
    codes = {_code(name, shown) for name in named}
    if len(codes) > 1:
        raise AmountError(f"“{shown}” names two currencies")
    return sign + (f"({rest})" if opened else rest), (codes.pop() if codes else "")


def currency_code(text: str) -> str:
    """Return the currency that a text alone names: by its ISO 4217 code, or as `€`, `US$` or `Euro`.

    A `$` alone is the American one: whoever knows of another that can be meant asks (`is_bare_dollar`). Raises
    AmountError where it is no currency, or a sign of several.
    """
    return _code(plain(text), _shown(text))


def _code(name: str, shown: str) -> str:
    """Return the currency that a sign or code stands for. Raises AmountError where it is none, or several."""
    capitals = name.upper()
    if capitals in _SHARED:
        within = "" if name == shown else f"“{shown}”: "
        raise AmountError(f"{within}“{name}” can be {_SHARED[capitals]}: write the code")
    code = _SIGNS.get(capitals, capitals)
    if not is_known_currency(code):
        raise AmountError(f"“{code[:20]}” is not an ISO 4217 currency code such as EUR or USD")
    return code
