"""One date as people, programs and publishers write it, turned into EDTF.

A dotted date is always day first; with slashes or hyphens, the order of day and month has to be known.
"""

import calendar
import datetime as dt
import re
from collections.abc import Callable
from enum import Enum

from babel.dates import get_month_names

from tracker.lib.edtf import EXAMPLES, PART_NAMES, DateError, is_edtf


class DayOrder(Enum):
    """Which comes first in 06/02/2024: the convention by which a column is written."""

    DAY_FIRST = "day first"
    MONTH_FIRST = "month first"


class NoMonth(DateError):
    """By this order, there is no such month."""


_LANGUAGES = ("en", "de", "fr", "uk", "pl", "es", "it", "nl")
"""Of the sources. None of their names for a month is another's name for another month."""
_MONTHS = {
    name.lower().rstrip("."): number
    for language in _LANGUAGES
    for width in ("wide", "abbreviated")
    for context in ("format", "stand-alone")
    for number, name in get_month_names(width, context, language).items()
} | {"sept": 9}
_DAYS = "|".join(f"{name}|{name[:3]}" for name in map(str.lower, calendar.day_name))
_SPOKEN_PARTS = {words: part for part, words in PART_NAMES.items()} | {
    "fall": 23, "q1": 33, "q2": 34, "q3": 35, "q4": 36, "h1": 40, "h2": 41,
}  # fmt: skip
_PART = "|".join(_SPOKEN_PARTS)
_NAME = r"[^\W\d_]+\.?"
_TWO_DIGITS = 50
"""Years of two digits below this one are of this century; others are asked about."""
_FIRST_SERIAL, _LAST_SERIAL = 32_874, 73_050
"""Spreadsheets count days from the end of 1899: these are the first of 1990 and the last of 2099."""
_SERIALS_FROM = dt.date(1899, 12, 30)

_Reader = Callable[[re.Match[str], str, DayOrder], str]


def full_year(text: str, shown: str) -> int:
    """Return a year of two or four digits. Raises DateError where its century is not clear."""
    year = int(text)
    if len(text) == 4:
        return year
    if year >= _TWO_DIGITS:
        raise DateError(f"“{shown}”: write the year with four digits")
    return 2000 + year


def _iso(year: str | int, month: str | int, day: str | int | None = None) -> str:
    return f"{int(year):04d}-{int(month):02d}" + (f"-{int(day):02d}" if day is not None else "")


def _month(name: str, shown: str) -> int:
    if name.rstrip(".") not in _MONTHS:
        raise DateError(f"“{shown}”: “{name}” is not a month; {EXAMPLES}")
    return _MONTHS[name.rstrip(".")]


def _ordered(match: re.Match[str], shown: str, order: DayOrder) -> str:
    """Read 3/20/2022 or 20/3/2022, by the order."""
    first, second, year = match[1], match[2], full_year(match[3], shown)
    day, month = (first, second) if order is DayOrder.DAY_FIRST else (second, first)
    if int(month) > 12:
        raise NoMonth(f"“{shown}”: there is no month {int(month)}; {EXAMPLES}")
    return _iso(year, month, day)


def _serial(match: re.Match[str], shown: str, order: DayOrder) -> str:
    days = int(match[1])
    if not _FIRST_SERIAL <= days <= _LAST_SERIAL:
        raise DateError(f"“{shown}” is not a date; {EXAMPLES}")
    return (_SERIALS_FROM + dt.timedelta(days)).isoformat()


def _year_and_month(match: re.Match[str], shown: str, order: DayOrder) -> str:
    """Read 2025/09. Where it can be a fiscal year, too, ask."""
    year, month = match.groups()
    if int(month) > 12 or not int(month):
        raise DateError(f"“{shown}”: there is no month {int(month)}, and a fiscal year is two years that follow")
    if len(month) == 2 and int(month) == (int(year) + 1) % 100:
        raise DateError(f"“{shown}” can be {_iso(year, month)} or the fiscal year {year}/{month}: write FY before it")
    return _iso(year, month)


def _month_of_century(match: re.Match[str], shown: str, order: DayOrder) -> str:
    """Read 03/22. Where the second could be a month or a day, ask."""
    if int(match[1]) > 12 or int(match[2]) <= 12:
        raise DateError(f"“{shown}” is not a date; {EXAMPLES}")
    return _iso(full_year(match[2], shown), match[1])


