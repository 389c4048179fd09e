"""Things in running text, with how many of them: `six weitere Mirage 2000`, `an undisclosed number of drones`."""

import re
from dataclasses import dataclass, field
from functools import cache

from tracker.lib import quantities
from tracker.lib.proposing.reading.counted import counted_phrase
from tracker.lib.proposing.reading.names import PLATFORM, Mention, Name, Vocabulary
from tracker.lib.proposing.reading.numerals import Number
from tracker.lib.proposing.words.things import THINGS
from tracker.lib.quantities import Quantity

ONE = quantities.parse("1")
UNKNOWN, WITHHELD = Quantity(quantities.UNKNOWN), Quantity(quantities.WITHHELD)
_PARTS = {
    "missile",
    "interceptor missile",
    "air defence missile",
    "rocket",
    "launcher",
    "interceptor",
    "ammunition",
    "engine",
}
_SYSTEM = re.compile(
    r"[\s-]?(?:air[- ]defen[cs]e\s)?(?:-?systems?|batter(?:y|ies)|units?|fire units?|jets?|fighters?|"
    r"fighter jets|tanks?|Systemen?|Batterien?|Staffeln?)\b",
    re.IGNORECASE,
)
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
    r"(?:\b(?:a|an|one more|another|eine|einen|ein|one of (?:its|their)|одн\w+)\s(?:[\w-]+\s){0,2})$", re.IGNORECASE
)


@dataclass
class Thing:
    """A thing from `start` up to `end`: what it is, how many, and what of it is told apart."""

    start: int
    end: int
    what: str
    quantity: Quantity
    is_platform: bool
    id: str = ""
    within: list["Thing"] = field(default_factory=list)
    is_named: bool = True
    """Whether a table knows what it is."""

    @property
    def is_counted(self) -> bool:
        """Whether the text says how many, exactly or not."""
        return self.quantity.qualifier not in (quantities.UNKNOWN, quantities.WITHHELD)

    def as_fact(self) -> dict[str, object]:
        """Return it as facts have it."""
        low, high = self.quantity.low, self.quantity.high
        told: dict[str, object] = {
            "what": self.what,
            "quantity": {
                "low": None if low is None else int(low),
                "high": None if high is None else int(high),
                "qualifier": self.quantity.qualifier,
            },
        }
        return told | ({"of_which": [each.as_fact() for each in self.within]} if self.within else {})


@cache
def _vocabulary() -> Vocabulary:
    return Vocabulary(
        Name(words, _PLACE_OF_THINGS, "", what)
        for what, line in THINGS.items()
        for words in map(str.strip, line.split("|"))
        if words
    )


_PLACE_OF_THINGS = PLATFORM
"""The kind under which the vocabulary holds things: what overlaps, the longest is found."""


def things(text: str, platforms: list[Mention], numbers: list[Number], language: str) -> list[Thing]:
    """Return the things of a sentence in their order.

    `platforms` are names, those of initiatives and forums among them; `numbers` those that are no money and no dates.
    """
    named = _named(text, platforms)
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
                number = part
            of_many = _LAST_OF.search(text[: number.said_from])
            thing.quantity = ONE if of_many else number.quantity
            thing.start = of_many.start() if of_many else number.said_from
        else:
            _vague(text, thing)
        found.append(thing)
    for number in free:
        _unnamed(text, number, free, found, language)
    return _nested(text, sorted(found, key=lambda each: each.start))


_FURTHER = re.compile(r"\b(?:another|a further|further|weitere|noch einmal|ще|і ще)\s$", re.IGNORECASE)


def _unnamed(text: str, number: Number, free: list[Number], found: list[Thing], language: str) -> None:
    """Add what a number counts that no table names."""
    if any(_is_part(text, number, each) for each in free):
        return
    part = next((each for each in free if _is_part(text, each, number)), None)
    phrase = counted_phrase(text, number.end, language)
    number = part or number
    before = [each for each in found if each.end <= number.start]
    if phrase is None and before and _FURTHER.search(text[: number.said_from]):
        found.append(Thing(number.said_from, number.end, before[-1].what, number.quantity, before[-1].is_platform))
        return
    is_article = number.is_word and number.high == 1 and text[number.start : number.end].lower() != "one"
    if phrase is None or is_article:
        return
    end, words = phrase
    inside = next((each for each in found if number.end <= each.start < end), None)
    if inside is None:
        found.append(Thing(number.said_from, end, words, number.quantity, False, is_named=False))
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
    gap = _MORE.sub("", text[number.end : thing.start])
    if found and found[-1].end > number.end and found[-1].start >= number.start:
        return False
    return bool(_BETWEEN.fullmatch(gap)) and len(gap.split()) <= 4


