"""Pledges and deliveries: what a clause says that somebody gives, has given, or takes back."""

import re

from tracker.lib.proposing import joint
from tracker.lib.proposing.clause import Clause
from tracker.lib.proposing.context import Context, certainty, in_currency, schemes
from tracker.lib.proposing.evidence import note_clause, note_things
from tracker.lib.proposing.kinds.movements import TERM, has_term, have_come, is_instalment, money_has_come, movement
from tracker.lib.proposing.kinds.several_amounts import scheme_after, separate
from tracker.lib.proposing.no_facts import YET_TO_BE, is_no_fact
from tracker.lib.proposing.open_offers import is_offer
from tracker.lib.proposing.proposal import CONSIDERED, DELIVERY, PLANNED, PLEDGE, STATED, Fact
from tracker.lib.proposing.reading import cues
from tracker.lib.proposing.reading.amounts import Amount, as_fact
from tracker.lib.proposing.reading.dates import is_of_saying, resolved
from tracker.lib.proposing.reading.read import UKRAINE, Read
from tracker.lib.proposing.reading.thing import UNKNOWN, Thing
from tracker.lib.proposing.receiving import beneficiary
from tracker.lib.proposing.referring import STEPS, refer_back

_PURL = "PURL"
_SUPPLIED = re.compile(
    r"(?:company|firm|manufacturer|maker|supplier|Hersteller|Firma|Unternehmen|компані\w+|"
    r"виробник\w*)\s[«„\"“]?(?P<name>[A-ZÄÖÜА-ЯІЇЄҐ][\w’'.&-]*(?:\s[A-ZÄÖÜА-ЯІЇЄҐ][\w’'.&-]*){0,3})"
    r"|(?:Hersteller ist|from|contracted|bei)\s(?P<other>[A-ZÄÖÜ][a-zäöüß]{4,}[\w-]*(?:\s[A-ZÄÖÜ][\w-]+)+)"
)


def giving(found: Read, clause: Clause, context: Context) -> list[Fact]:
    """Return the facts of a clause; none where it denies, recalls or only adds up what was given."""
    language, text = context.language, clause.text
    refer_back(found, clause, context)
    kind, stage = _kind(found, clause, language)
    is_open = kind is None and is_offer(found, clause, context)
    if is_open:
        kind, stage = PLEDGE, PLEDGE
    is_off = stage == "cancellation"
    if not clause.has_values or kind is None or is_no_fact(text, found, clause, context, kind, is_off=is_off):
        return []
    if _says_too_little(found, clause, text, language) and kind != DELIVERY:
        return []
    sure = STATED if kind == DELIVERY and stage != PLANNED else certainty(text, language)
    if kind == DELIVERY and stage == PLANNED:
        stage, sure = DELIVERY, PLANNED
    is_ahead = sure != STATED or bool(re.search(r"\bwill\b", text))
    date = _date(found, clause, context, kind, sure, is_ahead=is_ahead)
    if clause.amounts and kind == DELIVERY:
        # What arrives are things; their worth is that of the promise.
        clause.amounts = []
    parts = separate(found, clause, context.facts[-1] if context.facts else None)
    made = [
        _fact(found, clause, context, kind, stage, sure, date, amount, _things_of(at, parts, clause))
        for at, amount in enumerate(parts)
    ]
    for fact in made:
        # By a verb that nothing knows.
        fact.score -= 8 if is_open else 0
    return made


def _things_of(at: int, parts: list[Amount | None], clause: Clause) -> list[Thing]:
    """Return the things of one amount of several: those that follow it, and of the first those before it, too."""
    amount = parts[at]
    begin = amount.start if at and amount else -1
    after = parts[at + 1] if at + 1 < len(parts) else None
    return [thing for thing in clause.things if thing.start > begin and (after is None or thing.start < after.start)]


