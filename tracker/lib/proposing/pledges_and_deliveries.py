"""Pledges and deliveries: what a clause says that somebody gives, has given, or takes back."""

import re

from tracker.lib import quantities
from tracker.lib.proposing import joint
from tracker.lib.proposing.clause import Clause
from tracker.lib.proposing.context import Context, certainty, in_currency, schemes
from tracker.lib.proposing.evidence import note_clause, note_things
from tracker.lib.proposing.no_facts import YET_TO_BE, is_no_fact
from tracker.lib.proposing.proposal import CONSIDERED, DELIVERY, PLANNED, PLEDGE, STATED, Fact
from tracker.lib.proposing.reading import cues
from tracker.lib.proposing.reading.amounts import Amount, as_fact
from tracker.lib.proposing.reading.dates import resolved
from tracker.lib.proposing.reading.names import PARTY
from tracker.lib.proposing.reading.read import UKRAINE, Read
from tracker.lib.proposing.reading.thing import Thing
from tracker.lib.proposing.referring import refer_back

_PURL = "PURL"
_SUPPLIED = re.compile(
    r"(?:company|firm|manufacturer|maker|supplier|Hersteller|Firma|Unternehmen|компані\w+|"
    r"виробник\w*)\s[«„\"“]?(?P<name>[A-ZÄÖÜА-ЯІЇЄҐ][\w’'.&-]*(?:\s[A-ZÄÖÜА-ЯІЇЄҐ][\w’'.&-]*){0,3})"
    r"|(?:Hersteller ist|from|contracted|bei)\s(?P<other>[A-ZÄÖÜ][a-zäöüß]{4,}[\w-]*(?:\s[A-ZÄÖÜ][\w-]+)+)"
)
_TO = re.compile(r"\b(?:suppl(?:y|ies)|provid(?:e|es)|equip(?:s)?)\s(?P<to>[A-Z]\w+)\swith\b")


def giving(found: Read, clause: Clause, context: Context) -> list[Fact]:
    """Return the facts of a clause; none where it denies, recalls or only adds up what was given."""
    language, text = context.language, clause.text
    refer_back(found, clause, context)
    kind, stage = _kind(text, clause, language)
    if not clause.has_values or kind is None or is_no_fact(text, found, clause, context, kind):
        return []
    if _says_too_little(found, clause, text, language) and kind != DELIVERY:
        return []
    sure = STATED if kind == DELIVERY and stage != PLANNED else certainty(text, language)
    if kind == DELIVERY and stage == PLANNED:
        stage, sure = DELIVERY, PLANNED
    is_ahead = sure != STATED or bool(re.search(r"\bwill\b", text))
    date = _date(found, clause, context, kind, sure, is_ahead=is_ahead)
    if clause.amounts and _is_of_a_part(found, clause):
        clause.amounts = []
    separate = _separate(found, clause, context)
    return [
        _fact(found, clause, context, kind, stage, sure, date, amount, _things_of(at, separate, clause))
        for at, amount in enumerate(separate)
    ]


_WITH = re.compile(r",?\s(?:(?:together|along) )?(?:with|mit|разом із|із|з)\s(?:a further |another |zusätzlich |ще )?")


def _is_of_a_part(found: Read, clause: Clause) -> bool:
    """Tell whether the one amount of a clause is only for what comes with its things: two ships, with 9 million for
    training."""
    [first, *more] = clause.amounts
    before = [thing for thing in clause.things if thing.is_counted and thing.end <= first.start]
    if more or not before or not _FOR.match(found.text[first.end :]):
        return False
    return bool(_WITH.fullmatch(found.text[before[-1].end : first.start]))


def _things_of(at: int, separate: list[Amount | None], clause: Clause) -> list[Thing]:
    """Return the things of one amount of several: those that follow it, and of the first those before it, too."""
    amount = separate[at]
    begin = amount.start if at and amount else -1
    after = separate[at + 1] if at + 1 < len(separate) else None
    return [thing for thing in clause.things if thing.start > begin and (after is None or thing.start < after.start)]


_TERM = re.compile(
    r"\b20\d\d\b|\b(?:quarter|Quartal|January|February|March|April|May|June|July|August|September|October|"
    r"November|December|Christmas|"
    r"spring|summer|autumn|winter|months?|weeks?|year|tomorrow|soon|Ende|Anfang|Mitte|Januar|Februar|März|Mai|"
    r"Juni|Juli|Oktober|"
    r"November|Dezember|Frühjahr|Sommer|Herbst|Winter|Weihnachten|Woche|Monat|Jahr\w*|demnächst)\b|"
    r"\b(?:квартал|кінц|лют|берез|квіт|трав|черв|лип|серп|верес|жовт|листопад|груд|січ|весн|навесні|літ|влітку|"
    r"осін|восени|зим|взимку|тиж|місяц|рок)",
    re.IGNORECASE,
)


def _kind(text: str, clause: Clause, language: str) -> tuple[str | None, str | None]:
    """Return the kind of fact and its stage; PLANNED for a delivery to come."""
    if cues.says("cancelled", text, language):
        return PLEDGE, "cancellation"
    if clause.refers and clause.things:
        is_done = cues.says("delivered", text, language) and not YET_TO_BE.search(text)
        return DELIVERY, DELIVERY if is_done else PLANNED
    says_it_will = language == cues.DE and not clause.is_carried and re.search(r"\bwerde\b", text)
    if (
        cues.says("coming", text, language)
        and not says_it_will
        and clause.things
        and not clause.amounts
        and _TERM.search(text)
    ):
        return DELIVERY, PLANNED
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
    return not is_heading and (clause.is_carried or not cues.says("handing", text, language))


