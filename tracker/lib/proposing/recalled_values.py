"""Amounts and numbers of things that a sentence only recalls: `on top of the 6.7 billion kroner pledged in April`."""

import re
from dataclasses import replace

from tracker.lib.proposing.reading import cues
from tracker.lib.proposing.reading.amounts import Amount
from tracker.lib.proposing.reading.dates import Date
from tracker.lib.proposing.reading.numerals import Number, numbers
from tracker.lib.proposing.reading.read import Read
from tracker.lib.proposing.reading.thing import Thing

_PARTICIPLES = {
    cues.EN: r"(?:,?\s(?:which|that)\s(?:(?:\w+\s){0,2}?(?:had|was|were|has|have)(?:\sbeen)?|\w+|the \w+))?"
    r"\s(?P<verb>(?:already |previously |first )?(?:promised|"
    r"pledged|announced|ordered|bought|purchased|approved|agreed|committed|offered|contracted|requested|unveiled))"
    r"(?:\sby\s(?:the\s)?[A-Z][\w ]+?)?"
    r"(?P<time>\s(?:(?:back |as early as )?(?:in|at|under|during|last|earlier|"
    r"before)\s(?:the\s)?[\w-]+(?:\s(?:20\d\d|year|month|"
    r"week|summit|meeting|package))?|(?:a|an|one|two|three|four|some|several|many)\s(?:years?|months?|weeks?)\sago|"
    r"earlier|"
    r"previously))",
    cues.DE: r"(?P<time>(?:\b(?:im|in|vor|letzten|vergangenen|beim|bereits|schon|seit)\s(?:[\w.]+\s){0,3}?)?)"
    r"(?P<verb>\b(?:zugesagt|versprochen|angekündigt|bestellt|bewilligt|beschlossen|gekauft|vereinbart)e[nrs]?)(?=\s)"
    r"|(?P<clause>,\s(?:die|das|den|der)\s[^,.]{0,60}(?:zugesagt|versprochen|angekündigt|bewilligt|bestellt|gekauft|"
    r"beschlossen)\s"
    r"(?:hatte[n]?|hat|haben|worden|wurde[n]?)\b),?",
    cues.UK: r",?\s(?P<verb>(?:обіцян|пообіцян|замовлен|оголошен|виділен|анонсован|придбан)\w+)\s(?P<time>(?:(?:ще|"
    r"іще)\s)?"
    r"(?:(?:у|в|на|під час)\s\w+(?:\s20\d\d(?:\sроку)?)?|торік|раніше|влітку|восени|взимку|навесні|минул\w+ \w+|"
    r"рік тому|"
    r"\w+ (?:років|роки|місяц\w+) тому))",
}
"""What is said of things that were promised or ordered before: `the six launchers ordered a year ago`."""
_BEFORE = re.compile(
    r"(?:(?:^|[:;,]\s)\W*(?:of|von|із|з)\s+(?:the|den|dem|цих|обіцяних)\s+(?:\w+\s+)?|\b(?:on top of|in addition to|"
    r"besides|beyond|following|after|apart from|compared (?:with|to)|up from|"
    r"down from|more than the|"
    r"zusätzlich zu|neben|über|(?<!, )nach|gegenüber|statt|anstelle|instead of|rather than|out of|"
    r"на додачу до|на додаток до|окрім|крім|порівняно з|замість)\s(?:the|its|an?|den|dem|der|die|das|ihren|seinen|"
    r"earlier|previous|bisherigen|тих|раніше)\s(?!(?:\w+\s)?(?:delivery|deliveries|transfer|donation|sale|sending|dispatch|"
    r"deal|contract|Lieferung|Abgabe|Übergabe|Entsendung|Verlegung|Weitergabe|Überlassung|Bereitstellung)\b)(?:\w+\s){0,3}"
    r"|\b(?:bereits |schon |längst |früher |im \w+ |in \w+ |раніше |торік |вже |уже |already |previously |earlier )?"
    r"(?:zugesagten|versprochenen|angekündigten|bewilligten|gelieferten|übergebenen|genehmigten|geleisteten|"
    r"beschlossenen|ausgesetzten|"
    r"the (?:promised|pledged)|обіцян(?:их|і|ий)|оголошен(?:их|і|ий)|надан(?:их|і)|виділен(?:их|і)|передан(?:их|"
    r"і))\s(?:insgesamt\s|rund\s|etwa\s)?)$",
    re.IGNORECASE,
)
_ASKED_FOR = re.compile(
    r"\b(?:asked|appealed) for\s(?:the\s|another\s)?$|"
    r"^\W*(?:Asked|Having been asked|Pressed)\s(?:by\s[\w ]{2,30}\s)?for\s(?:the\s)?$|^\W*Von\s[\w ]{2,30}\sum\s$|"
    r"^\W*На (?:прохання|запит)\s[\w ]{2,30}\s(?:про|дати|надати)\s$"
)
"""What stands before things that somebody asked for, of which another gives so many: asked for ten, sent four."""
_ALL = re.compile(r"\b(?:all|alle|sämtliche|усі|всі)\s(?:\w+\s)?[\d]", re.IGNORECASE)
_OF_SO_MANY = re.compile(r"(?:^|[:;,]\s)\W*(?:Of|Out of|Von|Із|З)\s+(?:the|den)?\s*$")
_OF_THE = re.compile(r"(?:^|[:;,]\s)\W*(?:of|von|із|з)\s+(?:the|its|den|ihren|цих)\s+(?:\w+\s+)?$", re.IGNORECASE)
_AFTER = re.compile(
    r"(?:\s(?:of|for|in|worth of)\s(?:[\w-]+\s?){1,4})?,?\s?(?:(?:which|that)\s(?:(?:was|were)\s)?)?"
    r"(?:(?:had been|it had|they had|he had|she had)\s)?(?:already\s|previously\s|first\s)?"
    r"(?:pledged|promised|announced|agreed|approved|committed|unveiled|presented|donated|delivered|supplied|"
    r"allocated)\s"
    r"(?:in|under|last|at|earlier|by|during|back|since|before|a year|two years|ago)\b"
    r"|(?:\s(?:an|für)\s[\w-]+)?,\s(?:die|das|der)\s[^,.]{0,60}(?:zugesagt|versprochen|angekündigt|bewilligt|"
    r"geliefert|beschlossen)\s(?:hatte[n]?|worden|wurde[n]?)"
    r"|,\s(?:обіцян|оголошен|виділен|пообіцян|анонсован)\w+\s(?:у|в|на|під|ще|торік|раніше)\b",
    re.IGNORECASE,
)
_UMBRELLA = re.compile(
    r"\b(?:(?:as )?(?:a )?part of|under|within|out of|from|im Rahmen|aus|Teil|у межах|в рамках|у рамках|з|із|"
    r"частин\w+)\s"
    r"(?:a|an|the|its|this|einem|einer|eines|dem|der|des|seinem|пакет\w*|програм\w*)?\s?(?:[\w-]+\s){0,3}(?:of |"
    r"worth |von |über |на (?:суму )?|у )?$",
    re.IGNORECASE,
)
_KITTY = re.compile(
    r"(?:[\s-]|\b)(?:[\w-]+\s){0,2}(?:package|fund|project|programme|program|scheme|plan|deal|budget|facility|"
    r"envelope|loan|[Pp]aket\w*|[Ff]onds|[Pp]rogramm\w*|"
    r"фонд\w*|пакет\w*|програм\w*|кредит\w*)\b",
)
_KITTY_BEFORE = re.compile(
    r"\b(?:package|fund|project|programme|program|scheme|plan|deal|budget|facility|loan|\w*[Pp]aket\w*|"
    r"\w*[Ff]onds|пакет\w*|програм\w*|фонд\w*)\b[^,.]{0,25}$"
)


