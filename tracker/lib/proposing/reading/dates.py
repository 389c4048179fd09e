"""Dates in running text, in EDTF. What is relative is read by the day on which the text was published."""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from tracker.lib.proposing.reading.spoken_dates import end_of_month, monday, spoken, week
from tracker.lib.proposing.words import dates as words

ON, BY, FROM, IN = "on", "by", "from", "in"
"""What is said of a date: on or in it, by it, or from it on."""

MONTHS = {word: number for number, names in enumerate(words.MONTHS, start=1) for word in names.split()}
_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_ENGLISH_MONTH = "|".join(
    word
    for word in sorted(MONTHS, key=len, reverse=True)
    if word.isascii() and word not in ("juni", "juli", "oktober", "dezember", "januar", "februar", "mai")
)
DAYS = {word: number for number, names in enumerate(words.DAYS) for word in names.split()}
_DAY = "|".join(word for word in sorted(DAYS, key=len, reverse=True) if word not in words.SHORT_DAYS)
_SHORT_DAY = "|".join(word.capitalize() for word in sorted(words.SHORT_DAYS, key=len, reverse=True))

_DATE = re.compile(
    rf"(?<!\w)(?:(?P<d1>\d{{1,2}})(?:\.|-?го|(?:st|nd|rd|th)(?: of)?)?\s(?P<m1>{_MONTH})\b\.?(?:,?\s(?P<y1>20\d\d))?"
    rf"|(?P<m2>{_ENGLISH_MONTH})\.?\s(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\b(?!\s?(?:million|billion|"
    rf"bn))(?:,\s(?P<y2>20\d\d))?"
    rf"|(?P<d3>\d{{1,2}})[./](?P<m3>\d{{1,2}})[./](?P<y3>20\d\d)|(?P<iso>20\d\d-\d\d-\d\d))",
    re.IGNORECASE,
)
_MONTH_OF = re.compile(rf"(?<!\w)(?P<m>{_MONTH})\b(?:\s(?P<y>20\d\d))?", re.IGNORECASE)
_YEAR = re.compile(
    r"(?<![\w.,/-])(?P<y>20[12345]\d)(?![\w/-]|[.,]\d|\s?(?:million|soldiers|Soldaten|rounds|Schuss|bis 20))"
)
_WEEKDAY = re.compile(
    rf"(?<!\w)(?P<next>(?:next|coming|kommende[nr]?|nächste[nr]?|наступн\w+)\s)?"
    rf"(?P<last>(?:last|past|vergangene[nr]?|letzte[nr]?|vorige[nr]?|минул\w+)\s)?"
    rf"(?:(?P<day>{_DAY})|(?<=\b[Oo]n\s)(?-i:(?P<short>{_SHORT_DAY}))\b\.?)"
    rf"(?:s|s?(?:abend|nachmittag|vormittag|morgen|mittag|früh))?(?P<night>\snight|nacht)?(?!\w)(?!\s(?:auf|на)\s(?:{_DAY}))"
    rf"(?:,?\s(?:of |in )?(?:der |the )?"
    rf"(?:(?P<week_before>last week|(?:vergangene|letzte|vorige)[nr] Woche|минулого тижня)"
    rf"|(?P<week_after>next week|(?:kommende|nächste)[nr] Woche|наступного тижня)"
    rf"|(?P<this_week>this week|dieser Woche|цього тижня)))?",
    re.IGNORECASE,
)
_NIGHT = re.compile(
    r"(?:night (?:of|to|of the|into|before)|overnight (?:to|into|on)|Nacht (?:zum|auf|zu|vom [\w.]+ (?:auf|zum)|"
    r"von [\w.]+ auf|von [\w.]+ zu)|ніч на|ніч (?:з|із) [\w’']+ на)\s(?:the\s|den\s)?$",
    re.IGNORECASE,
)
_TO = r"(?:\s?[–-]\s?|\s(?:and|to|und|bis|auf|zum|та|і|й|до|на)\s(?:den\s)?)"
_DAYS_OF_A_MONTH = re.compile(
    rf"(?<![\w.,])(?:(?P<a>\d{{1,2}})\.?{_TO}(?P<b>\d{{1,2}})\.?\s(?P<m>{_MONTH})\b|(?P<m2>{_ENGLISH_MONTH})\.?\s(?P<a2>\d"
    rf"{{1,2}}){_TO}(?P<b2>\d{{1,2}})\b(?!\s(?:million|billion|bn)))(?:,?\s(?P<y>20\d\d))?",
    re.IGNORECASE,
)
"""Two days of a month: 25 and 26 September, the night of 3 to 4 May."""
_ABOUT = (
    r"(?:\s(?:the\s)?(?:early|mid|late|(?:very )?(?:beginning|start|middle|end) of|Anfang|Beginn|Mitte|Ende|початку|"
    r"середини|кінця|des|dem|the))*"
)
"""Which part of a month or year, which changes nothing in whether something is to come by then."""
_SAID = (
    (
        BY,
        r"(?:by|until|till|up to|before|ahead of|later than|bis(?: zum| spätestens| einschließlich| noch)?|vor|"
        rf"spätestens|до|перед|пізніше|not before){_ABOUT}[\s-]$",
    ),
    (
        FROM,
        r"(?:since|from|as of|starting(?: on| in| from)?|beginning(?: on| in)?|began on|with effect from|"
        r"since the last \w+(?: of| on)?|seit(?: dem)?(?: letzten \w+(?: vom| am)?)?|ab(?: dem)?|vom|з|із|від|"
        rf"починаючи з|після){_ABOUT}[\s-]$",
    ),
)
_SAID_OF = [(kind, re.compile(rf"(?<!\w){before}", re.IGNORECASE)) for kind, before in _SAID]
_ENDS = re.compile(r"(?:end of|Ende|кінця)(?: the)?\s$", re.IGNORECASE)


