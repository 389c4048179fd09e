"""Things in running text, with how many of them: `six weitere Mirage 2000`, `an undisclosed number of drones`."""

import re
from dataclasses import replace

from tracker.lib.proposing.reading.counted import counted_phrase
from tracker.lib.proposing.reading.named_things import named_things
from tracker.lib.proposing.reading.names import Mention
from tracker.lib.proposing.reading.numerals import Number
from tracker.lib.proposing.reading.thing import ONE, UNKNOWN, WITHHELD, Thing
from tracker.lib.quantities import parse

_WITHIN = re.compile(r"of which|of them|among them|including|davon|darunter|з них|із них|у тому числі", re.IGNORECASE)
_BETWEEN = re.compile(
    r"(?!.*\b(?:will|and|und|for|für|in|im|to|zu|with|mit|is|are|was|a|the|der|die|das|von|at|on|from|aus|"
    r"і|та|на|у|в|з|до|which|have|has|that)\b)[^,.;:()\d€$£]{0,42}",
    re.IGNORECASE,
)
_MORE = re.compile(
    r"\b(?:further|additional|more|weitere\w*|zusätzliche\w*|neue[nr]?|new|ще|додатков\w+|нов\w+|used|second-hand)\b",
    re.IGNORECASE,
)
_VAGUE = re.compile(
    r"(?:\b(?P<withheld>an undisclosed number of|an unspecified number of|eine ungenannte (?:Zahl|"
    r"Anzahl)(?: von)?|нерозголошен\w+ кількість)"
    r"|\b(?P<vague>several hundred|several|dozens of|hundreds of|thousands of|a number of|more|additional|"
    r"further|new|zusätzliche|weitere|mehrere|Dutzende|Hunderte|eine große Anzahl|кілька|десятки|"
    r"сотні))\s$",
    re.IGNORECASE,
)
_ARTICLE = re.compile(
    r"(?:\b(?:a|an|one more|another|eine|einen|ein|one of (?:its|their)|одн\w+)\s"
    r"(?:(?!(?:with|of|for|from|mit|von|für|aus|із|з|для|package|Paket|пакет)\b)[\w-]+\s){0,3})$",
    re.IGNORECASE,
)


def things(text: str, platforms: list[Mention], numbers: list[Number], language: str) -> list[Thing]:
    """Return the things of a sentence in their order.

    `platforms` are names, those of initiatives and forums among them; `numbers` those that are no money and no dates.
    """
    named = named_things(text, platforms)
    free = list(numbers)
    found: list[Thing] = []
    for thing in named:
        number = next(
            (each for each in reversed(free) if each.end <= thing.start and _counts(text, each, thing, found)), None
        )
        if number is not None:
            free.remove(number)
            part = next((each for each in free if _is_part(text, each, number)), None)
            if part is not None:
                free.remove(part)
                number, thing.is_part = part, True
            half = (
                _HALF_OF.search(text[: number.said_from])
                if number.qualifier == "exact" and number.low % 2 == 0
                else None
            )
            if half:
                number = replace(number, low=number.low / 2, high=number.high / 2, said_from=half.start())
                thing.is_part = True
            of_many = ONE_OF.search(text[: number.said_from])
            thing.quantity = ONE if of_many else number.quantity
            thing.is_part = thing.is_part or bool(_PART_OF.match(text, number.end))
            thing.start = of_many.start() if of_many else number.said_from
        else:
            _vague(text, thing)
        found.append(thing)
    for number in free:
        before = next((each for each in reversed(found) if each.end <= number.start), None)
        if before and not before.is_counted and _FROM_EACH.match(text, number.end):
            before.quantity, before.is_per_head = number.quantity, True
        elif before and not before.is_counted and _is_behind(text, before, number):
            before.quantity = number.quantity
        else:
            _unnamed(text, number, free, found, language)
    return _nested(text, sorted(found, key=lambda each: each.start))


