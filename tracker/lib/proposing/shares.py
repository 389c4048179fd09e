"""Who bears which part of a joint promise: `Denmark carries 60 per cent and Norway the rest`; `18 davon zahlt Den "
"Haag`."""

import re
from fractions import Fraction
from typing import Any

from tracker.lib.proposing.acting import actors
from tracker.lib.proposing.clause import Clause
from tracker.lib.proposing.context import Context, in_currency
from tracker.lib.proposing.proposal import DEPLOYMENT, PLEDGE, Fact
from tracker.lib.proposing.reading import cues
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


def of_things(facts: list[Fact]) -> list[Fact]:
    """Return `facts` with what each of several pays for things that they promised together as its share of that."""
    kept: list[Fact] = []
    at = 0
    while at < len(facts):
        whole = facts[at]
        parts = _parts_of(whole, facts[at + 1 :])
        for each in parts:
            if each.amount:
                share = {"value": each.amount["value"], "currency": each.amount["currency"]}
                whole.split = (whole.split or {}) | {each.contributors[0]: share}
            whole.end = max(whole.end, each.end)
        if parts and len({each.amount["currency"] for each in parts if each.amount}) == 1:
            total = sum(each.amount["value"] for each in parts if each.amount)
            whole.amount = (parts[0].amount or {}) | {"value": total}
        kept.append(whole)
        at += 1 + len(parts)
    return kept


def _parts_of(whole: Fact, following: list[Fact]) -> list[Fact]:
    if whole.kind != PLEDGE or len(whole.contributors) < 2 or whole.amount or not whole.items:
        return []
    parts = following[: len(whole.contributors)]
    is_each_a_part = all(each.kind == PLEDGE and each.amount and not each.items for each in parts)
    paid_by = [each.contributors for each in parts]
    if not is_each_a_part or sorted(paid_by) != sorted([each] for each in whole.contributors):
        return []
    return parts if parts[0].start - whole.end < 200 else []


def of_forces(facts: list[Fact], found: Read) -> list[Fact]:
    """Return the deployments of a sentence as one, where several man something together: with 60 Swedes and 30 "
    "Finns."""
    whole, parts = (facts[0], facts[1:]) if facts else (None, [])
    if whole is None or whole.kind != DEPLOYMENT or len(whole.contributors) < 2:
        return facts
    if not cues.says("jointly", found.text, found.language):
        return facts
    counts = {}
    for each in parts:
        is_part = len(each.contributors) == 1 and [item["what"] for item in each.items] == ["soldier"]
        if not is_part or each.items[0]["quantity"]["low"] is None:
            return facts
        counts[each.contributors[0]] = each.items[0]["quantity"]["low"]
    if set(counts) != set(whole.contributors):
        return facts
    total = sum(counts.values())
    soldiers = {"what": "soldier", "quantity": {"low": total, "high": total, "qualifier": "exact"}}
    whole.items, whole.end = [soldiers, *whole.items], max(each.end for each in facts)
    whole.split = {who: {"quantity": count} for who, count in counts.items()}
    return [whole]


def of_money(facts: list[Fact], found: Read) -> list[Fact]:
    """Return the promises of a sentence as one, where each of several gives its amount to something joint."""
    is_joint = cues.says("jointly", found.text, found.language) and len(facts) > 1
    if not is_joint or not all(each.kind == PLEDGE and each.amount and len(each.contributors) == 1 for each in facts):
        return facts
    whole = facts[0]
    amounts = {each.contributors[0]: each.amount or {} for each in facts}
    if len(amounts) < len(facts):
        return facts
    whole.contributors, whole.end = list(amounts), max(each.end for each in facts)
    whole.split = {who: {"value": each["value"], "currency": each["currency"]} for who, each in amounts.items()}
    is_one_currency = len({each["currency"] for each in amounts.values()}) == 1
    total = sum(each["value"] for each in amounts.values())
    whole.amount = amounts[whole.contributors[0]] | {"value": total} if is_one_currency else None
    return [whole]


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


def is_divided(found: Read) -> bool:
    """Tell whether several bear parts of one amount that a sentence names: 40 per cent of it, and the others the "
    "rest."""
    if len(found.amounts) != 1 or not BEARS.search(found.text):
        return False
    parts = [*_PERCENT.finditer(found.text), *_FRACTION.finditer(found.text)]
    if any("," in found.text[part.end() : found.amounts[0].start] for part in parts):
        # Half of the cost, 90 million: the amount is that of the part.
        return False
    is_whole = len(parts) > 1 or bool(parts and _REST.search(found.text))
    return is_whole and len({each.id for each in actors(found)}) > 1


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
