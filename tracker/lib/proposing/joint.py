"""What later sentences add to a fact: shares of a joint promise, contents of a package, and the same said twice."""

import re

from tracker.lib.proposing.acting import actors
from tracker.lib.proposing.clause import Clause
from tracker.lib.proposing.context import Context, in_currency
from tracker.lib.proposing.evidence import note_things
from tracker.lib.proposing.proposal import DELIVERY, DEPLOYMENT, MEETING, PLEDGE, Fact
from tracker.lib.proposing.reading import cues
from tracker.lib.proposing.reading.amounts import as_fact
from tracker.lib.proposing.reading.names import INITIATIVE
from tracker.lib.proposing.reading.read import Read
from tracker.lib.proposing.words.bearing import BEARS

_CONTENTS = re.compile(
    r"^\W*(?:(?:also )?(?:included|contained) (?:in (?:it|the package)|are|is)|under (?:it|the package)|in the "
    r"package|"
    r"the (?:[\w-]+ ){0,2}(?:package|money|aid|assistance|support|contents?|delivery|tranche|donation|"
    r"contribution|consignment)|it|this|that|its "
    r"value|the package's|"
    r"contents of the package|das (?:[\w-]+ )?(?:paket|hilfspaket)|zum paket|dazu|darin|darunter|enthalten|"
    r"bestandteil\w*|im paket|das geld|es|"
    r"до (?:нього|неї|пакета|пакету|складу)|у (?:пакеті|складі)|він|вона|воно|новий пакет|"
    r"(?:цей )?пакет|допомога)\b[^.]{0,60}?"
    r"\b(?:consist\w*|includ\w*|compris\w*|contain\w*|cover\w*|pays? for|is worth|amounts? to|value is|valued|"
    r"of the package|gehör\w+|zähl\w+|umfass\w+|enthält|enthalten|beinhalt\w+|besteh\w+|setzt sich|fließt|sind|hat "
    r"einen|"
    r"hat ein|kostet|"
    r"входять|входить|увійш\w+|війш\w+|містить|містити\w*|включає|включати\w*|охоплю\w+|кошту\w+|складається|"
    r"передбачає)\b",
    re.IGNORECASE,
)
_COST = re.compile(
    r"^\W*(?:the|das|die)\s(?:[€£$]|EUR|SEK)?[\d.,]+[^.]{0,40}\b(?:investment|package|that this costs|"
    r"cost|money|deal)\b|\bthis costs\b|\bits value is\b",
    re.IGNORECASE,
)
_TO_THIS_END = re.compile(r"\b(?:to this end|for this(?: purpose)?|dafür|hierfür|на це)\b", re.IGNORECASE)
_PRICED = re.compile(
    r"^\W*(?:за (?:його|її|їхніми) словами,? |according to [\w ]+, |nach (?:seinen|ihren) angaben )?(?:(?:the |"
    r"its |their |total |this |that |der |die |das |den |ihr |sein )*(?:[\w-]+ )?(?:order|contract|deal|purchase|"
    r"investment|agreement|costs?|value|price|bill|"
    r"\w*auftrag\w*|\w*vertrag\w*|\w*wert|\w*volumen|\w*kosten|\w*preis|geschäft|anschaffung|umfang|"
    r"вартість|ціна|сума|контракт\w*|угода)\b|(?:it|this|that|das|dies|es|це|йдеться|мова)\s(?:will |would "
    r")?(?:costs?|kostet|kosten|кошту\w+|обійдеться|про))",
    re.IGNORECASE,
)
_SHARE = re.compile(
    r"\b(?:share|contribution|part|pays?|zahlt|trägt|übernimmt|davon|Anteil|Beitrag|платить|частк\w+|внесок)\b|"
    r"['’]s to\b|\bamounts to\b|\beach\b",
    re.IGNORECASE,
)
_PERCENT = re.compile(r"(\d{1,2})\s?(?:%|percent|per cent|Prozent|відсотк\w+)")


def is_contents(found: Read) -> bool:
    """Tell whether a sentence says what a package that was named before consists of, or comes to."""
    return bool(_CONTENTS.search(found.text)) or bool(_COST.search(found.text))


def is_part(found: Read, last: Fact, context: Context) -> bool:
    """Tell whether a sentence says what a part of a sum is for that was named before, and not of another sum."""
    if last.amount is None or not cues.says("part", found.text, context.language):
        return False
    if found.amounts and any(cues.says(cue, found.text, context.language) for cue in ("contract", "paid")):
        return False
    return not any(each.kind == INITIATIVE for each in found.mentions)


