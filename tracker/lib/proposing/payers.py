"""Who gave what the sentence before tells of, where only the next says it: `Gezahlt hat der Bund`."""

import re

from tracker.lib.proposing.proposal import DELIVERY, PLEDGE, Fact
from tracker.lib.proposing.reading import cues
from tracker.lib.proposing.reading.names import CAPITAL, DEMONYM, OFFICIAL, PARTY
from tracker.lib.proposing.reading.read import RUSSIA, UKRAINE, Read

_PAYS = re.compile(
    r"\b(?:gift|present|donat\w+|courtesy|pa(?:id|ys?|ying)|bill|costs?|financ\w+|fund(?:s|ed|ing)|foot(?:s|ed)|"
    r"money|cash|sponsor\w*|donors?|"
    r"(?:be|ge)?zahl(?:t|te|ten|en)|finanzier\w+|Geschenk\w*|Spende\w*|gespendet|Spender|Rechnung|Kosten|Geld\w*|"
    r"Mittel|Absender|"
    r"подарун\w+|дарун\w+|(?:о|за|с)плати\w+|(?:про)?фінансу\w+|кошт\w+|грош\w+|рахунок)\b",
    re.IGNORECASE,
)
_LONGEST = 120
"""Characters of a sentence that says no more than who paid."""
_NO_GIVERS = (UKRAINE, RUSSIA, "NATO", "UN")


def paid_by(found: Read) -> list[str]:
    """Return who paid for what was told before, where a sentence says only that; an empty list where it does not."""
    if found.amounts or any(thing.is_counted for thing in found.things) or len(found.text.strip()) > _LONGEST:
        return []
    if not _PAYS.search(found.text) or found.sentence.is_item:
        return []
    if any(cues.says(cue, found.text, found.language) for cue in ("negated", "call", "total", "considered")):
        return []
    named = [each.id for each in found.of(PARTY, CAPITAL, DEMONYM, OFFICIAL) if each.id not in _NO_GIVERS]
    return list(dict.fromkeys(named))


def give_to(facts: list[Fact], payers: list[str]) -> None:
    """Make those who paid the contributors of facts of whom only the sentences before said who gives."""
    for fact in facts:
        if fact.kind in (PLEDGE, DELIVERY) and "contributors" not in fact.evidence:
            fact.contributors = payers
