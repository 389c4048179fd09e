"""Who acts where no party is named as such: the state from a base of which forces leave, a capital that decides."""

import re
from dataclasses import replace

from tracker.lib.proposing.reading import cues
from tracker.lib.proposing.reading.names import CAPITAL, PARTY, PLACE, Mention
from tracker.lib.proposing.reading.read import RUSSIA, UKRAINE, Read

_NO_GIVERS = (UKRAINE, RUSSIA, "BLR")


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