@dataclass(frozen=True)
class Date:
    """A date from `start` up to `end` of a text, in EDTF, with what is said of it."""

    start: int
    end: int
    edtf: str
    said: str
    is_day: bool
    has_year: bool = True

    @property
    def is_days(self) -> bool:
        """Whether it is a day, or a span of days, and not a month, a season or a quarter."""
        return self.is_day or bool(_OF_DAYS.fullmatch(self.edtf))


_OF_DAYS = re.compile(r"\d{4}-\d\d-\d\d/\d{4}-\d\d-\d\d")


def dates(text: str, published: dt.date) -> list[Date]:
    """Return the dates of `text` in their order; of what overlaps, the longest."""
    found = [*_written(text, published), *_spoken(text, published)]
    kept: list[Date] = []
    for date in sorted(found, key=lambda each: (each.start, -each.end)):
        if not kept or date.start >= kept[-1].end:
            kept.append(date)
    return kept


def _written(text: str, published: dt.date) -> Iterator[Date]:
    for match in _DAYS_OF_A_MONTH.finditer(text):
        month = MONTHS[(match["m"] or match["m2"]).lower()]
        year = int(match["y"] or _year_of_month(month, published, ON, ""))
        first, last = (_day(year, month, int(match[part] or match[f"{part}2"])) for part in "ab")
        if first and last:
            yield Date(match.start(), match.end(), f"{first}/{last}", ON, True)
    for match in _DATE.finditer(text):
        day = _of_match(match, published, _lies(text, match.start()))
        if day is None:
            continue
        night = _NIGHT.search(text[: match.start()])
        edtf = f"{day - dt.timedelta(1)}/{day}" if night else day.isoformat()
        yield Date(match.start(), match.end(), edtf, _said(text, match.start()), True)
    for match in _MONTH_OF.finditer(text):
        word = match["m"]
        is_name = len(word) <= 3 and not match["y"] and not _IN_MONTH.search(text[: match.start()])
        if is_name or (not word[0].isupper() and not re.match(r"[а-яіїєґ]", word)):
            continue
        yield _month_date(text, match, published)
    for match in _YEAR.finditer(text):
        said = _said(text, match.start())
        edtf = f"{match['y']}-12-31" if said == BY else match["y"]
        yield Date(match.start(), match.end(), edtf, said, False)


_IN_MONTH = re.compile(
    r"(?:\b(?:in|im|since|from|by|until|before|early|late|middle of|beginning of|end of|Anfang|Mitte|Ende|seit|ab|bis|"
    r"next|last|this|for|für|vergangenen|kommenden|nächsten)\s|\bmid-)$",
    re.IGNORECASE,
)
"""What stands before a month that is called like something else: in May, end of Mai."""


def _month_date(text: str, match: re.Match[str], published: dt.date) -> Date:
    month, said = MONTHS[match["m"].lower()], _said(text, match.start())
    lies = _lies(text, match.start())
    year = int(match["y"]) if match["y"] else _year_of_month(month, published, said, lies)
    edtf = f"{year}-{month:02}"
    if said != FROM and _ENDS.search(text[: match.start()]):
        edtf = end_of_month(edtf)
    return Date(match.start(), match.end(), edtf, said, False, bool(match["y"]))


def _year_of_month(month: int, published: dt.date, said: str, lies: str) -> int:
    """Return the year of a month without one: the next for what is to come, else the nearest."""
    ahead, behind = (month - published.month) % 12, (published.month - month) % 12
    if said == FROM and lies == "ahead" and ahead <= _AHEAD:
        return published.year if month >= published.month else published.year + 1
    if said == FROM and behind <= ahead + 4:
        return published.year if month <= published.month else published.year - 1
    if ahead < behind or (said == BY and ahead):
        return published.year if month >= published.month else published.year + 1
    return published.year if month <= published.month else published.year - 1