def _kind(found: Read, clause: Clause, language: str) -> tuple[str | None, str | None]:
    """Return the kind of fact and its stage; PLANNED for a delivery to come."""
    text = clause.text
    if cues.says("cancelled", text, language):
        return PLEDGE, "cancellation"
    if money_has_come(clause, language):
        return PLEDGE, "disbursement"
    if have_come(found, clause, language):
        return DELIVERY, DELIVERY
    moved = movement(found, clause, language)
    if moved is not None:
        return DELIVERY, moved
    if clause.refers and clause.things:
        is_step = TERM.search(text) or any(cues.says(cue, text, language) for cue in STEPS)
        if cues.says("considered", text, language) or not is_step:
            return PLEDGE, PLEDGE
        is_done = cues.says("delivered", text, language) and not YET_TO_BE.search(text)
        return DELIVERY, DELIVERY if is_done else PLANNED
    says_it_will = language == cues.DE and not clause.is_carried and re.search(r"\bwerde\b", text)
    if (
        cues.says("coming", text, language)
        and not says_it_will
        and clause.things
        and not clause.amounts
        and has_term(found, clause)
    ):
        return DELIVERY, PLANNED
    if is_instalment(found, clause) and TERM.search(text) and cues.says("handing", text, language):
        return DELIVERY, DELIVERY if cues.says("delivered", text, language) and not YET_TO_BE.search(text) else PLANNED
    for cue, stage in (("contract", "contract"), ("paid", "disbursement")):
        if cues.says(cue, text, language) and (cue == "contract" or clause.amounts):
            return PLEDGE, stage
    if cues.says("delivered", text, language) and clause.things and not YET_TO_BE.search(text):
        return DELIVERY, DELIVERY
    if not clause.is_row and not any(cues.says(cue, text, language) for cue in ("giving", "agreed", "considered")):
        return None, None
    for cue, stage in (("allocated", "allocation"), ("agreed", "commitment")):
        if cues.says(cue, text, language):
            return PLEDGE, stage
    return PLEDGE, PLEDGE


def _says_too_little(found: Read, clause: Clause, text: str, language: str) -> bool:
    """Tell whether a clause says neither how much nor how many, and either not who gives, or not that it is given."""
    if clause.amounts or any(thing.is_counted for thing in clause.things):
        return False
    is_heading = found.sentence.text.rstrip().endswith(":")
    says_given = any(cues.says(cue, text, language) for cue in ("handing", "agreed", "considered", "cancelled"))
    return not is_heading and (clause.is_carried or not says_given)


def _date(found: Read, clause: Clause, context: Context, kind: str, sure: str, *, is_ahead: bool) -> str | None:
    if sure == CONSIDERED:
        return None
    inside = [each for each in found.dates if clause.start <= each.start < clause.end]
    if kind == DELIVERY:
        inside = [each for each in inside if not is_of_saying(found.text, each)] or inside
        for date in inside:
            if date.said == "from" and sure == PLANNED:
                continue
            edtf = resolved(date, context.published, is_ahead=is_ahead)
            if date.said == "by":
                return f"../{edtf.rpartition('/')[2]}"
            if date.said == "from":
                return f"{edtf}/{context.occasion or context.published.isoformat()}"
            return edtf
        return None
    days = [each for each in found.dates if each.said == "on" and each.is_days]
    own = [each for each in days if clause.start <= each.start < clause.end] or days[:1]
    if own:
        return resolved(own[0], context.published, is_ahead=False)
    return context.occasion


def _fact(
    found: Read,
    clause: Clause,
    context: Context,
    kind: str,
    stage: str | None,
    sure: str,
    date: str | None,
    amount: Amount | None,
    things: list[Thing],
) -> Fact:
    contributors = clause.contributors
    priced = (
        in_currency(_in_currency_beside(amount, found, contributors, context.issuer), contributors, context)
        if amount
        else None
    )
    if priced:
        context.currency, context.priced_for = priced.currency, contributors
    scheme = _scheme(found, clause, context, amount)
    told = found.text[found.condition[0] : found.condition[1]] if found.condition else None
    fact = Fact(
        kind,
        found.sentence.start + (clause.start if clause.start else 0),
        found.sentence.start + clause.end,
        "delivery" if kind == DELIVERY else "promise",
        _score(found, clause, kind, context),
        contributors=contributors,
        beneficiary=beneficiary(found, clause, context),
        supplier=_supplier(found, scheme),
        items=[thing.as_fact() for thing in things],
        amount=as_fact(priced) if priced else None,
        date=date,
        initiative=scheme,
        stage=None if sure == CONSIDERED else stage,
        condition=found.sentence.text[found.condition[0] : found.condition[1]]
        if told is not None and found.condition
        else None,
        certainty=sure,
    )
    if not fact.items and context.facts and _SAME_END.search(found.text):
        unknown = UNKNOWN.qualifier
        fact.items = [
            {"what": item["what"], "quantity": {"low": None, "high": None, "qualifier": unknown}}
            for item in context.facts[-1].items
        ]
    joint.split_each(fact, found, clause, context, priced)
    note_clause(fact, found, clause, amount)
    note_things(fact, found, [thing for thing in things if thing in found.things])
    return fact


