"""What a sentence takes from those before it: who acts, on which day, under which initiative."""

import datetime as dt
import re
from dataclasses import dataclass, field

from tracker.lib.proposing.proposal import CONSIDERED, PLANNED, STATED, Fact
from tracker.lib.proposing.reading import cues
from tracker.lib.proposing.reading.amounts import CROWNS, Amount
from tracker.lib.proposing.reading.dates import BY, FROM, ON, is_of_saying, resolved
from tracker.lib.proposing.reading.names import DEMONYM, INITIATIVE, PARTY, Mention
from tracker.lib.proposing.reading.read import RUSSIA, UKRAINE, Read, currency_of
from tracker.lib.proposing.words.schemes import MISSIONS

_AHEAD = {
    cues.EN: re.compile(
        r"\bwill\b|\bis to\b|\bare to\b|\bexpected\b|\btakes over\b|\bfly home\b|\bbegins?\b|"
        r"\bstarts?\b",
        re.IGNORECASE,
    ),
    cues.DE: re.compile(
        r"\btagt\b|\bwird\b|\bwerden\b|\bwill\b|\bsoll\w*\b|\bkommt\b[^.]*\bzusammen|\btrifft\b", re.IGNORECASE
    ),
    cues.UK: re.compile(
        r"\w+тим(?:уть|е)\b|\bзбереться\b|\bзберуться\b|\bбуде\b|\bбудуть\b|"
        r"\bвідбудеться\b",
        re.IGNORECASE,
    ),
}
_SELF = re.compile(
    r"^\W*(?:in addition[^,]*, |also,? |separately,? |außerdem |zudem |крім того, |також )?(?:\"|„|"
    r"«)?(?:we|our|each|both|the government|the cabinet|the ministry|the package|the parliament|the council|the "
    r"commission|the union|its|it|"
    r"they|he|she|the minister\w*|of this|today the government"
    r"|wir|die bundesregierung|das kabinett|die regierung|er|sie|es|zudem|außerdem|davon|das paket|"
    r"ministerrat|der ministerrat|вона|він|вони|уряд|ще|з них|із цієї|крім|до нього|кошти|також)\b",
    re.IGNORECASE,
)


_TOGETHER = re.compile(r"\W*(?:they|their|together|jointly|sie|gemeinsam|beide|вони|разом|спільно)\b", re.IGNORECASE)
_INSTITUTION = re.compile(
    r"\W*(?:in addition, |also, |separately, )?(?:the (?:ministry|government|cabinet|minister|department|armed "
    r"forces|council)|die (?:regierung|bundesregierung|ministerin)|"
    r"das (?:ministerium|kabinett)|der minister|уряд|міністерство|міністр)\b",
    re.IGNORECASE,
)


_WE = re.compile(r"\b(?:we|our|wir|unsere\w*|ми)\b", re.IGNORECASE)
_QUOTED = re.compile(r"\W*[\"„“«–—]\s?\w")
_OFFICE = re.compile(
    r"\b(?:the|our|his|der|die|das|unser\w*)\s(?:(?-i:[a-zäöü])\w+\s){0,2}?(?:(?:prime |foreign |defence )?minister|"
    r"cabinet|"
    r"ministry|chancellor|president|"
    r"\w*[Mm]inister(?:in|ium)?|\w*[Kk]anzler(?:in)?|Kabinett|Regierung|Bundesregierung|Präsident(?:in)?)\s"
)
"""An office of whoever issued a text: on Friday the foreign minister promised."""


@dataclass
class Context:
    """What is known when a sentence is read."""

    language: str
    published: dt.date
    issuer: list[str] = field(default_factory=list)
    is_of_an_office: bool = False
    """Whether the text says who issued it, and has not only the place in which it was written."""
    last: list[str] = field(default_factory=list)
    headed: tuple[int, list[str]] = (-1, [])
    """The paragraph that begins with the name of a party alone, and that party: `IRELAND. Cabinet decision …`."""
    group: list[str] = field(default_factory=list)
    """Those who acted together in the sentence before."""
    initiative: str | None = None
    mission: str | None = None
    forum: str | None = None
    ukraine_in: int = -9
    """In which line Ukraine was named last."""
    of_ukraine: bool = False
    """Whether the lines before named Ukraine."""
    occasion: str | None = None
    base: str | None = None
    currency: str = ""
    priced_for: list[str] = field(default_factory=list)
    """Whose amount that currency was of."""
    facts: list[Fact] = field(default_factory=list)
    opened: Fact | None = None
    pending: list[Fact] = field(default_factory=list)
    """Facts of the sentence that is being read."""

    def actors_before(self, found: Read) -> list[str]:
        """Return who acts in a sentence that names nobody: whoever acted last, or the issuer of the text."""
        if self.is_headed(found):
            return self.headed[1]
        together = self.group or (self.issuer if len(self.issuer) > 1 else [])
        if together and re.match(r"\W*(?:each|both|jede\w*|beide|кожна|кожен|обидв\w+)\b", found.text, re.IGNORECASE):
            return together
        if _WE.search(found.text):
            if not self.is_of_an_office and self.last and _QUOTED.match(found.text):
                # Whoever is quoted was named before; the place where a report was filed gives nothing.
                return self.last
            if self.language == cues.UK and not self.issuer and not _QUOTED.match(found.text):
                # In a Ukrainian text whoever says we is Ukraine, which gives nothing.
                return []
            return self.issuer or self.last
        head = found.text[: min((each.start for each in found.values), default=len(found.text))]
        if self.issuer and (_INSTITUTION.match(found.text) or (self.is_of_an_office and _OFFICE.search(head))):
            return self.issuer
        if self.issuer and set(self.issuer) < set(self.last) and not _TOGETHER.match(found.text):
            # Who joins the issuer in one line has no part in what it lists in the next.
            return self.issuer
        return self.last or self.issuer

    def speaks_of_itself(self, found: Read) -> bool:
        """Tell whether a sentence begins with a word that stands for who was named before."""
        return bool(_SELF.search(found.text)) or found.sentence.is_item

    def is_headed(self, found: Read) -> bool:
        """Tell whether a sentence stands in a paragraph that begins with the name of a party alone."""
        return self.headed[0] == found.sentence.block

    def date_of(self, found: Read, start: int, end: int, *, is_ahead: bool | None = None) -> str | None:
        """Return the day of an act that stands from `start` to `end`: its own, else that of the occasion."""
        ahead = bool(_AHEAD[self.language].search(found.text)) if is_ahead is None else is_ahead
        own = [each for each in found.dates if start <= each.start < end and each.said == ON and each.is_days]
        return resolved(own[0], self.published, is_ahead=ahead) if own else self.occasion


