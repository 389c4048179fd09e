"""What a clause says of things that were named before it: `the first two`, `the guns`, `another 28`, `вони`."""

import re
from typing import Any

from tracker.lib.proposing.clause import Clause
from tracker.lib.proposing.context import Context
from tracker.lib.proposing.proposal import DELIVERY, PLEDGE, STATED, Fact
from tracker.lib.proposing.reading import cues
from tracker.lib.proposing.reading.names import CAPITAL, DEMONYM, PARTY
from tracker.lib.proposing.reading.numerals import numbers
from tracker.lib.proposing.reading.read import Read
from tracker.lib.proposing.reading.segments import BESIDE, Segment
from tracker.lib.proposing.reading.thing import ONE, UNKNOWN, Thing
from tracker.lib.proposing.reading.things import ONE_OF
from tracker.lib.proposing.words.references import ANY_ONE, CLASS_OF, NOT_ALL, NUMBER_OF_THE_REST, OF_THEM, REFERENCES
from tracker.lib.quantities import EXACT, Quantity, parse

_REFERENCES = [(which, re.compile(words, re.IGNORECASE)) for which, words, _example in REFERENCES]
_BEFORE_NUMBER = re.compile(NUMBER_OF_THE_REST, re.IGNORECASE)
_OF_THEM = re.compile(OF_THEM, re.IGNORECASE)
_NOT_ALL = re.compile(NOT_ALL, re.IGNORECASE)
_ONE = re.compile(rf"\b(?:an?|one|eine?|einen|один|одна|одне) (?:[\w-]+ )?(?:{ANY_ONE})\b", re.IGNORECASE)
"""One of the things that were named before, without their name: ein Exemplar ist angekommen."""
_DEFINITE = re.compile(
    r"\b(?:the(?! first of)|these|those|all|its|die|den|der|alle|diese|ці|усі|всі)\s(?:[\w-]+\s){0,2}$", re.IGNORECASE
)
_BEGINS = re.compile(r"\W*(?:the(?! first of)|these|all|die|alle|ці|усі)\b", re.IGNORECASE)
_DOES = re.compile(
    r"(?:\s(?:more|others|weitere|інших))?\s(?:could|may|might|should|have|has|are|were|will|follow|arrive[ds]?|"
    r"went|sind|werden|wurden|folgen|kommen|stehen|вже|уже|прибул\w*|"
    r"надійд\w*|прибуд\w*|"
    r"мають|надійшл\w*|ще)\b"
)
_MORE = re.compile(r"\s(?:more|others|weitere|інших)(?=[.,;]|$|\s(?:by|in|from|to|bis|im|до|у|в)\b)", re.IGNORECASE)
"""What follows a number of more of the same: whether to order 60 more."""
STEPS = ("coming", "delivered", "moved", "moving", "handing")
"""Cues of what becomes of things that were promised."""


_AS_MANY = re.compile(
    r"\b(?:as many|the same number of|an equal number of|ebenso viele|genauso viele|gleich viele|стільки ж|"
    r"таку ж кількість)\s"
    r"(?:[\w-]+\s)?$",
    re.IGNORECASE,
)
"""What is given in place of as many others: Germany replaces them with as many Marders."""


def refer_back(found: Read, clause: Clause, context: Context) -> None:
    """Give a clause that speaks of things named before their names and numbers: the first two; die
    Panzerhaubitzen."""
    gifts = [fact for fact in [*context.facts, *context.pending] if fact.kind in (PLEDGE, DELIVERY) and fact.items]
    if not gifts or clause.amounts:
        return
    if not any(thing.is_counted for thing in clause.things) and _take_things(found, clause, context, gifts):
        return
    for thing in clause.things:
        if thing.quantity is UNKNOWN and _AS_MANY.search(found.text[: thing.start]):
            thing.quantity = _quantity_of(gifts[-1].items[0])
            continue
        item, fact = _named_before(thing, gifts)
        if item is None or fact is None:
            continue
        clause.is_known = True
        before = found.text[: thing.start]
        is_definite = bool(_DEFINITE.search(before)) or bool(_BEGINS.match(found.text))
        if thing.quantity is UNKNOWN and is_definite and not _NOT_ALL.search(before[-25:]):
            thing.quantity, thing.what = _quantity_of(item), item["what"]
            clause.contributors = fact.contributors if clause.is_carried else clause.contributors
        elif thing.is_counted and (thing.is_part or _BEFORE_NUMBER.search(before)):
            thing.what = item["what"]
            clause.contributors = fact.contributors if clause.is_carried else clause.contributors


def _named_before(thing: Thing, gifts: list[Fact]) -> tuple[dict[str, Any] | None, Fact | None]:
    """Return the item, and its fact, that a thing is: of the same name, or one of a class that its word names."""
    if not thing.is_named and re.fullmatch(ANY_ONE, thing.what, re.IGNORECASE):
        return next((each for each in gifts[-1].items if each["quantity"]["low"]), gifts[-1].items[0]), gifts[-1]
    kinds = CLASS_OF.get(thing.what, frozenset())
    for fact in reversed(gifts):
        for item in fact.items:
            if item["what"] == thing.what:
                return item, fact
    for fact in reversed(gifts):
        for item in fact.items:
            if item["what"] in kinds:
                return item, fact
    return None, None


