"""Who bears which part of a joint promise: `Denmark carries 60 per cent and Norway the rest`; `18 davon zahlt Den "
"Haag`."""

import re
from fractions import Fraction
from typing import Any

from tracker.lib.proposing.clause import Clause
from tracker.lib.proposing.context import Context, in_currency
from tracker.lib.proposing.proposal import PLEDGE, Fact
from tracker.lib.proposing.reading.amounts import Amount, as_fact
from tracker.lib.proposing.reading.names import CAPITAL, DEMONYM, OFFICIAL, PARTY, Mention
from tracker.lib.proposing.reading.read import UKRAINE, Read
from tracker.lib.proposing.words.bearing import BEARS

_WORDS = (
    (r"three[- ]quarters|drei Viertel|три чверті", Fraction(3, 4)),
    (r"two[- ]thirds|zwei Drittel|дві третини", Fraction(2, 3)),
    (r"three fifths|drei Fünftel|три п['’ʼ]яті", Fraction(3, 5)),
    (r"two fifths|zwei Fünftel|дві п['’ʼ]яті", Fraction(2, 5)),
    (r"(?:a|one) third|ein Drittel|третин[ауи]", Fraction(1, 3)),
    (r"(?:a|one) quarter|ein Viertel|чверть", Fraction(1, 4)),
    (r"(?:a|one) fifth|ein Fünftel|п['’ʼ]ят(?:у|а) частин[ауи]", Fraction(1, 5)),
    (r"half|die Hälfte|половин[ауи]", Fraction(1, 2)),
)
_PERCENT = re.compile(r"(?<![\d.,])(\d{1,2}(?:[.,]\d)?)\s?(?:%|percent|per cent|Prozent|відсотк\w+)")
_FRACTION = re.compile(
    "|".join(rf"(?P<w{at}>\b(?:{words})\b)" for at, (words, _part) in enumerate(_WORDS)), re.IGNORECASE
)
_REST = re.compile(
    r"\b(?:the (?:rest|remainder|other half|balance)|den Rest|der Rest|das Übrige|"
    r"решт[ау])\b",
    re.IGNORECASE,
)


def share_out(found: Read, last: Fact | None, context: Context) -> bool:
    """Give a joint promise the parts of its contributors, where a sentence says no more than these; tell whether."""
    if last is not None and _is_borne_by_more(found, last):
        return True
    if last is None or last.kind != PLEDGE or len(last.contributors) < 2 or not BEARS.search(found.text):
        return False
    named = [each for each in _parties(found) if each.id in last.contributors]
    if not named or {each.id for each in _parties(found)} - set(last.contributors):
        return False
    split = _fractions(found, named, last)
    if not split:
        return False
    last.split = (last.split or {}) | split
    if last.amount is None and len(found.amounts) == 1:
        priced = in_currency(found.amounts[0], last.contributors, context)
        last.amount = as_fact(priced)
        last.note("amount", found.sentence.start, found.amounts[0].start, found.amounts[0].end)
    last.end = max(last.end, found.sentence.end)
    return True


def _is_borne_by_more(found: Read, last: Fact) -> bool:
    """Give a promise of one those who bear its cost with it, where a sentence says all their parts; tell whether."""
    if last.kind != PLEDGE or len(last.contributors) != 1 or found.amounts or not BEARS.search(found.text):
        return False
    parts: dict[str, Fraction] = {}
    begin = 0
    for at, part in parts_said(found.text):
        beside = {each.id for each in _parties(found) if begin <= each.start < at}
        begin = at
        for who in beside if part is not None else ():
            parts[who] = part or Fraction(0)
    if len(parts) < 2 or sum(parts.values()) != 1 or not set(last.contributors) <= set(parts):
        return False
    last.contributors = list(parts)
    last.split = {who: {"fraction": round(float(part), 4)} for who, part in parts.items()}
    last.end = max(last.end, found.sentence.end)
    return True


def parts_said(text: str) -> list[tuple[int, Fraction | None]]:
    """Return the fractions that words say, in their order, each with where it stands; None for the rest."""
    parts: list[tuple[int, Fraction | None]] = [
        (match.start(), Fraction(match[1].replace(",", ".")) / 100) for match in _PERCENT.finditer(text)
    ]
    parts += [(match.start(), _WORDS[int(str(match.lastgroup)[1:])][1]) for match in _FRACTION.finditer(text)]
    return sorted([*parts, *((match.start(), None) for match in _REST.finditer(text))], key=lambda each: each[0])


def owner_of(found: Read, clause: Clause, amount: Amount) -> str | None:
    """Return whose part of what several share an amount is: they share the bill, with Oslo putting in 1.5 billion."""
    last = max([clause.actor_end, *(thing.end for thing in clause.things if thing.end <= amount.start)])
    named = [each.id for each in found.of(PARTY, CAPITAL) if last <= each.start < amount.start]
    others = set(named) - {UKRAINE}
    if len(others) != 1 or not others <= set(clause.contributors) or parts_said(found.text[last : amount.start]):
        return None
    return others.pop()


def _parties(found: Read) -> list[Mention]:
    return [each for each in found.of(PARTY, CAPITAL, DEMONYM, OFFICIAL) if each.id != UKRAINE]


def _fractions(found: Read, named: list[Mention], last: Fact) -> dict[str, Any]:
    """Return the fraction of each contributor that a sentence names one for; the rest is that of the one left."""
    parts = parts_said(found.text)
    if not parts or all(part is None for _at, part in parts):
        return {}
    known: dict[str, Fraction] = {}
    rest = []
    for at, part in parts:
        free = [each for each in named if each.id not in known and each.id not in rest]
        if not free:
            break
        nearest = min(free, key=lambda each: abs(each.start - at))
        if part is None:
            rest.append(nearest.id)
        else:
            known[nearest.id] = part
    left = [each for each in last.contributors if each not in known]
    if len(left) == 1 and sum(known.values()) < 1:
        known[left[0]] = 1 - sum(known.values(), Fraction(0))
    return {each: {"fraction": round(float(part), 4)} for each, part in known.items()}
