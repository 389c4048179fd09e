"""Partial dates: EDTF (ISO 8601-2, levels 0 and 1 and some of 2), and how people write them.

A partial date is kept as its EDTF text, with the earliest and the latest day that it can mean,
both inclusive.
"""

import calendar
import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache

FIRST_YEAR, LAST_YEAR = 1900, 2100
MAX_LENGTH = 100

_MONTHS = {
    name.lower(): number
    for names in (calendar.month_name, calendar.month_abbr)
    for number, name in enumerate(names)
    if name
} | {"sept": 9}
# EDTF level 1 seasons (northern, as the sources mean them) and level 2 quarters and half-years:
# first month, number of months.
_PARTS = {
    21: (3, 3), 22: (6, 3), 23: (9, 3), 24: (12, 3),
    33: (1, 3), 34: (4, 3), 35: (7, 3), 36: (10, 3), 40: (1, 6), 41: (7, 6),
}  # fmt: skip
_PART_NAMES = {
    21: "spring", 22: "summer", 23: "autumn", 24: "winter",
    33: "first quarter", 34: "second quarter", 35: "third quarter", 36: "fourth quarter",
    40: "first half", 41: "second half",
}  # fmt: skip
_SPOKEN_PARTS = {words: part for part, words in _PART_NAMES.items()} | {
    "fall": 23, "q1": 33, "q2": 34, "q3": 35, "q4": 36, "h1": 40, "h2": 41,
}  # fmt: skip
_PART = "|".join(_SPOKEN_PARTS)
_EDTF = re.compile(r"^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?([?~%]?)$", re.ASCII)
_EXAMPLES = "write for example 2025-10-15, 15 October 2025, Sept 2025, Q3 2025 or 2025"


class DateError(ValueError):
    """The text is no date; the message says what was found and what would be right."""


@dataclass(frozen=True)
class PartialDate:
    """An EDTF value and its bounds; None is an open or unknown bound."""

    edtf: str
    earliest: dt.date | None
    latest: dt.date | None

    @property
    def is_dated(self) -> bool:
        """Tell whether it falls within one calendar month.

        What spans more is undated in a time series, and still counts in totals (design, section 2).
        """
        return (
            self.earliest is not None
            and self.latest is not None
            and (self.earliest.year, self.earliest.month) == (self.latest.year, self.latest.month)
        )

    @property
    def year(self) -> int | None:
        """The one year that it lies in, or None."""
        if self.earliest and self.latest and self.earliest.year == self.latest.year:
            return self.earliest.year
        return None

    def describe(self) -> str:
        """Return it in words: `about September 2025`, `until 15 October 2025`."""
        if not self.edtf:
            return "unknown"
        start, slash, end = self.edtf.partition("/")
        if not slash:
            return _describe_single(start)
        if start in ("", ".."):
            return f"until {_describe_single(end)}"
        if end in ("", ".."):
            return f"from {_describe_single(start)}"
        return f"{_describe_single(start)} to {_describe_single(end)}"


UNKNOWN = PartialDate("", None, None)


def approximate(date: PartialDate) -> PartialDate:
    """Return `date` marked as approximate (EDTF `~`, or `%` where it is uncertain too); what is unknown stays so."""
    marked = [
        part if part in ("", "..") else part.rstrip("?~%") + ("%" if part[-1] in "?%" else "~")
        for part in date.edtf.split("/")
    ]
    return replace(date, edtf="/".join(marked))


def since(date: PartialDate) -> PartialDate:
    """Return the open span that begins with a single `date`; UNKNOWN for a span and for what is unknown."""
    return UNKNOWN if not date.edtf or "/" in date.edtf else PartialDate(f"{date.edtf}/..", date.earliest, None)


def _describe_single(edtf: str) -> str:
    match = _EDTF.match(edtf)
    assert match
    year, month, day, qualifier = match.groups()
    if not month:
        words = year
    elif int(month) in _PARTS:
        words = f"{_PART_NAMES[int(month)]} {year}"
    else:
        words = f"{int(day)} " if day else ""
        words += f"{calendar.month_name[int(month)]} {year}"
    return {"~": "about ", "?": "perhaps ", "%": "perhaps about "}.get(qualifier, "") + words


def _days(year: int, first_month: int, months: int) -> tuple[dt.date, dt.date]:
    """Return the first and the last day of `months` months from `first_month` on."""
    last = first_month + months - 1
    end_year, end_month = year + (last - 1) // 12, (last - 1) % 12 + 1
    end = dt.date(end_year, end_month, calendar.monthrange(end_year, end_month)[1])
    return dt.date(year, first_month, 1), end


def _single(edtf: str, shown: str) -> PartialDate:
    match = _EDTF.match(edtf)
    if not match:
        raise DateError(f"“{shown}” is not a date; {_EXAMPLES}")
    year, month, day = (int(part) if part else None for part in match.groups()[:3])
    assert year is not None
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise DateError(f"“{shown}”: the year {year} is not between {FIRST_YEAR} and {LAST_YEAR}")
    if month is None:
        return PartialDate(edtf, *_days(year, 1, 12))
    if month in _PARTS and day is None:
        return PartialDate(edtf, *_days(year, *_PARTS[month]))
    if not 1 <= month <= 12:
        raise DateError(f"“{shown}”: there is no month {month}; {_EXAMPLES}")
    if day is None:
        return PartialDate(edtf, *_days(year, month, 1))
    try:
        exact = dt.date(year, month, day)
    except ValueError:
        raise DateError(f"“{shown}”: {calendar.month_name[month]} {year} has no day {day}") from None
    return PartialDate(edtf, exact, exact)


