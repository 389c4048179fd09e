"""Incidents, and needs that are stated."""

import re

from tracker.lib.proposing.context import Context, in_currency
from tracker.lib.proposing.evidence import note_parties, note_things, note_words
from tracker.lib.proposing.proposal import INCIDENT, REQUIREMENT, Fact
from tracker.lib.proposing.reading import cues
from tracker.lib.proposing.reading.amounts import as_fact
from tracker.lib.proposing.reading.dates import ON, resolved
from tracker.lib.proposing.reading.names import CAPITAL, DEMONYM, OFFICIAL, PARTY
from tracker.lib.proposing.reading.read import RUSSIA, UKRAINE, Read
from tracker.lib.proposing.reading.segments import CONTENT, RELATIVE, segments
from tracker.lib.proposing.words.parties import ALLIES

_AIR = re.compile(
    r"airspace|Shahed|Gerbera|Шахед|Гербер|debris|Trümmer|уламк|missile|Luftraum|повітрян\w+ прост|\bdrones?\b|"
    r"Drohne|дрон|безпілотник|balloon|Ballon|objekt|object|Flugkörper|"
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
    r"\battack(?:ed|s)? (?:Ukrain|Kyiv|Odes|Khark|\w+ with)|\bangegriffen|\bgriff(?:en)?\b.*\ban\b|"
    r"\bатакува\w+|\bzone of war",
    re.IGNORECASE,
)
_ITS = re.compile(
    r"\b(?:north|south|east|west|Norden|Süden|Osten|Westen)\s(?:of the country|des Landes)\b|"
    r"\b(?:its|their|the country['’]s|sein\w*|ihr\w*|des Landes|(?:її|його|їхн\w+|сво\w+))\s(?:own |"
    r"eigene\w* )?(?:airspace|border|territory|"
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
    note_parties(fact, found, "actor", [RUSSIA])
    note_words(fact, found, "intent", _PRESUMED.search(found.text))
    note_words(fact, found, "violated", entered)
    if own:
        fact.note("date", found.sentence.start, own[0].start, own[0].end)
    return fact


_PRESUMED = re.compile(r"\bpresum\w+ \w+(?: \w+)?|\bmutmaßlich\w*|\bімовірно\w*", re.IGNORECASE)


def _airspace(found: Read, entered: int) -> str | None:
    """Return whose airspace it was: of an adjective before the word, else the name nearest after the verb."""
    named = [
        each for each in found.of(PARTY, DEMONYM, CAPITAL) if each.id not in (RUSSIA, UKRAINE, "NATO", "EU", "BLR")
    ]
    if _ITS.search(found.text) and named:
        return named[0].id
    for mention in named:
        if re.search(
            r"\b(?:over|into|in|near|at|above|on|nach|über|nahe|bei|auf|im|у|в|над|на|поблизу|in den)\s(?:the\s|"
            r"der\s|die\s|das\s)?(?:[\w-]+\s){0,2}$",
            found.text[: mention.start],
            re.IGNORECASE,
        ):
            return mention.id
    if len({each.id for each in named}) == 1 and named[0].start > entered:
        return named[0].id
    return None


_WE = re.compile(
    r"\bthey\b|\b(?:[Ss]eine|[Ii]hre|[Uu]nsere) (?:Streitkräfte|Truppen|Soldaten|Brigaden|Armee)\b|"
    r"\b(?:his|her|our|the|this) country\b|\b(?:his|her|our|their) (?:forces|troops|units|brigades|men|army|cities|"
    r"soldiers)\b|\b(?:chief of staff|commander|general staff|air force|defenders)\b|"
    r"\b(?:[Tt]erritorial [Dd]efence|National Guard|Territorialverteidigung|Nationalgarde)\b|"
    r"\b[Сс]ил\w* (?:територіальної )?оборони\b|\b[Нн]аціональн\w+ гвард\w+|"
    r"\bкомандувач\w*|\b[Гг]енштаб\w*|\bГенеральн\w+ штаб\w*|\bЗСУ\b|\bголовком\w*|\bwe\b|\bour (?:army|forces|"
    r"soldiers|cities)\b|\b(?:sein|ihr|unser|"
    r"das) Land\b|\bwir\b|\bman\b|\bми\b|"
    r"\bнам\b|\b(?:його|наша|нашій) країн\w+|\bкраїні\b|\bнаш\w+ (?:армі|військ)\w+",
    re.IGNORECASE,
)


_BY_OTHERS = re.compile(
    r"\bwould need\b|\baccording to (?:one|an|some|the) (?:analyst|expert|estimate|study|institute)\w*|"
    r"\bexperts?\b|\banalysts?\b|"
    r"\bExperten\b|\bwürde\w* \w*brauchen\b|\bексперт\w*|\bаналітик\w*|\bза оцінками\b",
    re.IGNORECASE,
)


_ASKS = re.compile(
    r"(?:\s(?:has|have|had|is|also|again|therefore|now|been|hat|haben|ebenfalls|zudem|auch|erneut|також|знову|"
    r"(?-i:[A-ZА-ЯІЇЄ][\w’'-]+)))*\s"
    r"(?P<verb>(?:ask|request|seek|sought|appeal|plead|pled|press|call)\w*\b(?=.*\d|.*\bfor\b)|"
    r"(?:bat|bittet|bitten|baten|ersuch\w+|erbat\w*|erbitte\w+|forder\w+|verlang\w+)\b|(?:по)?прос\w+|звернул\w+)",
    re.IGNORECASE,
)
_SUBJECT = re.compile(r"\W*(?:he|she|they|er|sie|він|вона|вони)\b", re.IGNORECASE)


def _asked(found: Read, context: Context) -> re.Match[str] | None:
    """Return the verb by which Ukraine, or who speaks for it, asks for things or money; None where it does not, or
    asks one state for what is that state's: such a call states no need."""
    subject = _SUBJECT.match(found.text) if context.of_ukraine else None
    ends = [each.end for each in found.of(PARTY, CAPITAL, OFFICIAL) if each.id == UKRAINE]
    places = [subject.end()] if subject else ends[:1]
    for place in places:
        asks = _ASKS.match(found.text, place)
        addressed = asks and any(each.start >= asks.end() for each in found.of(PARTY, CAPITAL) if each.id != UKRAINE)
        if asks and not addressed and any(value.start > asks.end() for value in found.values):
            return re.compile(re.escape(asks["verb"])).search(found.text, place)
    return None


_NEEDS_NOTHING = frozenset({UKRAINE, RUSSIA, "BLR", "NATO", "EU", "UN", "IMF", "World Bank", "EIB", "EBRD"})


def needed(found: Read, context: Context) -> Fact | None:
    """Return what a sentence says that Ukraine needs."""
    need = cues.says("needing", found.text, context.language) or _asked(found, context)
    if not need or found.sentence.is_question or _BY_OTHERS.search(found.text):
        return None
    parts = segments(found.text, context.language)
    part = next((each for each in parts if each.holds(need.start())), parts[0])
    inside = [(start, end) for start, end in part.pieces]
    held = [part] if part.kind not in (CONTENT, RELATIVE) else [part, parts[part.on]]
    if re.match(r"\W*$|.*:\W*$", found.text[: part.pieces[-1][1] + 1][-3:]):
        # What is needed is told after the colon.
        held += [each for each in parts if each.pieces and each.pieces[0][0] >= part.pieces[-1][1]]
    who = [
        each
        for each in found.mentions
        if any(one.holds(each.start) for one in held) and each.kind in (PARTY, CAPITAL, DEMONYM, OFFICIAL)
    ]
    speaks = any(each.id == UKRAINE for each in found.mentions) or context.of_ukraine or context.language == "uk"
    other = next((each.id for each in who if each.kind == PARTY and each.id not in _NEEDS_NOTHING | ALLIES), None)
    is_ukraine = (
        _asked(found, context) is not None
        or any(each.id == UKRAINE for each in who)
        or other is not None
        or (speaks and any(_WE.search(found.text[start:end]) for start, end in inside))
        or (context.language == "uk" and not found.of(PARTY, CAPITAL, DEMONYM, OFFICIAL))
    )
    if not is_ukraine or any(
        each.id not in (UKRAINE, RUSSIA, other) and each.start < need.start() for each in who if each.kind == PARTY
    ):
        return None
    things = [thing for thing in found.things if any(one.holds(thing.start) for one in held)]
    amounts = [amount for amount in found.amounts if any(one.holds(amount.start) for one in held)]
    words = " ".join(found.text[start:end] for start, end in inside)
    if (not things and not amounts) or cues.says("negated", words.replace(need.group(), ""), context.language):
        return None
    amount = in_currency(amounts[0], [], context) if amounts else None
    fact = Fact(
        REQUIREMENT,
        found.sentence.start,
        found.sentence.end,
        "need stated",
        80,
        beneficiary=other or UKRAINE,
        items=[thing.as_fact() for thing in things],
        amount=as_fact(amount) if amount else None,
        date=context.date_of(found, 0, len(found.text), is_ahead=False),
    )
    note_things(fact, found, things)
    return fact
