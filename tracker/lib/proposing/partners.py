"""Those who act jointly: with whom somebody gives, and what several give together who were named before."""

import re

from tracker.lib.proposing.acting import actors
from tracker.lib.proposing.clause import Clause
from tracker.lib.proposing.context import Context
from tracker.lib.proposing.reading.names import DEMONYM, PARTY, Mention
from tracker.lib.proposing.reading.read import UKRAINE, Read
from tracker.lib.proposing.words.peoples import PEOPLES

_TOGETHER = re.compile(
    r"\b(?:gemeinsam|zusammen|jointly|together|along|спільно|разом)\b(?:\s\w+){0,2}?\s(?:mit|with|з|із|зі)\s",
    re.IGNORECASE,
)


def partners(found: Read) -> list[str]:
    """Return those with whom whoever acts does it jointly: gemeinsam finanziert mit Dänemark und den Niederlanden."""
    match = _TOGETHER.search(found.text)
    if match is None:
        return []
    beside: list[Mention] = []
    for mention in found.of(PARTY, DEMONYM):
        if mention.kind == DEMONYM and not PEOPLES.search(found.text[mention.start : mention.end]):
            continue
        last = beside[-1].end if beside else match.end()
        gap = found.text[last : mention.start] if mention.start >= last else "-"
        if re.fullmatch(
            r"(?:,\s)?(?:(?:and|und|sowie|та|і|й)\s)?(?:the |den |der |dem )?|\s(?:and|und|sowie|та|і|й)\s(?:the |"
            r"den |der |dem )?",
            gap,
        ):
            beside.append(mention)
    if len(beside) > 1 and not re.search(
        r"\b(?:and|und|sowie|та|і|й)\b", found.text[beside[-2].end : beside[-1].start]
    ):
        # After a comma whoever acts is named: together with Iceland, Norway pays.
        beside.pop()
    return [each.id for each in beside if each.id != UKRAINE]


_BOTH = re.compile(
    r"\b(?:both|the two|beide|обидві|обидва)\s(?:(?:defen[cs]e|foreign|prime)\s)?(?:countries|states|governments|"
    r"capitals|sides|ministers|nations|"
    r"allies|Länder|Staaten|"
    r"Regierungen|Seiten|Minister|країни|держави|уряди|столиці|міністри)\b",
    re.IGNORECASE,
)


_BEGINS = re.compile(r"\W*(?:together,? they|they|together|gemeinsam|zusammen|sie|разом|спільно|вони)\b", re.IGNORECASE)


def of_both(found: Read, context: Context) -> list[Clause]:
    """Return the clause of what those give together who were named before; what each bears of it is a share."""
    named = actors(found)
    both = _BOTH.search(found.text)
    if both is None and named and {each.id for each in named} <= set(context.group):
        # Together they give 48: Lisbon 20, and Zagreb the rest.
        both = _BEGINS.match(found.text)
    if both is None or len(context.group) < 2 or any(each.start < both.start() for each in named):
        return []
    before = min((each.start for each in named), default=len(found.text))
    things = [each for each in found.things if each.start < before] or found.things
    whole = Clause(context.group, 0, len(found.text), found.amounts[:1], things)
    whole.text = found.text
    return [whole]