_FROM_EACH = re.compile(
    r"\s(?:(?:from|by|of|for) each|each|apiece|je Land|pro Land|von jedem|"
    r"від кожно\w+)\b",
    re.IGNORECASE,
)


def _is_behind(text: str, thing: Thing, number: Number) -> bool:
    """Tell whether a number behind a thing says how many: howitzers, 12 of them; soldiers, some 200, will stay."""
    is_between_commas = text[thing.end : number.said_from] == ", " and text[number.end : number.end + 1] == ","
    return is_between_commas or bool(_SO_MANY_OF_THEM.match(text, number.end))


_A_FORCE_OF = re.compile(
    r"\b(?:force|contingent|brigade|battlegroup|mission|company|platoon|unit|battalion|detachment|garrison|Truppe|"
    r"Kontingent|Brigade|Kompanie|Einheit|Abteilung|Bataillon|контингент\w*|бригад\w+|рот[аиуою]+|загон\w*)\s(?:of|"
    r"von|у|із|з)\s"
    r"(?:(?:about|some|up to|bis zu|rund|до|близько)\s)?$",
    re.IGNORECASE,
)
_MORE_OF_THEM = re.compile(
    r"\s(?:more|further|additional|extra|new|weitere[nr]?|zusätzliche[nr]?|нових|"
    r"додаткових)(?=\s)"
)
_SO_MANY_OF_THEM = re.compile(
    r"\s(?:of (?:them|these)|in number|in all|in total|all told|strong|an der Zahl|"
    r"Stück)\s?(?:,|$)",
    re.IGNORECASE,
)
"""A number behind its things: Greek howitzers, 12 of them, arrived."""
_FURTHER = re.compile(r"\b(?:another|a further|further|weitere|noch einmal|ще|і ще)\s$", re.IGNORECASE)


def _unnamed(text: str, number: Number, free: list[Number], found: list[Thing], language: str) -> None:
    """Add what a number counts that no table names."""
    if any(_is_part(text, number, each) for each in free):
        return
    part = next((each for each in free if _is_part(text, each, number)), None)
    more = _MORE_OF_THEM.match(text, number.end)
    phrase = counted_phrase(text, more.end() if more else number.end, language)
    number = part or number
    before = [each for each in found if each.end <= number.start]
    if phrase is None and number.low >= 10 and _A_FORCE_OF.search(text[: number.said_from]):
        found.append(Thing(number.said_from, number.end, "soldier", number.quantity, False))
        return
    if re.match(r"[\s-](?:strong|man|Mann|Frau|осіб|бійців)\b", text[number.end :]) and number.low >= 10:
        found.append(Thing(number.said_from, number.end + 7, "soldier", number.quantity, False))
        return
    if phrase is None and before and _FURTHER.search(text[: number.said_from]):
        found.append(Thing(number.said_from, number.end, before[-1].what, number.quantity, before[-1].is_platform))
        return
    is_article = number.is_word and number.high == 1 and text[number.start : number.end].lower() != "one"
    if phrase is None or is_article:
        return
    end, words = phrase
    inside = next((each for each in found if number.end <= each.start < end), None)
    if inside is None:
        one = ONE_OF.search(text[: number.said_from])
        is_part = part is not None or one is not None
        quantity = ONE if one else number.quantity
        found.append(Thing(number.said_from, end, words, quantity, False, is_named=False, is_part=is_part))
    elif inside.quantity is UNKNOWN:
        inside.quantity, inside.start = number.quantity, number.said_from


def _is_part(text: str, part: Number, number: Number) -> bool:
    """Tell whether a number is a part of the next: five of the 20 howitzers."""
    gap = text[part.end : number.said_from]
    return bool(
        re.fullmatch(
            r"\s(?:of|out of|von|der|із?|з)\s?(?:the |its |a (?:promised |total )?|den |insgesamt |zugesagten |"
            r"promised |обіцяних )*",
            gap,
            re.IGNORECASE,
        )
    )