def without_recalled(found: Read) -> Read:
    """Return a sentence without the values that it only recalls, if others are left."""
    found = _of_arrival(found)
    amounts = [each for each in found.amounts if not _is_recalled(found.text, each)]
    things = []
    for each in found.things:
        is_whole = each.is_counted and _OF_SO_MANY.search(found.text[: each.start])
        if is_whole or (not each.is_counted and _OF_THE.search(found.text[: each.start])):
            of_them = _number_after(found, each)
            if of_them is not None:
                each = replace(each, start=of_them.start, end=of_them.end, quantity=of_them.quantity, is_part=True)
        if not each.is_counted or each.is_part or not _is_recalled(found.text, each):
            things.append(each)
            continue
        of_them = _number_after(found, each)
        if of_them is not None:
            things.append(Thing(of_them.start, of_them.end, each.what, of_them.quantity, each.is_platform, each.id))
    return replace(found, amounts=amounts, things=things)


def _of_arrival(found: Read) -> Read:
    """Return a sentence on the arrival of things, or their end, without the words that say when they were promised."""
    flags = 0 if found.language == cues.EN else re.IGNORECASE
    spans = [
        match.span(part)
        for match in re.finditer(_PARTICIPLES[found.language], found.text, flags)
        for part in ("verb", "time", "clause")
        if part in match.groupdict() and match.start(part) >= 0
    ]
    text = found.text
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    if not spans:
        return found
    said = text if found.language == cues.UK else text[spans[0][0] :]
    if not any(cues.says(cue, said, found.language) for cue in ("delivered", "coming")) and not cues.says(
        "cancelled", text, found.language
    ):
        return found
    dates = [each for each in found.dates if not any(start <= each.start < end for start, end in spans)]
    if not dates and _ALL.search(found.text[: spans[0][0]]):
        # All that was promised is there: a sum of what was told before.
        return found
    return replace(found, text=text, dates=dates)


def _number_after(found: Read, thing: Thing) -> Number | None:
    """Return how many of the things that were promised a sentence tells of: of the 100 promised drones 60 have "
    "come."""
    taken: list[Amount | Thing | Date] = [*found.values, *found.dates]
    free = [
        each
        for each in numbers(found.text[thing.end :], found.language)
        if not any(other.start < thing.end + each.end and thing.end + each.start < other.end for other in taken)
    ]
    if not free or free[0].start > 40:
        return None
    return replace(free[0], start=thing.end + free[0].start, end=thing.end + free[0].end)


def _is_recalled(text: str, value: Amount | Thing) -> bool:
    """Tell whether a value is one that was promised before, or that of a whole of which another is a part."""
    before, after = text[: value.start], text[value.end :]
    if _BEFORE.search(before) or _AFTER.match(after) or _ASKED_FOR.search(before):
        return True
    if not isinstance(value, Amount):
        return False
    within = _UMBRELLA.search(before)
    return bool(within and (_KITTY.match(after) or _KITTY_BEFORE.search(within.group())))
