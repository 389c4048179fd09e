"""Incidents, initiatives that are founded, and needs that are stated."""

import re

from tracker.lib.proposing.acting import actors, partners
from tracker.lib.proposing.context import Context, certainty, in_currency, schemes
from tracker.lib.proposing.noting import note_parties, note_things
from tracker.lib.proposing.proposal import INCIDENT, INITIATIVE, REQUIREMENT, STATED, Fact
from tracker.lib.proposing.reading import cues
from tracker.lib.proposing.reading.amounts import as_fact
from tracker.lib.proposing.reading.dates import ON, resolved
from tracker.lib.proposing.reading.names import CAPITAL, DEMONYM, OFFICIAL, PARTY
from tracker.lib.proposing.reading.read import RUSSIA, UKRAINE, Read
from tracker.lib.proposing.reading.segments import CONTENT, segments
from tracker.lib.proposing.reading.things import ONE, UNKNOWN, Thing

_AIR = re.compile(
    r"airspace|Luftraum|повітрян\w+ прост|\bdrones?\b|Drohne|дрон|безпілотник|balloon|Ballon|object|Flugkörper|"
    r"territory|territorium|територі|Gebiet",
    re.IGNORECASE,
)
_INTRUDERS = (
    "drone", "Shahed-136", "Gerbera", "MiG-31", "MiG-29", "fighter aircraft", "aircraft", "helicopter", "Su-30",
    "Su-24", "Su-35", "Su-27", "Il-20", "kamikaze drone", "attack drone", "missile", "cruise missile",
    "reconnaissance drone", "balloon", "flying object",
    "transport aircraft",
)  # fmt: skip
_SUMMED_UP = re.compile(
    r"\bha(?:s|ve) counted|\blast year|\bim Vorjahr|\bторік\b|\bseveral times\b|\brepeatedly\b|\bmehrfach\b|"
    r"\bwiederholt\b|\bimmer wieder\b|\bнеодноразово\b|"
    r"\bnumber of (?:violations|incidents|incursions)|\bZahl der\b|\bкількість\b|\bsince (?:the )?(?:start|"
    r"beginning)|\b20(?:1\d|2[0-4])\b",
    re.IGNORECASE,
)
_ATTACK = re.compile(
    r"\battack(?:ed|s)? (?:Ukrain|Kyiv|Odes|Khark|\w+ with)|\bangegriffen|\bgriff(?:en)?\b[^.]*\ban\b|"
    r"\bатакува\w+|\bzone of war",
    re.IGNORECASE,
)
_ITS = re.compile(
    r"\b(?:its|their|sein\w*|ihr\w*|(?:її|його|їхн\w+|сво\w+))\s(?:own |eigene\w* )?(?:airspace|border|territory|"
    r"Luftraum\w*|Grenze\w*|повітрян\w+|кордон\w*|територі\w+)"
)


def incident(found: Read, context: Context) -> Fact | None:
    """Return the violation of an airspace that a sentence tells of."""
    entered = cues.says("intruded", found.text, context.language)
    intruders = [thing for thing in found.things if thing.what in _INTRUDERS or thing.is_platform]
    if not entered or not intruders or found.sentence.is_question:
        return None
    if any(cues.says(cue, found.text, context.language) for cue in ("negated", "call")):
        return None
    if _SUMMED_UP.search(found.text) or _ATTACK.search(found.text):
        return None
    where = _airspace(found, entered.start())
    if where is None or not (_AIR.search(found.text) or any(each.id == RUSSIA for each in found.mentions)):
        return None
    own = [date for date in found.dates if date.said == ON]
    date = resolved(own[0], context.published, is_ahead=False) if own else None
    intruder = min(intruders, key=lambda thing: abs(thing.start - entered.start()))
    if intruder.quantity is UNKNOWN and re.search(
        r"(?:дрон|безпілотник|гелікоптер|літак|апарат)$", found.text[intruder.start : intruder.end]
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
    named = [
        each for each in found.of(PARTY, DEMONYM, CAPITAL) if each.id not in (RUSSIA, UKRAINE, "NATO", "EU", "BLR")
    ]
    for mention in named:
        if re.match(
            r"['’]?s?\s(?:airspace|territory|Luftraum\w*|Gebiet\w*|Territorium|небо|територі\w+|повітрян\w+)",
            found.text[mention.end :],
        ) or re.search(
            r"(?:airspace of|Luftraum|прост(?:ір|ору)|territory of|територі\w+)\s(?:von\s|the\s)?$",
            found.text[: mention.start],
            re.IGNORECASE,
        ):
            return mention.id
    if _ITS.search(found.text) and named:
        return named[0].id
    for mention in named:
        if re.search(
            r"\b(?:over|into|in|near|at|above|on|nach|über|nahe|bei|auf|у|в|над|на|поблизу|in den)\s(?:the\s|"
            r"der\s|die\s|das\s)?(?:[\w-]+\s){0,2}$",
            found.text[: mention.start],
            re.IGNORECASE,
        ):
            return mention.id
    if len({each.id for each in named}) == 1 and named[0].start > entered:
        return named[0].id
    return None


_QUOTED = re.compile(r"[«„“\"'‘](?P<name>[A-ZÄÖÜА-ЯІЇЄҐ][^«»„“”\"'’]{2,60})[»“”\"'’]")
_SCHEME = re.compile(
    r"\b(?:initiative|fund|coalition|programme|program|pool|mission|facility|joint venture|centre|center|shield|"
    r"wall|hub|alliance|scheme|mechanism|"
    r"Initiative|\w*[Ff]onds|Koalition|\w*[Pp]rogramm|Mission|\w*[Zz]entrum|\w*[Ii]nitiative|Schutzschirm|Schild|"
    r"Bündnis|"
    r"ініціатив\w*|фонд\w*|коаліці\w*|програм\w*|спільне підприємство|центр\w*|альянс\w*|механізм\w*|щит\w*)\b",
)
_SCHEME_NAME = re.compile(
    r"\b(?P<name>(?:[A-Z][\w-]+\s){1,5}(?:Initiative|Fund|Coalition|Programme|Facility|Centre|Shield|Hub|Alliance|"
    r"Mechanism|Pool|Mission))\b"
    r"|(?P<uk>(?:Європейськ\w+|Північн\w+|Балтійськ\w+|Східн\w+)\s(?:[а-яіїєґ'’-]+\s){0,2}(?:ініціатив\w+|фонд\w*|"
    r"коаліці\w+|центр\w*)(?:\s[а-яіїєґ'’-]+){0,2})"
)
_STARTED = re.compile(r"launch|start|new |gestartet|запус", re.IGNORECASE)


def founded(found: Read, context: Context) -> Fact | None:
    """Return the initiative that a sentence says was founded, or launched, or proposed."""
    made = cues.says("founded", found.text, context.language)
    if not made:
        return None
    words = _segment_at(found, made.start(), context.language)
    name = _name_of_scheme(found, made)
    if name is None or any(cues.says(cue, words, context.language) for cue in ("negated", "call", "restated")):
        return None
    beside = partners(found)
    given = [each.id for each in actors(found) if each.id not in beside]
    given = given or [each.id for each in found.of(PARTY) if each.id == "NATO"]
    if re.search(r"\b(?:Kyiv|Україна|Київ|Ukraine|Kiew)\b[^.]*", found.text[: made.start()]):
        given = [*given, UKRAINE] if given else given
    if not given:
        given = context.actors_before(found)
    given = [*given, *beside]
    sizes = [each for each in found.amounts if not _CHIPPED_IN.search(_segment_at(found, each.start, context.language))]
    amount = in_currency(sizes[0], given, context) if sizes else None
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
        80 if _QUOTED.search(found.text) else 70,
        contributors=list(dict.fromkeys(given)),
        initiative=name,
        amount=as_fact(amount) if amount else None,
        date=date or month or context.occasion,
        certainty=certainty(words, context.language) if _PROPOSED.search(words) else STATED,
    )


