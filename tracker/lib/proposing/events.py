"""Meetings, incidents, initiatives that are founded, and needs that are stated."""

import re

from tracker.lib.proposing import cues
from tracker.lib.proposing.amounts import as_fact
from tracker.lib.proposing.context import Context, certainty, in_currency, schemes
from tracker.lib.proposing.dates import ON, resolved
from tracker.lib.proposing.names import CAPITAL, DEMONYM, FORUM, OFFICIAL, PARTY, PLACE, Mention
from tracker.lib.proposing.noting import note_mention, note_parties, note_things
from tracker.lib.proposing.proposal import INCIDENT, INITIATIVE, MEETING, PLANNED, REQUIREMENT, STATED, Fact
from tracker.lib.proposing.reading import RUSSIA, UKRAINE, Read, actors
from tracker.lib.proposing.scheme_words import PLACE_OF_CAPITAL
from tracker.lib.proposing.things import ONE, UNKNOWN, Thing

_CHAIRED = re.compile(
    r"\bchair(?:ed|s|manship|ing)?\b|\bled by\b|\blead(?:s)? (?:a|the) meeting|\bwill lead\b|"
    r"\bhosted by\b|\bVorsitz\b|\bLeitung\b|\bleite\w+\b|\bгологу\w+|\bголовуванн\w+|\bочол\w+",
    re.IGNORECASE,
)
_TO_COME = re.compile(
    r"\bwill\b|\bis to\b|\bexpected\b|\bfollow\b|\btagt\b(?! seit)|\bwerden\b|\bwird\b|\bзбер\w+|"
    r"\bвідбудеться|\bплану\w+|\bnext week|\btomorrow",
    re.IGNORECASE,
)


def meeting(found: Read, context: Context) -> Fact | None:
    """Return the meeting that a sentence tells of; None where it tells of none."""
    forums = found.of(FORUM)
    if (
        not forums
        or found.sentence.is_question
        or (not cues.says("meeting", found.text, context.language) and not _at_a(found, forums[0]))
    ):
        return None
    if cues.says("call", found.text, context.language) or re.search(
        r"\bcalled for\b|\brequested consultations\b(?![^.]*will meet)", found.text
    ):
        return None
    forum = forums[0]
    is_chaired = _CHAIRED.search(found.text)
    chairs = _chairs(found) if is_chaired else []
    to_come = bool(_TO_COME.search(found.text)) and not re.search(
        r"\bmet\b|\bannounced\b|\bconvened\b|\bopened\b", found.text
    )
    own = [date for date in found.dates if date.said == ON and (date.is_day or "/" in date.edtf)]
    near = min(own, key=lambda date: abs(date.start - forum.end)) if own else None
    date = resolved(near, context.published, is_ahead=to_come) if near else context.occasion
    if near is None and not date and not chairs:
        return None
    fact = Fact(
        MEETING,
        found.sentence.start,
        found.sentence.end,
        "meeting of a forum",
        90 if own else 70,
        contributors=chairs,
        date=date,
        initiative=forum.name,
        area=_place(found),
        certainty=PLANNED if to_come and _is_later(date, context) else STATED,
    )
    note_mention(fact, found, forum, "initiative")
    note_parties(fact, found, "contributors", chairs)
    if near is not None:
        fact.note("date", found.sentence.start, near.start, near.end)
    return fact


def chairs_of_last(found: Read, context: Context) -> bool:
    """Add who chairs the meeting of the sentence before, where this says it; tell whether it does."""
    last = context.facts[-1] if context.facts else None
    if last is None or last.kind != MEETING or last.contributors or not _CHAIRED.search(found.text):
        return False
    if found.of(FORUM) or found.amounts or found.things:
        return False
    last.contributors = _chairs(found)
    note_parties(last, found, "contributors", last.contributors)
    return bool(last.contributors)


def _is_later(date: str | None, context: Context) -> bool:
    return date is None or date.rpartition("/")[2] > context.published.isoformat()


def _at_a(found: Read, forum: Mention) -> bool:
    """Tell whether something was said at a meeting: announced at the Contact Group in Brussels."""
    return bool(
        re.search(
            r"\b(?:at|beim|auf dem|на)\s(?:the\s|a\s)?(?:\w+\s)?(?:summit of the\s|Treffen der\s|засіданні\s)?$",
            found.text[: forum.start],
            re.IGNORECASE,
        )
    )