_ORDINAL = re.compile(
    r"\b(?:(?:the|a|its|their) (?:first|second|third|fourth|last|final)|(?:die|der|das|eine?) (?:erste|zweite|"
    r"dritte|letzte)|"
    r"перш(?:ий|у|а)|друг(?:ий|у|а)|трет(?:ій|ю)|останн(?:ій|ю))\s(?:[\w-]+\s){0,2}$",
    re.IGNORECASE,
)
_LAST_OF = re.compile(r"\b(?:the )?(?:last|first|latest) of (?:its |the |their )?$", re.IGNORECASE)


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
    article = _ARTICLE.search(before)
    is_single = not re.search(r"s$", text[thing.start : thing.end]) or (article and "one of" in article.group())
    if article and is_single and not re.match(r"(?:-?system|ammunition)", thing.what):
        thing.quantity, thing.start = ONE, article.start()


_UNITS = {
    "frigate", "air-defence frigate", "ship", "corvette", "submarine", "minehunter", "battalion", "air defence "
    "battalion", "brigade", "squadron",
    "detachment", "air defence battery", "field hospital",
}  # fmt: skip
_DEFINITE = re.compile(r"\b(?:the|its|der|die|das|ihr|seine?)\s(?:[\w-]+\s){0,2}$", re.IGNORECASE)
_SINGULAR = re.compile(
    r"(?:комплекс|винищувач|вертоліт|гелікоптер|літак|корабель|фрегат|танк|дрон|безпілотник|радар|батальйон|"
    r"корвет|тральник|зразок|"
    r"систему|батарею|установку|гаубицю|машину|бригаду|роту|ескадрилью|станцію)(?=\s|$)",
    re.IGNORECASE,
)


def _is_one(before: str, words: str, thing: Thing) -> bool:
    """Tell whether a thing is one by its form: the German frigate, зенітний комплекс."""
    if thing.what in _UNITS and not re.search(r"(?:s|en|eln|one|ien)$", words) and _DEFINITE.search(before):
        return True
    last = before.split()[-1] if before.split() and before.endswith(" ") else ""
    return bool(_SINGULAR.match(words) or (thing.is_platform and _SINGULAR.match(last)))


_COMPOUND = re.compile(
    r"(?:tank|drone|missile|radar|artillery|helicopter|ammunition|vehicle|truck|mine|tanker)", re.IGNORECASE
)


def _named(text: str, platforms: list[Mention]) -> list[Thing]:
    """Return the things by their names; what a platform and a word for it say together is one."""
    words = [Thing(each.start, each.end, each.name, UNKNOWN, False) for each in _vocabulary().find(text)]
    words = [each for each in words if each.what]
    # A word inside another name, as the drone of the Drone Coalition, is no thing of its own.
    words = [each for each in words if not any(p.start < each.end and each.start < p.end for p in platforms)]
    named = [
        Thing(each.start, each.end, each.name, UNKNOWN, True, each.id) for each in platforms if each.kind == PLATFORM
    ]
    joined: list[Thing] = []
    for thing in sorted([*named, *words], key=lambda each: (each.start, each.end)):
        before = joined[-1] if joined else None
        gap = text[before.end : thing.start] if before else ""
        if before and before.is_platform and not thing.is_platform and re.fullmatch(r"[\s-]{0,2}", gap):
            what = f"{before.what} {thing.what}" if thing.what in _PARTS else before.what
            joined[-1] = Thing(
                before.start, thing.end, what, UNKNOWN, True, before.id if thing.what not in _PARTS else ""
            )
        elif before and not before.is_platform and thing.is_platform and _is_of_type(before, gap):
            joined[-1] = Thing(before.start, thing.end, thing.what, UNKNOWN, True, thing.id)
        elif (
            before
            and thing.is_platform
            and before.what in _PARTS
            and re.fullmatch(r"\s(?:for|für|до|для)\s(?:the |das |die |den )?[«„\"]?", gap)
        ):
            joined[-1] = Thing(before.start, thing.end, f"{thing.what} {before.what}", UNKNOWN, True)
        elif (
            before
            and gap == " "
            and not before.is_platform
            and not thing.is_platform
            and _COMPOUND.fullmatch(text[before.start : before.end])
        ):
            joined[-1] = Thing(before.start, thing.end, thing.what, UNKNOWN, False)
        else:
            joined.append(thing)
    for thing in joined:
        system = _SYSTEM.match(text, thing.end) if thing.is_platform else None
        thing.end = system.end() if system else thing.end
    return joined


def _is_of_type(word: Thing, gap: str) -> bool:
    return word.what not in _PARTS and bool(
        re.fullmatch(r"\s?(?:of the type|vom Typ|des Typs|типу)?\s?[«„\"“'(]?", gap)
    )


def _nested(text: str, found: list[Thing]) -> list[Thing]:
    kept: list[Thing] = []
    for thing in found:
        whole = kept[-1] if kept else None
        gap = text[whole.end : thing.start] if whole else ""
        if whole and whole.is_counted and thing.is_counted and _WITHIN.search(gap) and len(gap) < 60:
            whole.within.append(thing)
        else:
            kept.append(thing)
    return kept
