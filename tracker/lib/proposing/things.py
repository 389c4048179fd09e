"""Things in running text, with how many of them: `six weitere Mirage 2000`, `an undisclosed number of drones`."""

import re
from dataclasses import dataclass, field
from functools import cache

from tracker.lib import quantities
from tracker.lib.proposing.names import PLATFORM, Mention, Name, Vocabulary
from tracker.lib.proposing.numerals import Number
from tracker.lib.proposing.thing_words import THINGS
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


def things(text: str, platforms: list[Mention], numbers: list[Number]) -> list[Thing]:
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
            thing.quantity, thing.start = number.quantity, number.said_from
        else:
            _vague(text, thing)
        found.append(thing)
    return _nested(text, found)


def _counts(text: str, number: Number, thing: Thing, found: list[Thing]) -> bool:
    gap = _MORE.sub("", text[number.end : thing.start])
    if found and found[-1].end > number.end and found[-1].start >= number.start:
        return False
    return bool(_BETWEEN.fullmatch(gap)) and len(gap.split()) <= 4


def _vague(text: str, thing: Thing) -> None:
    before = text[: thing.start]
    vague = _VAGUE.search(before)
    if vague:
        thing.quantity, thing.start = (WITHHELD if vague["withheld"] else UNKNOWN), vague.start()
        return
    article = _ARTICLE.search(before)
    is_single = not re.search(r"s$", text[thing.start : thing.end]) or (article and "one of" in article.group())
    if article and is_single and not re.match(r"(?:-?system|ammunition)", thing.what):
        thing.quantity, thing.start = ONE, article.start()


def _named(text: str, platforms: list[Mention]) -> list[Thing]:
    """Return the things by their names; what a platform and a word for it say together is one."""
    words = [Thing(each.start, each.end, each.name, UNKNOWN, False) for each in _vocabulary().find(text)]
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
