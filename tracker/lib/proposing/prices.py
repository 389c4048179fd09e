"""What later sentences and clauses say that something costs which was promised before them."""

import re

from tracker.lib.proposing.acting import actors
from tracker.lib.proposing.context import Context, in_currency
from tracker.lib.proposing.proposal import DELIVERY, PLEDGE, Fact
from tracker.lib.proposing.reading import cues
from tracker.lib.proposing.reading.amounts import as_fact
from tracker.lib.proposing.reading.read import Read

_TO_THIS_END = re.compile(r"\b(?:to this end|for this(?: purpose)?|dafür|hierfür|на це)\b", re.IGNORECASE)
_PRICED = re.compile(
    r"(?:^|[,;–—] (?:(?:and|und|та|а|і) )?)\W*(?:за (?:його|її|їхніми) словами,? |"
    r"according to [\w ]+, |nach (?:seinen|ihren) angaben )?(?:(?:the |"
    r"its |their |total |this |that |der |die |das |den |ihr |sein )*(?:[\w-]+ )?(?:order|contract|deal|purchase|"
    r"investment|agreement|costs?|value|price|bill|"
    r"\w*auftrag\w*|\w*vertrag\w*|\w*wert|\w*volumen|\w*kosten|\w*preis|geschäft|anschaffung|umfang|"
    r"вартість|ціна|сума|контракт\w*|угода)\b|(?:it|this|that|das|dies|es|це|йдеться|мова)\s(?:will |would "
    r")?(?:costs?|kostet|kosten|кошту\w+|обійдеться|про))",
    re.IGNORECASE,
)

_OF_THEM = re.compile(
    r"^\W*(?:the|these|those|they|it|both|all|each|die|der|das|diese\w*|sie|es|alle|beide|ці|вони|він|вона|усі|"
    r"обидв\w+)"
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


_ALL_COSTS = re.compile(
    r"\b(?:bears?|covers?|pays?|meets?|takes? on|foots?)\s(?:all (?:of )?)?(?:the )?(?:full |whole |entire |"
    r"total )?(?:costs?|bill|price)\b|"
    r"\b(?:trägt|tragen|übernimmt|übernehmen)\b[^.]*\b\w*[Kk]osten\b|\b(?:бере|беруть|візьме|покриває|покриють|"
    r"сплатить|сплатять)\b"
    r"[^.]*\b(?:вартість|витрати|видатки)\b",
    re.IGNORECASE,
)
"""Who bears the cost of what was told before, and how much that is."""


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
        or (_ALL_COSTS.search(found.text) and {each.id for each in actors(found)} == set(last.contributors))
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
