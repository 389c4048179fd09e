"""One sentence, read: the names, numbers, amounts, dates and things in it, at their places in the sentence."""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass

from tracker.lib.proposing.reading import cues
from tracker.lib.proposing.reading.amounts import Amount, amounts
from tracker.lib.proposing.reading.dates import Date, dates
from tracker.lib.proposing.reading.names import (
    DEMONYM,
    FORUM,
    INITIATIVE,
    OFFICIAL,
    PARTY,
    PLACE,
    PLATFORM,
    Mention,
    Vocabulary,
)
from tracker.lib.proposing.reading.numerals import Number, numbers
from tracker.lib.proposing.reading.sentences import Sentence
from tracker.lib.proposing.reading.things import Thing, things
from tracker.lib.proposing.words.parties import CURRENCY_OF

UKRAINE, RUSSIA = "UKR", "RUS"


@dataclass
class Read:
    """A sentence with what stands in it. `text` has blanks in place of its condition and of what is no fact."""

    sentence: Sentence
    text: str
    mentions: list[Mention]
    dates: list[Date]
    amounts: list[Amount]
    things: list[Thing]
    condition: tuple[int, int] | None
    language: str
    published: dt.date
    frame: str = ""
    """The line above a list of which it is an item."""

    @property
    def values(self) -> list[Amount | Thing]:
        """Its amounts and things."""
        return [*self.amounts, *self.things]

    def of(self, *kinds: str) -> list[Mention]:
        """Return the mentions of some kinds."""
        return [each for each in self.mentions if each.kind in kinds]


_BESIDES = re.compile(
    r",\s(?:already|long|so far|until now|currently|traditionally|by far|bislang|bisher|bereits|schon|"
    r"досі)\s[^,;.]*,|"
    r",\s(?:a|an|the|one of the)\s[^,;.]{3,60},(?=\s(?:is|has|will|was|are|have|also|pledg|promis|gave|give|send|"
    r"sent|order|sign|buy|bought|approv|announc|deliver|hand|transfer|pays|paid|put|donat|contribut|provid))|"
    r",\s(?:which|who)\s(?:(?:itself|recently|also) )?(?:has|have|had|bought|ordered|operates?|owns?|flies|borders?|"
    r"hosts?|is|are|was|were|"
    r"spends?|took)\b[^,;.]*,"
    r"|,\s(?:withdrawn|retired|decommissioned|bought|built|acquired|promised|pledged|announced|ordered|"
    r"approved)\s[^,;.]*\b"
    r"(?:last|20[12]\d|ago|earlier|since)\b[^,;.]*,"
    r"|,\s(?:the|a|an)\s[\w\s-]{2,30}\s(?:from|through|by|with|in|to|for|on) which\s[^,;.]*"
    r"|,\s(?:neither|none|both|all|most) of (?:them|whom|which)\s[^,;.]*,"
    r"|,\s(?:die|das|der)\s[^,;.]*\b(?:bereits|schon|seit)\b[^,;.]*,"
    r"|,\sяк(?:а|ий|і|е)\s[^,;.]*\b(?:вже|раніше|з 20)[^,;.]*,",
    re.IGNORECASE,
)
"""What a relative clause recalls of somebody."""
_ON_TOP_OF = re.compile(
    r"\bon top of (?!(?:which|that|this|it)\b)[^.,;]*|"
    r"\b(?:on top of|in addition to|besides|zusätzlich zu|neben|на додачу до|на додаток до|окрім|крім)\s[^,.;]{0,40}?\b"
    r"(?:promised|pledged|announced|versprochenen|zugesagten|angekündigten|обіцян\w+|оголошен\w+)"
    r"(?:\s(?:in|last|im|у|в)\s\w+|\s(?:восени|влітку|навесні|взимку|торік))?(?:\s\d[\d.,]*(?=\s[a-zа-яA-ZА-Я]))?",
    re.IGNORECASE,
)
"""What was promised before, to which more is added."""
_NOT_YET = re.compile(r",?\s(?:but )?(?:not yet|noch nicht|ще не)\s\w+(?: over)?", re.IGNORECASE)
"""What the heading of a list says of things to come."""
_UNNAMED = re.compile(
    r"\s(?:who|which)\s[^,.;]*\b(?:not|declined|refused|asked|wish\w*)\b[^,.;]*\b(?:named|identified|quoted|anonym\w+|"
    r"mentioned)\b[^,.;]*|,\s(?:der|die)\s[^,.;]*\b(?:nicht genannt|ungenannt|anonym)\b[^,.;]*|"
    r",\sяк\w+\s[^,.;]*\b(?:не наз|анонім)\w*[^,.;]*",
    re.IGNORECASE,
)
"""What is said of somebody who tells it and has no name."""
_BRINGING = re.compile(
    r",\s(?:bringing|taking|which brings|raising)\s(?:the|its|their|our|total|this|that)\b[^.;]*|,\s(?:womit|"
    r"wodurch)\b[^.;]*",
    re.IGNORECASE,
)
_ASIDE = re.compile(r"\((?:damit )?(?:insgesamt|in total|total|загалом)[^)]*\)", re.IGNORECASE)
_NO_COUNT = re.compile(
    r"^(?:th|st|nd|rd)\b|^-(?:mm|Millimeter|мм|kg|Kilo|Tonnen)\b|^\s?(?:%|percent|per cent|Prozent|відсотк|mm\b|мм\b|"
    r"a\.m|p\.m|o'clock|Uhr|hours|"
    r"minutes|Minuten|Stunden|years|Jahre|months|Monate|weeks|days|Tage|km\b|kilomet|members|Staaten|"
    r"thirds?|quarters?|fifths|Dritteln?|Vierteln?|Fünfteln?|states|countries|allies|miles|години|хвилин|разів|times)",
    re.IGNORECASE,
)
_DATELINE = re.compile(
    r"\W*[A-ZÄÖÜА-ЯІЇЄҐ][A-ZÄÖÜА-ЯІЇЄҐ/ .’'-]{2,}(?:\([^)]*\))?,?\s[^–—:;]{0,30}?\s?(?:[–—-]|"
    r"\(Reuters\))\s"
)
"""Where and when a report was filed: what that says is no day of what it tells."""
_TIME = re.compile(
    r"(?<![A-Z€£$]\s)(?<![€£$])\b(?:[01]?\d|2[0-3])[:.][0-5]\d\b(?!\s?(?:%|[€£$]|[A-Z]{3}\b|m\b|bn\b|"
    r"(?i:milli|billi|mio|mld|mrd|тис|млн|млрд|мільй|мільяр|per ?cent|prozent|відсот)))"
)
"""The time of day, and not an amount: 2.45 billion."""


