"""Initiatives that a sentence says are founded, launched or proposed, or of which it says what they do."""

import re

from tracker.lib.proposing.acting import actors
from tracker.lib.proposing.context import Context, certainty, in_currency, schemes
from tracker.lib.proposing.evidence import note_mention, note_words
from tracker.lib.proposing.partners import partners
from tracker.lib.proposing.proposal import INITIATIVE, PLANNED, STATED, Fact
from tracker.lib.proposing.reading import cues
from tracker.lib.proposing.reading.amounts import as_fact
from tracker.lib.proposing.reading.dates import ON, resolved
from tracker.lib.proposing.reading.names import PARTY
from tracker.lib.proposing.reading.read import UKRAINE, Read
from tracker.lib.proposing.reading.segments import CONTENT, segments

_QUOTED = re.compile(r"[«„“\"'‘](?P<name>[A-ZÄÖÜА-ЯІЇЄҐ][^«»„“”\"'’]{2,60})[»“”\"'’]")
_SCHEME = re.compile(
    r"\b(?:initiative|fund|coalition|programme|program|pool|mission|facility|joint venture|centre|center|shield|"
    r"wall|hub|alliance|scheme|mechanism|"
    r"Initiative|\w*[Ff]onds|Koalition|\w*[Pp]rogramm|Mission|\w*[Zz]entrum|\w*[Ii]nitiative|Schutzschirm|Schild|"
    r"Bündnis|"
    r"ініціатив\w*|фонд\w*|коаліці\w*|програм\w*|спільне підприємство|центр\w*|альянс\w*|механізм\w*|щит\w*)\b",
    re.IGNORECASE,
)
_SCHEME_NAME = re.compile(
    r"\b(?P<name>(?:[A-Z][\w-]+\s){1,5}(?:Initiative|Fund|Coalition|Programme|Facility|Centre|Shield|Hub|Alliance|"
    r"Line|Wall|Belt|Bridge|Academy|Programme|Program|Scheme|Plan|"
    r"Mechanism|Pool|Mission))\b"
    r"|\b(?P<told>(?:[A-Z][\w-]+\s?){1,4}), an? (?:new |joint )?(?:mission|operation|initiative|fund|coalition|"
    r"programme)\b"
    r"|(?P<uk>(?:Європейськ\w+|Північн\w+|Балтійськ\w+|Східн\w+)\s(?:[а-яіїєґ'’-]+\s){0,2}(?:ініціатив\w+|фонд\w*|"
    r"коаліці\w+|центр\w*)(?:\s[а-яіїєґ'’-]+){0,2})"
)
_STARTED = re.compile(r"launch|start|new |gestartet|запус", re.IGNORECASE)
_BEGUN = re.compile(r"found|creat|set(?:s|ting)? up|establish|gründe|ins Leben|засну|створ|започатк", re.IGNORECASE)
"""Verbs by which a known initiative is begun where its name stands right behind: founded the Drone Coalition."""


_UNNAMED = re.compile(
    r"[^.,;:\d]{0,40}?\b(?:an?|its|their|einen?|eine|ein)?\s?(?P<what>(?:(?!package\b)[\w’'-]+\s){0,4}?(?:fund|"
    r"coalition|"
    r"initiative|alliance|centre|center|hub|facility|mechanism|joint venture|academy|task force|scheme|\w*[Ff]onds|"
    r""
    r"\w*[Kk]oalition|\w*[Ii]nitiative|\w*[Aa]llianz|\w*[Bb]ündnis|\w*[Zz]entrum|Gemeinschaftsunternehmen|фонд\w*|"
    r"коаліці\w+|"
    r"ініціатив\w+|альянс\w*|центр\w*|механізм\w*|спільне підприємство)\b(?:\s(?:for|on|für|"
    r"of)(?:\s[a-zäöüA-Z][\w-]+){1,4})?)"
)
"""What is founded and has no name yet: a joint fund for drones."""


