"""Where in a text the words stand that say each field of a fact: what claims quote."""

import re

from tracker.lib.proposing.clause import Clause
from tracker.lib.proposing.proposal import Fact
from tracker.lib.proposing.reading.amounts import Amount
from tracker.lib.proposing.reading.names import Mention
from tracker.lib.proposing.reading.read import Read
from tracker.lib.proposing.reading.thing import Thing


def note_things(fact: Fact, found: Read, things: list[Thing], known: int = 0) -> None:
    """Keep where the things of a fact stand; `known` are those that it had before."""
    for number, thing in enumerate(things, start=known + 1):
        fact.note(f"items[{number}]", found.sentence.start, thing.start, thing.end)


def note_clause(fact: Fact, found: Read, clause: Clause, amount: Amount | None) -> None:
    """Keep where who acts, the amount, the initiative and the day of a fact stand."""
    start = found.sentence.start
    if clause.actor_end:
        fact.note("contributors", start, clause.actor_start, clause.actor_end)
    if amount is not None:
        fact.note("amount", start, amount.start, amount.end)
    for mention in found.mentions:
        if mention.name == fact.initiative:
            note_mention(fact, found, mention, "initiative")
    for date in found.dates:
        if date.edtf == fact.date:
            fact.note("date", start, date.start, date.end)
    if found.condition:
        fact.note("condition", start, *found.condition)


def note_mention(fact: Fact, found: Read, mention: Mention, name: str) -> None:
    """Keep where the name that a field has stands."""
    fact.note(name, found.sentence.start, mention.start, mention.end)


def note_words(fact: Fact, found: Read, name: str, match: re.Match[str] | None, offset: int = 0) -> None:
    """Keep where the words stand that a pattern found, from `offset` of the sentence on."""
    if match is not None:
        fact.note(name, found.sentence.start + offset, *match.span())


def note_parties(fact: Fact, found: Read, name: str, ids: list[str]) -> None:
    """Keep where a party stands that a field names."""
    for mention in found.mentions:
        if mention.id in ids:
            note_mention(fact, found, mention, name)