def _counts(text: str, number: Number, thing: Thing, found: list[Thing]) -> bool:
    gap = _CALIBRE.sub("", _MORE.sub("", text[number.end : thing.start]))
    if found and found[-1].end > number.end and found[-1].start >= number.start:
        return False
    if _PART_OF.fullmatch(gap) or _ELIDED.fullmatch(gap):
        return True
    return bool(_BETWEEN.fullmatch(gap)) and len(gap.split()) <= 4


_ELIDED = re.compile(r"\s?[–—-]\s?(?:до|для|for|für)\s?[«„\"“]?")
"""What stands between a number and a name where the noun is left out: `200 ракет до IRIS-T і 50 – до NASAMS`."""
_CALIBRE = re.compile(r"\d{2,3}[- ]?(?:mm|мм)[- ]?")
_PART_OF = re.compile(
    r"\s(?:of|out of|von|der|des|із|з|зі)\s(?:(?:the|its|their|those|these|den|der|seinen|ihren|diesen|цих|своїх)\s)?"
    r"(?:(?:im|in|у|в)\s[\w]+\s)?(?:(?!(?:will|have|has|had|are|were|was|is|who|which|that|to|in|for|and|und|wird|"
    r"die|das)\s)[\w-]+\s){0,2}"
    r"(?:(?:im|in|у|в)\s[\w]+\s)?(?:[«„\"'“]|(?:die|das|Typ)\s)?"
)
"""What stands between a number and the things of which it is a part: `vier der im Mai zugesagten Radare`."""


_ORDINAL = re.compile(
    r"\b(?:(?:the|a|its|their) (?:first|second|third|fourth|last|final)|(?:die|der|das|eine?) (?:erste|zweite|"
    r"dritte|letzte)|"
    r"перш(?:ий|у|а)|друг(?:ий|у|а)|трет(?:ій|ю)|останн(?:ій|ю))\s(?:[\w-]+\s){0,2}$",
    re.IGNORECASE,
)
_HALF_OF = re.compile(
    r"\b(?:half (?:of )?(?:the |its )?|die Hälfte (?:der|von) (?:den )?|половин[аиу] (?:з|"
    r"із) )$",
    re.IGNORECASE,
)
ONE_OF = re.compile(
    r"\b(?:the )?(?:last|first|second|latest) of (?:its |their |the |these |those )?$|"
    r"\b(?:die|der|das|den|dem|eine?) (?:ersten?|letzten?|zweiten?) (?:von (?:den |diesen )?|der |dieser )$|"
    r"\b(?:перш|останн|друг)(?:ий|ій|а|я|у|ю|е|є) (?:з|із) (?:цих |тих )?$",
    re.IGNORECASE,
)
"""What stands before how many there are, of which one is told: the first of the four."""


def _vague(text: str, thing: Thing) -> None:
    before = text[: thing.start]
    vague = _VAGUE.search(before)
    if vague:
        thing.quantity, thing.start = (WITHHELD if vague["withheld"] else UNKNOWN), vague.start()
        return
    if _is_one(before, text[thing.start : thing.end], thing):
        thing.quantity = ONE
        return
    if _ORDINAL.search(before) and not text[thing.start : thing.end].endswith("s"):
        thing.quantity = ONE
        return
    if _BOTH.search(before):
        thing.quantity = parse("2")
        return
    article = _ARTICLE.search(before)
    is_single = not re.search(r"s$", text[thing.start : thing.end]) or (article and "one of" in article.group())
    if article and is_single and not re.match(r"(?:-?system|ammunition)", thing.what):
        thing.quantity, thing.start = ONE, article.start()


_BOTH = re.compile(r"\b(?:both|beiden?|обидв\w+|обох)\s(?:(?:of )?(?:the|its|their)\s)?(?:[\w-]+\s)?$", re.IGNORECASE)