_OF_THEM = re.compile(
    r"^\W*(?:the|these|those|they|it|both|all|each|die|der|das|diese\w*|sie|es|alle|beide|ці|вони|він|вона|усі|обидв\w+)"
    r"\b",
    re.IGNORECASE,
)
_PRICE = re.compile(
    r"\b(?:price|prices|priced|price tag|costs?|bill|worth|valued|value|kost(?:et|en)|Kosten|Preis\w*|Wert|"
    r"кошту\w+|варт\w+|цін[аиоу]\w*)\b",
    re.IGNORECASE,
)


_COMES_TO = re.compile(
    r"\bbeziffer\w+|\bbel(?:äuft|aufen) sich\b|\bbeträgt\b|\b(?:comes?|amounts?|adds? up|runs?) to\b|\btotals?\b|"
    r"\bстанов\w+|\bсягає\b|\bдосягає\b",
    re.IGNORECASE,
)
"""What says how much an order costs, as it says elsewhere how much was given in all."""


def _is_price_of_them(found: Read) -> bool:
    """Tell whether a sentence is about things that were named before and says a price: the systems carry a price "
    "tag."""
    return bool(_OF_THEM.match(found.text) and _PRICE.search(found.text)) and not actors(found)


def add_cost(last: Fact, found: Read, context: Context) -> bool:
    """Add what a fact costs, where a sentence says no more than that; tell whether it does."""
    says_cost = (
        _PRICED.search(found.text)
        or _is_price_of_them(found)
        or (_TO_THIS_END.search(found.text) and not actors(found))
    )
    is_priced = bool(says_cost and found.amounts)
    if (
        not is_priced
        or last.amount is not None
        or last.kind != PLEDGE
        or any(thing.is_counted for thing in found.things)
    ):
        return False
    text = _COMES_TO.sub(" ", found.text)
    if any(cues.says(cue, text, context.language) for cue in ("negated", "call", "total")):
        return False
    priced = in_currency(found.amounts[0], last.contributors, context)
    last.amount = as_fact(priced)
    last.note("amount", found.sentence.start, found.amounts[0].start, found.amounts[0].end)
    if last.stage == PLEDGE and cues.says("allocated", found.text, context.language):
        last.stage = "allocation"
    return True


def add_contents(fact: Fact, found: Read, context: Context) -> None:
    """Add what a sentence says to a package: its amount, where it had none, and its things."""
    if found.amounts and fact.amount is None and fact.kind != DELIVERY:
        from_text = in_currency(found.amounts[0], fact.contributors, context)
        fact.amount = as_fact(from_text)
        context.currency = from_text.currency
        fact.note("amount", found.sentence.start, found.amounts[0].start, found.amounts[0].end)
    known = {item["what"] for item in fact.items}
    note_things(fact, found, [thing for thing in found.things if thing.what not in known], len(fact.items))
    fact.items += [thing.as_fact() for thing in found.things if thing.what not in known]
    if cues.says("secret", found.text, context.language):
        for item in fact.items:
            if item["quantity"]["qualifier"] == "unknown":
                item["quantity"]["qualifier"] = "withheld"


def priced(before: list[Fact], facts: list[Fact]) -> list[Fact]:
    """Return `facts` of a clause without one that only says what the things of the clause before cost, which "
    "that takes."""
    last = before[-1] if before else None
    if last is None or last.amount or not last.items or last.kind not in (PLEDGE, DELIVERY) or len(facts) != 1:
        return facts
    [fact] = facts
    if fact.kind != PLEDGE or fact.items or not fact.amount or fact.contributors != last.contributors:
        return facts
    if fact.initiative not in (None, last.initiative) or last.kind != PLEDGE:
        return facts
    last.amount, last.end = fact.amount, max(last.end, fact.end)
    return []


def with_parts(found: list[Clause]) -> list[Clause]:
    """Return the clauses of a sentence with the parts of a sum beside it: `16 million: 7 for one and 9 for another`."""
    kept: list[Clause] = []
    for clause in found:
        last = kept[-1] if kept else None
        if last is not None and len(last.amounts) == 1 and len(clause.amounts) > 1 and not last.things:
            [whole] = last.amounts
            if sum(each.low for each in clause.amounts) == whole.low:
                last.amounts, last.things, last.end = [whole, *clause.amounts], clause.things, clause.end
                continue
        kept.append(clause)
    return kept


def without_sums(facts: list[Fact]) -> list[Fact]:
    """Return `facts` without a sum whose parts follow it, if one of these goes to an initiative: they are promises."""
    return [fact for at, fact in enumerate(facts) if not _is_sum_of(fact, facts[at + 1 : at + 6])]