def _date(found: Read, clause: Clause, context: Context, kind: str, sure: str, *, is_ahead: bool) -> str | None:
    if sure == CONSIDERED:
        return None
    inside = [each for each in found.dates if clause.start <= each.start < clause.end]
    if kind == DELIVERY:
        for date in inside:
            edtf = resolved(date, context.published, is_ahead=is_ahead)
            if date.said == "by":
                return f"../{edtf.rpartition('/')[2]}"
            if date.said == "from":
                return f"{edtf}/{context.occasion or context.published.isoformat()}"
            return edtf
        return None
    days = [each for each in found.dates if each.said == "on" and (each.is_day or "/" in each.edtf)]
    own = [each for each in days if clause.start <= each.start < clause.end] or days[:1]
    if own:
        return resolved(own[0], context.published, is_ahead=False)
    return context.occasion


def _separate(found: Read, clause: Clause, context: Context) -> list[Amount | None]:
    """Return the amounts of a clause that are facts by themselves: all that go to an initiative, and the first."""
    if not clause.amounts:
        return [None]
    first, parts = clause.amounts[0], clause.amounts[1:]
    if sum(each.low for each in parts) == first.low and any(_scheme_after(found, each, clause) for each in parts):
        # What goes to several initiatives is several facts, and their sum is none.
        return list(parts)
    kept: list[Amount | None] = [None] if _is_beside_things(found, clause) else []
    schemes_of_others: set[str | None] = set()
    for at, amount in enumerate(clause.amounts):
        scheme = _scheme_after(found, amount, clause)
        is_of_another = scheme not in schemes_of_others and (scheme is not None or _is_for(found, amount, clause))
        if at == 0 or is_of_another:
            kept.append(amount)
        schemes_of_others.add(scheme)
    return kept


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


def _scheme_after(found: Read, amount: Amount, clause: Clause) -> str | None:
    following = [each for each in schemes(found) if amount.end <= each.start < clause.end]
    between = [each for each in clause.amounts if following and amount.end <= each.start < following[0].start]
    return following[0].name if following and not between else None


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
        _score(clause),
        contributors=contributors,
        beneficiary=_beneficiary(found),
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
    _split_each(fact, found, clause, context, priced)
    note_clause(fact, found, clause, amount)
    note_things(fact, found, [thing for thing in things if thing in found.things])
    return fact


_OWN_DOLLAR = {"CAN": "CAD", "AUS": "AUD", "NZL": "NZD"}


def _in_currency_beside(amount: Amount, found: Read, contributors: list[str], issuer: list[str]) -> Amount:
    """Return an amount that names no currency in that of the amount before it in its sentence, and a bare dollar in
    that of a state that speaks of itself."""
    own = _OWN_DOLLAR.get(contributors[0]) if len(contributors) == 1 and contributors == issuer else None
    if own and re.match(r"(?<![A-Z])\$", found.text[amount.start :]) and not found.text[: amount.start].endswith("US"):
        return amount.of(own)
    before = [each.currency for each in found.amounts if each.end <= amount.start and each.currency]
    return amount if amount.currency or not before else amount.of(before[-1])


def _score(clause: Clause) -> int:
    return 90 - (15 if clause.is_carried else 0) - (0 if clause.amounts else 5)


def _scheme(found: Read, clause: Clause, context: Context, amount: Amount | None) -> str | None:
    inside = [each for each in schemes(found) if clause.start <= each.start < clause.end] or schemes(found)[:1]
    if amount is not None and _scheme_after(found, amount, clause):
        return _scheme_after(found, amount, clause)
    if inside:
        return inside[0].name
    if re.search(
        r"\b(?:the same|the initiative|the mechanism|the scheme|the programme|to it\b|на неї|на ту ж|"
        r"в програм|dieselbe|die Initiative)",
        found.text,
        re.IGNORECASE,
    ):
        return context.initiative
    return None


def _beneficiary(found: Read) -> str:
    to = _TO.search(found.text)
    if to:
        for mention in found.of(PARTY):
            if mention.start == to.start("to"):
                return mention.id
    return UKRAINE


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


def _split_each(fact: Fact, found: Read, clause: Clause, context: Context, amount: Amount | None) -> None:
    """Where each of several gives an amount, the fact is their sum, and the amount is each one's share."""
    many = len(fact.contributors)
    per_head = any(thing.is_per_head for thing in clause.things)
    if many > 1 and fact.amount is None and (per_head or cues.says("each", found.text, context.language)):
        joint.multiply(fact)
    if (
        many < 2
        or fact.amount is None
        or amount is None
        or not cues.says("each", found.text[max(0, amount.start - 30) : amount.end + 14], context.language)
    ):
        return
    if amount.qualifier != quantities.EXACT:
        return
    share = {"value": fact.amount["value"], "currency": fact.amount["currency"]}
    fact.split = dict.fromkeys(fact.contributors, share)
    fact.amount = fact.amount | {"value": share["value"] * many}