_SAME_END = re.compile(
    r"\b(?:to|for) the same (?:end|purpose|aim)\b|\bzum (?:selben|gleichen) Zweck\b|\bна (?:ті самі|ті ж) цілі\b|"
    r"\bна те саме\b",
    re.IGNORECASE,
)
"""What is given for what was named before it."""
_OWN_DOLLAR = {"CAN": "CAD", "AUS": "AUD", "NZL": "NZD"}


def _in_currency_beside(amount: Amount, found: Read, contributors: list[str], issuer: list[str]) -> Amount:
    """Return an amount that names no currency in that of the amount before it in its sentence, and a bare dollar in
    that of a state that speaks of itself."""
    own = _OWN_DOLLAR.get(contributors[0]) if len(contributors) == 1 and contributors == issuer else None
    if (
        own
        and re.search(r"(?<![A-Z])\$", found.text[amount.start : amount.end])
        and not found.text[: amount.start].endswith("US")
    ):
        return amount.of(own)
    before = [each.currency for each in found.amounts if each.end <= amount.start and each.currency]
    return amount if amount.currency or not before else amount.of(before[-1])


_WE = re.compile(r"\b(?:we|our|wir|unser\w*|ми|наш\w*)\b", re.IGNORECASE)


def _score(found: Read, clause: Clause, kind: str, context: Context) -> int:
    # A delivery of what was named before is surer, and one by who is only guessed less so.
    is_known = clause.is_known or clause.contributors == context.issuer or any(each.is_part for each in clause.things)
    is_known = is_known or context.is_headed(found)
    is_open = clause.is_carried and not is_known and not _WE.search(clause.text)
    carried = 10 if clause.contributors == context.issuer else 15
    points = 90 - (carried if clause.is_carried else 0) - (0 if clause.amounts else 5)
    if kind == DELIVERY:
        points += 10 if clause.is_known else -5 if is_open else 5
    return points


def _scheme(found: Read, clause: Clause, context: Context, amount: Amount | None) -> str | None:
    inside = [each for each in schemes(found) if clause.start <= each.start < clause.end] or schemes(found)[:1]
    if amount is not None and scheme_after(found, amount, clause):
        return scheme_after(found, amount, clause)
    if inside:
        return inside[0].name
    if re.search(
        r"\b(?:the same|the initiative|the mechanism|the scheme|the programme|the coalition|the fund|до коаліції|to "
        r"it\b|на неї|на ту ж|"
        r"в програм|dieselbe|die Initiative)",
        found.text,
        re.IGNORECASE,
    ):
        return context.initiative
    return None


def _supplier(found: Read, scheme: str | None) -> str | None:
    if scheme == _PURL or re.search(
        r"\b(?:US|American) (?:weapons|arms)|amerikanische\w* Waffen|американськ\w+ збро", found.text
    ):
        return "USA"
    match = _SUPPLIED.search(found.text)
    if match:
        return (match["name"] or match["other"]).strip()
    return (
        UKRAINE
        if re.search(
            r"Ukrainian (?:manufacturers|industry|producers|companies)|українськ\w+ (?:виробник|"
            r"виробництв|підприємств)|ukrainischen? (?:Herstellern|Produktion)",
            found.text,
        )
        else None
    )