def founded(found: Read, context: Context) -> Fact | None:
    """Return the initiative that a sentence says was founded, or launched, or proposed."""
    made = cues.says("founded", found.text, context.language)
    if not made:
        return None
    words = _segment_at(found, made.start(), context.language)
    if _SINCE_THEN.search(found.text[: made.start()]):
        return None
    name = _name_of_scheme(found, made)
    if name is None or any(cues.says(cue, words, context.language) for cue in ("negated", "call", "restated")):
        return None
    beside = partners(found)
    given = [each.id for each in actors(found) if each.id not in beside]
    given = given or [each.id for each in found.of(PARTY) if each.id == "NATO"]
    if re.search(r"(?<!für die )(?<!\bfor )\b(?:Kyiv|Україна|Київ|Ukraine|Kiew)\b.*", found.text[: made.start()]):
        given = [*given, UKRAINE] if given else given
    if not given and (
        context.speaks_of_itself(found) or re.search(r"\b(?:we|our|wir|ми)\b", found.text, re.IGNORECASE)
    ):
        given = context.actors_before(found)
    if context.language == cues.UK and not context.issuer and re.search(r"\bми\b", found.text, re.IGNORECASE):
        given = [UKRAINE]
    if re.match(r"\W*(?:\d+\.\s*)?(?:we|wir|ми)\b", found.text, re.IGNORECASE):
        given = context.actors_before(found) or given
    given = given or (context.issuer if context.issuer == ["EU"] else [])
    if not given and _BOTH_SIDES.search(found.text):
        # A visit to Ukraine, or from there.
        given = [*(context.issuer or context.last)[:1], UKRAINE]
    given = [*given, *beside]
    sizes = [each for each in found.amounts if not _CHIPPED_IN.search(_segment_at(found, each.start, context.language))]
    amount = in_currency(sizes[0], given, context) if sizes else None
    own = [date for date in found.dates if date.said == ON and date.is_day]
    near = [each for each in own if made.start() <= each.start < made.end() + 20]
    date = resolved((near or own)[0], context.published, is_ahead=False) if own else None
    month = next(
        (
            each.edtf
            for each in found.dates
            if each.said == ON and not each.is_day and made.start() <= each.start < made.end() + 20
        ),
        None,
    )
    fact = Fact(
        INITIATIVE,
        found.sentence.start,
        found.sentence.end,
        "initiative founded",
        _score(found, given),
        contributors=list(dict.fromkeys(given)),
        initiative=name,
        amount=as_fact(amount) if amount else None,
        date=month if month and not near else date or context.occasion,
        certainty=certainty(words, context.language) if _PROPOSED.search(words) else STATED,
    )
    for each in found.dates:
        if each.edtf in (date, month):
            fact.note("date", found.sentence.start, made.start(), each.end)
    return fact


def _score(found: Read, given: list[str]) -> int:
    """Return how sure it is: a name in quotes is surest, and of what has none somebody must be named who founds it."""
    if _QUOTED.search(found.text):
        return 80
    return (80 if _SCHEME_NAME.search(found.text) else 76) - (0 if given else 6)


_BOTH_SIDES = re.compile(
    r"\b(?:(?:two|both) (?:leaders|countries|sides|governments|presidents|ministers)|beiden? (?:Länder|Seiten|"
    r"Regierungen)|"
    r"(?:обидві )?сторони|обидві країни)\b",
    re.IGNORECASE,
)
_SINCE_THEN = re.compile(r"\b(?:since|seit|відтоді)\s[^.,]{0,30}$", re.IGNORECASE)
_CHIPPED_IN = re.compile(r"\bcontribut\w+|\bbeisteuer\w*|\bвнес\w+|\bдода\w+", re.IGNORECASE)
_PROPOSED = re.compile(
    r"propos|\bwants? to\b|\bplan(?:s|ning)? to\b|\bintends?\b|\bhopes? to\b|schlägt|schlug|vorgeschlagen|\bwollen\b|"
    r"\bwill\b(?=.*\b(?:gründen|einrichten|auflegen|starten|schaffen)\b)|\bplan(?:t|en)\b|пропону|запропон|планує|"
    r"планують|"
    r"хоче\b|хочуть\b|намір",
    re.IGNORECASE,
)
_NEAR = 25
"""How many letters stand at most between a verb and the name behind it."""


