"""What a clause says of things that were named before it: `the first two`, `the guns`, `another 28`, `вони`."""

import re

from tracker.lib.proposing.clause import Clause
from tracker.lib.proposing.context import Context
from tracker.lib.proposing.proposal import DELIVERY, PLEDGE, Fact
from tracker.lib.proposing.reading import cues
from tracker.lib.proposing.reading.numerals import numbers
from tracker.lib.proposing.reading.read import Read
from tracker.lib.proposing.reading.things import UNKNOWN, Thing
from tracker.lib.quantities import Quantity, parse

_FIRST = re.compile(
    r"\b(?:the (?:first|last|other|remaining)|another|a further|die ersten|die letzten|weitere|перші|решта|ще)\s$",
    re.IGNORECASE,
)


_THE_THINGS = re.compile(
    r"\b(?:(?:the|these|those|all the|all of the)\s(?:\w+\s)?(?:guns|vehicles|systems|aircraft|jets|planes|tanks|"
    r"weapons|missiles|boats|drones|launchers|equipment|shells|trucks|"
    r"helicopters|first|last|rest|remainder|others|deliver(?:y|ies)|handover)|deliver(?:y|ies)\b|die (?:ersten|"
    r"letzten|übrigen|Fahrzeuge|Systeme|Geschütze|Waffen|Flugzeuge|Raketen|Panzer|Drohnen|Boote|Hubschrauber|"
    r"Lieferung|Auslieferung)|"
    r"(?:перші|останні|решта|ці|усі|всі|поставки|поставку|передача)\b)",
    re.IGNORECASE,
)


_IT = re.compile(r"\W*(?:it|they|sie|er|es|він|вона|вони|її|їх|його)\s(?=\w)", re.IGNORECASE)


def refer_back(found: Read, clause: Clause, context: Context) -> None:
    """Give a clause that speaks of things named before their names and numbers: the first two; die "
    "Panzerhaubitzen."""
    gifts = [fact for fact in [*context.facts, *context.pending] if fact.kind in (PLEDGE, DELIVERY) and fact.items]
    if not gifts or clause.amounts:
        return
    if not clause.things:
        _take_things(found, clause, context, gifts[-1])
        return
    known = {item["what"]: (item, fact) for fact in gifts for item in fact.items}
    is_definite = re.match(r"\W*(?:the(?! first of)|these|all|die|alle|ці|усі)\b", found.text, re.IGNORECASE)
    for thing in clause.things:
        item, fact = known.get(thing.what, (None, None))
        if item and fact and is_definite and thing.quantity is UNKNOWN:
            low = item["quantity"]["low"]
            thing.quantity = parse(str(low)) if low is not None else UNKNOWN
            clause.contributors = fact.contributors if clause.is_carried else clause.contributors


def _take_things(found: Read, clause: Clause, context: Context, gift: Fact) -> None:
    """Give a clause without things those of the last gift, where a number or a word stands for them."""
    what = gift.items[0]["what"]
    for number in numbers(found.text, context.language):
        if _FIRST.search(found.text[: number.start]) and clause.start <= number.start < clause.end:
            clause.things = [Thing(number.start, number.end, what, number.quantity, False)]
    match = _THE_THINGS.search(clause.text)
    language = context.language
    is_step = cues.says("coming", clause.text, language) or cues.says("delivered", clause.text, language)
    if match is None or not is_step:
        match = _IT.match(clause.text)
        is_step = is_step or cues.says("handing", clause.text, language)
    if not clause.things and match and is_step and len(gift.items) == 1:
        at = max(found.text.find(match.group()), 0)
        clause.things = [Thing(at, at + len(match.group()), what, _quantity_of(gift, match.group()), False)]
        clause.refers = True
    if clause.things and clause.is_carried:
        clause.contributors = gift.contributors


def _quantity_of(gift: Fact, words: str) -> Quantity:
    """Return how many of the things of a gift words like `the guns` and `they` stand for: all of them; `the "
    "first` do not say."""
    low = gift.items[0]["quantity"]["low"]
    is_all = not re.search(
        r"first|last|rest|others|remain|ersten|letzten|übrigen|перш|останн|решт", words, re.IGNORECASE
    )
    return parse(str(low)) if is_all and low is not None else UNKNOWN
