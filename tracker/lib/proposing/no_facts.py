"""What is no fact although a clause has an amount or things: the denied, the recalled, sums, calls, own purchases."""

import datetime as dt
import re

from tracker.lib.proposing.clause import Clause
from tracker.lib.proposing.context import Context, schemes
from tracker.lib.proposing.proposal import DELIVERY, PLEDGE
from tracker.lib.proposing.reading import cues
from tracker.lib.proposing.reading.names import DEMONYM
from tracker.lib.proposing.reading.read import UKRAINE, Read
from tracker.lib.proposing.receiving import recipients
from tracker.lib.proposing.words.parties import ALLIES

_OURS = re.compile(r"\bнаш(?:их|им|ої|ій|ого|ому|і)?\s|\bЗбройн\w+ сил")
"""In a Ukrainian text what is Ukraine's."""
_UKRAINE_BUYS = re.compile(
    r"\b(?:Ukraine|Kyiv|Kiew|Україна|Київ)\s(?:has |have |had |hat |itself |also |selbst |цього року |"
    r"сама )*(?:bought|buys|pays|bezahlt|zahlt|purchased|ordered|produced|built|paid|kaufte|bestellte|"
    r"придбала|купила|закупила|замовила|виготовила|заплатила|платить|сплачує)\b|\bвласним коштом\b|"
    r"\bwith its own money\b|"
    r"\baus eigenen Mitteln\b"
)
_NO_VALUE = re.compile(
    r"\b(?:trade (?:between|with)|trade volume|wealth fund|revenues?|turnover|budget (?:gap|deficit|hole)|"
    r"Handel(?:svolumen)? (?:zwischen|mit)|Umsatz|Haushalts(?:loch|lücke|defizit)|товарообіг|виручка|"
    r"дефіцит\w* бюджет\w*|"
    r"froze(?=[^.]*assets))\b|"
    r"\b(?:GDP|gross domestic product|BIP|Bruttoinlandsprodukt\w*|ВВП|refugees?|Flüchtling\w*|"
    r"Geflüchtet\w*|біжен\w+|in taxes|dividends?|turnover|revenues?|Umsatz\w*|Dividende\w*|прибуток|прибутк\w+)\b"
)
YET_TO_BE = re.compile(
    r"\b(?:will|to|would) (?:also )?(?:be )?(?:deliver|receive|hand|reach|arrive)|\bto be \w+ed\b|\bw(?:ird|erden|"
    r"erde)\b|"
    r"\bzu (?:übergeben|überstellen|überlassen|liefern)\b|\b\w+zu(?:liefern|geben)\b|\bsoll(?:en|e)?\b|\b(?:will|"
    r"wollen|möchte|plant)\b[^.]*\b(?:übergeben|überstellen|überlassen|abliefern)\b|"
    r"\bбуд(?:е|уть)\b",
    re.IGNORECASE,
)
"""Words by which what is given or delivered is still to come."""
_ALREADY = re.compile(r"\b(?:already|bereits|schon|вже|уже)\b", re.IGNORECASE)
"""What does not make old news of things that were named before: three of them are already there."""
PROMISED = re.compile(
    r"\b(?:had )?(?:promised|pledged|announced)\b|\b(?:zugesagt|versprochen)\w*(?: hatten?)?\b|\b(?:по)?обіцян\w+",
    re.IGNORECASE,
)
"""That what has come was promised makes no old news of it either."""
_STILL_TO_COME = re.compile(r"\bin total\b(?=[^.]*\bif\b)")
_COUNTED_FROM = re.compile(
    r"\bsince (?:January|February|March|April|May|June|July|August|September|"
    r"October|November|December|\d{1,2}\b)|neu seit|Seit dem|\bin (?:\w+) months\b|"
    r"\b(?:first|last|ersten|letzten|останн\w+|перш\w+)\b"
)


