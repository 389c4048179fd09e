"""Promises by a verb that no table knows: who acts, how much, and for whom, in this order, is enough to offer one."""

import re

from tracker.lib.proposing.clause import Clause
from tracker.lib.proposing.context import Context, schemes
from tracker.lib.proposing.reading import cues
from tracker.lib.proposing.reading.amounts import Amount
from tracker.lib.proposing.reading.names import CAPITAL, DEMONYM, OFFICIAL, PARTY
from tracker.lib.proposing.reading.read import UKRAINE, Read
from tracker.lib.proposing.reading.thing import Thing

_FROM = re.compile(
    r"\b(?:from|by|courtesy of|gift of|donated by|aus|von|від|з|із)\s(?:the\s|den\s|der\s)?$", re.IGNORECASE
)
_FOR = re.compile(r"\s(?:[\w-]+\s){0,4}?(?:for|to|towards?|into|für|an|zu[mr]?|на|для|до)\s", re.IGNORECASE)
_FUND = re.compile(
    r"\b(?:the (?:coalition|fund|initiative|scheme|programme|kitty)|(?:der|die|den|dem) (?:Koalition|Fonds|Initiative)|"
    r"коаліці\w+|фонд\w*|ініціатив\w+)\b"
)
_WITH = re.compile(r"\b(?:with|mit|з|із)\s(?:(?:about|some|another|rund|etwa|weiteren|близько|ще)\s)?$", re.IGNORECASE)
"""What stands before the amount with which somebody takes part."""
_WORD = re.compile(r"\b[a-zäöüßа-яіїєґ]{2,}")


def is_offer(found: Read, clause: Clause, context: Context) -> bool:
    """Tell whether a clause whose verb nothing knows states a promise: the Dutch come with 20 million for Ukraine.

    Who acts stands before the value, with a verb between them, or behind it after `from`; and Ukraine or an initiative
    of its is named here, or was in the lines before, and the sentence says what the value is for.
    """
    if clause.is_carried or not clause.actor_end:
        return False
    is_with = any(_WITH.search(found.text[: each.start]) for each in clause.amounts)
    if not is_with and cues.says("taking", clause.text, context.language):
        return False
    counted = [thing for thing in clause.things if thing.is_counted and thing.is_named]
    values: list[Amount | Thing] = [*clause.amounts, *counted]
    if not values:
        return False
    first, last = min(values, key=lambda each: each.start), max(values, key=lambda each: each.end)
    if clause.actor_end <= first.start:
        between = found.text[clause.actor_end : first.start]
        if len(between) > 60 or (context.language != cues.DE and not _WORD.search(between)):
            return False
    elif not _FROM.search(found.text[: clause.actor_start]):
        return False
    return _is_for_ukraine(found, clause, last.end, context)


def _is_for_ukraine(found: Read, clause: Clause, end: int, context: Context) -> bool:
    others = [
        each.id
        for each in found.of(PARTY, CAPITAL, DEMONYM, OFFICIAL)
        if each.id not in clause.contributors and each.id not in ("NATO", "EU")
    ]
    if any(each.start >= clause.actor_end for each in schemes(found)):
        return True
    if UKRAINE in others:
        return set(others) == {UKRAINE}
    is_purpose = _FOR.match(found.text, end) or _FUND.search(found.text)
    return not others and bool(clause.amounts) and context.of_ukraine and is_purpose is not None
