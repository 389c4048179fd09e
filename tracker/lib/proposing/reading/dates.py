"""Dates in running text, in EDTF. What is relative is read by the day on which the text was published."""

import datetime as dt
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

ON, BY, FROM, IN = "on", "by", "from", "in"
"""What is said of a date: on or in it, by it, or from it on."""

_MONTHS = (
    "january jan januar jänner січня січень січні",
    "february feb februar лютого лютий лютому",
    "march mar märz березня березень березні",
    "april apr квітня квітень квітні",
    "may mai травня травень травні",
    "june jun juni червня червень червні",
    "july jul juli липня липень липні",
    "august aug серпня серпень серпні",
    "september sept sep вересня вересень вересні",
    "october oct oktober жовтня жовтень жовтні",
    "november nov листопада листопад листопаді",
    "december dec dezember грудня грудень грудні",
)
MONTHS = {word: number for number, words in enumerate(_MONTHS, start=1) for word in words.split()}
_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_ENGLISH_MONTH = "|".join(
    word
    for word in sorted(MONTHS, key=len, reverse=True)
    if word.isascii() and word not in ("juni", "juli", "oktober", "dezember", "januar", "februar", "mai")
)
_DAYS = (
    "monday montag понеділок понеділка",
    "tuesday dienstag вівторок вівторка",
    "wednesday mittwoch середу середа середи",
    "thursday donnerstag четвер четверга",
    "friday freitag п'ятницю п'ятниця п'ятниці",
    "saturday samstag sonnabend суботу субота суботи",
    "sunday sonntag неділю неділя неділі",
)
DAYS = {word: number for number, words in enumerate(_DAYS) for word in words.split()}
_DAY = "|".join(sorted(DAYS, key=len, reverse=True))

_DATE = re.compile(
    rf"(?<!\w)(?:(?P<d1>\d{{1,2}})\.?\s(?P<m1>{_MONTH})\b\.?(?:,?\s(?P<y1>20\d\d))?"
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
    rf"(?<!\w)(?P<next>next |kommenden |nächsten |наступн\w+ )?(?P<last>last |vergangenen |letzten |"
    rf"минул\w+ )?(?P<day>{_DAY})(?:s|s?(?:abend|nachmittag|vormittag|morgen|mittag|früh))?(?!\w)",
    re.IGNORECASE,
)
_NIGHT = re.compile(
    r"(?:night (?:of|to|of the)|overnight (?:to|into)|Nacht (?:zum|auf|zu)|ніч на)\s(?:the\s|den\s)?$", re.IGNORECASE
)
_DAYS_OF_A_MONTH = re.compile(
    r"(?<![\w.,])(?P<a>\d{1,2})\.?(?:\s?[–-]\s?|\s(?:and|to|und|bis|та|і|й|"
    r"до)\s)(?P<b>\d{{1,2}})\.?\s(?P<m>{_MONTH})\b"
    r"(?:,?\s(?P<y>20\d\d))?",
    re.IGNORECASE,
)
"""Two days of a month: 25 and 26 September, the night of 3 to 4 May."""
_WORDS: tuple[tuple[str, Callable[[dt.date], str]], ...] = (
    (r"today|heute|сьогодні", lambda day: day.isoformat()),
    (r"yesterday|gestern|вчора|учора", lambda day: (day - dt.timedelta(1)).isoformat()),
    (r"(?:the )?day before yesterday|vorgestern|позавчора", lambda day: (day - dt.timedelta(2)).isoformat()),
    (r"tomorrow|morgen(?= (?:trifft|tagt|kommt|beginnt))|завтра", lambda day: (day + dt.timedelta(1)).isoformat()),
    (r"end of last week|at the weekend|am Wochenende|наприкінці минулого тижня", lambda day: _weekend(day, -1)),
    (r"earlier this week|Anfang der Woche", lambda day: f"{_monday(day)}/{day}"),
    (r"this week|in dieser Woche|diese Woche|цього тижня", lambda day: _week(day, 0)),
    (
        r"last week|(?:in der )?vorige[rn]? Woche|letzte[rn]? Woche|vergangene[rn]? Woche|минулого тижня|"
        r"на минулому тижні",
        lambda day: _week(day, -1),
    ),
    (r"next week|nächste[rn]? Woche|kommende[rn]? Woche|наступного тижня", lambda day: _week(day, 1)),
    (r"last month|im vergangenen Monat|letzten Monat|минулого місяця", lambda day: _month(day, -1)),
    (
        r"this month|in the course of the month|diesen Monat|im Laufe des Monats|цього місяця",
        lambda day: _month(day, 0),
    ),
    (r"next month|nächsten Monat|наступного місяця", lambda day: _month(day, 1)),
    (r"(?:in the |this |next |im |навесні|next )?(?:spring|Frühjahr|Frühling|навесні)", lambda day: _season(day, 21)),
    (r"in the summer|this summer|im Sommer|влітку", lambda day: _season(day, 22)),
    (r"in the autumn|this autumn|im Herbst|восени", lambda day: _season(day, 23)),
    (r"this year|in diesem Jahr|dieses Jahr|during the year|цього року", lambda day: str(day.year)),
    (r"next year|im nächsten Jahr|nächstes Jahr|наступного року", lambda day: str(day.year + 1)),
    (r"end of the year|year's end|Jahresende|кінця року", lambda day: f"{day.year}-12-31"),
)
_RELATIVE = [(re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE), edtf) for words, edtf in _WORDS]
_SAID = (
    (
        BY,
        r"(?:by|until|till|before|no later than|bis(?: zum| spätestens)?|spätestens|до|"
        r"not before)(?: the)?(?: (?:end of|Ende|кінця|des|dem|spring|summer))*(?: the)?\s$",
    ),
    (FROM, r"(?:since|from|as of|starting|beginning|began on|ab|seit(?: dem)?|vom|з|від|починаючи з)(?: the)?\s$"),
)
_SAID_OF = [(kind, re.compile(rf"(?<!\w){words}", re.IGNORECASE)) for kind, words in _SAID]
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


