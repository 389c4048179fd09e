"""Partial dates as people, programs and publishers write them: what a text can mean, and by which convention.

05/06/2022 is in May or in June, and is never guessed. A dotted date is always day first.
"""

import datetime as dt
import re
from dataclasses import replace
from functools import lru_cache

from tracker.lib.edtf import (
    EXAMPLES,
    FIRST_YEAR,
    LAST_YEAR,
    MAX_LENGTH,
    PART_NAMES,
    UNKNOWN,
    DateError,
    PartialDate,
    approximate,
    interval,
    is_edtf,
    since,
    single,
    stored,
)
from tracker.lib.plain_characters import plain
from tracker.lib.single_dates import DayOrder, NoMonth, full_year, to_edtf
from tracker.lib.unknown_words import UNKNOWN_WORDS

__all__ = [
    "FIRST_YEAR", "LAST_YEAR", "MAX_LENGTH", "UNKNOWN", "AmbiguousDate", "DateError", "DayOrder", "PartialDate",
    "approximate", "kept", "parse", "readings", "since", "stored",
]  # fmt: skip


class AmbiguousDate(DateError):
    """The text can be two dates. `readings` are both, by the order of day and month."""

    def __init__(self, shown: str, readings: dict[DayOrder, PartialDate]) -> None:
        self.readings = readings
        both = " or ".join(date.edtf for date in readings.values())
        super().__init__(f"“{shown}” can be {both}: write the one you mean")


_UNKNOWN = UNKNOWN_WORDS | {"undated", "xxxx"}

_UNCERTAIN = re.compile(r"(?:not specified|unspecified|unclear|undisclosed|unknown) ?, ?(?=\d)")
_UNTIL = re.compile(r"(?:until|by|till|up to|(?:no|not) later than) (.+)")
_BEFORE = re.compile(r"(?:before|prior to|earlier than) (.+)")
_SINCE = re.compile(r"(?:since|from|starting|as (?:of|from)|(?:no|not) earlier than) (.+?)(?: onwards?)?")
_AFTER = re.compile(r"(?:after|later than) (.+)")
_ONWARDS = re.compile(r"(.+) onwards?")
_BETWEEN = re.compile(
    r"(?:(?:from|between|since|(?P<after>after)) )?(?P<start>.+?) "
    r"(?:to|until|till|through|and|&|-) (?P<before>before )?(?P<end>.+)"
)
_YEARS = re.compile(r"(\d{4})-(\d{4})", re.ASCII)
_LISTED = re.compile(r"\d{4}(?:[;,] ?\d{4})+", re.ASCII)
"""Years one after the other, `1990; 1991; 1993`: some time from the first to the last."""
_FISCAL = re.compile(r"(?:(?P<said>fy|fiscal year|financial year) ?)?(?P<first>\d{4}|\d{2})[/-](?P<second>\d{4}|\d{2})")
_FISCAL_ALONE = re.compile(r"(?:fy|fiscal year|financial year) ?(\d{4}|\d{2})")


def parse(text: str, order: DayOrder | None = None) -> PartialDate:
    """Read a date as people or EDTF write it; nothing, or `unknown`, is UNKNOWN.

    `order` is the convention of the column that it stands in; None, where it stands alone, reads what has one
    reading. Until, by, since and from include the day that they name, before and after do not. Raises AmbiguousDate
    for `05/06/2022` alone, and DateError, with what was found and what would be right, for what is no date.
    """
    found = readings(text)
    if order in found:
        return found[order]
    if not found:
        _refuse(text, order)
    if len(set(found.values())) > 1:
        raise AmbiguousDate(plain(text)[:60], found)
    return next(iter(found.values()))


def kept(text: str) -> PartialDate:
    """Return the date of a text that is kept: EDTF as it stands, else as `parse` reads it. Raises DateError."""
    return stored(text) if is_edtf(text) else parse(text)


@lru_cache(maxsize=10_000)
def readings(text: str) -> dict[DayOrder, PartialDate]:
    """Return the dates that a text can be, by the order of day and month; none where it is no date."""
    found: dict[DayOrder, PartialDate] = {}
    for order in DayOrder:
        try:
            found[order] = _parse(text, order)
        except DateError:
            continue
    return found


def _refuse(text: str, order: DayOrder | None) -> None:
    """Raise the DateError that says most of why a text is no date."""
    for one in (order,) if order else DayOrder:
        try:
            _parse(text, one)
        except NoMonth:
            continue
    for one in DayOrder:
        _parse(text, one)