_SIZE = re.compile(
    r"^\W*(?:(?:its|the) (?:\w+ )?(?:target|size|budget|volume|goal|aim|endowment|capital)|it (?:is to|will|should|"
    r"aims to) "
    r"(?:raise|collect|have|be worth|hold)|(?:das|sein|ihr) (?:\w*[Vv]olumen|\w*[Zz]iel|Budget)|(?:er|sie|es) soll\b|"
    r"(?:його|її|мета|обсяг)\b|(?:він|вона|воно) (?:має|повинн\w+)\b)",
    re.IGNORECASE,
)


def add_size(found: Read, context: Context) -> bool:
    """Give the initiative of the sentence before its size or target, where a sentence says it; tell whether it does."""
    last = context.facts[-1] if context.facts else None
    if last is None or last.kind != INITIATIVE or last.amount or not found.amounts or not _SIZE.search(found.text):
        return False
    amount = found.amounts[0]
    last.amount = as_fact(in_currency(amount, last.contributors, context))
    last.note("amount", found.sentence.start, amount.start, amount.end)
    last.end = max(last.end, found.sentence.end)
    return True


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
        is_begun = _BEGUN.search(made.group()) and 0 <= known[0].start - made.end() < _NEAR
        return known[0].name if is_begun or _STARTED.search(made.group()) else None
    if quoted and (_SCHEME.search(found.text) or re.search(r"[A-Z]\w+", quoted["name"])):
        return quoted["name"].rstrip(", ")
    if written:
        return (written["name"] or written["told"] or written["uk"]).strip()
    unnamed = _UNNAMED.match(found.text, made.end())
    if unnamed is None and found.language == cues.DE:
        # The object stands before the participle, or between the parts of the verb.
        acting = actors(found)
        unnamed = _UNNAMED.match(found.text[: made.end()], acting[0].end if acting else 0)
    return unnamed["what"].strip() if unnamed else None


_DESCRIBED = re.compile(r"^[^.;]{0,25}\bwhich (?:sells|buys|purchases|procures|pools)\b", re.IGNORECASE)


def described(found: Read) -> Fact | None:
    """Return the initiative of which a sentence says what it does: sells American weapons to partners for Ukraine."""
    named = next((each for each in schemes(found) if _DESCRIBED.match(found.text[each.end :])), None)
    if named is None:
        return None
    made_in = _AMERICAN.search(found.text, named.end)
    to = next((each for each in found.of(PARTY) if each.id == UKRAINE and each.start > named.end), None)
    fact = Fact(
        INITIATIVE, found.sentence.start + named.start, found.sentence.end, "initiative described", 75,
        beneficiary=UKRAINE if to else None, supplier="USA" if made_in else None, initiative=named.name,
    )  # fmt: skip
    note_mention(fact, found, named, "initiative")
    note_words(fact, found, "kind", _SELLS.search(found.text, named.end))
    note_words(fact, found, "supplier", made_in)
    if to:
        note_mention(fact, found, to, "beneficiary")
    return fact


_SELLS = re.compile(r"\b(?:sells|buys|purchases|procures|pools)\b(?: [\w-]+){0,4}")
_AMERICAN = re.compile(r"\b(?:US|American)[- ]made\b(?: \w+)?|\bUS weapons\b")
_ROLE_IN = re.compile(
    r"(?:['’]s)\s(?:potential|possible|planned|future) role in (?:building|creating|setting up|establishing|"
    r"developing|running)\s"
    r"(?:an?\s)?(?:effective\s|new\s|joint\s)?(?P<what>[a-z][\w-]+(?: [a-z][\w-]+){0,4}?(?: system| programme| "
    r"fund| shield| wall| initiative| force| facility))\b"
)


def proposed_role(found: Read) -> Fact | None:
    """Return the initiative of which a sentence says that a party may build it: the EU's potential role in "
    "building."""
    for mention in found.of(PARTY):
        match = _ROLE_IN.match(found.text, mention.end)
        if match is None:
            continue
        start, end = found.sentence.start + mention.start, found.sentence.start + match.end()
        fact = Fact(
            INITIATIVE, start, end, "a possible role", 75, contributors=[mention.id],
            initiative=f"{mention.id} {match['what']}", certainty=PLANNED,
        )  # fmt: skip
        note_mention(fact, found, mention, "contributors")
        fact.note("initiative", found.sentence.start, match.start("what"), match.end("what"))
        fact.note("status", found.sentence.start, mention.start, match.start("what"))
        return fact
    return None
