"""Dates that are said from the day of a text on, or in words: last week, two days ago, the second quarter of 2026."""

import calendar
import datetime as dt
import re
from collections.abc import Callable, Iterator

from tracker.lib.proposing.words.dates import COUNTED, PARTS, SEASONS, SPOKEN

Found = tuple[int, int, str, bool]
"""Where a date begins and ends, its EDTF, and whether something is to be done within it."""

_DAY = dt.timedelta(1)


def monday(day: dt.date) -> dt.date:
    """Return the Monday of a week."""
    return day - dt.timedelta(day.weekday())


def week(day: dt.date, weeks: int) -> str:
    """Return the week so many weeks after that of `day`, from Monday to Sunday."""
    first = monday(day) + dt.timedelta(7 * weeks)
    return f"{first}/{first + 6 * _DAY}"


def _weekend(day: dt.date, weeks: int) -> str:
    saturday = monday(day) + dt.timedelta(7 * weeks + 5)
    return f"{saturday}/{saturday + _DAY}"


def _month(day: dt.date, months: int) -> str:
    at = day.year * 12 + day.month - 1 + months
    return f"{at // 12}-{at % 12 + 1:02}"


def end_of_month(month: str) -> str:
    """Return the last day of a month: 2026-02-28 of 2026-02."""
    year, number = map(int, month.split("-"))
    return f"{month}-{calendar.monthrange(year, number)[1]}"


def _christmas(day: dt.date) -> str:
    return f"{day.year + (1 if (day.month, day.day) > (12, 25) else 0)}-12-25"


_EDTF: dict[str, Callable[[dt.date, int], str]] = {
    "day": lambda day, step: str(day + dt.timedelta(step)),
    "night": lambda day, _step: f"{day - _DAY}/{day}",
    "weekend": _weekend,
    "week": week,
    "week until today": lambda day, _step: f"{monday(day)}/{day}",
    "week from today": lambda day, _step: f"{day}/{monday(day) + 6 * _DAY}",
    "month": _month,
    "year": lambda day, step: str(day.year + step),
    "end of week": lambda day, step: week(day, step).rpartition("/")[2],
    "end of month": lambda day, step: end_of_month(_month(day, step)),
    "end of year": lambda day, step: f"{day.year + step}-12-31",
    "christmas": lambda day, _step: _christmas(day),
}
_SPOKEN = [(re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE), unit, step) for words, unit, step in SPOKEN]
_SEASONS = [
    (re.compile(rf"(?<!\w)(?:{words})(?:\s(?:of\s|des Jahres\s)?(?P<y>20\d\d))?(?!\w)", re.IGNORECASE), number)
    for number, words in SEASONS
]
_NUMBER = "|".join(sorted(map(re.escape, COUNTED), key=len, reverse=True))
_COUNT = rf"(?P<n>\d{{1,2}}|{_NUMBER})"
_UNIT = (
    r"(?:(?P<day>days?|Tage?n?|день|дні|днів)|(?P<week>weeks?|Wochen?|тиждень|тижні|тижнів)|"
    r"(?P<month>months?|Monate?n?|місяць|місяці|місяців))"
)
_AGO = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?<!\w){_COUNT}\s{_UNIT}\s(?:ago|earlier|тому)(?!\w)",
        rf"(?<!\w)vor\s{_COUNT}\s{_UNIT}(?!\w)",
        r"(?<!\w)(?P<n>)(?:(?P<day>день)|(?P<week>тиждень)|(?P<month>місяць))\sтому(?!\w)",
    )
]
_WITHIN = re.compile(
    rf"(?<!\w)(?:within|binnen|innerhalb (?:von|der nächsten)?|протягом|упродовж|впродовж)\s(?:the (?:next|coming)\s|"
    rf"nächsten\s|наступних\s)?{_COUNT}\s{_UNIT}(?!\w)",
    re.IGNORECASE,
)
_PART = "|".join(f"(?P<p{number}>{words})" for number, words in PARTS.items())
_OF_YEAR = (
    r"(?:\s(?:of\s|des Jahres\s|von\s)?(?P<y>20\d\d)|\s(?:of (?:the|this)|des|dieses|цього)?\s?(?:year|Jahres|року))?"
)
_QUARTER = re.compile(
    rf"(?<!\w)(?:(?:{_PART})\s(?:quarter|Quartals?|кварталі?у?а?)|Q(?P<q>[1-4])){_OF_YEAR}(?!\w)", re.IGNORECASE
)
_HALF = re.compile(
    rf"(?<!\w)(?:{_PART})\s(?:half(?=\s(?:of\s)?(?:the |this )?(?:year|20\d\d))|Halbjahre?s?|Jahreshälfte|"
    rf"Hälfte des Jahres|півріччі|півріччя|половин[іиу](?=\s(?:року|20\d\d))){_OF_YEAR}(?!\w)",
    re.IGNORECASE,
)
_ENDS = re.compile(r"(?:end of|Ende|кінця)(?: the| des)?\s$", re.IGNORECASE)


def spoken(text: str, published: dt.date) -> Iterator[Found]:
    """Yield the dates of `text` that are said in words, in no order; some may overlap."""
    for pattern, unit, step in _SPOKEN:
        for match in pattern.finditer(text):
            yield *match.span(), _EDTF[unit](published, step), False
    for pattern, number in _SEASONS:
        for match in pattern.finditer(text):
            yield *match.span(), f"{match['y']}-{number}" if match["y"] else _season(published, number), False
    for pattern in _AGO:
        for match in pattern.finditer(text):
            yield *match.span(), _moved(match, published, -1), False
    for match in _WITHIN.finditer(text):
        yield *match.span(), _moved(match, published, 1), True
    for pattern, months in ((_QUARTER, 3), (_HALF, 6)):
        for match in pattern.finditer(text):
            yield *match.span(), _part_of_year(text, match, published, months), False


def _season(day: dt.date, season: int) -> str:
    ends = {21: 5, 22: 8, 23: 11}[season]
    return f"{day.year if day.month <= ends else day.year + 1}-{season}"


def _moved(match: re.Match[str], published: dt.date, way: int) -> str:
    """Return the day, or the month, so many days, weeks or months from that of the text."""
    said = match["n"].lower()
    count = way * (int(said) if said.isdigit() else COUNTED.get(said, 1))
    if match["month"]:
        return end_of_month(_month(published, count)) if way > 0 else _month(published, count)
    return str(published + dt.timedelta(count * (7 if match["week"] else 1)))


def _part_of_year(text: str, match: re.Match[str], published: dt.date, months: int) -> str:
    said = match.groupdict()
    part = int(said.get("q") or next(number for number in PARTS if said[f"p{number}"]))
    if months == 6 and part > 2:
        part = 2
    last = part * months
    year = int(match["y"]) if match["y"] else published.year + (1 if last < published.month else 0)
    end = f"{year}-{last:02}"
    return end_of_month(end) if _ENDS.search(text[: match.start()]) else f"{year}-{last - months + 1:02}/{end}"
