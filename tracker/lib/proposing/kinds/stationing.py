"""Where own forces are sent, and where they are stationed."""

import re

from tracker.lib.proposing.clause import Clause
from tracker.lib.proposing.reading import cues
from tracker.lib.proposing.reading.names import PARTY, PLACE
from tracker.lib.proposing.reading.read import RUSSIA, UKRAINE, Read
from tracker.lib.proposing.reading.thing import Thing
from tracker.lib.proposing.receiving import is_recipient

_DESTINED = re.compile(
    r"\b(?:to|in|at|from|near|off|nach|in|im|ins|auf|nahe|bei|vom|von|до|в|у|на|з|із|поблизу)\s(?:the\s|den\s|das\s|"
    r"der\s|dem\s)?"
    r"(?:[\w-]*(?:ish|an|ese|ch|ian|ischen?|schen|ську|ського|ської|ському|ий|ого)\s)?"
    r"(?:(?:air\s|naval\s|military\s)?base\s(?:of\s|in\s|at\s)?|\w*(?:[Ss]tützpunkt|[Ff]liegerhorst|[Ff]lugplatz)\s(?:von\s|in\s)?|"
    r"(?:авіа)?баз[уіи]\s(?:у\s|в\s)?|аеродром[іу]?\s(?:у\s|в\s)?)?$",
    re.IGNORECASE,
)

_REINFORCED = re.compile(
    r"\b(?:reinforc\w+|strengthen\w*|bolster\w*|verstärk\w+|посил\w+|прикри\w+)\s(?:the\s)?$", re.IGNORECASE
)
"""A verb whose object is where forces go: reinforces Estonia with four jets."""


_NOT_STATIONED = ("giving", "contract", "buying", "intruded", "needing", "considered", "meeting")


def stands_there(found: Read, clause: Clause, forces: list[Thing]) -> bool:
    """Tell whether so many forces of who acts are somewhere abroad, by any verb: Portugal has four jets at Ämari."""
    counted = [thing for thing in forces if thing.is_counted and thing.end >= clause.actor_start]
    if (
        not counted
        or not clause.actor_end
        or clause.amounts
        or any(each.id.endswith(UKRAINE) for each in found.mentions)
    ):
        return False
    if any(cues.says(cue, clause.text, found.language) for cue in _NOT_STATIONED):
        return False
    return destination(found, clause) is not None


def destination(found: Read, clause: Clause) -> str | None:
    """Return where forces are sent: a place or a state; Ukraine for any place of its."""
    for mention in found.of(PLACE, PARTY):
        if mention.id in clause.contributors or mention.id in (RUSSIA, "NATO", "EU"):
            continue
        before = found.text[: mention.start]
        if _DESTINED.search(before) or _REINFORCED.search(before) or (mention.id != UKRAINE and is_recipient(before)):
            return UKRAINE if mention.id.endswith(UKRAINE) else mention.id
    return None


def base_in(found: Read, clause: Clause) -> str | None:
    """Return where forces are stationed: a place, of several the last that they are moved to, or a state."""
    places = [
        each
        for each in found.of(PLACE)
        if clause.start <= each.start < clause.end and each.name not in ("Baltic Sea", "Brussels, BEL")
    ]
    if places:
        return (
            places[-1].name.strip()
            if re.search(r"\b(?:to|nach|до)\s.{0,25}$", found.text[: places[-1].start], re.IGNORECASE)
            else places[0].name.strip()
        )
    for mention in found.of(PARTY):
        before = found.text[: mention.start]
        if (
            not clause.start <= mention.start < clause.end
            or mention.id in clause.contributors
            or mention.id in (RUSSIA, UKRAINE, "NATO", "EU")
        ):
            continue
        if _DESTINED.search(before) and not re.search(
            r"(?:airspace|Luftraum|over|über|над)\s\w*\s?$", before, re.IGNORECASE
        ):
            return mention.id
    return None
