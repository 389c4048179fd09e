"""What makes a fact less sure than its rule: words around its passage that often belong to what is none."""

import re

from tracker.lib.proposing.proposal import (
    CONSIDERED,
    DELIVERY,
    DEPLOYMENT,
    INCIDENT,
    PLEDGE,
    REQUIREMENT,
    STATED,
    Fact,
)
from tracker.lib.proposing.reading import cues
from tracker.lib.proposing.reading.names import CAPITAL, DEMONYM, PARTY, PLACE
from tracker.lib.proposing.reading.read import RUSSIA, UKRAINE, Read

_RECALLED = re.compile(
    r"\b(?:already|earlier|previous(?:ly)?|last (?:year|month|spring|summer|autumn|winter)|years? ago|so far|until now|"
    r"once|recall\w*|remain(?:s|ed)?|still|again|as before|bereits|schon|früher\w*|zuvor|vorige\w*|Vorjahr\w*|"
    r"bisher\w*|bislang|erneut|weiterhin|раніше|торік|вже|уже|досі|знову|минул(?:ого|ому) (?:року|місяця))\b",
    re.IGNORECASE,
)
_COMPARED = re.compile(
    r"\b(?:more than (?:half|any)|less than (?:half|any)|compared|comparison|per (?:head|year|month)|annually|"
    r"(?:every|each) (?:year|month)|average|market|"
    r"bonds?|GDP|im Vergleich|gegenüber|pro Kopf|Durchschnitt|порівнян\w+|у середньому)\b",
    re.IGNORECASE,
)
_BY_OTHERS = re.compile(
    r"\b(?:sources?|reports?|reportedly|rumou?rs?|newspaper|media|spokes\w+ for|analysts?|opposition|critics|"
    r"angeblich|Medienbericht\w*|Zeitung|Opposition|ЗМІ|джерел\w+|чутк\w+|опозиці\w+)\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\b20\d\d\b")


def doubt(fact: Fact, found: Read) -> int:
    """Return how many points of 100 a fact is less sure for what its sentence says besides."""
    text, points = found.text, 0
    if fact.kind in (PLEDGE, DELIVERY, DEPLOYMENT) and not _is_counted(fact):
        points += _of_no_number(fact, found)
    if fact.kind == REQUIREMENT and not _is_counted(fact):
        points += 20
    if fact.kind == DELIVERY and fact.certainty == STATED and fact.beneficiary == UKRAINE and _is_elsewhere(found):
        points += 30
    if fact.kind in (PLEDGE, INCIDENT) and any(int(each) < found.published.year for each in _YEAR.findall(text)):
        points += 15
    if fact.kind in (PLEDGE, INCIDENT) and _RECALLED.search(text):
        points += 10
    if _COMPARED.search(text) or _BY_OTHERS.search(text):
        points += 10
    if fact.kind in (PLEDGE, DELIVERY) and _names_others(fact, found):
        points += 5
    if len(fact.items) > 1 and fact.certainty != STATED and not _is_counted(fact):
        points += 5
    return points


_MERELY_POSSIBLE = re.compile(r"\b(?:may|might|could|can|kann|könn\w+|мож\w+|мог\w+)\b", re.IGNORECASE)


def _of_no_number(fact: Fact, found: Read) -> int:
    if _is_weighed(fact, found) or any(item["quantity"]["qualifier"] == "withheld" for item in fact.items):
        # Who keeps a number back has one.
        return 5
    if fact.kind == DEPLOYMENT:
        return 10
    return 10 if _is_plain(fact, found) else 15


def _is_plain(fact: Fact, found: Read) -> bool:
    """Tell whether who is named gives things to Ukraine, by its name, or takes them back: that needs no number."""
    if not fact.items or "contributors" not in fact.evidence or _TOLD_BEFORE.search(found.text):
        return False
    return fact.stage == "cancellation" or any(each.id == UKRAINE for each in found.of(PARTY, CAPITAL))


_TOLD_BEFORE = re.compile(r"\b(?:had|hatten?|could|would|könnten?|würden?|міг|могла|могли)\b", re.IGNORECASE)
"""What was said before by somebody, or is only guessed."""


def _is_weighed(fact: Fact, found: Read) -> bool:
    """Tell whether who is named weighs a gift, which needs no number; that they could is a guess of anybody."""
    if fact.certainty != CONSIDERED or not fact.items or "contributors" not in fact.evidence:
        return False
    return bool(cues.says("considered", _MERELY_POSSIBLE.sub(" ", found.text), found.language))


_ARRIVED_IN = re.compile(r"\b(?:in|at|to|bei|nach|до|в|у)\s(?:the\s)?(?:[\w-]+\s)?$", re.IGNORECASE)


def _is_elsewhere(found: Read) -> bool:
    """Tell whether things have arrived in another state than Ukraine, on their way to it."""
    if any(each.id.endswith(UKRAINE) for each in found.mentions):
        return False
    places = [each for each in found.of(PARTY, PLACE) if each.id not in ("NATO", "EU")]
    return any(_ARRIVED_IN.search(found.text[: each.start]) for each in places)


def _is_counted(fact: Fact) -> bool:
    numbers = [item["quantity"][end] for item in fact.items for end in ("low", "high")]
    return bool(fact.amount) or any(each is not None for each in numbers)


def _names_others(fact: Fact, found: Read) -> bool:
    """Tell whether a sentence names states that have no part in the fact."""
    parties = {each.id for each in found.of(PARTY, DEMONYM)}
    return bool(parties - {*fact.contributors, fact.supplier, UKRAINE, RUSSIA, "NATO", "EU", None})