def _chairs(found: Read) -> list[str]:
    named = [each.id for each in found.of(PARTY, DEMONYM, OFFICIAL) if each.id not in (UKRAINE, RUSSIA, "NATO", "EU")]
    return list(dict.fromkeys(named))


def _place(found: Read) -> str | None:
    for mention in found.of(PLACE, CAPITAL):
        before = found.text[: mention.start]
        if mention.kind == PLACE and mention.name != "Baltic Sea":
            return mention.name.strip()
        if mention.kind == CAPITAL and re.search(r"\b(?:in|at|у|в)\s$", before) and mention.id in PLACE_OF_CAPITAL:
            return f"{PLACE_OF_CAPITAL[mention.id]}, {mention.id}"
    return None


_AIR = re.compile(
    r"airspace|Luftraum|повітрян\w+ прост|drones? (?:circled|crashed|came down|crossed|entered)|"
    r"Drohnen? [^.]*(?:abgestürzt|stürzte)|дрон\w* [^.]*(?:впа|упа)",
    re.IGNORECASE,
)
_INTRUDERS = (
    "drone",
    "Shahed-136",
    "Gerbera",
    "MiG-31",
    "MiG-29",
    "fighter aircraft",
    "aircraft",
    "helicopter",
    "Su-30",
    "Su-24",
    "Su-35",
    "Il-20",
    "kamikaze drone",
    "attack drone",
    "missile",
    "cruise missile",
    "reconnaissance drone",
)


def incident(found: Read, context: Context) -> Fact | None:
    """Return the violation of an airspace that a sentence tells of."""
    entered = cues.says("intruded", found.text, context.language)
    intruders = [thing for thing in found.things if thing.what in _INTRUDERS or thing.is_platform]
    if not entered or not intruders or found.sentence.is_question:
        return None
    if any(cues.says(cue, found.text, context.language) for cue in ("negated", "call")) or re.search(
        r"\bhas(?:ve)? counted|last year|im Vorjahr|торік|уже\b|вже\b|20(?:1\d|2[0-4])\b", found.text, re.IGNORECASE
    ):
        return None
    where = _airspace(found, entered.start())
    if where is None or not (_AIR.search(found.text) or any(each.id == RUSSIA for each in found.mentions)):
        return None
    own = [date for date in found.dates if date.said == ON]
    date = resolved(own[0], context.published, is_ahead=False) if own else None
    intruder = min(intruders, key=lambda thing: abs(thing.start - entered.start()))
    if intruder.quantity is UNKNOWN and re.search(
        r"(?:дрон|безпілотник|гелікоптер|літак)$", found.text[intruder.start : intruder.end]
    ):
        intruder.quantity = ONE
    if (
        len({each.id for each in found.of(PARTY, DEMONYM) if each.id != RUSSIA}) > 1
        and "recent" in found.text.lower()
        and not own
    ):
        return None
    fact = Fact(
        INCIDENT,
        found.sentence.start,
        found.sentence.end,
        "violation of an airspace",
        85,
        items=[intruder.as_fact()],
        date=date,
        area=where,
    )
    note_things(fact, found, [intruder])
    note_parties(fact, found, "area", [where])
    return fact


def _airspace(found: Read, entered: int) -> str | None:
    """Return whose airspace it was: of an adjective before the word, else the name nearest after the verb."""
    named = [each for each in found.of(PARTY, DEMONYM) if each.id not in (RUSSIA, UKRAINE, "NATO", "EU", "BLR")]
    for mention in named:
        if re.match(r"['’]?s?\s(?:airspace|territory|Luftraum\w*)", found.text[mention.end :]) or re.search(
            r"(?:airspace of|Luftraum|прост(?:ір|ору))\s(?:von\s|the\s)?$", found.text[: mention.start], re.IGNORECASE
        ):
            return mention.id
    for mention in named:
        if re.search(
            r"\b(?:over|into|in|over the|nach|über|у|в|над|in den)\s(?:the\s)?$",
            found.text[: mention.start],
            re.IGNORECASE,
        ):
            return mention.id
    return None