def _parse(text: str, order: DayOrder) -> PartialDate:
    bare = plain(text)
    shown = bare[:60]
    if len(text) > MAX_LENGTH:
        raise DateError(f"“{shown}…” is too long for a date")
    if any(letter.isdecimal() and not letter.isascii() for letter in bare):
        raise DateError(f"“{shown}” is not a date; {EXAMPLES}")
    folded = _UNCERTAIN.sub("", bare.lower())
    if folded in _UNKNOWN:
        return UNKNOWN
    special = _fiscal(folded, shown) or _edtf(folded, shown)
    return special if special is not None else _span(folded, shown, order)


def _edtf(text: str, shown: str) -> PartialDate | None:
    """Return a date in EDTF; None where it is none. 2022-23, which can be a fiscal year, is asked about."""
    if not is_edtf(text):
        return None
    for year, part in re.findall(r"(\d{4})-(2\d)\b", text):
        if int(part) == (int(year) + 1) % 100 and len(text) == 7:
            name = f"{PART_NAMES[int(part)]} {year}" if int(part) in PART_NAMES else f"{year}-{part}"
            raise DateError(
                f"“{shown}” can be {name} or the fiscal year {year}/{part}: write “{name}” or “{year}/{part}”"
            )
    return stored(text)


def _fiscal(text: str, shown: str) -> PartialDate | None:
    """Return the two calendar years in which a fiscal year lies; None where the text is none."""
    alone = _FISCAL_ALONE.fullmatch(text)
    if alone:
        raise DateError(f"“{shown}”: fiscal years begin in different months; write both years, such as 2022/23")
    match = _FISCAL.fullmatch(text)
    if not match:
        return None
    first, second = match["first"], match["second"]
    is_said = bool(match["said"])
    follows = int(second[-2:]) == (int(first) + 1) % 100 and len(second) <= len(first)
    if not is_said and not (len(first) == 4 and len(second) == 2 and "/" in text and int(second) > 12 and follows):
        return None
    if not follows:
        raise DateError(f"“{shown}”: a fiscal year is two years that follow one another, such as 2022/23")
    year = full_year(first, shown)
    span = interval(str(year), str(year + 1), shown)
    return replace(span, fiscal_year=f"{year}/{(year + 1) % 100:02d}")


def _span(text: str, shown: str, order: DayOrder) -> PartialDate:
    """Read a date, or what begins or ends with one, or both."""
    years, between = _YEARS.fullmatch(text), _BETWEEN.fullmatch(text)
    if years:
        return interval(years[1], years[2], shown)
    if _LISTED.fullmatch(text):
        listed = re.findall(r"\d{4}", text)
        return interval(min(listed), max(listed), shown)
    if between:
        start, end = (_single(between[part], shown, order) for part in ("start", "end"))
        begins = _next_day(start) if between["after"] else _begin(start)
        return interval(begins, _day_before(end) if between["before"] else _end(end), shown)
    for pattern, edge in ((_UNTIL, _end), (_BEFORE, _day_before)):
        match = pattern.fullmatch(text)
        if match:
            return interval("..", edge(_single(match[1], shown, order)), shown)
    for pattern, edge in ((_SINCE, _begin), (_ONWARDS, _begin), (_AFTER, _next_day)):
        match = pattern.fullmatch(text)
        if match:
            return interval(edge(_single(match[1], shown, order)), "..", shown)
    return _single(text, shown, order)


def _begin(date: PartialDate) -> str:
    return date.edtf.partition("/")[0]


def _end(date: PartialDate) -> str:
    return date.edtf.rpartition("/")[2]


def _day_before(date: PartialDate) -> str:
    """Return the EDTF of the last day before all that `date` can mean, with its qualifier."""
    assert date.earliest
    return _shifted(date, date.earliest - dt.timedelta(1))


def _next_day(date: PartialDate) -> str:
    assert date.latest
    return _shifted(date, date.latest + dt.timedelta(1))


def _shifted(date: PartialDate, day: dt.date) -> str:
    return day.isoformat() + (date.edtf[-1] if date.edtf[-1] in "?~%" else "")


def _single(text: str, shown: str, order: DayOrder) -> PartialDate:
    return _fiscal(text, shown) or single(to_edtf(text, shown, order), shown)
