"""What later sentences add to a fact: shares of a joint promise, contents of a package, and the same said twice."""

import re

from tracker.lib import quantities
from tracker.lib.proposing.clause import Clause
from tracker.lib.proposing.context import Context, in_currency
from tracker.lib.proposing.evidence import note_things
from tracker.lib.proposing.partners import partners
from tracker.lib.proposing.proposal import DELIVERY, DEPLOYMENT, MEETING, PLEDGE, Fact
from tracker.lib.proposing.reading import cues
from tracker.lib.proposing.reading.amounts import Amount, as_fact
from tracker.lib.proposing.reading.names import INITIATIVE
from tracker.lib.proposing.reading.read import Read
from tracker.lib.proposing.shares import owner_of
from tracker.lib.proposing.words.bearing import BEARS
from tracker.lib.proposing.words.references import CLASS_OF

_CONTENTS = re.compile(
    r"^\W*(?:at|with|worth)\s[^,;]{3,30},?\s(?:it|this|the package)\b|"
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
_SHARE = re.compile(
    r"\b(?:share|contribution|part|pays?|zahlt|trägt|übernimmt|davon|Anteil|Beitrag|платить|частк\w+|внесок)\b|"
    r"['’]s to\b|\bamounts to\b|\beach\b",
    re.IGNORECASE,
)


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


_FRACTION = re.compile(r"\b(?:third|quarter|half|Drittel|Viertel|Hälfte|третин\w+|чверт\w+|половин\w+)\b")


_RESPECTIVELY = re.compile(r"\b(?:respectively|beziehungsweise|відповідно)\b", re.IGNORECASE)


def _is_of_each(found: Read, amount: Amount, language: str) -> bool:
    """Tell whether an amount is that of each of several: a word for each stands near it, or begins the sentence."""
    if _FRACTION.search(found.text[amount.end : amount.end + 40]):
        return False
    if re.match(r"\W*(?:each|jede\w*|кожн\w+)\b", found.text, re.IGNORECASE):
        return True
    return bool(cues.says("each", found.text[max(0, amount.start - 30) : amount.end + 14], language))


def split_each(fact: Fact, found: Read, clause: Clause, context: Context, amount: Amount | None) -> None:
    """Where each of several gives an amount, the fact is their sum, and the amount is each one's share."""
    many = len(fact.contributors)
    per_head = any(thing.is_per_head for thing in clause.things)
    is_each = per_head or cues.says("each", found.text, context.language)
    if many > 1 and fact.amount is None and is_each:
        multiply(fact)
    if many > 1 and len(clause.amounts) == many and _RESPECTIVELY.search(found.text, clause.amounts[-1].end):
        _split_respectively(fact, clause.amounts, context)
        return
    is_of_one = many > 1 and amount is not None and not partners(found)
    owner = owner_of(found, clause, amount) if is_of_one and amount else None
    if owner is not None and fact.amount is not None:
        fact.split = {owner: {"value": fact.amount["value"], "currency": fact.amount["currency"]}}
        fact.amount = None
        return
    if many < 2 or fact.amount is None or amount is None or not _is_of_each(found, amount, context.language):
        return
    if amount.qualifier != quantities.EXACT:
        return
    share = {"value": fact.amount["value"], "currency": fact.amount["currency"]}
    fact.split = dict.fromkeys(fact.contributors, share)
    fact.amount = fact.amount | {"value": share["value"] * many}


def _split_respectively(fact: Fact, amounts: list[Amount], context: Context) -> None:
    """Give a joint promise the amounts that a clause names for its contributors in their order."""
    priced = [in_currency(each, [who], context) for who, each in zip(fact.contributors, amounts, strict=True)]
    fact.split = {
        who: {"value": as_fact(each)["value"], "currency": each.currency}
        for who, each in zip(fact.contributors, priced, strict=True)
    }
    fact.amount = None
    _add_up(fact)


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
    is_near = 0 <= fact.start - whole.end < (160 if whole.amount else 400)
    is_shared = whole.amount is not None or whole.split is not None or bool(BEARS.search(words))
    return bool(_SHARE.search(words)) or (is_near and is_shared)


def named_later(facts: list[Fact]) -> list[Fact]:
    """Return `facts` without deployments of which the next says more: a system; the IRIS-T with 90 soldiers."""
    kept: list[Fact] = []
    for fact in facts:
        before = kept[-1] if kept else None
        if before is not None and _is_told_again(fact, before):
            fact.start, fact.items[0]["quantity"] = before.start, before.items[0]["quantity"]
            fact.base, fact.area, fact.date = (
                fact.base or before.base,
                fact.area or before.area,
                fact.date or before.date,
            )
            fact.certainty, fact.score = before.certainty, max(fact.score, before.score)
            kept.pop()
        kept.append(fact)
    return kept


def _is_told_again(fact: Fact, before: Fact) -> bool:
    if not fact.kind == before.kind == DEPLOYMENT or fact.contributors != before.contributors or len(before.items) != 1:
        return False
    if not fact.items or fact.items[0]["quantity"]["qualifier"] != "unknown" or "contributors" in fact.evidence:
        return False
    return fact.items[0]["what"] in CLASS_OF.get(before.items[0]["what"], ())


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