def _take_things(found: Read, clause: Clause, context: Context, gifts: list[Fact]) -> bool:
    """Give a clause without things of its own those of the last gift, where a number or a word stands for them."""
    language = context.language
    gift = gifts[-1]
    if cues.says("meeting", clause.text, language) and found.of(PARTY, DEMONYM, CAPITAL):
        return False
    counted = _number_of_them(found, clause, language)
    if clause.things and (counted is None or counted[0] > clause.things[0].start):
        return False
    steps = [cue for cue in STEPS if cues.says(cue, clause.text, language)]
    if counted is not None and not steps and not _OF_THEM.match(found.text, counted[1]):
        steps = [cue for cue in ("giving", "contract") if cues.says(cue, clause.text, language)]
    is_weighed = cues.says("considered", clause.text, language) is not None
    if (
        (not steps and not (is_weighed and counted))
        or (is_weighed and counted is None)
        or cues.says("negated", clause.text, language)
    ):
        return False
    if counted is not None:
        clause.things = [Thing(counted[0], counted[1], gift.items[0]["what"], counted[2], False)]
    else:
        which, match = _reference(clause.text)
        is_pronoun = match is not None and re.match(r"\W*\w+\s?$", match.group()) and which == "all"
        if match is None or (steps == ["handing"] and not is_pronoun):
            return False
        at = max(found.text.find(match.group()), 0)
        given, gift = _given(which, match.group(), gift, gifts)
        clause.things = [Thing(at, at + len(match.group()), what, how_many, False) for what, how_many in given]
    clause.refers = clause.is_known = bool(clause.things)
    if clause.things and clause.is_carried:
        clause.contributors = gift.contributors
    return True


def _number_of_them(found: Read, clause: Clause, language: str) -> tuple[int, int, Quantity] | None:
    """Return the number of the things named before: `another 28`, `three of them`, `the first two`."""
    single = _ONE.search(found.text, clause.start, clause.end)
    if single:
        return single.start(), single.end(), ONE
    for number in numbers(found.text, language):
        if not clause.start <= number.start < clause.end:
            continue
        spans = [(each.start, each.end) for each in found.dates] + [(each.start, each.end) for each in found.amounts]
        taken = any(start <= number.start < end for start, end in spans)
        if not taken and ONE_OF.search(found.text[: number.start]):
            return number.start, number.end, ONE
        is_subject = not re.search(r"\w", found.text[clause.start : number.said_from]) and _DOES.match(
            found.text, number.end
        )
        if not taken and (
            is_subject
            or _MORE.match(found.text, number.end)
            or _BEFORE_NUMBER.search(found.text[: number.start])
            or _OF_THEM.match(found.text, number.end)
        ):
            return number.start, number.end, number.quantity
    return None


def _reference(text: str) -> tuple[str, re.Match[str] | None]:
    """Return which of the things named before the words of a clause stand for, and where they stand."""
    for which, pattern in _REFERENCES:
        match = pattern.search(text)
        if match is not None:
            return which, match
    return "", None


def _given(which: str, words: str, gift: Fact, gifts: list[Fact]) -> tuple[list[tuple[str, Quantity]], Fact]:
    """Return the things that words stand for, with how many of each, and the gift of which they are."""
    if which == "rest":
        promised = next((each for each in reversed(gifts) if each.kind == PLEDGE), gift)
        return _left(promised, [each for each in gifts if each.kind == DELIVERY]), promised
    if which == "all" and gift.kind == DELIVERY and gift.certainty == STATED:
        # That they have come is said already.
        return [], gift
    if which == "all" and not _NOT_ALL.search(words):
        return [(item["what"], _quantity_of(item)) for item in gift.items], gift
    return [(gift.items[0]["what"], UNKNOWN)], gift


def _left(promised: Fact, delivered: list[Fact]) -> list[tuple[str, Quantity]]:
    """Return what of a promise is left when what was delivered of it is taken off."""
    left: list[tuple[str, Quantity]] = []
    for item in promised.items:
        whole = item["quantity"]
        come = [
            each["quantity"]
            for fact in delivered
            if fact.contributors == promised.contributors
            for each in fact.items
            if each["what"] == item["what"]
        ]
        if not come:
            left.append((item["what"], _quantity_of(item) if len(promised.items) > 1 else UNKNOWN))
            continue
        is_exact = whole["qualifier"] == EXACT and all(each["qualifier"] == EXACT for each in come)
        rest = whole["low"] - sum(each["low"] for each in come) if is_exact else None
        if rest != 0:
            left.append((item["what"], parse(str(rest)) if rest and rest > 0 else UNKNOWN))
    return left


def _quantity_of(item: dict[str, Any]) -> Quantity:
    """Return how many there are of an item, as a quantity."""
    told = item["quantity"]
    if told["low"] is None and told["high"] is None:
        return Quantity(told["qualifier"])
    if told["qualifier"] == EXACT:
        return parse(str(told["low"]))
    return Quantity(told["qualifier"], told["low"], told["high"])


def referring_clauses(found: Read, made: list[Clause], parts: list[Segment], language: str) -> list[Clause]:
    """Return clauses without values of their own that say what becomes of the things of the clause before."""
    whole = found.values
    kept = []
    for part in parts:
        if part.kind != BESIDE or not part.pieces or any(part.holds(value.start) for value in whole):
            continue
        start, end = part.pieces[0][0], part.pieces[-1][1]
        if made and _tells_of_them(found, start, end, language):
            kept.append(Clause(made[0].contributors, start, end, text=found.text[start:end], refers=True))
    return kept


def _tells_of_them(found: Read, start: int, end: int, language: str) -> bool:
    """Tell whether words say what is to become of things: the guns are due in May; die ersten zehn gehen im Mai."""
    words = found.text[start:end]
    if cues.says("coming", words, language):
        return True
    if any(start <= each.start < end for each in found.of(PARTY, CAPITAL)) or not _THE_FIRST.search(words):
        return False
    return bool(numbers(words, language)) and any(cues.says(cue, words, language) for cue in ("moving", "giving"))


_THE_FIRST = re.compile(
    r"\b(?:the first|the other|die ersten|die anderen|die übrigen|перші|решта|інші)\b", re.IGNORECASE
)