_CHIPPED_IN = re.compile(r"\bcontribut\w+|\bbeisteuer\w*|\bвнес\w+|\bдода\w+", re.IGNORECASE)
_PROPOSED = re.compile(r"propos|schlägt|schlug|vorgeschlagen|пропону|запропон", re.IGNORECASE)


def _segment_at(found: Read, place: int, language: str) -> str:
    """Return the words of the segment that holds a place, with those of the segment on which it hangs."""
    parts = segments(found.text, language)
    part = next((each for each in parts if each.holds(place)), parts[0])
    kept = [part] if part.kind != CONTENT else [parts[part.on], part]
    return " ".join(found.text[start:end] for each in kept for start, end in each.pieces)


def _name_of_scheme(found: Read, made: re.Match[str]) -> str | None:
    """Return the name of what is founded: a known one, one in quotes, or one in capital letters."""
    quoted, known, written = _QUOTED.search(found.text), schemes(found), _SCHEME_NAME.search(found.text, made.end())
    if known and (not quoted or known[0].start >= quoted.start() - 1):
        return known[0].name if _STARTED.search(made.group()) else None
    if quoted and (_SCHEME.search(found.text) or re.search(r"[A-Z]\w+", quoted["name"])):
        return quoted["name"].rstrip(", ")
    if written:
        return (written["name"] or written["uk"]).strip()
    return None


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


_WE = re.compile(
    r"\b(?:his|her|our|the|this) country\b|\bwe\b|\bour (?:army|forces|soldiers|cities)\b|\b(?:sein|ihr|unser|"
    r"das) Land\b|\bwir\b|\bman\b|\bми\b|"
    r"\bнам\b|\b(?:його|наша|нашій) країн\w+|\bнаш\w+ (?:армі|військ)\w+",
    re.IGNORECASE,
)


def needed(found: Read, context: Context) -> Fact | None:
    """Return what a sentence says that Ukraine needs."""
    need = cues.says("needing", found.text, context.language)
    if not need or found.sentence.is_question:
        return None
    parts = segments(found.text, context.language)
    part = next((each for each in parts if each.holds(need.start())), parts[0])
    inside = [(start, end) for start, end in part.pieces]
    who = [
        each for each in found.mentions if part.holds(each.start) and each.kind in (PARTY, CAPITAL, DEMONYM, OFFICIAL)
    ]
    speaks = any(each.id == UKRAINE for each in found.mentions) or context.of_ukraine
    is_ukraine = any(each.id == UKRAINE for each in who) or (
        speaks and any(_WE.search(found.text[start:end]) for start, end in inside)
    )
    if not is_ukraine or any(
        each.id not in (UKRAINE, RUSSIA) and each.start < need.start() for each in who if each.kind == PARTY
    ):
        return None
    things = [thing for thing in found.things if part.holds(thing.start)]
    amounts = [amount for amount in found.amounts if part.holds(amount.start)]
    words = " ".join(found.text[start:end] for start, end in inside)
    if (not things and not amounts) or cues.says("negated", words.replace(need.group(), ""), context.language):
        return None
    counted: list[Thing] = [thing for thing in things if thing.quantity is not UNKNOWN] or things
    amount = in_currency(amounts[0], [], context) if amounts else None
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