def certainty(text: str, language: str) -> str:
    """Return how sure a clause is."""
    if cues.says("considered", text, language):
        return CONSIDERED
    return PLANNED if cues.says("planned", text, language) else STATED


def schemes(found: Read) -> list[Mention]:
    """Return the initiatives of a sentence."""
    return found.of(INITIATIVE)


def is_mission(mention: Mention | None) -> bool:
    """Tell whether an initiative is a mission of own forces."""
    return mention is not None and bool({mention.id, mention.name} & MISSIONS)


def in_currency(amount: Amount, contributors: list[str], context: Context) -> Amount:
    """Return an amount in a currency: where it names none, that of the amount before it, or of who pays."""
    if amount.currency in CROWNS:
        likely = CROWNS[amount.currency]
        named = [*(currency_of([each]) for each in contributors), context.currency, *likely]
        return amount.of(next(each for each in named if each in likely))
    is_same = context.priced_for in ([], contributors) or context.currency in _OF_MANY
    return amount.of(amount.currency or (context.currency if is_same else "") or currency_of(contributors))


_OF_MANY = ("EUR", "USD")
"""Currencies in which many give: what follows without one is in the same."""


_LEAVES = (
    r"(?:end of|Ende|кінця|left at the)\s?(?:the\s)?$|\b(?:leav(?:e|es|ing)|left|(?:go(?:es)?|fl(?:y|ies|ew)|went|"
    r"return\w*) home|"
    r"depart\w*|повертаються|повернуться|залишать|verl(?:assen|ässt))\b[^,;]{0,25}$"
)
"""What stands before the day on which forces leave."""


def span_of_deployment(found: Read, context: Context, start: int, end: int) -> str | None:
    """Return the span of a deployment: from, until, or both; None where nothing is said of it."""
    begins = ends = ""
    for date in found.dates:
        if not start <= date.start < end or (date.said == ON and is_of_saying(found.text, date)):
            continue
        edtf = resolved(date, context.published, is_ahead=bool(_AHEAD[context.language].search(found.text)))
        if date.said == FROM:
            begins = begins or edtf.partition("/")[0]
        elif date.said == BY or re.search(_LEAVES, found.text[: date.start], re.IGNORECASE):
            ends = ends or edtf.rpartition("/")[2]
        elif date.is_day:
            begins = begins or edtf.partition("/")[0]
    if begins or ends:
        return f"{begins or '..'}/{ends or '..'}"
    return None


def area_in(found: Read, start: int, end: int) -> str | None:
    """Return over whose territory forces act, between two places of a sentence."""
    named = [
        each.id
        for each in found.of(PARTY, DEMONYM)
        if start <= each.start < end and each.id not in (UKRAINE, RUSSIA, "NATO", "EU") and _is_area(found.text, each)
    ]
    if re.search(r"\b(?:all three Baltic states|the Baltic states|baltische\w* Staaten|країн\w* Балтії)", found.text):
        named = ["EST", "LVA", "LTU"]
    return "; ".join(dict.fromkeys(named)) or None


_OVER = re.compile(
    r"\b(?:over|above|über|над|небо над|airspace of|Luftraum über)\s(?:the\s|der\s|Süd|Nord)?$|(?:над|"
    r"over|über)\s[^.,;]{0,30}(?:and|und|та|і|й)\s(?:the\s)?$",
    re.IGNORECASE,
)
_AIRSPACE = re.compile(r"^\s(?:airspace|skies|air space|Luftraum\w*|небо|повітрян\w+ прост\w+)", re.IGNORECASE)
_OF_AIRSPACE = re.compile(
    r"(?:airspace of|airspace over|Luftraum|прост(?:ір|ору)|небо)\s(?:über\s|von\s|the\s|над\s)?(?:Süd)?$",
    re.IGNORECASE,
)


def _is_area(text: str, mention: Mention) -> bool:
    before, after = text[: mention.start], text[mention.end :]
    return bool(_OVER.search(before) or _AIRSPACE.match(after) or _OF_AIRSPACE.search(before))