_PACKAGE_SUM = re.compile(
    r"\d in all\b|(?:^|\s)(?:worth|valued at|costing|at a (?:total )?cost of|with a (?:total |"
    r"combined )?value of)\b[^.;]{0,40}?"
    r"\b(?:in all|in total|altogether|all told|overall)\b|\b(?:total|combined|overall) (?:value|cost|price|"
    r"worth|frame(?:work)?|volume|size|scope|budget|envelope) (?:of|is)\b|"
    r"\b(?:im Gesamtwert|mit einem Gesamtwert|insgesamt|zusammen) (?:von |im Wert von )?(?=[^.;]{0,25}(?:wert\b|"
    r"kosten))|"
    r"\b(?:im|mit einem) Gesamt(?:wert|umfang|rahmen|volumen) von\b|\bзагальн\w+ обсяг\w+\b|"
    r"\b(?:загальною|сукупною) вартістю\b|\bна загальну суму\b",
    re.IGNORECASE,
)
"""What says the worth of all that a package has, and no sum of what was given before."""


_BESIDE = re.compile(
    r",\s(?:[a-z]+ed|withdrawn|taken|built|bought|made|given|kept|held)\s[^,.;]*,(?=\s[a-z])|\b(?:last|"
    r"previous) year['’]s\b|"
    r"\b(?:letzt|vorig|vergangen)jährig\w*|\bторішн\w+"
)
"""What is told of a thing between commas, or by an adjective, and makes no old news of what is said of it."""


def _is_of_long_ago(found: Read, clause: Clause) -> bool:
    """Tell whether what has come came two years ago or more: in 2023, of an article of 2026."""
    return any(
        clause.start <= each.start < clause.end and len(each.edtf) == 4 and int(each.edtf) < found.published.year - 1
        for each in found.dates
    )


def is_no_fact(text: str, found: Read, clause: Clause, context: Context, kind: str, *, is_off: bool) -> bool:
    """Tell whether a clause states none: it denies, asks, recalls, adds up, supposes, or tells of an own purchase.

    What is off had been promised, so that recalling it makes no old news of that.
    """
    language = context.language
    if any(cues.says(cue, found.text, language) for cue in ("hypothesis", "price")):
        return True
    if not is_off and _is_old(found, clause, kind):
        return True
    if kind == DELIVERY and _is_of_long_ago(found, clause):
        return True
    if kind == PLEDGE and _is_without_ukraine(found, clause, context):
        return True
    if _NO_VALUE.search(text) or any(cues.says(cue, text, language) for cue in ("negated", "call")):
        return True
    if _is_own_purchase(text, found, clause, context, is_off=is_off):
        return True
    is_of_all = clause.refers and not clause.is_counted
    if not is_of_all and cues.says("total", _PACKAGE_SUM.sub(" ", text), language) and not _STILL_TO_COME.search(text):
        return not (kind == DELIVERY and _COUNTED_FROM.search(text))
    is_news = kind == DELIVERY and (clause.refers or any(each.is_part for each in clause.things))
    told = _BESIDE.sub(" ", text)
    recalled = cues.says("restated", PROMISED.sub(" ", _ALREADY.sub(" ", told)) if is_news else told, language)
    is_done = kind == DELIVERY or cues.says("paid", text, language)
    return bool(recalled) and not is_off and not (is_done and _is_recent(found))


_OLD = dt.timedelta(62)
"""A promise that was made so long before an article is no news of it."""


def _is_old(found: Read, clause: Clause, kind: str) -> bool:
    """Tell whether a clause says of a promise that it was made months ago: `in August`, of an article of November."""
    if kind != PLEDGE or YET_TO_BE.search(clause.text) or re.search(r"\bwill\b|\bbis\b|\bдо\b", clause.text):
        return False
    for date in found.dates:
        if (
            not clause.start <= date.start < clause.end
            or date.said != "on"
            or not re.match(r"\d{4}-(?:0\d|1[0-2])", date.edtf)
        ):
            continue
        last = date.edtf.rpartition("/")[2]
        last_day = dt.date.fromisoformat(last if len(last) == 10 else f"{last}-28")
        # A month alone is the month of something that was reported then.
        is_month_before = (
            len(date.edtf) == 7 and date.edtf < found.published.isoformat()[:7] and found.published.day > 5
        )
        if last_day < found.published - _OLD or is_month_before:
            return True
    return False