def _monday(day: dt.date) -> dt.date:
    return day - dt.timedelta(day.weekday())


def _week(day: dt.date, weeks: int) -> str:
    monday = _monday(day) + dt.timedelta(7 * weeks)
    return f"{monday}/{monday + dt.timedelta(6)}"


def _weekend(day: dt.date, weeks: int) -> str:
    monday = _monday(day) + dt.timedelta(7 * weeks)
    return f"{monday + dt.timedelta(5)}/{monday + dt.timedelta(6)}"


def _month(day: dt.date, months: int) -> str:
    at = day.year * 12 + day.month - 1 + months
    return f"{at // 12}-{at % 12 + 1:02}"


def _season(day: dt.date, season: int) -> str:
    ends = {21: 5, 22: 8, 23: 11}[season]
    return f"{day.year if day.month <= ends else day.year + 1}-{season}"


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
        month = MONTHS[match["m"].lower()]
        year = int(match["y"] or _year_of_month(month, published, ON))
        first, last = (_day(year, month, int(match[part])) for part in "ab")
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
        if (not word[0].isupper() and not re.match(r"[а-яіїєґ]", word)) or (
            word.lower() in ("may", "mar", "mai") and not match["y"] and not _IN_MONTH.search(text[: match.start()])
        ):
            continue
        yield _month_date(text, match, published)
    for match in _YEAR.finditer(text):
        said = _said(text, match.start())
        edtf = f"{match['y']}-12-31" if said == BY else match["y"]
        yield Date(match.start(), match.end(), edtf, said, False)


_IN_MONTH = re.compile(r"(?:in|im|since|from|by|until|end of|Ende|seit|ab|bis)\s$", re.IGNORECASE)


def _month_date(text: str, match: re.Match[str], published: dt.date) -> Date:
    month, said = MONTHS[match["m"].lower()], _said(text, match.start())
    year = int(match["y"]) if match["y"] else _year_of_month(month, published, said)
    edtf = f"{year}-{month:02}"
    if _ENDS.search(text[: match.start()]):
        edtf = (dt.date(year + month // 12, month % 12 + 1, 1) - dt.timedelta(1)).isoformat()
    return Date(match.start(), match.end(), edtf, said, False, bool(match["y"]))


def _year_of_month(month: int, published: dt.date, said: str) -> int:
    """Return the year of a month without one: the next for what is to come, else the nearest."""
    ahead, behind = (month - published.month) % 12, (published.month - month) % 12
    if said == FROM and behind <= ahead + 4:
        return published.year if month <= published.month else published.year - 1
    if ahead < behind or (said == BY and ahead):
        return published.year if month >= published.month else published.year + 1
    return published.year if month <= published.month else published.year - 1


def _lies(text: str, start: int) -> str:
    """Return whether a day without a year lies ahead or behind, by the word before it; empty where that is not "
    "said."""
    before = text[max(0, start - 30) : start]
    if re.search(r"\b(?:since|seit(?: dem)?)\s(?:the\s)?$", before, re.IGNORECASE):
        return "behind"
    return "ahead" if _said(text, start) == BY or re.search(r"\b(?:from|ab(?: dem)?|as of)\s$", before) else ""


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
    for pattern, edtf in _RELATIVE:
        for match in pattern.finditer(text):
            yield Date(
                match.start(),
                match.end(),
                edtf(published),
                _said(text, match.start()),
                "/" not in edtf(published) and len(edtf(published)) == 10,
            )
    for match in _WEEKDAY.finditer(text.replace("’", "'").replace("ʼ", "'")):
        yield Date(
            match.start(),
            match.end(),
            f"weekday:{DAYS[match['day'].lower()]}:{'last' if match['last'] else 'next' if match['next'] else ''}:"
            f"{'night' if _NIGHT.search(text[: match.start()]) else ''}",
            _said(text, match.start()),
            True,
        )


def resolved(date: Date, published: dt.date, *, is_ahead: bool) -> str:
    """Return the EDTF of a date; of a weekday the next one, if what it is said of lies ahead, else the last."""
    if not date.edtf.startswith("weekday:"):
        return date.edtf
    _word, weekday, which, night = date.edtf.split(":")
    behind = (published.weekday() - int(weekday)) % 7
    if which == "last" and behind == 0:
        behind = 7
    day = published - dt.timedelta(behind)
    if (is_ahead or which == "next") and which != "last" and behind:
        day += dt.timedelta(7)
    return f"{day - dt.timedelta(1)}/{day}" if night else day.isoformat()