def read(sentence: Sentence, vocabulary: Vocabulary, language: str, published: dt.date) -> Read:
    """Return a sentence with what stands in it."""
    text = _blanked(_ON_TOP_OF, sentence.text)
    if text.rstrip().endswith(":"):
        text = _blanked(_NOT_YET, text)
    text = _blanked(_UNNAMED, _blanked(_BRINGING, _blanked(_BESIDES, _blanked(_ASIDE, text))))
    text = cues.without_unstated(text, language) if "undisclosed number" not in text else text
    condition = cues.condition_in(text, language)
    # What a condition names is not what is promised.
    bare = text[: condition[0]] + " " * (condition[1] - condition[0]) + text[condition[1] :] if condition else text
    mentions = _of_their_own(bare, vocabulary.find(bare))
    dateline = _DATELINE.match(bare)
    found_dates = [each for each in dates(bare, published) if not dateline or each.start >= dateline.end()]
    hidden = _hidden(bare, [*mentions, *found_dates])
    counted = [each for each in numbers(hidden, language) if _is_count(bare, each)]
    money = amounts(hidden, counted)
    money_spans = [(each.start, each.end) for each in money]
    free = [each for each in counted if not any(start <= each.start < end for start, end in money_spans)]
    found_things = things(
        bare, [each for each in mentions if each.kind in (PLATFORM, INITIATIVE, FORUM)], free, language
    )
    _name_people(bare, mentions, found_things)
    # Two Sweden, three Norway: of what they give so many, the noun is left out.
    ends = {each.end for each in mentions if each.kind == PARTY}
    found_things = [each for each in found_things if each.is_named or each.end not in ends]
    # The state in US dollars gives nothing.
    mentions = [
        each for each in mentions if not any(start < each.end and each.start < end for start, end in money_spans)
    ]
    mentions = _with_groups(bare, mentions)
    return Read(sentence, bare, mentions, found_dates, money, found_things, condition, language, published)


_PLURAL_OF_PEOPLE = re.compile(
    r"(?:[a-z]{3,}ns|Danes|Swedes|Poles|Finns|Czechs|Britons|Kanadier|Niederländer|"
    r"Briten|Franzosen|Dänen|Norweger|Spanier|Italiener|Belgier|\w+ців)$"
)


