"""Days that a text gives only by the day on which it appeared: `on Wednesday`, `in September`."""

import datetime as dt

from tracker.lib.proposing.facts import propose
from tracker.lib.proposing.proposal import Fact
from tracker.lib.proposing.reading.names import Vocabulary

_APART = dt.timedelta(1000)
"""So many days before, the year, the month and the day of the week are others."""


def propose_undated(text: str, language: str, read_on: dt.date, vocabulary: Vocabulary) -> list[Fact]:
    """Return the facts of a text of which nobody knows when it appeared; it was read on that day.

    A date that another day of appearing would make another is not guessed: such facts have none.
    """
    facts = propose(text, language, read_on, vocabulary)
    said = {(fact.kind, fact.start, fact.date) for fact in propose(text, language, read_on - _APART, vocabulary)}
    for fact in facts:
        if (fact.kind, fact.start, fact.date) not in said:
            fact.date = None
            fact.evidence.pop("date", None)
    return facts
