"""Which amounts of a clause are facts by themselves: those of initiatives, and not what comes with things."""

import re

from tracker.lib.proposing.clause import Clause
from tracker.lib.proposing.context import schemes
from tracker.lib.proposing.proposal import Fact
from tracker.lib.proposing.reading.amounts import Amount
from tracker.lib.proposing.reading.read import Read


def separate(found: Read, clause: Clause, before: Fact | None) -> list[Amount | None]:
    """Return the amounts of a clause that are facts by themselves: all that go to an initiative, and the first."""
    if not clause.amounts:
        return [None]
    whole = before.amount["value"] if before and before.amount else None
    if OF_THIS.match(clause.text) and sum(each.low for each in clause.amounts) != whole:
        # What a part of a sum is for; what goes to an initiative is a fact by itself.
        return [each for each in clause.amounts if scheme_after(found, each, clause)]
    first, parts = clause.amounts[0], clause.amounts[1:]
    if sum(each.low for each in parts) == first.low and any(scheme_after(found, each, clause) for each in parts):
        # What goes to several initiatives is several facts, and their sum is none.
        return list(parts)
    kept: list[Amount | None] = [None] if _is_beside_things(found, clause) else []
    schemes_of_others: set[str | None] = set()
    for at, amount in enumerate(clause.amounts):
        scheme = scheme_after(found, amount, clause)
        is_of_another = scheme not in schemes_of_others and (scheme is not None or _is_for(found, amount, clause))
        if at == 0 or is_of_another:
            kept.append(amount)
        schemes_of_others.add(scheme)
    return kept


OF_THIS = re.compile(
    r"\W*(?:of (?:this|that|which|it|the (?:sum|total|loan|package|money))|davon|з них|із них|"
    r"з цієї суми)\b",
    re.IGNORECASE,
)
"""What stands before a part of a sum that was told."""
_AND = re.compile(
    r"\b(?:and|as well as|plus|und|sowie|та|і|й)\s(?:(?:ha[sd] paid|pays|gives|zahlt|gibt)\s)?"
    r"(?:also\s|a\s|another\s|a further\s|weitere\s|ще\s)?$"
)
_FOR = re.compile(r"\s(?:for|to|towards?|into|für|an|in den|in die|zu|на|до)\s", re.IGNORECASE)


def _is_beside_things(found: Read, clause: Clause) -> bool:
    """Tell whether things stand before an amount that is for something else: 15 kitchens and 3 million for repairs."""
    first = clause.amounts[0]
    before = [thing for thing in clause.things if thing.is_counted and thing.end <= first.start]
    if len(clause.amounts) > 1 or not before:
        return False
    return bool(_AND.search(found.text[: first.start]) and _FOR.match(found.text[first.end :]))


def _is_for(found: Read, amount: Amount, clause: Clause) -> bool:
    """Tell whether an amount is joined to one for an initiative, and is for a thing of its own."""
    has_own = any(amount.end <= thing.start < clause.end for thing in clause.things)
    return bool(has_own and _AND.search(found.text[: amount.start]) and _FOR.match(found.text[amount.end :]))


def scheme_after(found: Read, amount: Amount, clause: Clause) -> str | None:
    following = [each for each in schemes(found) if amount.end <= each.start < clause.end]
    between = [each for each in clause.amounts if following and amount.end <= each.start < following[0].start]
    return following[0].name if following and not between else None
