"""Meetings of forums: when, where, and who leads them."""

import re

from tracker.lib.proposing.context import Context
from tracker.lib.proposing.evidence import note_mention, note_parties
from tracker.lib.proposing.kinds import bodies
from tracker.lib.proposing.proposal import MEETING, PLANNED, STATED, Fact
from tracker.lib.proposing.reading import cues
from tracker.lib.proposing.reading.dates import ON, resolved
from tracker.lib.proposing.reading.names import CAPITAL, DEMONYM, FORUM, OFFICIAL, PARTY, PLACE, Mention
from tracker.lib.proposing.reading.read import RUSSIA, UKRAINE, Read
from tracker.lib.proposing.words.places import PLACE_OF_CAPITAL

_CHAIRED_BY = re.compile(
    r"\b(?:chaired by|led by|hosted by|convened by|co-chaired by|presided over by|chairmanship of|Vorsitz|Leitung|"
    r"geleitet von|"
    r"головуванн\w+|керівництвом|очолю\w+)\b",
    re.IGNORECASE,
)
_CHAIRS = re.compile(
    r"\b(?:co-)?chair(?:s|ed|ing|manship)?\b|\bin the chair\b|\b(?:will )?leads?\b|\bleading\b|\bpreside[sd]?\b|"
    r"\bhosts?\b|"
    r"\bhosted\b|\b[Gg]astgeber\w*|\beingeladen\b|\bкеру\w+|\bгосподар\w*|\b(?:ge)?leite\w+\b|\bvors(?:aß|aßen|itzt|"
    r"itzen)\b|\blädt\b|\bluden\b|"
    r"\bвест(?:и|имуть|име)\b|\bгологу\w+|\b(?:спів)?голову\w+|\bочол\w+|\bпровел\w+|\bпроведуть\b|\bпроводя\w+|"
    r"\bвели\b|"
    r"\bвела\b",
    re.IGNORECASE,
)
_TO_COME = re.compile(
    r"\bwill\b|\bis to\b|\bare to\b|\bare due to\b|\bexpected\b|\bfollow\b|\btagt\b(?! seit)|\btagen\b|"
    r"\bberaten\b|\bberät\b|\bkommen\b|\bkommt\b|\btreffen\b|\btrifft\b|"
    r"\bwerden\b|\bwird\b|\bsoll(?:en)?\b|\bfindet\b|\bзбер\w+|\bзустрінуться|\bобговорять|\bпроведуть|"
    r"\bвідбудеться|\bвідбудуться|\bплану\w+|\bnext week|\btomorrow|"
    r"\bmeets?\b|\bgathers?\b|\bconvenes?\b|\btakes place\b|\bhold\b",
    re.IGNORECASE,
)
_HELD = re.compile(
    r"\bmet\b|\bannounced\b|\bconvened\b|\bopened\b|\btook place\b|\bgathered\b|\bkam(?:en)?\b|\btrafen\b|"
    r"\btagte\w*\b|\bberiet\w*|\bfand\b|\bsagte\w*\b|\bkündigte\w*\b|"
    r"\bвідбу(?:лося|лась|лася|вся)\b|\bзібрал\w+|\bзустріл\w+|\bпровели\b",
    re.IGNORECASE,
)
_AN_EARLIER = re.compile(
    r"\b(?:last|previous|earlier) (?:\w+ )?(?:meeting|session|summit|gathering)\b|\b(?:letzte|vorige|jüngste|"
    r"frühere)\w* (?:Treffen|Sitzung|Gipfel)|"
    r"\bминул\w+ (?:зустріч|засіданн|саміт)|\bпопередн\w+ (?:зустріч|засіданн|саміт)",
    re.IGNORECASE,
)
_THE_GROUP = re.compile(
    r"\b(?:the (?:group|forum|format|ministers|alliance's ministers)|die (?:Gruppe|Runde|Minister)|das (?:Gremium|"
    r"Format)|(?:the|our|its|their) (?:next|following) (?:meeting|session|round)|das nächste Treffen|"
    r"die nächste (?:Sitzung|Tagung)|"
    r"наступн\w+ (?:зустріч|засідання)|"
    r"(?:ця |ц)?(?:груп[аиі]|формат\w*))\b",
    re.IGNORECASE,
)


_SAID_AT = re.compile(
    r"\b(?:announced|promised|pledged|agreed|presented|made|launched|signed|angekündigt|zugesagt|beschlossen|"
    r"оголошен\w+|обіцян\w+)\s(?:at|during|on|beim|auf dem|на)\s(?:the |a |its |last )?(?:\w+\s)?$",
    re.IGNORECASE,
)