# Each way to write a date, and how to turn it into EDTF.
_WAYS: list[tuple[re.Pattern[str], _Reader]] = [
    (re.compile(pattern), reader)
    for pattern, reader in (
        (r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})", lambda m, s, o: _iso(m[1], m[3], m[4])),
        (r"((?:19|20|21)\d{2})([01]\d)([0-3]\d)", lambda m, s, o: _iso(*m.groups())),
        (r"(\d{5})(?:[.,]\d+)?", _serial),
        (r"(\d{4})-(\d)", lambda m, s, o: _iso(*m.groups())),
        (r"(\d{4})/(\d{1,2})", _year_and_month),
        (r"(\d{1,2})\. ?(\d{1,2})\. ?(\d{4}|\d{2})", lambda m, s, o: _iso(full_year(m[3], s), m[2], m[1])),
        (r"(\d{1,2})/(\d{1,2})/(\d{4})", _ordered),
        (r"(\d{1,2})-(\d{1,2})-(\d{4})", _ordered),
        (r"(\d{1,2})/(\d{1,2})/(\d{2})", _ordered),
        (r"(\d{1,2})[/.-](\d{4})", lambda m, s, o: _iso(m[2], m[1])),
        (r"(\d{1,2})/(\d{2})", _month_of_century),
        (rf"({_PART})(?: of)?[ /]?(\d{{4}})", lambda m, s, o: f"{m[2]}-{_SPOKEN_PARTS[m[1]]}"),
        (rf"(\d{{4}})[ -]?({_PART})", lambda m, s, o: f"{m[1]}-{_SPOKEN_PARTS[m[2]]}"),
        (rf"(\d{{1,2}})(?:st|nd|rd|th|er)?\.? ?({_NAME}),? (\d{{4}})",
         lambda m, s, o: _iso(m[3], _month(m[2], s), m[1])),
        (rf"(\d{{1,2}})([ -])({_NAME})\2(\d{{4}}|\d{{2}})",
         lambda m, s, o: _iso(full_year(m[4], s), _month(m[3], s), m[1])),
        (rf"({_NAME}) (\d{{1,2}})(?:st|nd|rd|th)?,? (\d{{4}})", lambda m, s, o: _iso(m[3], _month(m[1], s), m[2])),
        (rf"(\d{{4}})[- ]({_NAME})[- ](\d{{1,2}})", lambda m, s, o: _iso(m[1], _month(m[2], s), m[3])),
        (rf"({_NAME}),?[ -](\d{{4}})", lambda m, s, o: _iso(m[2], _month(m[1], s))),
        (rf"({_NAME})(?:-| ?')(\d{{2}})", lambda m, s, o: _iso(full_year(m[2], s), _month(m[1], s))),
    )
]  # fmt: skip
# What makes a date approximate (EDTF ~), or uncertain (?).
_HEDGES = [
    ("~", re.compile(r"(?:about|around|circa|ca\.?|c\.|approx\.?|approximately) (.+)")),
    ("?", re.compile(r"(?:perhaps|possibly|probably) (.+)")),
]
_WEEKDAY = re.compile(rf"(?:{_DAYS}),? (?=\S)")
_CLOCK = re.compile(
    r"(?<=\d)(?:t|,? )[0-2]?\d:[0-5]\d(?::[0-5]\d(?:[.,]\d+)?)?(?: ?[ap]m)?(?: ?(?:z|utc|gmt|[+-]\d{2}(?::?\d{2})?))?"
)
_WINTER = re.compile(r"winter(?: of)? (\d{4})[/-](\d{2})")


def to_edtf(text: str, shown: str, order: DayOrder) -> str:
    """Return the EDTF of one date without `to`, `until` or `since`, and without the time of the day.

    Raises DateError, about the text `shown`; NoMonth where another order than `order` might read it.
    """
    for mark, hedge in _HEDGES:
        hedged = hedge.fullmatch(text)
        if hedged:
            plain_date = to_edtf(hedged[1], shown, order)
            bare = plain_date.rstrip("?~%")
            return bare + mark if plain_date in (bare, bare + mark) else bare + "%"
    text = _WEEKDAY.sub("", text, count=1) if _WEEKDAY.match(text) else text
    text = re.sub(r"^(\d{4,8})\.0+$", r"\1", text)
    clock = re.fullmatch(rf"(?P<date>.*\d{{2}}){_CLOCK.pattern}", text)
    text = clock["date"] if clock else text
    if is_edtf(text):
        return text
    winter = _WINTER.fullmatch(text)
    if winter and int(winter[2]) == (int(winter[1]) + 1) % 100:
        return f"{winter[1]}-24"
    for pattern, read in _WAYS:
        match = pattern.fullmatch(text)
        if match and text.isprintable():
            return read(match, shown, order)
    raise DateError(f"“{shown}” is not a date; {EXAMPLES}")
