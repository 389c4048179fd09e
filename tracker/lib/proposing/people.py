"""Persons and their offices, as a text names them: `German Defense Minister Boris Pistorius`."""

import re
from dataclasses import dataclass

from tracker.lib.proposing.reading.names import DEMONYM, PARTY, Mention, Vocabulary

_NAME = r"(?P<name>(?-i:[A-ZÄÖÜŠŽČŁŚŻ][\w’'-]+(?:\s(?:van|von|de|der|zu|di))?(?:\s[A-ZÄÖÜŠŽČŁŚŻ][\w’'-]+){1,2}))"
_OFFICE = re.compile(
    r"\s(?:[a-zäöü]+\s)?(?P<office>(?:defen[cs]e|foreign|prime|interior|finance) (?:minister|secretary)|president|"
    r"chancellor|"
    r"secretary of (?:state|defen[cs]e)|minister of defen[cs]e|\w*(?:verteidigungs|außen|premier|"
    r"finanz)minister(?:in)?|"
    r"präsident(?:in)?|(?:bundes)?kanzler(?:in)?|ministerpräsident(?:in)?)\s" + _NAME,
    re.IGNORECASE,
)
_GENITIVE = re.compile(r"['’]?s?")
_COUNTERPART = re.compile(r"\s(?:counterpart|colleague|amtskollegen?|amtskollegin|kollegen?)\s" + _NAME, re.IGNORECASE)
_FEDERAL = re.compile(
    r"\bbundes(?P<office>verteidigungsminister|außenminister|finanzminister|kanzler)(?:in)?s?\s" + _NAME, re.IGNORECASE
)
_OFFICES = (
    (r"(?:defen[cs]e|verteidigungs)", "Minister of Defence"),
    (r"(?:foreign|außen|secretary of state)", "Minister for Foreign Affairs"),
    (r"(?:finance|finanz)", "Minister of Finance"),
    (r"interior", "Minister of the Interior"),
    (r"(?:prime|premier|ministerpräsident)", "Prime Minister"),
    (r"(?:president|präsident)", "President"),
    (r"(?:chancellor|kanzler)", "Chancellor"),
)
_CALLED_OTHERWISE = {
    ("DEU", "Minister of Defence"): "Federal Minister of Defence",
    ("GBR", "Minister of Defence"): "Secretary of State for Defence",
    ("USA", "Minister of Defence"): "Secretary of Defense",
    ("DEU", "Minister for Foreign Affairs"): "Federal Minister for Foreign Affairs",
    ("GBR", "Minister for Foreign Affairs"): "Foreign Secretary",
    ("USA", "Minister for Foreign Affairs"): "Secretary of State",
    ("DEU", "Chancellor"): "Federal Chancellor",
}
"""What an office is called in a state that has a name of its own for it."""


@dataclass(frozen=True)
class Person:
    """A person whom a text calls the holder of an office of a party, from `start` up to `end`."""

    start: int
    end: int
    name: str
    office: str
    party: str


def people(text: str, vocabulary: Vocabulary) -> list[Person]:
    """Return the persons whom `text` names with an office and its party, in their order, each once."""
    found: dict[tuple[str, str], Person] = {}
    office = ""
    for mention in vocabulary.find(text):
        person = _after(text, mention, office)
        if person is not None:
            office = person.office if person.office else office
            found.setdefault((person.name, person.party), person)
    for match in _FEDERAL.finditer(text):
        person = Person(match.start(), match.end(), match["name"], _called(match["office"], "DEU"), "DEU")
        found.setdefault((person.name, person.party), person)
    return sorted(found.values(), key=lambda each: each.start)


def _after(text: str, mention: Mention, last_office: str) -> Person | None:
    """Return the person whose office stands behind the name or the adjective of a state."""
    if mention.kind not in (DEMONYM, PARTY):
        return None
    genitive = _GENITIVE.match(text, mention.end)
    start = genitive.end() if genitive else mention.end
    match = _OFFICE.match(text, start)
    if match:
        return Person(mention.start, match.end(), match["name"], _called(match["office"], mention.id), mention.id)
    match = _COUNTERPART.match(text, start)
    if match and last_office:
        general = next(
            (office for (_party, office), own in _CALLED_OTHERWISE.items() if own == last_office), last_office
        )
        office = _CALLED_OTHERWISE.get((mention.id, general), general)
        return Person(mention.start, match.end(), match["name"], office, mention.id)
    return None


def _called(words: str, party: str) -> str:
    office = next((name for pattern, name in _OFFICES if re.search(pattern, words, re.IGNORECASE)), words)
    return _CALLED_OTHERWISE.get((party, office), office)