def meeting(found: Read, context: Context) -> Fact | None:
    """Return the meeting that a sentence tells of; None where it tells of none."""
    forum = _forum(found, context)
    if forum is None:
        return None
    context.forum = forum.name
    if cues.says("call", found.text, context.language) or _AN_EARLIER.search(found.text):
        return None
    if re.search(r"\bcalled for\b|\brequested consultations\b(?!.*will meet)", found.text):
        return None
    chairs = chairs_in(found) or _own_chair(found, context)
    to_come = bool(_TO_COME.search(found.text)) and not _HELD.search(found.text)
    own = [
        date
        for date in found.dates
        if date.said == ON and (date.is_day or "/" in date.edtf or re.fullmatch(r"20\d\d-\d\d", date.edtf))
    ]
    near = min(own, key=lambda date: abs(date.start - forum.end)) if own else None
    date = resolved(near, context.published, is_ahead=to_come) if near else context.occasion
    if near is None and not date and not chairs:
        return None
    if date and len(date) == 7 and date < context.published.isoformat()[:7]:
        return None
    fact = Fact(
        MEETING,
        found.sentence.start,
        found.sentence.end,
        "meeting of a forum",
        90 if own else 75,
        contributors=chairs,
        date=date,
        initiative=forum.name,
        area=_place(found),
        certainty=PLANNED if to_come and _is_later(date, context) else STATED,
    )
    note_mention(fact, found, forum, "initiative")
    note_parties(fact, found, "contributors", chairs)
    for mention in found.of(PLACE, CAPITAL):
        if fact.area and (mention.name.strip() == fact.area or mention.id == fact.area[-3:]):
            note_mention(fact, found, mention, "place")
    if near is not None:
        fact.note("date", found.sentence.start, near.start, near.end)
    return fact


def _forum(found: Read, context: Context) -> Mention | None:
    """Return the forum that meets in a sentence; `the group` is the one that was named before."""
    if found.sentence.is_question:
        return None
    meets = cues.says("meeting", found.text, context.language)
    forums = found.of(FORUM)
    if forums and _SAID_AT.search(found.text[: forums[0].start]) and not any(each.is_day for each in found.dates[-1:]):
        return None
    if forums:
        if not meets and forums[0].start < 40 and _place(found) and any(each.is_day for each in found.dates):
            return forums[0]
        return forums[0] if meets or (_at_a(found, forums[0]) and any(each.is_day for each in found.dates)) else None
    body = bodies.body_that_meets(found)
    if body is not None:
        return body
    group = _THE_GROUP.search(found.text)
    if group and meets and found.dates and context.forum and not found.amounts and not found.things:
        return Mention(group.start(), group.end(), FORUM, "", context.forum)
    return None


def chairs_of_last(found: Read, context: Context) -> bool:
    """Add who chairs the meeting of the sentence before, where this says it; tell whether it does."""
    last = context.facts[-1] if context.facts else None
    if last is None or last.kind != MEETING or last.contributors:
        return False
    chairs = chairs_in(found)
    if not chairs or found.of(FORUM) or found.amounts or found.things:
        return False
    last.contributors = chairs
    note_parties(last, found, "contributors", last.contributors)
    return True


_HEAD_OF_THE_EU = re.compile(r"High Representative|Hohen? Vertreter|Верховн\w+ представни")


def chairs_in(found: Read) -> list[str]:
    """Return the parties that lead the meeting of a sentence."""
    by, active = _CHAIRED_BY.search(found.text), _CHAIRS.search(found.text)
    if not by and not active:
        return []
    named = [
        each
        for each in found.of(PARTY, DEMONYM, OFFICIAL, CAPITAL)
        if (each.id not in (UKRAINE, RUSSIA, "NATO", "EU") or _HEAD_OF_THE_EU.match(found.text, each.start))
        and not re.search(r"\b(?:in|at|у|в)\s$", found.text[: each.start])
    ]
    behind = [each for each in named if by and each.start >= by.end()]
    if not behind and active and any(each.start - active.end() in (0, 1) for each in named):
        # Those who come are named before, and who chairs right behind the verb: головуватиме Данія.
        behind = [each for each in named if each.start >= active.end()]
    return list(dict.fromkeys(each.id for each in behind or named))


_OUR_OWN = re.compile(
    r"\b(?:the (?:prime minister|minister\w*|president|chancellor|government)|I|we|our \w+|ich|wir|der (?:Minister|"
    r"Kanzler|Präsident)|"
    r"die (?:Ministerin|Kanzlerin|Bundesregierung)|ми|я)\s(?:will |is to |wird |werden |shall )?(?:co-)?(?:chair|"
    r"host|lead|preside|leite|lade|"
    r"головува)\w*",
    re.IGNORECASE,
)


def _own_chair(found: Read, context: Context) -> list[str]:
    """Return who issued the text, where its own minister chairs: The Prime Minister will chair."""
    return context.issuer if _OUR_OWN.search(found.text) and len(context.issuer) == 1 else []


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


def _place(found: Read) -> str | None:
    for mention in found.of(PLACE, CAPITAL):
        before = found.text[: mention.start]
        if mention.kind == PLACE and mention.name != "Baltic Sea":
            return mention.name.strip()
        if mention.kind == CAPITAL and re.search(r"\b(?:in|at|у|в)\s$", before) and mention.id in PLACE_OF_CAPITAL:
            return f"{PLACE_OF_CAPITAL[mention.id]}, {mention.id}"
    return None
