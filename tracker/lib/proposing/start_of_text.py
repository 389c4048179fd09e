"""How a text begins: who issued it, and the day of the occasion that it reports."""

import datetime as dt
import re

from tracker.lib.proposing.context import Context
from tracker.lib.proposing.reading.dates import dates
from tracker.lib.proposing.reading.names import CAPITAL, DEMONYM, PARTY
from tracker.lib.proposing.reading.read import UKRAINE, Read
from tracker.lib.proposing.reading.sentences import STAMP
from tracker.lib.proposing.words.towns import STATE_OF_TOWN

_ISSUED = re.compile(
    r"press release|immediate release|Medienmitteilung|Pressemitteilung|ministry of|department of|office of the|"
    r"government|statement by|Bundesministerium|"
    r"Regierung|Verteidigungsministerium|Commons|SPRECHERIN|Defence, London",
    re.IGNORECASE,
)


_OF_THE_UNION = re.compile(
    r"Council of the E(?:U|uropean Union)|(?:European|Foreign Affairs) Council\b|European Commission|"
    r"Rat der Europäischen "
    r"Union|Europäische Kommission|"
    r"Європейськ\w+ комісі\w+|Рад\w+ ЄС|Council conclusions"
)


_JOINT = re.compile(
    r"joint (?:statement|declaration|communiqu)|\bWe, (?:the )?(?:[\w-]+ ){0,3}(?:ministers|leaders|"
    r"heads|presidents|governments)|gemeinsame Erklärung|спільн\w+ заяв",
    re.IGNORECASE,
)


_GERMAN_OFFICE = re.compile(r"\bBundes\w*(?:minister|kanzler|regierung|wehr|kabinett)")
_DATED_LINE = re.compile(r"^\W*[A-ZÄÖÜ][\w ]{2,20},\s(?:den\s)?\d{1,2}\.?\s\w+\s20\d\d\s*$", re.MULTILINE)
"""A line of a letter or a release that has its place and day only: `The Hague, 3 October 2025`."""


_REGION = re.compile(r"^\W*[A-Z]\w+(?: [A-Z]\w+)?, [A-Z]\w+(?: [A-Z]\w+)?\s*$", re.MULTILINE)
"""A line that has a town and its province only: `Ottawa, Ontario`."""
_TOWN = re.compile(r"[A-ZÄÖÜ][\w]+(?: [A-ZÄÖÜ]\w+)?(?=\s?[–—(-]|\.\s|,\s|/)")
"""The town with which a report begins."""
_SPEAKS_FOR = re.compile(
    r"^\W*(?:Today, )?the (?:Prime Minister|President|Government|Minister of [\w ]{5,40})\s(?:today |also )*"
    r"(?:announced|confirmed|is announcing)\b(?: today)?(?: that)?\s(?:the government of )?[A-Z]",
    re.IGNORECASE | re.MULTILINE,
)
"""The head of a government without the name of a state: The Prime Minister today announced that Canada will pay."""
_QUOTATION = re.compile(r"[\"“„«»][^\"“”«»\n]*[\"”“»«]")
"""Words of others: who says `we` there did not issue the text."""
_WHERE = re.compile(
    r"\b(?:to|in|into|for|over|near|with|against|nach|für|über|mit|gegen|до|в|у|для|з)\s(?:the\s|der\s|den\s)?$"
)
"""What stands before a place, or somebody else than whoever issued a text."""
_SAYS_WE = re.compile(r"\b(?:[Ww]ir|[Uu]ns(?:er\w*)?)\b")
"""Who says so in a German text that names no other state of that language speaks for Germany."""
_OF_BRITAIN = re.compile(
    r"\b(?:the Secretary of State\b.*\b(?:£|British)|(?:we|our|the House|hon\. Member)\b.*£)", re.DOTALL
)


def begin(context: Context, text: str, found: list[Read]) -> None:
    """Find who issued the text, and the day of the occasion that it reports."""
    head = text[:400]
    for each in dates(head, context.published):
        if (
            each.is_day
            and not each.edtf.startswith("weekday")
            and each.said == "on"
            and len(each.edtf) == 10
            and each.start < 160
        ):
            near = abs((dt.date.fromisoformat(each.edtf) - context.published).days)
            if near <= 3:
                context.occasion = each.edtf
                break
    if _OF_THE_UNION.search(head):
        context.issuer = ["EU"]
    elif context.language == "de" and _GERMAN_OFFICE.search(head):
        context.issuer = ["DEU"]
    elif own := _SPEAKS_FOR.search(text):
        context.issuer = [
            each.id for sentence in found for each in sentence.of(PARTY)
            if sentence.sentence.start <= own.start() < sentence.sentence.end
        ][:1]  # fmt: skip
    elif _ISSUED.search(head) or re.search(
        r"\b(?:we|our|wir|unsere\w*)\b|\bI\b(?! (?:am|have been) told)|"
        r"\bmy \w+",
        _QUOTATION.sub(" ", text),
    ):
        for sentence in found[:6]:
            named = [
                each.id
                for each in sentence.of(CAPITAL, PARTY, DEMONYM)
                if each.id not in (UKRAINE, "NATO", "RUS", "EU") and not _WHERE.search(sentence.text[: each.start])
            ]
            several = list(dict.fromkeys(named))
            if named and not (_JOINT.search(head) and len(several) < 2):
                context.issuer = several if _JOINT.search(head) else named[:1]
                break
    if (
        not context.issuer
        and context.language == "de"
        and re.search(
            r"Unterstützungsleistungen|SPRECHERIN|SPRECHER:|Ertüchtigung|Bundes(?:wehr|polizei|"
            r"regierung|tag|\w*minister)",
            text,
        )
    ):
        context.issuer = ["DEU"]
    if not context.issuer and context.language == "de" and _SAYS_WE.search(_QUOTATION.sub(" ", text)):
        named = [each.id for sentence in found for each in sentence.of(PARTY, CAPITAL)]
        context.issuer = ["DEU"] if "DEU" in named and not {"AUT", "CHE"} & set(named) else []
    if not context.issuer and _OF_BRITAIN.search(text):
        context.issuer = ["GBR"]
    context.is_of_an_office = bool(context.issuer)
    head_line = _DATED_LINE.search(head) or _REGION.search(head)
    if not context.issuer and head_line:
        named = [each.id for sentence in found[:5] for each in sentence.of(CAPITAL) if each.id != UKRAINE]
        context.issuer = named[:1]
    if not context.issuer:
        town = _TOWN.match(text)
        context.issuer = [STATE_OF_TOWN[town.group().title()]] if town and town.group().title() in STATE_OF_TOWN else []
    if not context.issuer and found:
        capital = next((each.id for each in found[0].of(CAPITAL) if each.start < 3), None)
        context.issuer = [capital] if capital and capital != UKRAINE else []
    if context.occasion is None and len(re.findall(rf"^{STAMP.pattern}", text, re.MULTILINE)) >= 3:
        context.occasion = context.published.isoformat()
    if context.occasion is None and found:
        _occasion_of_lead(context, found)


def _occasion_of_lead(context: Context, found: list[Read]) -> None:
    """Take the day on which the lead says that something was said or done."""
    for sentence in found[:3]:
        for each in sentence.dates:
            if each.edtf.startswith("weekday") and each.said == "on":
                from_lead = context.date_of(sentence, each.start, each.end, is_ahead=False)
                if from_lead and "/" not in from_lead:
                    context.occasion = from_lead
                    return
