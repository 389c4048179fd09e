"""Who acts in a sentence: the parties that can give, meet or deploy, and not those that say a place or an origin."""

import re
from dataclasses import replace

from tracker.lib.proposing.reading import cues
from tracker.lib.proposing.reading.names import CAPITAL, DEMONYM, FORUM, OFFICIAL, PARTY, PLACE, Mention
from tracker.lib.proposing.reading.read import RUSSIA, UKRAINE, Read
from tracker.lib.proposing.receiving import is_recipient, recipients
from tracker.lib.proposing.words.acting import (
    AT_HOME,
    COMPOUND,
    CONTRACT_WITH,
    DECIDES,
    DONE_BY,
    EACH_OF,
    FROM,
    GOVERNMENT,
    ITS_GIFT,
    ITS_GOVERNMENT,
    LOCATIVE,
    MONEY_OF,
    NOMINATIVE_I,
    NOT_ITSELF,
    OBLIQUE,
    OF_THERE,
    OF_WHOM,
    OF_WHOM_IS_TOLD,
    OFFICE_IN,
    OFFICE_IN_UKRAINIAN,
    OFFICE_OF,
    ORIGIN,
    PRIVATE,
    PRONOUN,
    RELIEVED,
    SOME_OF,
    SPEAKS,
    TOWN,
    WITH_ARTICLE,
)
from tracker.lib.proposing.words.peoples import PEOPLES

_NEVER = (UKRAINE, RUSSIA, "NATO", "UN", "BLR")


def actors(found: Read) -> list[Mention]:
    """Return the mentions of parties that can be who gives, meets or deploys."""
    kept: list[Mention] = []
    given = recipients(found)
    for each in found.of(PARTY, DEMONYM, CAPITAL, OFFICIAL):
        if each in given:
            continue
        if each.kind == OFFICIAL and (kept or not SPEAKS.search(found.text[: each.start])):
            continue
        if each.id not in _NEVER and (_can_act(found, each) or _is_joined(found, each, kept)):
            kept.append(each)
    kept = kept or _leaders_of_the_union(found)
    kept = kept or [
        each for each in found.of(PARTY) if each.id not in _NEVER and CONTRACT_WITH.search(found.text[: each.start])
    ]
    return [each for each in kept if not _is_make(found, each, kept)]


def _leaders_of_the_union(found: Read) -> list[Mention]:
    """Return the Union for the European Council, where that agrees on an amount and nobody else acts."""
    if not found.amounts or not cues.says("agreed", found.text, found.language):
        return []
    return [replace(each, kind=PARTY, id="EU") for each in found.of(FORUM) if each.name == "European Council"][:1]


def _is_joined(found: Read, mention: Mention, kept: list[Mention]) -> bool:
    """Tell whether a Ukrainian name follows another that acts in the same case: оплачених Данією, Німеччиною."""
    if found.language != "uk" or not kept or mention.kind != PARTY:
        return False
    return bool(re.fullmatch(r",?\s(?:та |і |й )?", found.text[kept[-1].end : mention.start]))


def _is_make(found: Read, mention: Mention, kept: list[Mention]) -> bool:
    """Tell whether an adjective says where a thing is made, which another gives: Denmark buys 19 French howitzers."""
    if mention.kind != DEMONYM or GOVERNMENT.match(found.text[mention.end :]) or not _has_own_thing(found, mention):
        return False
    others = [each for each in kept if each.start < mention.start and each.id != mention.id]
    return bool(others) and not cues.says("deploying", found.text, found.language)


def _can_act(found: Read, mention: Mention) -> bool:
    before, after = found.text[: mention.start], found.text[mention.end :]
    if mention.kind == DEMONYM and not (
        GOVERNMENT.match(after) or MONEY_OF.match(after) or _has_own_thing(found, mention) or _is_people(found, mention)
    ):
        return False
    if mention.kind == CAPITAL and not re.match(r"\s|,|'|’|-|\.|:", after + " "):
        return False
    if mention.kind == DEMONYM and (PRIVATE.match(after) or _is_of_place(found, mention)):
        return False
    if mention.kind == CAPITAL and before.count("(") > before.count(")"):
        return False
    if mention.kind == CAPITAL and AT_HOME.search(before) and OF_THERE.match(after):
        return True
    if mention.kind in (CAPITAL, PARTY) and (ITS_GOVERNMENT.match(after) or OFFICE_IN.search(before)):
        return True
    if mention.kind == PARTY and OF_WHOM_IS_TOLD.match(after) and not ORIGIN.search(before):
        return True
    if mention.kind == PARTY and (EACH_OF.search(before) or ITS_GIFT.match(after)):
        return True
    if mention.kind == DEMONYM and (DECIDES.match(after) or MONEY_OF.match(after)):
        return True
    if _is_place(found, before, mention) or NOT_ITSELF.match(after) or ORIGIN.search(before):
        return False
    if (
        RELIEVED.search(before)
        and not PRONOUN.match(found.text)
        and not any(t.is_counted and t.start < mention.start < t.end for t in found.things)
    ):
        return False
    if mention.kind == DEMONYM and any(t.is_counted and t.start < mention.start < t.end for t in found.things):
        return True
    if mention.kind == PARTY and COMPOUND.match(after):
        return False
    if mention.kind == PARTY and is_recipient(before):
        return False
    if found.language == "uk" and mention.kind in (PARTY, CAPITAL):
        return (
            not _is_oblique(found, mention)
            or bool(OFFICE_IN_UKRAINIAN.search(before))
            or (found.text[: mention.end].endswith(("ією", "ою", "єю")) and bool(DONE_BY.search(before)))
        )
    if re.match(r"['’]s?\s", after) and SOME_OF.search(before) and _has_own_thing(found, mention):
        return True
    return not OF_WHOM.search(before) or bool(OFFICE_OF.search(before) or FROM.search(before))


_RELATIVE = re.compile(r",\s(?:\w+\s)?(?:d(?:ie|er|as|en|em|enen)|welche[mnrs]?)\s$")
"""A relative pronoun, behind which the subject stands: ein Abkommen, nach dem Deutschland zahlt."""


def _is_of_place(found: Read, mention: Mention) -> bool:
    """Tell whether an adjective says where a place is: im polnischen Lublin."""
    return any(0 < place.start - mention.end < 3 for place in found.of(PLACE))


def _is_place(found: Read, before: str, mention: Mention) -> bool:
    """Tell whether a preposition makes a place of a name; in German not by an article that such a name does not "
    "have."""
    if found.language == "de" and re.search(r"\b(?:die|der|das|den|dem)\s$", before) and mention.id not in WITH_ARTICLE:
        return False
    if found.language == "de" and _RELATIVE.search(before):
        return False
    town = TOWN.search(before)
    if town and not any(town.start() <= each.start < town.end() for each in found.of(PARTY)):
        return True
    if found.language == "en" and before.endswith(("an ", "An ")):
        return False
    return bool(LOCATIVE.search(before))


def _is_oblique(found: Read, mention: Mention) -> bool:
    words = found.text[mention.start : mention.end]
    return words not in NOMINATIVE_I and bool(OBLIQUE.search(words))


def _is_people(found: Read, mention: Mention) -> bool:
    """Tell whether a demonym stands for its people: the Danes, данці."""
    words = found.text[mention.start : mention.end]
    return bool(PEOPLES.search(words)) and not words.endswith("ern")


def _has_own_thing(found: Read, mention: Mention) -> bool:
    """Tell whether forces of a state follow its adjective: four Spanish F-18s."""
    return any(0 <= thing.end - mention.end < 40 and thing.start <= mention.end + 25 for thing in found.things)
