"""Lists and tables in a text: what stands below a line belongs to it."""

import re
from decimal import Decimal

from tracker.lib import numbers as conventions
from tracker.lib.numbers import Mark, NumberError
from tracker.lib.proposing.acting import actors
from tracker.lib.proposing.context import Context
from tracker.lib.proposing.partners import partners
from tracker.lib.proposing.proposal import PLEDGE
from tracker.lib.proposing.reading.read import Read

_ROW = re.compile(
    r"^(?P<what>.*?[^\d\s]\S*)\s+(?P<number>\d[\d.,]*|not disclosed|undisclosed|withheld|"
    r"n/a)\s+(?:(?P<code>[A-Z]{3})\s)?(?P<amount>\d{1,3}(?:[.,  ]\d{3})+)$"
)
_HEAD = re.compile(r"\((?P<code>[A-Z]{3})\)\s*$")


def listed(found: list[Read], at: int, *, of_a_package: bool = False, total: int | float | None = None) -> list[Read]:
    """Return the items below a line that ends in a colon; those that name who gives keep that line, and are none
    of it. So do those with amounts of their own, where no sum of a package was named."""
    if not found[at].sentence.text.rstrip().endswith(":") or found[at].sentence.is_item:
        return []
    items = []
    for each in found[at + 1 :]:
        if not each.sentence.is_item and not _is_line(each):
            break
        if _is_of_a_party(each):
            each.frame = found[at].text
        else:
            items.append(each)
    if total is not None and total == sum(each.amounts[0].low for each in items if each.amounts):
        # What the items cost adds up to the sum above them.
        return items
    priced = sum(bool(each.amounts) for each in items)
    if not of_a_package and not found[at].amounts and items and (priced > 1 or priced == len(items)):
        for each in items:
            each.frame = found[at].text
        return []
    return items


def _is_line(found: Read) -> bool:
    """Tell whether a line has but the name of something and its amount: `Fuel: DKK 0.5 billion`."""
    head, colon, _rest = found.sentence.text.partition(":")
    if not colon or len(head) > _LONGEST_NAME or len(found.amounts) != 1 or actors(found):
        return False
    amount = found.amounts[0]
    beside = found.text[len(head) + 1 : amount.start] + found.text[amount.end :]
    return amount.start > len(head) and not re.search(r"\w{3,}", beside)


_LONGEST_NAME = 60


def _is_of_a_party(found: Read) -> bool:
    """Tell whether an item is a fact of its own: `- Spain: five tanks`, `- three radars, given by Sweden`."""
    named = actors(found)
    if partners(found) and found.values:
        return True
    if not named or not found.values:
        return False
    before = found.text[: named[0].start]
    if _STOCK.match(found.text[named[0].end :]):
        return False
    return not re.search(r"\w", before) or bool(_GIVEN.search(before))


_STOCK = re.compile(r"[^.,;]{0,40}\b(?:stocks?|inventory|Bestand|Beständen|запас\w+)\b", re.IGNORECASE)
_GIVEN = re.compile(
    r"\b(?:from|by|von|durch|aus|від|з|із|which|яку|який|яке|які|оплачен\w+|наданих?|переданих?)\s(?:the |der |"
    r"dem |den |\w+\s)?$",
    re.IGNORECASE,
)


def add_table_row(found: Read, context: Context) -> bool:
    """Add a row of a table, with its number and its amount, to the promise above it; tell whether it was one."""
    head = _HEAD.search(found.sentence.text)
    if head and not found.amounts and len(found.sentence.text) < 80:
        context.currency = head["code"]
        return True
    match = _ROW.match(found.sentence.text.strip())
    last = next((fact for fact in reversed(context.facts) if fact.kind == PLEDGE), None)
    if match is None or last is None:
        return bool(re.match(r"^\s*(?:Total|Summe|Gesamt|Разом|Усього)\b[\s\d.,]*$", found.sentence.text))
    what = found.things[0].what if found.things else match["what"].strip()
    mark = Mark.POINT if context.language == "en" else Mark.COMMA
    try:
        amount = conventions.parse(match["amount"], mark)
        number: Decimal | None = conventions.parse(match["number"], mark) if match["number"][0].isdigit() else None
    except NumberError:
        return False
    quantity = (
        {"low": None, "high": None, "qualifier": "withheld"}
        if number is None
        else {"low": int(number), "high": int(number), "qualifier": "exact"}
    )
    code = match["code"] or context.currency or "EUR"
    last.items = [item for item in last.items if item["what"] != "military equipment"]
    last.items.append(
        {"what": what, "quantity": quantity, "amount": {"value": int(amount), "currency": code, "qualifier": "exact"}}
    )
    return True