_AHEAD = 8
"""How many months ahead something may begin that is said to be from a month on."""


def _lies(text: str, start: int) -> str:
    """Return whether a day without a year lies ahead or behind, by the word before it; empty where that is not "
    "said."""
    before = text[max(0, start - 30) : start]
    if re.search(rf"\b(?:since|seit(?: dem)?){_ABOUT}\s(?:the\s)?$", before, re.IGNORECASE):
        return "behind"
    is_ahead = _said(text, start) == BY or re.search(
        rf"\b(?:from|ab(?: dem)?|as of|starting(?: in| on)?){_ABOUT}\s$", before, re.IGNORECASE
    )
    return "ahead" if is_ahead else ""


def _of_match(match: re.Match[str], published: dt.date, lies: str) -> dt.date | None:
    if match["iso"]:
        year, month, day = map(int, match["iso"].split("-"))
        return _day(year, month, day)
    if match["m3"]:
        return _day(int(match["y3"]), int(match["m3"]), int(match["d3"]))
    month = MONTHS[(match["m1"] or match["m2"]).lower()]
    day, said = int(match["d1"] or match["d2"]), match["y1"] or match["y2"]
    if said:
        return _day(int(said), month, day)
    near = [found for found in (_day(published.year + step, month, day) for step in (-1, 0, 1)) if found]
    month_ago = published - dt.timedelta(30)
    if lies:
        near = [found for found in near if (found >= month_ago if lies == "ahead" else found <= published)] or near
    return min(near, key=lambda found: abs((found - published).days)) if near else None


def _day(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _said(text: str, start: int) -> str:
    return next((kind for kind, pattern in _SAID_OF if pattern.search(text[max(0, start - 30) : start])), ON)


def _spoken(text: str, published: dt.date) -> Iterator[Date]:
    for start, end, edtf, is_within in spoken(text, published):
        is_day = re.fullmatch(r"\d{4}-\d\d-\d\d", edtf) is not None
        yield Date(start, end, edtf, BY if is_within else _said(text, start), is_day)
    for match in _WEEKDAY.finditer(text.replace("’", "'").replace("ʼ", "'")):
        yield Date(*match.span(), _of_weekday(text, match, published), _said(text, match.start()), True)


def _of_weekday(text: str, match: re.Match[str], published: dt.date) -> str:
    """Return a day of a week that is named as EDTF; another as `weekday:` with what is said of it."""
    number = DAYS[(match["day"] or match["short"]).lower()]
    night = "to" if _NIGHT.search(text[: match.start()]) else "from" if match["night"] else ""
    weeks = -1 if match["week_before"] else 1 if match["week_after"] else 0
    if weeks or match["this_week"]:
        return _with_night(monday(published) + dt.timedelta(7 * weeks + number), night)
    return f"weekday:{number}:{'last' if match['last'] else 'next' if match['next'] else ''}:{night}"


def _with_night(day: dt.date, night: str) -> str:
    """Return a day, or two where a night to it or from it is meant."""
    if not night:
        return day.isoformat()
    first = day - dt.timedelta(1) if night == "to" else day
    return f"{first}/{first + dt.timedelta(1)}"


def resolved(date: Date, published: dt.date, *, is_ahead: bool) -> str:
    """Return the EDTF of a date; of a weekday the next one, if what it is said of lies ahead, else the last."""
    if not date.edtf.startswith("weekday:"):
        # What was done this week was done by the day of the text.
        is_this_week = date.edtf == week(published, 0) and not is_ahead
        return f"{monday(published)}/{published}" if is_this_week else date.edtf
    _word, weekday, which, night = date.edtf.split(":")
    behind = (published.weekday() - int(weekday)) % 7
    if which == "last" and behind == 0:
        behind = 7
    day = published - dt.timedelta(behind)
    if (is_ahead or which == "next") and which != "last" and behind:
        day += dt.timedelta(7)
    return _with_night(day, night)


_SAYING = re.compile(rf"\b(?:{words.SAYING})\b", re.IGNORECASE)
_BESIDE = 25
"""Within how many letters of a day stands the verb of whoever spoke on it."""


def is_of_saying(text: str, date: Date) -> bool:
    """Tell whether a day is that on which something was said, and not that on which it happens."""
    if not date.is_day:
        return False
    before, after = text[max(0, date.start - _BESIDE) : date.start], text[date.end : date.end + _BESIDE]
    is_first = not re.search(r"\w+\W+\w+", text[: date.start])
    # A comma parts it from what is said, unless the sentence begins with the day.
    beside = before.rpartition(",")[2] + " " + (after if is_first else after.partition(",")[0])
    return bool(_SAYING.search(beside))