def _is_sum_of(fact: Fact, following: list[Fact]) -> bool:
    if fact.kind != PLEDGE or not fact.amount or (fact.items and any(item["quantity"]["low"] for item in fact.items)):
        return False
    parts: list[Fact] = []
    for each in following:
        is_of_same = each.kind == PLEDGE and each.amount and each.contributors == fact.contributors
        if not is_of_same or not each.amount or each.amount["currency"] != fact.amount["currency"]:
            break
        parts.append(each)
        if sum(part.amount["value"] for part in parts if part.amount) >= fact.amount["value"]:
            break
    is_whole = sum(part.amount["value"] for part in parts if part.amount) == fact.amount["value"]
    return len(parts) > 1 and is_whole and any(part.initiative for part in parts)


def multiply(fact: Fact) -> None:
    """Where each of several gives a number of things, the fact has the sum, and the number as each one's share."""
    if len(fact.items) != 1 or fact.items[0]["quantity"]["qualifier"] != "exact":
        return
    item = fact.items[0]
    number = item["quantity"]["low"]
    fact.split = {each: {"quantity": number} for each in fact.contributors}
    total = number * len(fact.contributors)
    fact.items = [item | {"quantity": item["quantity"] | {"low": total, "high": total}}]


def fold_shares(facts: list[Fact], texts: dict[int, str]) -> list[Fact]:
    """Return `facts` with the shares of joint promises within these, and not as promises of their own."""
    kept: list[Fact] = []
    for fact in facts:
        whole = next(
            (each for each in reversed(kept[-5:]) if _is_share_of(fact, each, texts.get(fact.start, ""))), None
        )
        if whole is None:
            kept.append(fact)
            continue
        shares = fact.split or {
            each: {"value": fact.amount["value"], "currency": fact.amount["currency"]}
            for each in fact.contributors
            if fact.amount
        }
        whole.split = (whole.split or {}) | shares
        _add_up(whole)
    return kept


def _add_up(whole: Fact) -> None:
    """Give a joint promise without an amount the sum of its shares, where everyone's is known in one currency."""
    shares = list((whole.split or {}).values())
    if whole.amount or set(whole.split or {}) != set(whole.contributors) or not all("value" in each for each in shares):
        return
    if len({each["currency"] for each in shares}) == 1:
        total = sum(each["value"] for each in shares)
        whole.amount = {"value": total, "currency": shares[0]["currency"], "qualifier": "exact"}


def _is_share_of(fact: Fact, whole: Fact, words: str) -> bool:
    """Tell whether a fact is one contributor's part of a joint promise before it."""
    if len(whole.contributors) < 2 or whole.kind != PLEDGE or fact.kind != PLEDGE or not fact.amount or fact.items:
        return False
    if fact.initiative and fact.initiative != whole.initiative:
        return False
    if not set(fact.contributors) <= set(whole.contributors) or (
        set(fact.contributors) == set(whole.contributors) and not fact.split
    ):
        return False
    if (
        whole.amount is not None
        and whole.amount["currency"] == fact.amount["currency"]
        and fact.amount["value"] >= whole.amount["value"]
        and not fact.split
    ):
        return False
    is_near = 0 <= fact.start - whole.end < (160 if whole.amount else 400)
    return bool(_SHARE.search(words)) or (is_near and (whole.amount is not None or bool(BEARS.search(words))))


def once(facts: list[Fact]) -> list[Fact]:
    """Return `facts` without those that say again what one before says: the fuller one is kept."""
    kept: list[Fact] = []
    for fact in facts:
        same = next((each for each in kept if _is_same(fact, each)), None)
        if same is None:
            kept.append(fact)
        else:
            same.area, same.base = same.area or fact.area, same.base or fact.base
            same.contributors = same.contributors or fact.contributors
            known = {row["name"] for row in same.agenda}
            same.agenda += [row for row in fact.agenda if row["name"] not in known]
            for name, place in fact.evidence.items():
                same.evidence.setdefault(name, place)
    return kept


def _is_same(fact: Fact, other: Fact) -> bool:
    if fact.kind != other.kind or fact.initiative != other.initiative or fact.stage != other.stage:
        return False
    if fact.kind == MEETING:
        return fact.date == other.date
    numbers = [[(item["what"], item["quantity"]["low"]) for item in each.items] for each in (fact, other)]
    return (
        fact.contributors == other.contributors
        and fact.amount == other.amount
        and numbers[0] == numbers[1]
        and (fact.kind != DELIVERY or fact.date == other.date)
        and (fact.kind != DEPLOYMENT or None in (fact.date, other.date) or fact.date == other.date)
        and bool(fact.amount or fact.items)
    )
