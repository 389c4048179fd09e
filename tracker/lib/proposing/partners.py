"""Those with whom whoever acts does it jointly."""

import re

from tracker.lib.proposing.reading.names import PARTY, Mention
from tracker.lib.proposing.reading.read import UKRAINE, Read

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
    for mention in found.of(PARTY):
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
