"""Those who take part in a mission, of whose forces no more is said."""

import re

from tracker.lib.proposing.acting import actors
from tracker.lib.proposing.context import Context, certainty, is_mission, schemes
from tracker.lib.proposing.evidence import note_mention, note_words
from tracker.lib.proposing.proposal import DEPLOYMENT, Fact
from tracker.lib.proposing.reading import cues
from tracker.lib.proposing.reading.read import Read
from tracker.lib.proposing.words.forces import OTHERS

_TAKES_PART = re.compile(
    r"\b(?:tak(?:e|es|ing) part|took part|taken part|participat(?:e|es|ed|ing)|(?:will )?join(?:s|ed|ing)?|"
    r"contribut(?:e|es|ed|ing))\b(?: in| to)?|"
    r"\bbeteilig(?:t|en|te|ten)\b|\b(?:nimmt|nehmen|nahm|nahmen)\b(?=[^.]*\bteil\b)|\bteil(?:nehmen|nimmt|genommen)\b|"
    r"\bschlie(?:ßt|ßen) sich\b|\bmach(?:t|en)\b(?=[^.]*\bmit\b)|"
    r"\b(?:бере|беруть|братиме|братимуть|взяла|взяли|взяв) участь\b|\b(?:долуч|приєдн)\w+ся до\b",
    re.IGNORECASE,
)
_NONE = ("negated", "call", "restated", "total", "considered", "hypothesis", "cancelled", "founded", "meeting")


def others(found: Read, context: Context) -> list[Fact]:
    """Return a deployment for each of those who are said to take part, too, of which no more is said."""
    match = OTHERS.search(found.text)
    mission = next((each.name for each in schemes(found) if is_mission(each)), context.mission)
    if match is None or mission is None:
        return []
    made = []
    for each in actors(found):
        if each.start >= match.end():
            start, end = found.sentence.start + match.start(), found.sentence.end
            fact = Fact(DEPLOYMENT, start, end, "takes part", 90, contributors=[each.id], initiative=mission)
            note_mention(fact, found, each, "contributors")
            note_words(fact, found, "initiative", match)
            made.append(fact)
    return made


def takes_part(found: Read, context: Context) -> list[Fact]:
    """Return a deployment for each of those who a sentence says take part in a mission, without saying with what."""
    match = _TAKES_PART.search(found.text)
    mission = next((each for each in schemes(found) if is_mission(each)), None)
    if match is None or mission is None or found.values:
        return []
    if any(cues.says(cue, found.text, context.language) for cue in _NONE):
        return []
    made = []
    for each in actors(found):
        if each.start >= match.start():
            continue
        fact = Fact(
            DEPLOYMENT,
            found.sentence.start + each.start,
            found.sentence.start + max(mission.end, match.end()),
            "takes part",
            88,
            contributors=[each.id],
            initiative=mission.name,
            certainty=certainty(found.text, context.language),
        )
        note_mention(fact, found, each, "contributors")
        note_words(fact, found, "initiative", match)
        made.append(fact)
    return made