def _interval(start: str, end: str, shown: str) -> PartialDate:
    first = UNKNOWN if start in ("", "..") else _single(start, shown)
    last = UNKNOWN if end in ("", "..") else _single(end, shown)
    if first is UNKNOWN and last is UNKNOWN:
        return UNKNOWN
    if first.earliest and last.latest and first.earliest > last.latest:
        raise DateError(f"“{shown}” runs backwards; write the earlier date first")
    return PartialDate(f"{first.edtf or '..'}/{last.edtf or '..'}", first.earliest, last.latest)


def _iso(year: str | int, month: str | int, day: str | int | None = None) -> str:
    return f"{int(year):04d}-{int(month):02d}" + (f"-{int(day):02d}" if day is not None else "")


def _month(name: str, shown: str) -> int:
    if name.rstrip(".") not in _MONTHS:
        raise DateError(f"“{shown}”: “{name}” is not a month; {_EXAMPLES}")
    return _MONTHS[name.rstrip(".")]


def _slashed(first: str, second: str, year: str, shown: str) -> str:
    """Read 3/20/2022 or 20/3/2022; where both readings are possible, ask."""
    a, b = int(first), int(second)
    if a > 12 or a == b:
        return _iso(year, b, a)
    if b > 12:
        return _iso(year, a, b)
    raise DateError(f"“{shown}” can be {_iso(year, a, b)} or {_iso(year, b, a)}: write the one you mean")


_Reader = Callable[[re.Match[str], str], str]
# Each way to write a date, and how to turn it into EDTF. A dotted date is day-first.
_WAYS: list[tuple[re.Pattern[str], _Reader]] = [
    (re.compile(r"^(\d{4})-(\d{1,2})-(\d{1,2})$"), lambda m, _: _iso(*m.groups())),
    (re.compile(r"^(\d{4})[-/](\d{1,2})$"), lambda m, _: _iso(*m.groups())),
    (re.compile(r"^(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})$"), lambda m, _: _iso(m[3], m[2], m[1])),
    (re.compile(r"^(\d{1,2})/(\d{1,2})/(\d{4})$"), lambda m, s: _slashed(m[1], m[2], m[3], s)),
    (re.compile(r"^(\d{1,2})[/.](\d{4})$"), lambda m, _: _iso(m[2], m[1])),
    (re.compile(rf"^({_PART})(?: of)?[ /]?(\d{{4}})$"), lambda m, _: f"{m[2]}-{_SPOKEN_PARTS[m[1]]}"),
    (re.compile(rf"^(\d{{4}})[ -]?({_PART})$"), lambda m, _: f"{m[1]}-{_SPOKEN_PARTS[m[2]]}"),
    (re.compile(r"^(\d{1,2})(?:st|nd|rd|th)?\.? ([a-z]+\.?),? (\d{4})$"),
     lambda m, s: _iso(m[3], _month(m[2], s), m[1])),
    (re.compile(r"^([a-z]+\.?) (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})$"),
     lambda m, s: _iso(m[3], _month(m[1], s), m[2])),
    (re.compile(r"^([a-z]+\.?),? (\d{4})$"), lambda m, s: _iso(m[2], _month(m[1], s))),
]  # fmt: skip
# What makes a date approximate (EDTF ~), or uncertain (?).
_HEDGES = [
    ("~", re.compile(r"^(?:about|around|circa|ca\.?|c\.|approx\.?|approximately)\s+(.+)$")),
    ("?", re.compile(r"^(?:perhaps|possibly|probably)\s+(.+)$")),
]
_UNTIL = re.compile(r"^(?:until|by|before|till)\s+(.+)$")
_SINCE = re.compile(r"^(?:since|from|after)\s+(.+)$")
_BETWEEN = re.compile(r"^(?:(?:from|between)\s+)?(.+?)\s+(?:to|until|and)\s+(.+)$")
_INTERVAL = re.compile(r"[\d.?~%-]*/[\d.?~%-]*")
_MONTH_WITH_SLASH = re.compile(r"\d{1,2}/\d{4}|\d{4}/\d{1,2}")
_UNKNOWN = {"", "unknown", "unclear", "n/a", "?", "-", "not specified", "not given", "undated", "xxxx"}


def _to_edtf(text: str, shown: str) -> str:
    """Return the EDTF of one date without `to`, `until` or `since`."""
    if _EDTF.match(text):
        return text
    for mark, hedge in _HEDGES:
        hedged = hedge.match(text)
        if hedged:
            plain = _to_edtf(hedged[1], shown)
            bare = plain.rstrip("?~%")
            return bare + mark if plain in (bare, bare + mark) else bare + "%"
    for pattern, read in _WAYS:
        match = pattern.match(text)
        if match:
            return read(match, shown)
    raise DateError(f"“{shown}” is not a date; {_EXAMPLES}")


@lru_cache(maxsize=10_000)
def parse(text: str) -> PartialDate:
    """Read a date as people or EDTF write it; nothing, or `unknown`, is UNKNOWN.

    Raises DateError, with what was found and what would be right, for anything else.
    """
    shown = text.strip()[:60]
    if len(text) > MAX_LENGTH:
        raise DateError(f"“{shown}…” is too long for a date")
    folded = " ".join(text.lower().split())
    if folded in _UNKNOWN:
        return UNKNOWN
    if _INTERVAL.fullmatch(folded) and not _MONTH_WITH_SLASH.fullmatch(folded):
        start, _, end = folded.partition("/")
        return _interval(start, end, shown)
    between = _BETWEEN.match(folded)
    if between:
        return _interval(_to_edtf(between[1], shown), _to_edtf(between[2], shown), shown)
    until, since = _UNTIL.match(folded), _SINCE.match(folded)
    if until:
        return _interval("..", _to_edtf(until[1], shown), shown)
    if since:
        return _interval(_to_edtf(since[1], shown), "..", shown)
    return _single(_to_edtf(folded, shown), shown)
