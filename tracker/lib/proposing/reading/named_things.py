"""Things by their names: platforms, and the words for what has no name of its own, joined where they are one thing."""

import re
from functools import cache

from tracker.lib.proposing.reading.names import PLATFORM, Mention, Name, Vocabulary
from tracker.lib.proposing.reading.thing import UNKNOWN, Thing
from tracker.lib.proposing.words.things import THINGS

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
_COMPOUND = re.compile(
    r"(?:tank|drone|missile|radar|artillery|helicopter|ammunition|vehicle|truck|mine|tanker)", re.IGNORECASE
)


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


def named_things(text: str, platforms: list[Mention]) -> list[Thing]:
    """Return the things by their names; what a platform and a word for it say together is one."""
    words = [Thing(each.start, each.end, each.name, UNKNOWN, False) for each in _vocabulary().find(text)]
    words = [each for each in words if each.what and not _OFFICE.match(text, each.end)]
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


_OFFICE = re.compile(
    r"(?:\s[A-Z][\w-]+)*\s(?:Agency|Administration|Authority|Command|Organi[sz]ation|Directorate|Office)\b"
)
"""What makes the name of an office of what stands before it: the Defence Materiel Agency."""


def _is_of_type(word: Thing, gap: str) -> bool:
    return word.what not in _PARTS and bool(
        re.fullmatch(r"\s?(?:of the type|vom Typ|des Typs|типу)?\s?[«„\"“'(]?", gap)
    )
