"""Partial dates: EDTF (ISO 8601-2, levels 0 and 1 and some of 2), and the days that they can mean.

A partial date is kept as its EDTF text, with the earliest and the latest day that it can mean,
both inclusive. How people write dates is read by `partial_dates`.
"""

import calendar
import datetime as dt
import re
from dataclasses import dataclass, field, replace
from functools import lru_cache

FIRST_YEAR, LAST_YEAR = 1900, 2100
MAX_LENGTH = 100
EXAMPLES = "write for example 2025-10-15, 15 October 2025, Sept 2025, Q3 2025 or 2025"

# EDTF level 1 seasons (northern, as the sources mean them) and level 2 quarters and half-years:
# first month, number of months.
_PARTS = {
    21: (3, 3), 22: (6, 3), 23: (9, 3), 24: (12, 3),
    33: (1, 3), 34: (4, 3), 35: (7, 3), 36: (10, 3), 40: (1, 6), 41: (7, 6),
}  # fmt: skip
PART_NAMES = {
    21: "spring", 22: "summer", 23: "autumn", 24: "winter",
    33: "first quarter", 34: "second quarter", 35: "third quarter", 36: "fourth quarter",
    40: "first half", 41: "second half",
}  # fmt: skip
"""What EDTF writes in the place of a month, in words."""
_EDTF = re.compile(r"^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?([?~%]?)$", re.ASCII)
_OPEN = ("", "..")


class DateError(ValueError):
    """The text is no date; the message says what was found and what would be right."""


@dataclass(frozen=True)
class PartialDate:
    """An EDTF value and its bounds; None is an open or unknown bound."""

    edtf: str
    earliest: dt.date | None
    latest: dt.date | None
    fiscal_year: str = field(default="", compare=False)
    """The fiscal year as its source names it, such as 2022/23, where the text was one."""

    @property
    def is_dated(self) -> bool:
        """Tell whether it falls within one calendar month.

        What spans more is undated in a time series, and still counts in totals (docs/methodology.md, "Dimensions").
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
        """Return it in words: `about September 2025`, `until 15 October 2025`, `fiscal year 2022/23`."""
        if not self.edtf:
            return "unknown"
        if self.fiscal_year:
            return f"fiscal year {self.fiscal_year}"
        start, slash, end = self.edtf.partition("/")
        if not slash:
            return _describe_single(start)
        if start in _OPEN:
            return f"until {_describe_single(end)}"
        if end in _OPEN:
            return f"from {_describe_single(start)}"
        return f"{_describe_single(start)} to {_describe_single(end)}"


UNKNOWN = PartialDate("", None, None)


def is_edtf(text: str) -> bool:
    """Tell whether `text` has the form of one EDTF date, or of two with a slash between them."""
    start, slash, end = text.partition("/")
    parts = (start, end) if slash else (start,)
    return all((slash and part in _OPEN) or _EDTF.match(part) for part in parts)


@lru_cache(maxsize=10_000)
def stored(edtf: str) -> PartialDate:
    """Return the date whose EDTF text is `edtf`; empty is UNKNOWN. Raises DateError for anything else."""
    if not edtf:
        return UNKNOWN
    if len(edtf) > MAX_LENGTH or not is_edtf(edtf):
        raise DateError(f"“{edtf[:60]}” is not a date in EDTF, such as 2025-10-15, 2025-09 or 2022/2025")
    start, slash, end = edtf.partition("/")
    return interval(start, end, edtf) if slash else single(edtf, edtf)


def single(edtf: str, shown: str) -> PartialDate:
    """Return one EDTF date with its bounds. Raises DateError, about the text `shown`, where there is no such day."""
    match = _EDTF.match(edtf)
    if not match:
        raise DateError(f"“{shown}” is not a date; {EXAMPLES}")
    year, month, day = (int(part) if part else None for part in match.groups()[:3])
    assert year is not None
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise DateError(f"“{shown}”: the year {year} is not between {FIRST_YEAR} and {LAST_YEAR}")
    if month is None:
        return PartialDate(edtf, *_days(year, 1, 12))
    if month in _PARTS and day is None:
        return PartialDate(edtf, *_days(year, *_PARTS[month]))
    if not 1 <= month <= 12:
        raise DateError(f"“{shown}”: there is no month {month}; {EXAMPLES}")
    if day is None:
        return PartialDate(edtf, *_days(year, month, 1))
    try:
        exact = dt.date(year, month, day)
    except ValueError:
        raise DateError(f"“{shown}”: {calendar.month_name[month]} {year} has no day {day}") from None
    return PartialDate(edtf, exact, exact)


def interval(start: str, end: str, shown: str) -> PartialDate:
    """Return the span between two EDTF dates, each with all the days that it can mean; empty or `..` is open.

    Raises DateError, about the text `shown`, where it runs backwards.
    """
    first = UNKNOWN if start in _OPEN else single(start, shown)
    last = UNKNOWN if end in _OPEN else single(end, shown)
    if first is UNKNOWN and last is UNKNOWN:
        return UNKNOWN
    if first.earliest and last.latest and first.earliest > last.latest:
        raise DateError(f"“{shown}” runs backwards; write the earlier date first")
    return PartialDate(f"{first.edtf or '..'}/{last.edtf or '..'}", first.earliest, last.latest)


def approximate(date: PartialDate) -> PartialDate:
    """Return `date` marked as approximate (EDTF `~`, or `%` where it is uncertain too); what is unknown stays so."""
    marked = [
        part if part in _OPEN else part.rstrip("?~%") + ("%" if part[-1] in "?%" else "~")
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
        words = f"{PART_NAMES[int(month)]} {year}"
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
