"""Those who take part in a mission, of whose forces no more is said."""

from tracker.lib.proposing.acting import actors
from tracker.lib.proposing.context import Context, is_mission, schemes
from tracker.lib.proposing.evidence import note_mention, note_words
from tracker.lib.proposing.proposal import DEPLOYMENT, Fact
from tracker.lib.proposing.reading.read import Read
from tracker.lib.proposing.words.forces import OTHERS


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