_GROUPS = (
    (r"Nordic(?:[- ]| and )Baltic (?:states|countries|nations|Eight|allies|partners|governments)|nordisch-baltischen? "
        r"(?:Staaten|Länder)n?|"
     r"nordischen und baltischen (?:Staaten|Länder)n?|(?:країн\w* )?Північн\w+ Європи (?:та|і|й) Балтії",
     ("DNK", "FIN", "ISL", "NOR", "SWE", "EST", "LVA", "LTU")),
    (r"(?:all )?(?:three )?Baltic (?:states|countries|nations|presidents|ministers|leaders|governments|capitals)|"
        r"(?:alle )?(?:drei )?(?:der )?baltischen? (?:Staaten|"
        r"Länder)n?|"
     r"(?:три |трьох )?(?:країн[иа]?м?и?|держав[иа]?) Балтії", ("EST", "LVA", "LTU")),
    (r"(?:all )?(?:five )?Nordic (?:states|countries|nations|leaders|governments|capitals)|nordischen? (?:Staaten|"
        r"Länder)n?|Північн\w+ країн\w*",
     ("DNK", "FIN", "ISL", "NOR", "SWE")),
    (r"Benelux (?:states|countries)|Benelux-(?:Staaten|Länder)n?|країн\w* Бенілюксу", ("BEL", "NLD", "LUX")),
)  # fmt: skip
"""Groups of parties that give together, by what texts call them."""


def _of_their_own(text: str, mentions: list[Mention]) -> list[Mention]:
    """Return `mentions` without institutions that another state has, too: the Italian Luftwaffe, the Polish Senate."""
    states = {each.end: each.id for each in mentions if each.kind == DEMONYM}
    return [
        each
        for each in mentions
        if each.kind != PARTY or states.get(each.start - 1, each.id) == each.id or text[each.start - 1] != " "
    ]


def _with_groups(text: str, mentions: list[Mention]) -> list[Mention]:
    """Return `mentions` with the members of groups that are named as such."""
    more: list[Mention] = []
    for words, members in _GROUPS:
        for match in re.finditer(rf"\b(?:{words})\b", text):
            if not any(each.start < match.end() and match.start() < each.end for each in more):
                more += [Mention(*match.span(), PARTY, each, each) for each in members]
    return sorted([*mentions, *more], key=lambda each: each.start)


def _name_people(text: str, mentions: list[Mention], known: list[Thing]) -> None:
    """Call soldiers those whom a number counts by their state: 1,000 Canadians."""
    for thing in known:
        for mention in mentions:
            if thing.is_named or mention.kind != DEMONYM or mention.end != thing.end:
                continue
            if _PLURAL_OF_PEOPLE.search(text[mention.start : mention.end]):
                thing.what, thing.is_named = "soldier", True


def _blanked(pattern: re.Pattern[str], text: str) -> str:
    return pattern.sub(lambda match: " " * len(match.group()), text)


def _hidden(text: str, spans: Iterable[Mention | Date]) -> str:
    """Return `text` with other signs in place of what has digits and is no number of things."""
    letters = list(_blanked(_TIME, text))
    for span in spans:
        if not isinstance(span, Mention) or span.kind in (PLATFORM, INITIATIVE, PLACE):
            letters[span.start : span.end] = "#" * (span.end - span.start)
    return "".join(letters)


def _is_count(text: str, number: Number) -> bool:
    if _NO_COUNT.match(text[number.end :]) or (number.start and text[number.start - 1] in "№#"):
        return False
    # "Ein" and "one" are mostly articles.
    word = text[number.start : number.end].lower()
    return not (
        number.is_word
        and word in ("ein", "eine", "einen", "einem", "einer", "one", "один", "одна")
        and not _followed_by_thing(text, number)
    )


def _followed_by_thing(text: str, number: Number) -> bool:
    following = text[number.end :]
    of_several = r"\sof (?:its|the|their|our) (?:two|three|four|five|six|seven|eight|nine|ten|\d+)\b"
    return bool(re.match(of_several, following)) or not re.match(r"\s(?:of|von|sich|із|з)\b", following)


def currency_of(contributors: list[str]) -> str:
    """Return the currency that contributors bear costs in; the euro where they differ, or none is known."""
    found = {CURRENCY_OF.get(each, "EUR") for each in contributors}
    return found.pop() if len(found) == 1 else "EUR"


__all__ = ["FORUM", "OFFICIAL", "Read", "currency_of", "read"]
