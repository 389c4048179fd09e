"""Amounts that a sentence tells by one before it: `Norway adds 200, Denmark half of that, Latvia as much`."""

import re
from dataclasses import replace
from decimal import Decimal

from tracker.lib.proposing.acting import actors
from tracker.lib.proposing.context import Context
from tracker.lib.proposing.proposal import PLEDGE
from tracker.lib.proposing.reading.amounts import Amount
from tracker.lib.proposing.reading.names import DEMONYM
from tracker.lib.proposing.reading.numerals import numbers
from tracker.lib.proposing.reading.read import Read
from tracker.lib.proposing.reading.thing import Thing

_MULTIPLES = (
    (Decimal(2), r"twice (?:as much|that|the (?:sum|amount))|double that|doppelt so viel|das Doppelte|(?:у?двічі|"
        r"вдвоє) більше"),
    (Decimal(3), r"three times (?:as much|that)|dreimal so viel|das Dreifache|втричі більше"),
    (Decimal("0.5"), r"half (?:of that|that (?:sum|amount)?|as much|the (?:sum|amount))|halb so viel|die Hälfte davon|"
     r"(?:у?двічі|вдвоє) менше|половину (?:цього|від цього|цієї суми)"),
    (Decimal(1), r"(?:exactly )?the same (?:sum|amount)|as much again|just as much|(?:eben|genau)so viel|"
        r"dieselbe Summe|"
     r"den gleichen Betrag|стільки ж|таку ж суму|таку саму суму"),
)  # fmt: skip
_MULTIPLE = [
    (
        factor,
        re.compile(
            rf"\b(?:{words})\b(?! \w+ (?:as|wie|"
            "як)\b)",
            re.IGNORECASE,
        ),
    )
    for factor, words in _MULTIPLES
]
_NEAR = 250
"""How many characters before a sentence the amount stands by which it tells another."""


def filled(found: Read, context: Context) -> Read:
    """Return a sentence with the amounts that it tells by those before them."""
    left_out = _without_noun(found, context)
    if left_out:
        spans = [(each.start, each.end) for each in left_out]
        others = [each for each in found.things if not any(each.start < b and a < each.end for a, b in spans)]
        return replace(found, things=sorted([*others, *left_out], key=lambda each: each.start))
    if not actors(found) or found.things:
        return found
    for start, end, factor in sorted(_multiples(found.text)):
        before = _before(found, start, context)
        if before is not None and not any(each.start >= start for each in found.amounts):
            low, high = before.low * factor, before.high * factor
            found = _with(found, [replace(before, start=start, end=end, low=low, high=high)])
    return found


def _without_noun(found: Read, context: Context) -> list[Thing]:
    """Return the things that a sentence names by their number and whose they are: die zwölf belgischen sind da."""
    made = []
    for mention in found.of(DEMONYM):
        number = next((each for each in numbers(found.text, found.language) if each.end + 1 == mention.start), None)
        if number is None or not _NO_NOUN.match(found.text, mention.end):
            continue
        gifts = [fact for fact in context.facts if fact.items and mention.id in fact.contributors]
        if gifts:
            what = gifts[-1].items[0]["what"]
            made.append(Thing(number.said_from, mention.end + 1, what, number.quantity, False, is_part=True))
    return made


_NO_NOUN = re.compile(
    r"\s?(?:[.,;]|$)|\s(?:ones|are|were|have|has|arrived|reached|will|came|sind|wurden|haben|kamen|werden|trafen|"
    r"вже|уже|прибул\w+|надійшл\w+|прибудуть)\b"
)


def _with(found: Read, more: list[Amount]) -> Read:
    return replace(found, amounts=sorted([*found.amounts, *more], key=lambda each: each.start)) if more else found


def _multiples(text: str) -> list[tuple[int, int, Decimal]]:
    return [(*match.span(), factor) for factor, pattern in _MULTIPLE for match in pattern.finditer(text)]


def _before(found: Read, place: int, context: Context) -> Amount | None:
    """Return the amount before a place: of its sentence, else of the promise right before that."""
    own = [each for each in found.amounts if each.end <= place]
    if own:
        return own[-1]
    last = context.facts[-1] if context.facts else None
    if last is None or last.kind != PLEDGE or not last.amount or found.sentence.start - last.end > _NEAR:
        return None
    value = Decimal(str(last.amount["value"]))
    return Amount(place, place, value, value, str(last.amount["qualifier"]), str(last.amount["currency"]))