_BUYS = re.compile(
    r"\b(?:buy(?:s|ing)?|bought|purchas(?:es|ed|ing)|kauf(?:t|te|en|ten)|gekauft|signed for|купує|купить|купила|"
    r"закуповує|"
    r"закупить|закупила|придба\w+)\b",
    re.IGNORECASE,
)


def _is_without_ukraine(found: Read, clause: Clause, context: Context) -> bool:
    """Tell whether somebody orders something of which nothing says that it is for Ukraine."""
    buys = cues.says("contract", clause.text, context.language) or _BUYS.search(clause.text)
    if not buys or context.of_ukraine or _OURS.search(found.text):
        return False
    last = context.facts[-1] if context.facts else None
    if clause.is_carried and last is not None and last.kind == PLEDGE and last.contributors == clause.contributors:
        return False
    return not any(each.id.endswith(UKRAINE) for each in found.mentions) and not schemes(found)


def _is_own_purchase(text: str, found: Read, clause: Clause, context: Context, *, is_off: bool) -> bool:
    """Tell whether a party buys for its own forces, or is given what is none of Ukraine's."""
    language = context.language
    if _is_given(text, found, clause, context) or _UKRAINE_BUYS.search(found.text):
        return True
    for_ukraine = any(each.id.endswith(UKRAINE) for each in found.mentions)
    if not for_ukraine and _FORCES_BUY.search(found.text) and cues.says("buying", text, language):
        return True
    # Why somebody takes something back may be that its own forces need it.
    words = text if for_ukraine or is_off else found.text
    own = cues.says("own", words, language)
    if own and _is_of_another(own.group(), found, clause):
        return False
    return bool(own) and not (for_ukraine and not cues.says("buying", text, language))


def _is_of_another(words: str, found: Read, clause: Clause) -> bool:
    """Tell whether words name the forces of another than who acts: for the Armenian armed forces."""
    demonyms = [each for each in found.of(DEMONYM) if each.id not in clause.contributors]
    return any(found.text[each.start : each.end] in words for each in demonyms)


_FORCES_BUY = re.compile(
    r"^\W*(?:The |Die |Das )?(?:[\w-]+ )?(?:army|air force|navy|armed forces|Bundeswehr|Luftwaffe|Marine|Heer|"
    r"Streitkräfte|Армія|"
    r"Бундесвер|Військово-повітряні сили|ВПС|ВМС)\b|\bfor (?:its|their|his|her) (?:own )?(?:air force|army|navy|"
    r"armed forces|"
    r"military|brigades?|fleet|troops|coast guard|forces)\b|\bfür (?:die|ihre|seine) (?:eigene\w* )?(?:Luftwaffe|"
    r"Armee|Marine|"
    r"Streitkräfte|Truppe|Bundeswehr)\b"
)
"""Forces that buy, or for which somebody buys, where Ukraine is not named."""


def _is_given(text: str, found: Read, clause: Clause, context: Context) -> bool:
    """Tell whether who is named receives something that nobody is said to give: Germany will get two systems.

    Where the sentence names who gives it, or who issued the text does, it is a promise of theirs. An ally that gets
    something has bought it, unless it is for what that ally gave.
    """
    gets = cues.says("getting", text, context.language)
    receiving = {each.id for each in recipients(found)} - {UKRAINE}
    if gets is None or not receiving:
        return False
    if receiving & ALLIES and not _IN_RETURN.search(found.text):
        return True
    return clause.is_carried and (clause.contributors != context.issuer or bool(receiving & set(clause.contributors)))


_IN_RETURN = re.compile(
    r"\b(?:in return|in exchange|instead|in their place|to fill the gap|dafür|im Gegenzug|als Ersatz|im Tausch|"
    r"натомість|взамін|навзамін|в обмін)\b",
    re.IGNORECASE,
)


def _is_recent(found: Read) -> bool:
    """Tell whether a sentence names a day, so that what it says is done already is news."""
    return any(each.said in ("on", "from") and (each.is_day or each.has_year) for each in found.dates)
