"""Things that go to Ukraine, or that were named before and have gone: the first ten of them left the port."""

import re

from tracker.lib.proposing.clause import Clause
from tracker.lib.proposing.no_facts import PROMISED, YET_TO_BE
from tracker.lib.proposing.proposal import DELIVERY, PLANNED
from tracker.lib.proposing.reading import cues
from tracker.lib.proposing.reading.dates import is_of_saying
from tracker.lib.proposing.reading.names import CAPITAL, PARTY, PLACE
from tracker.lib.proposing.reading.read import UKRAINE, Read

TERM = re.compile(
    r"\b20\d\d\b|\b(?:quarter|Quartal|January|February|March|April|May|June|July|August|September|October|"
    r"November|December|Christmas|Easter|Ostern|midsummer|"
    r"spring|summer|autumn|winter|months?|weeks?|year|tomorrow|soon|Ende|Anfang|Mitte|Januar|Februar|März|Mai|"
    r"Juni|Juli|Oktober|"
    r"November|Dezember|Frühjahr|Sommer|Herbst|Winter|Weihnachten|Woche|Monat|Jahr\w*|demnächst)\b|"
    r"\b(?:квартал|кінц|лют|берез|квіт|трав|черв|лип|серп|верес|жовт|листопад|груд|січ|весн|навесні|літ|влітку|"
    r"осін|Різдв|Великод|восени|зим|взимку|тиж|місяц|рок)",
    re.IGNORECASE,
)
"""Words of the time at which something is to come."""


def has_term(found: Read, clause: Clause) -> bool:
    """Tell whether a clause says when something is to come: a date of its own, or a word of time."""
    own = [
        each for each in found.dates if clause.start <= each.start < clause.end and not is_of_saying(found.text, each)
    ]
    return bool(own) or bool(TERM.search(clause.text))


def movement(found: Read, clause: Clause, language: str) -> str | None:
    """Return whether things that a clause says go to Ukraine, or that were named before, have gone, or are to go."""
    is_theirs = clause.is_known or clause.refers or any(each.is_part for each in clause.things)
    if not clause.things or clause.amounts or not (is_theirs or _is_to_ukraine(found, clause)):
        return None
    if cues.says("moved", clause.text, language) and not YET_TO_BE.search(clause.text):
        return DELIVERY
    if any(each.is_part for each in clause.things) and _is_there(found, clause):
        return DELIVERY
    is_dated = has_term(found, clause)
    return PLANNED if is_dated and cues.says("moving", clause.text, language) else None


_TO = re.compile(
    r"\b(?:to|in|into|at|for|reach\w*|nach|in die|in der|in|erreich\w*|до|в|у)\s(?:the\s|die\s|der\s)?(?:[\w-]+\s)?$",
    re.IGNORECASE,
)


def _is_to_ukraine(found: Read, clause: Clause) -> bool:
    """Tell whether a clause names Ukraine, or a town of its, as where something goes."""
    return any(
        each.id.endswith(UKRAINE) and clause.start <= each.start < clause.end and _TO.search(found.text[: each.start])
        for each in found.of(PARTY, CAPITAL, PLACE)
    )


def _is_there(found: Read, clause: Clause) -> bool:
    """Tell whether some of the things that were promised are in Ukraine, by any verb: 45 of them run in Kharkiv."""
    is_promised = clause.is_known or PROMISED.search(found.sentence.text)
    if (
        not is_promised
        or YET_TO_BE.search(clause.text)
        or any(cues.says(cue, clause.text, found.language) for cue in ("coming", "planned", "considered"))
    ):
        return False
    return _is_to_ukraine(found, clause)


_INSTALMENT = re.compile(
    r"\b(?:the|these|those|all) (?:[\w-]+ )?$|\b(?:die|diese|alle) (?:[\w-]+ )?$|\b(?:ці|ті|усі|всі) (?:[\w’'-]+ )?$|"
    r"\b(?:the|its|their) (?:first|last|remaining|final|next|other) (?:[\w-]+ ){0,2}(?:of (?:its|the|their) )?$|"
    r"\bdie (?:ersten|letzten|restlichen|übrigen|nächsten) (?:\w+ ){0,2}$|\b(?:перш|останн|решт)\w+ (?:[\w’'-]+ ){0,2}$"
)
"""What stands before things that were promised, or some of them: the six tanks, the first ten."""


def is_instalment(found: Read, clause: Clause) -> bool:
    """Tell whether a clause tells of some of the things that were promised, and of nothing else."""
    things = [thing for thing in clause.things if thing.is_counted]
    return bool(things) and not clause.amounts and all(_INSTALMENT.search(found.text[: each.start]) for each in things)


def money_has_come(clause: Clause, language: str) -> bool:
    """Tell whether an amount has arrived, and no things: a billion euros for drones came into our account."""
    if not clause.amounts or clause.is_counted or YET_TO_BE.search(clause.text):
        return False
    if not clause.things and cues.says("giving", clause.text, language):
        return False
    is_first = all(thing.start > clause.amounts[0].start for thing in clause.things)
    return is_first and any(cues.says(cue, clause.text, language) for cue in ("delivered", "moved"))


_SINCE = re.compile(r"[,;]\s(?:and )?(?:which|they|these|die|sie|diese|як[іау]|вони)\s(?P<rest>[^,;.]+)")


def have_come(found: Read, clause: Clause, language: str) -> bool:
    """Tell whether things have arrived that somebody sent, as words behind them say: 20 vans, which reached Lviv."""
    last = max((thing.end for thing in clause.things if thing.is_counted), default=None)
    match = _SINCE.search(found.text, last) if last is not None and not clause.amounts else None
    if (
        match is None
        or match.start() - (last or 0) > 60
        or PROMISED.search(clause.text)
        or YET_TO_BE.search(match["rest"])
    ):
        return False
    if any(value.start >= match.start() for value in found.values):
        return False
    return any(cues.says(cue, match["rest"], language) for cue in ("moved", "delivered"))