_QUOTED = re.compile(r"[«„“\"'‘](?P<name>[A-ZÄÖÜА-ЯІЇЄҐ][^«»„“”\"'’]{2,60})[»“”\"'’]")
_SCHEME = re.compile(
    r"\b(?:initiative|fund|coalition|programme|program|pool|mission|facility|joint venture|Initiative|"
    r"Fonds|Koalition|Programm|Mission|ініціатив\w*|фонд\w*|коаліці\w*|програм\w*|спільне підприємство)\b",
    re.IGNORECASE,
)


def founded(found: Read, context: Context) -> Fact | None:
    """Return the initiative that a sentence says was founded, or launched, or proposed."""
    made = cues.says("founded", found.text, context.language)
    quoted, known = _QUOTED.search(found.text), schemes(found)
    if (
        not made
        or not (quoted or known)
        or not (_SCHEME.search(found.text) or (quoted and re.search(r"[A-Z]\w+", quoted["name"])))
    ):
        return None
    if any(cues.says(cue, found.text, context.language) for cue in ("negated", "call", "restated")):
        return None
    if known and not quoted and not re.search(r"launch|start|gestartet", made.group(), re.IGNORECASE):
        return None
    name = (
        known[0].name
        if known and (not quoted or known[0].start >= quoted.start() - 1)
        else quoted["name"].rstrip(", ")
        if quoted
        else ""
    )
    given = [each.id for each in actors(found)] or [each.id for each in found.of(PARTY) if each.id == "NATO"]
    if re.search(r"\b(?:Kyiv|Україна|Київ|Ukraine|Kiew)\b[^.]*", found.text[: made.start()]):
        given = [*given, UKRAINE] if given else given
    amount = in_currency(found.amounts[0], given, context) if found.amounts else None
    own = [date for date in found.dates if date.said == ON and date.is_day]
    date = resolved(own[0], context.published, is_ahead=False) if own else None
    month = next(
        (
            each.edtf
            for each in found.dates
            if each.said == ON and not each.is_day and made.start() <= each.start < made.end() + 20
        ),
        None,
    )
    return Fact(
        INITIATIVE,
        found.sentence.start,
        found.sentence.end,
        "initiative founded",
        80 if quoted else 70,
        contributors=list(dict.fromkeys(given)),
        initiative=name,
        amount=as_fact(amount) if amount else None,
        date=date or month or context.occasion,
        certainty=certainty(found.text, context.language) if "propos" in found.text else STATED,
    )


_DESCRIBED = re.compile(r"^[^.;]{0,25}\bwhich (?:sells|buys|purchases|procures|pools)\b", re.IGNORECASE)


def described(found: Read) -> Fact | None:
    """Return the initiative of which a sentence says what it does: sells American weapons to partners for Ukraine."""
    named = next((each for each in schemes(found) if _DESCRIBED.match(found.text[each.end :])), None)
    if named is None:
        return None
    after = found.text[named.end :]
    return Fact(
        INITIATIVE, found.sentence.start + named.start, found.sentence.end, "initiative described", 75,
        beneficiary=UKRAINE if any(each.id == UKRAINE and each.start > named.end for each in found.of(PARTY)) else None,
        supplier="USA" if re.search(r"\b(?:US|American)[- ]made\b|\bUS weapons\b", after) else None,
        initiative=named.name,
    )  # fmt: skip


def needed(found: Read, context: Context) -> Fact | None:
    """Return what a sentence says that Ukraine needs."""
    need = cues.says("needing", found.text, context.language)
    if not need or not re.search(
        r"\b(?:Ukraine|Kyiv|Kiew|Kiev|Україн\w*|Київ)\W*(?:\w+\s)?$", found.text[: need.start()][-40:]
    ):
        return None
    if (not found.things and not found.amounts) or cues.says("negated", found.text, context.language):
        return None
    counted: list[Thing] = [thing for thing in found.things if thing.quantity is not UNKNOWN] or found.things
    amount = in_currency(found.amounts[0], [], context) if found.amounts else None
    fact = Fact(
        REQUIREMENT,
        found.sentence.start,
        found.sentence.end,
        "need stated",
        80,
        beneficiary=UKRAINE,
        items=[thing.as_fact() for thing in counted],
        amount=as_fact(amount) if amount else None,
        date=context.date_of(found, 0, len(found.text), is_ahead=False),
    )
    note_things(fact, found, counted)
    return fact
