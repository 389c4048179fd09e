"""What is on the agenda of a meeting: what it is to discuss, and what somebody is expected to say there."""

import re

from tracker.lib.proposing.proposal import MEETING, Fact
from tracker.lib.proposing.reading.names import INITIATIVE
from tracker.lib.proposing.reading.read import Read

_TOPIC = re.compile(
    r"\bto (?:discuss|coordinate|co-ordinate|debate|agree on|address|review|decide on|talk about)\s(?P<en>[^.;:—]+)"
    r"|\bwill (?:discuss|debate|review|address)\s(?P<will>[^.;:—]+)"
    r"|\b(?:discussions|talks) (?:will )?(?:also )?(?:cover|focus on|centre on|deal with)\s(?P<cover>[^.;:—]+)"
    r"|\bkey question is (?P<question>whether [^.;:—]+)|\bon the agenda (?:is|are|will be)\s(?P<on>[^.;:—]+)"
    r"|\b(?:beraten|sprechen|diskutieren)\s[^;:]{0,60}?\büber (?P<de>(?:[^.;:—]|(?<=\d)\.)+)|\b(?:geht es|soll es) "
    r"[^;:]{0,20}\bum (?P<um>(?:[^.;:—]|(?<=\d)\.)+)"
    r"|\bобговор(?:ять|или|ить)\s(?P<uk>[^.;:—]+)",
    re.IGNORECASE,
)
_SPEAKS = re.compile(
    r"\b(?:is|are) (?:also )?(?:expected|likely|due|set|scheduled) to (?P<en>[^.;:,—]+)|\bsoll\w* "
    r"(?P<de>(?:[^.;:,—]|(?<=\d)\.)+?(?:berichten|vortragen|werben|vorstellen))",
    re.IGNORECASE,
)
_ENDS = re.compile(
    r",\s(?:which|who|where|following|after|and then|particularly|including|die|der|das|що|як)\b|"
    r"\s(?:following|after|nach|після)\s"
)
_REACH = 4
"""How many sentences after one of a meeting may still tell of its agenda."""
_LONGEST = 240


def add_agendas(facts: list[Fact], found: list[Read]) -> None:
    """Add to each meeting what its own sentence and those that follow say is on its agenda."""
    meetings = {fact.start: fact for fact in facts if fact.kind == MEETING}
    current, left = None, 0
    for each in found:
        own = meetings.get(each.sentence.start)
        current, left = (own, _REACH) if own is not None else (current, left - 1)
        if current is None or left <= 0:
            continue
        for start, end, speaks in _points(each):
            _add(current, each, start, end, speaks=speaks)


def _points(found: Read) -> list[tuple[int, int, bool]]:
    text = found.sentence.text
    spans = []
    for pattern, speaks in ((_TOPIC, False), (_SPEAKS, True)):
        for match in pattern.finditer(text):
            start, end = match.span(match.lastgroup or 0)
            cut = _ENDS.search(text, start, end)
            end = cut.start() if cut else end
            spans.append((start, min(end, start + _LONGEST), speaks))
    return sorted(spans)


def _add(meeting: Fact, found: Read, start: int, end: int, *, speaks: bool) -> None:
    words = " ".join(found.sentence.text[start:end].split()).strip(" ,–-")
    if len(words) < 8 or any(row["name"].lower() == words.lower() for row in meeting.agenda):
        return
    named = next((each.name for each in found.of(INITIATIVE)), None)
    offset = found.sentence.start
    meeting.agenda.append(
        {
            "name": words[0].upper() + words[1:],
            "start": offset + start,
            "end": offset + end,
            "spoken_by": (offset, offset + start) if speaks else None,
            "initiative": named,
        }
    )