_UNITS = {
    "frigate", "air-defence frigate", "ship", "corvette", "submarine", "minehunter", "battalion", "air defence "
    "battalion", "brigade", "squadron",
    "detachment", "air defence battery", "field hospital", "battery", "radar", "tank", "helicopter", "howitzer",
}  # fmt: skip
_DEFINITE = re.compile(
    r"(?:\b(?:the|its|their|our|his|her|der|die|das|ihr|ihre|seine?|unsere?|sein)|"
    r"['’]s)\s(?:[\w-]+\s){0,2}$",
    re.IGNORECASE,
)
_IN_A_UNIT = re.compile(
    r"\b(?:in|with|within|of|joins?|joined|bei|in|mit|у|в|з)\s(?:the|its|their|der|dem|"
    r"den)\s(?:[\w-]+\s){0,3}$",
    re.IGNORECASE,
)
_OF_SYSTEM = re.compile(
    r"(?:battery|system|unit|launcher|radar|frigate|helicopter|howitzer|tank|jet|Batterie|System|Einheit|Staffel|"
    r"Fregatte|Hubschrauber)$"
)
_SINGULAR = re.compile(
    r"(?:[а-яіїє'’-]+(?:ий|ій|у|ю)\s)?(?:комплекс|винищувач|вертоліт|гелікоптер|літак|корабель|фрегат|танк|дрон|безпілотник|радар|батальйон|"
    r"корвет|тральник|зразок|"
    r"систему|батарею|установку|гаубицю|машину|бригаду|роту|ескадрилью|станцію)(?=\s|$)",
    re.IGNORECASE,
)


_OF_ONE = re.compile(r"(?:[а-яіїє'’-]+\s)?[а-яіїє'’-]+(?:ої|ого|ому)\s[а-яіїє]+(?:ї|и|а|у|ю)\b", re.IGNORECASE)
"""One thing in an oblique case: зенітної батареї."""


_TO_SEND = re.compile(r"\b\w+ння(?:м|ю)?\s(?:(?:до|в|у|на|для)\s[\w’'-]+\s)?$", re.IGNORECASE)
"""A noun of what is done to things, behind which these stand in the genitive: відправлення до Латвії батареї."""
_GENITIVE_OF_ONE = re.compile(r"[а-яіїє’'-]+[їиіаяую](?=\s|\W|$)", re.IGNORECASE)


def _is_one(before: str, words: str, thing: Thing) -> bool:
    """Tell whether a thing is one by its form: the German frigate, зенітний комплекс."""
    if _IN_A_UNIT.search(before) and thing.what in ("brigade", "battalion", "squadron", "detachment"):
        # Those who serve in it are sent, and not the whole of it.
        return False
    if thing.what in _UNITS and not re.search(r"(?:s|en|eln|one|ien)$", words) and _DEFINITE.search(before):
        return True
    if thing.is_platform and _OF_SYSTEM.search(words) and _DEFINITE.search(before):
        return True
    if thing.what in _UNITS and _TO_SEND.search(before) and _GENITIVE_OF_ONE.match(words):
        return True
    last = before.split()[-1] if before.split() and before.endswith(" ") else ""
    if _OF_ONE.match(f"{last} {words}") and (thing.what in _UNITS or thing.is_platform or " system" in thing.what):
        return True
    return bool(_SINGULAR.match(words) or (thing.is_platform and _SINGULAR.match(last)))


_AND_MORE = re.compile(r",\s(?:and|as well as|und|sowie|та|і|а також)\s")
"""What stands between a part of what was told and more: soldiers, among them gunners, and tanks."""


def _nested(text: str, found: list[Thing]) -> list[Thing]:
    kept: list[Thing] = []
    for thing in found:
        whole = kept[-1] if kept else None
        gap = text[whole.end : thing.start] if whole else ""
        if whole and whole.within and _AND_MORE.match(text, whole.within[-1].end):
            gap = ""
        if whole and whole.is_counted and thing.is_counted and _WITHIN.search(gap) and len(gap) < 60:
            whole.within.append(thing)
        else:
            kept.append(thing)
    return kept
