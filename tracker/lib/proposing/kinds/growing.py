"""How many forces are to be there later: `Von 2028 an sollen es 4.800 sein` after what tells how many there are."""

import re

from tracker.lib.proposing.context import Context, span_of_deployment
from tracker.lib.proposing.proposal import DEPLOYMENT, PLANNED, Fact
from tracker.lib.proposing.reading import cues
from tracker.lib.proposing.reading.numerals import Number, numbers
from tracker.lib.proposing.reading.read import Read
from tracker.lib.proposing.reading.thing import Thing

_GROWS = re.compile(
    r"\b(?:it|this|that|there|the (?:number|figure|force|contingent|brigade|unit|battlegroup|aim|goal|target)|"
    r"their (?:number|strength))\s"
    r"(?:\w+\s){0,3}?(?:be|become|is|grow(?:s|ing)? to|rise|reach(?:es)?|number|stand at|increase to|swell to|total)\b|"
    r"\b(?:to|will) (?:grow|rise|increase|swell|be expanded|be raised) to\b|"
    r"\b(?:sollen|werden|wird) (?:es|daraus|sie)\b|\bauf\b.*\b(?:anwachsen|aufwachsen|wachsen|aufgestockt|steigen|"
    r"erhöht|vergrößert)\b|"
    r"\b(?:їх|там|чисельність|контингент|бригада|кількість)\b.{0,40}\b(?:буде|має|стане|зросте|збільшиться|"
    r"становитиме|сягне)\b",
    re.IGNORECASE,
)
_LATER = re.compile(
    r"\b(?:will|is to|are to|should|shall|aim|goal|target|planned|plans|by|from|soll|sollen|wird|werden|bis|ab|von|"
    r"буде|має|мають|зросте|"
    r"збільшиться|до|з)\b",
    re.IGNORECASE,
)


def grows(found: Read, context: Context) -> bool:
    """Add the deployment that a sentence plans, where it says only how many of those named before there are to be."""
    last = context.facts[-1] if context.facts else None
    if last is None or last.kind != DEPLOYMENT or not last.items or found.amounts:
        return False
    if not _GROWS.search(found.text) or not _LATER.search(found.text):
        return False
    if any(cues.says(cue, found.text, context.language) for cue in ("negated", "call", "hypothesis")):
        return False
    number = _number(found)
    if number is None:
        return False
    span = span_of_deployment(found, context, 0, len(found.text))
    year = next((each.edtf for each in found.dates if re.fullmatch(r"20\d\d", each.edtf)), None)
    thing = Thing(number.start, number.end, str(last.items[-1]["what"]), number.quantity, False)
    fact = Fact(
        DEPLOYMENT, found.sentence.start, found.sentence.end, "forces to come", 80, contributors=last.contributors,
        items=[thing.as_fact()], date=span or year, base=last.base and last.base[-3:], certainty=PLANNED,
        initiative=last.initiative,
    )  # fmt: skip
    fact.note("items[1]", found.sentence.start, number.start, number.end)
    context.facts.append(fact)
    return True


def _number(found: Read) -> Number | None:
    """Return the one number of a sentence that counts no other thing and is no date."""
    taken = [(each.start, each.end) for each in found.dates]
    taken += [(each.start, each.end) for each in found.things if each.what != "soldier"]
    free = [
        each for each in numbers(found.text, found.language)
        if each.low >= 2 and not any(start <= each.start < end for start, end in taken)
    ]  # fmt: skip
    return free[0] if len(free) == 1 else None
