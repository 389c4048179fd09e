"""Of whom a sentence tells: a subject that gives nothing keeps a sentence from being read of whoever acted before."""

import re
from dataclasses import replace

from tracker.lib.proposing.reading import cues
from tracker.lib.proposing.reading.names import CAPITAL, DEMONYM, OFFICIAL, PARTY, PLACE, Mention
from tracker.lib.proposing.reading.read import RUSSIA, UKRAINE, Read

_BEFORE_SUBJECT = re.compile(
    r"\W*(?:(?:for its part|in turn|meanwhile|also|but|and|yet|however|the|die|der|das|unterdessen|derweil|aber|auch|"
    r"тим часом|своєю чергою|натомість|а|і|also today|today|heute|сьогодні)\b[\s,]*)*",
    re.IGNORECASE,
)
_STRANGER = re.compile(
    r"\W*(?P<name>(?-i:[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)*)) (?:(?:has|have|will|also|had) "
    r")*(?P<verb>[a-z]+)"
)
_NO_NAMES = re.compile(
    r"(?:The|A|An|It|We|They|He|She|I|You|This|That|These|Those|Each|Both|All|Most|Some|Its|"
    r"Their|His|Her|Our|In|On|At|And|But|So|Then|Today|Also|There|What|Minister)\b"
)
_NO_GIVERS = (UKRAINE, RUSSIA, "BLR")


def tells_of_another(found: Read) -> bool:
    """Tell whether a sentence is about somebody who gives nothing, or whom nothing knows: what it tells is theirs."""
    return bool(_is_nameless(found) or _is_of_a_stranger(found) or _is_of_no_giver(found))


def _is_nameless(found: Read) -> bool:
    """Tell whether a sentence begins with somebody who has no name: three allies; not the three Baltic states."""
    match = cues.says("nameless", found.text, found.language)
    return match is not None and not any(each.start < match.end() for each in found.of(PARTY))


def _is_of_no_giver(found: Read) -> bool:
    """Tell whether Russia or Ukraine does something: Russia has spent; what Ukraine gets is given by others."""
    subject = _first_named(found)
    if subject is None or subject.id not in _NO_GIVERS:
        return False
    after = found.text[subject.end : subject.end + 60]
    return not cues.says("getting", after, found.language)


def _first_named(found: Read) -> Mention | None:
    start = _BEFORE_SUBJECT.match(found.text)
    named = found.of(PARTY, DEMONYM, CAPITAL, OFFICIAL)
    return named[0] if start and named and named[0].start == start.end() else None


def _is_of_a_stranger(found: Read) -> bool:
    """Tell whether a sentence begins with a name that nothing knows, which gives: what it gives is nobody else's."""
    match = _STRANGER.match(found.text) if found.language == cues.EN else None
    if (
        match is None
        or _NO_NAMES.match(match["name"])
        or any(each.start < match.end("name") for each in found.mentions)
    ):
        return False
    return bool(cues.says("giving", match["verb"], found.language))


_FROM_BASE = re.compile(
    r"\b(?:from|out of|aus|vom|von|з|із|зі)\s(?:the |der |dem )?"
    r"(?:(?:air |naval |military )?base (?:of |in |at )?|(?:\w*[Ss]tützpunkt|[Ff]liegerhorst) |"
    r"(?:авіа)?бази (?:у |в )?)?$"
)
"""What stands before the base that forces leave."""


def of_base(found: Read) -> list[Mention]:
    """Return the state from a base of which forces leave, where nobody else acts: jets from RAF Lossiemouth left."""
    if not any(cues.says(cue, found.text, found.language) for cue in ("deploying", "moved", "moving")):
        return []
    counted = [thing.end for thing in found.things if thing.is_counted]
    return [
        replace(each, kind=PARTY, id=each.id[-3:])
        for each in found.of(PLACE)
        if _FROM_BASE.search(found.text[: each.start])
        and any(end < each.start and "," not in found.text[end : each.start] for end in counted)
        and not each.id.endswith(_NO_GIVERS)
    ][:1]


def impersonal(found: Read) -> list[Mention]:
    """Return the capitals in which something is decided, where nobody else acts: in Copenhagen they think."""
    return [
        each
        for each in found.of(CAPITAL)
        if each.id != UKRAINE and re.search(r"\b(?:in|у|в)\s$", found.text[: each.start], re.IGNORECASE)
    ]
