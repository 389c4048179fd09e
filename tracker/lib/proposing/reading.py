"""One sentence, read: the names, numbers, amounts, dates and things in it, at their places in the sentence."""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass

from tracker.lib.proposing import cues
from tracker.lib.proposing.amounts import Amount, amounts
from tracker.lib.proposing.dates import Date, dates
from tracker.lib.proposing.names import (
    CAPITAL,
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
from tracker.lib.proposing.numerals import Number, numbers
from tracker.lib.proposing.party_words import CURRENCY_OF
from tracker.lib.proposing.sentences import Sentence
from tracker.lib.proposing.things import Thing, things

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

    def of(self, *kinds: str) -> list[Mention]:
        """Return the mentions of some kinds."""
        return [each for each in self.mentions if each.kind in kinds]


_BESIDES = re.compile(
    r",\s(?:which|who)\s(?:has|have|had)\b[^,;.]*,"
    r"|,\s(?:die|das|der)\s[^,;.]*\b(?:bereits|schon|seit)\b[^,;.]*,"
    r"|,\sяк(?:а|ий|і|е)\s[^,;.]*\b(?:вже|раніше|з 20)[^,;.]*,",
    re.IGNORECASE,
)
"""What a relative clause recalls of somebody."""
_BRINGING = re.compile(
    r",\s(?:bringing|taking|which brings|raising)\b[^.;]*|,\s(?:womit|wodurch)\b[^.;]*", re.IGNORECASE
)
_ASIDE = re.compile(r"\((?:damit )?(?:insgesamt|in total|total|загалом)[^)]*\)", re.IGNORECASE)
_NO_COUNT = re.compile(
    r"^(?:th|st|nd|rd)\b|^\s?(?:%|percent|per cent|Prozent|відсотк|mm\b|мм\b|a\.m|p\.m|o'clock|Uhr|hours|"
    r"minutes|Minuten|Stunden|years|Jahre|months|Monate|weeks|days|Tage|km\b|kilomet|members|Staaten|"
    r"states|countries|allies|miles|години|хвилин|разів|times)",
    re.IGNORECASE,
)
_TIME = re.compile(r"\b\d{1,2}[:.]\d\d\b(?!\d)")


def read(sentence: Sentence, vocabulary: Vocabulary, language: str, published: dt.date) -> Read:
    """Return a sentence with what stands in it."""
    text = _blanked(_BRINGING, _blanked(_BESIDES, _blanked(_ASIDE, sentence.text)))
    text = cues.without_unstated(text, language) if "undisclosed number" not in text else text
    condition = cues.condition_in(text, language)
    # What a condition names is not what is promised.
    bare = text[: condition[0]] + " " * (condition[1] - condition[0]) + text[condition[1] :] if condition else text
    mentions = vocabulary.find(bare)
    found_dates = dates(bare, published)
    hidden = _hidden(bare, [*mentions, *found_dates])
    counted = [each for each in numbers(hidden, language) if _is_count(bare, each, language)]
    money = amounts(hidden, counted)
    money_spans = [(each.start, each.end) for each in money]
    free = [each for each in counted if not any(start <= each.start < end for start, end in money_spans)]
    found_things = things(bare, [each for each in mentions if each.kind in (PLATFORM, INITIATIVE, FORUM)], free)
    return Read(sentence, bare, mentions, found_dates, money, found_things, condition)


def _blanked(pattern: re.Pattern[str], text: str) -> str:
    return pattern.sub(lambda match: " " * len(match.group()), text)


def _hidden(text: str, spans: Iterable[Mention | Date]) -> str:
    """Return `text` with other signs in place of what has digits and is no number of things."""
    letters = list(_blanked(_TIME, text))
    for span in spans:
        if not isinstance(span, Mention) or span.kind in (PLATFORM, INITIATIVE, PLACE):
            letters[span.start : span.end] = "#" * (span.end - span.start)
    return "".join(letters)


def _is_count(text: str, number: Number, language: str) -> bool:
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
    return not re.match(r"\s(?:of|von|sich|із|з)\b", text[number.end :])


_GOVERNMENT = re.compile(
    r"\s+(?:[\w-]+\s+)?(?:government|cabinet|ministry|defence minister|defense minister|prime minister|"
    r"president|parliament|foreign minister|minister|army|air force|taxpayers"
    r"|Regierung|Kabinett|Verteidigungsminister\w*|Ministerium|Präsident\w*|Außenminister\w*|уряд\w*|"
    r"міністр\w*|міністерств\w*)\b",
    re.IGNORECASE,
)
_LOCATIVE = re.compile(
    r"\b(?:in|to|into|at|near|over|for|towards|against|through|across|within|inside|about|above|via|nach|"
    r"für|im|über|an|aus|gegen|bei|durch|auf|gegenüber|у|в|до|над|для|через|проти|на|щодо|біля|"
    r"with the help of)\s+"
    r"(?:the\s|der\s|die\s|den\s|neighbour\s|Südpolen\s|eastern\s|southern\s|northern\s)?$",
    re.IGNORECASE,
)
_OF_WHOM = re.compile(
    r"\b(?:of|from|with|von|vom|aus|mit|із|з|від|seit)\s+(?:the\s|der\s|den\s|dem\s)?$", re.IGNORECASE
)


def actors(found: Read) -> list[Mention]:
    """Return the mentions of parties that can be who gives, meets or deploys: not those that say a place."""
    kept = []
    for mention in found.of(PARTY, DEMONYM, CAPITAL):
        if mention.id in (UKRAINE, RUSSIA, "NATO", "UN", "BLR"):
            continue
        before, after = found.text[: mention.start], found.text[mention.end :]
        if mention.kind == DEMONYM and not (
            _GOVERNMENT.match(after)
            or _has_own_thing(found, mention)
            or (re.match(r"\s(?:company|firm|manufacturer|Hersteller)", after) is None and _is_people(found, mention))
        ):
            continue
        if mention.kind == CAPITAL and (_is_dateline(before, after) or not re.match(r"\s|,|'|’|-|\.", after + " ")):
            continue
        if _LOCATIVE.search(before):
            continue
        if _OF_WHOM.search(before) and not re.search(
            r"\b(?:government|ministers?|minister|ministry|Regierung|Vorsitz|chairmanship|led by|by|von|"
            r"aus|from|з|із|від|Premier|President) (?:of |von )?(?:the |der |den )?$|\b(?:from|aus|von|by|"
            r"з|із|від) (?:the |der |den |dem )?$",
            before,
            re.IGNORECASE,
        ):
            continue
        kept.append(mention)
    return kept


def impersonal(found: Read) -> list[Mention]:
    """Return the capitals in which something is decided, where nobody else acts: in Copenhagen they think."""
    return [
        each
        for each in found.of(CAPITAL)
        if each.id != UKRAINE and re.search(r"\b(?:in|у|в)\s$", found.text[: each.start])
    ]


def partners(found: Read) -> list[str]:
    """Return those with whom whoever acts does it jointly: gemeinsam finanziert mit Dänemark und den Niederlanden."""
    match = re.search(
        r"\b(?:gemeinsam|zusammen|jointly|together|спільно|разом)\b[^.,]{0,20}?\b(?:mit|with|з|із)\s",
        found.text,
        re.IGNORECASE,
    )
    if match is None:
        return []
    return [each.id for each in found.of(PARTY) if each.start >= match.end() and each.id != UKRAINE]


def _is_people(found: Read, mention: Mention) -> bool:
    """Tell whether a demonym stands for its people: the Danes, данці."""
    words = found.text[mention.start : mention.end]
    return bool(
        re.search(
            r"(?:Danes|Dutch|French|British|Germans|Swedes|Poles|Finns|Czechs|Norwegians|Spaniards|Swiss|"
            r"Dänen|Briten|Franzosen|ці|ни|цями|цям)$",
            words,
        )
    ) and not re.match(r"\s[a-z]+\b(?<!\swill)(?<!\shave)(?<!\salso)", found.text[mention.end :])


def _has_own_thing(found: Read, mention: Mention) -> bool:
    """Tell whether forces of a state follow its adjective: four Spanish F-18s."""
    return any(0 <= thing.end - mention.end < 40 and thing.start <= mention.end + 25 for thing in found.things)


def _is_dateline(before: str, after: str) -> bool:
    return not before.strip() and bool(re.match(r"(?:/\w+)?(?:\s?\([^)]*\))?\s?(?:[-–—.,:]|/)", after))


def currency_of(contributors: list[str]) -> str:
    """Return the currency that contributors bear costs in; the euro where they differ, or none is known."""
    found = {CURRENCY_OF.get(each, "EUR") for each in contributors}
    return found.pop() if len(found) == 1 else "EUR"


__all__ = ["FORUM", "OFFICIAL", "Read", "actors", "currency_of", "read"]
