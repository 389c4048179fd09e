"""Who is given something in a sentence: they stand where a giver could, and give nothing."""

import re

from tracker.lib.proposing.clause import Clause
from tracker.lib.proposing.context import Context
from tracker.lib.proposing.reading import cues
from tracker.lib.proposing.reading.names import CAPITAL, DEMONYM, OFFICIAL, PARTY, Mention
from tracker.lib.proposing.reading.read import UKRAINE, Read
from tracker.lib.proposing.words.parties import ALLIES

_VALUE_FOLLOWS = {
    cues.EN: re.compile(
        r"(?:\s(?:armed forces|army|navy|air force|police|military|border guards?|government))?\s(?:with\s|(?:an?|"
        r"another|a further|some|about|around|up to|at least|more than|nearly|almost|over|its|their|his|"
        r"one of (?:its|their))\s(?=[\w€£$])|(?!20\d\d\b)[\d€£$]|(?:EUR|USD|GBP|NOK|SEK|DKK|CAD|AUD|CHF|PLN|CZK|two|"
        r"three|four|"
        r"five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|twenty|thirty|forty|fifty|sixty|\w+ty|dozens|hundreds|"
        r"half)\b)",
        re.IGNORECASE,
    ),
    cues.DE: re.compile(
        r"\s(?:mit\s)?(?:(?:weitere|zusätzlich\w*|noch|rund|etwa|bis zu|mindestens|mehr als|über|knapp|gut|fast|"
        r"einmalig)\s)*(?:(?!20\d\d\b)\d|(?:eine?n?|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf|"
        r"\w+zehn|\w+zig|"
        r"hundert|Dutzende|mehrere)\b)"
    ),
}
"""How many of what, right behind who is given it: France presents Armenia with 36 howitzers."""
_VERB_BEFORE = {
    cues.EN: re.compile(
        r"\b(?!(?:and|or|with|from|of|that|the|when|while|where|by|but|which|because|after|if|in|on|at|for|to|said|"
        r"says|as|than|nor|before|since|about|over|an|a|both|also|today|now|whether|against|between|like)\b)"
        r"[a-z]{3,}\s(?:the\s)?$"
    ),
    cues.DE: re.compile(
        r"\b(?!(?:und|oder|mit|von|aus|dass|ob|wenn|als|in|für|an|auf|bei|wie|sowie)\b)[a-zäöüß]{3,}\s$"
    ),
}
_HAS_SUBJECT = re.compile(
    r"\b(?:[Ww]e|I|[Hh]e|[Ss]he|[Tt]hey|[Ii]t|who|which|[Ww]ir|[Ii]ch|[Ee]r|[Ss]ie|[Ee]s|man|"
    r"[Tt]he (?:\w+ ){0,2}(?:government|minister|ministry|commission|union|cabinet|country|president|ambassador)|"
    r"[Dd]er \w*(?:[Mm]inister|[Kk]anzler|[Pp]räsident|Bundesrat)|"
    r"[Dd]ie \w*(?:[Mm]inisterin|[Kk]anzlerin|[Rr]egierung)|"
    r"[Dd]as (?:\w*[Mm]inisterium|Kabinett|Parlament))\b"
)
"""A subject that is no name of a party; `der Regierung` is none."""
_AFTER_PREPOSITION = re.compile(
    r"\b(?:with|for|to|in|of|from|by|at|on|mit|für|in|im|aus|von|nach|an|auf|bei|zu|über)\s"
    r"(?:the |der |die |das |dem |den )?$",
    re.IGNORECASE,
)
_NO_GIVERS = ("UKR", "RUS", "BLR")
_GIVEN_BY = re.compile(r"\b(?:from|by|von|aus|vom|durch|від|з|із)\s(?:the |der |dem |den )?$", re.IGNORECASE)
_RECIPIENT = re.compile(
    r"\b(?:suppl(?:y|ies|ied|ying)|provid(?:e|es|ed|ing)|equip(?:s|ped|ping)?|give[sn]?|gave|giving|sen[dt]s?|"
    r"sending|len[dt]s?|offer(?:s|ed)?|arms?|"
    r"sells?|sold|grants?|granted|owes?)\s(?:the\s)?$"
)
"""A verb of giving right before who is given something: lent Denmark."""
_ITS_FORCES = re.compile(
    r"\s(?:armed forces|army|police|navy|air force|military|border guards?|coast guard|Armee|Polizei|Streitkräfte|"
    r"армі\w+|поліці\w+|військ\w*)\b"
)
_TO = re.compile(
    r"\b(?:to|for|an|für|für die|an die|до|для)\s(?:the\s|die\s|das\s|den\s|der\s)?(?:government of\s|army of\s)?$",
    re.IGNORECASE,
)
_NOBODY = ("NATO", "EU", "UN", "RUS", "BLR")
"""Things may be sent to these, and none of them is a beneficiary."""
_TAKES = re.compile(
    r"\b(?:takes?|took|taken) over\b|\baccept(?:s|ed)\b|\bübern(?:immt|ahm|ommen)\b|\bприйма(?:є|ють)\b|\bприйня(?:в|"
    r"ла|ли)\b"
)
"""Verbs by which an ally takes over a duty, and whoever is only given things takes these."""


_GETS_BEFORE = re.compile(r"\b(?:bekommt|erhält|bekam|erhielt)\s(?:die |der )?$")


def is_only_given(party: str) -> bool:
    """Tell whether a party is a state that gives nothing as a rule: neither an ally, nor an institution."""
    return len(party) == 3 and party not in ALLIES and party not in ("IMF", "EIB", "EPF", UKRAINE)


def recipients(found: Read) -> list[Mention]:
    """Return the parties to which something is given: an object before what is given, or the subject of `gets`."""
    named = found.of(PARTY, CAPITAL, DEMONYM)
    return [each for each in named if _is_object(found, each, named) or _gets(found, each)]


def is_recipient(before: str) -> bool:
    """Tell whether who is named after these words is given something: lent Denmark."""
    return bool(_RECIPIENT.search(before))


def _is_object(found: Read, mention: Mention, named: list[Mention]) -> bool:
    """Tell whether a party stands between a verb, whose subject was named, and how many of what it is given."""
    follows = _VALUE_FOLLOWS.get(found.language)
    if follows is None or not follows.match(found.text[mention.end :]):
        return False
    before = found.text[: mention.start]
    if not _VERB_BEFORE[found.language].search(before):
        return False
    clause = re.split(r"[,;:]\s", before)[-1]
    start = len(before) - len(clause)
    led_by = [
        each.start
        for each in found.of(PARTY, CAPITAL, OFFICIAL)
        if start <= each.start < mention.start and each.id not in _NO_GIVERS
    ]
    led_by += [start + match.start() for match in _HAS_SUBJECT.finditer(clause)]
    return any(not _AFTER_PREPOSITION.search(before[:place]) for place in led_by)


def _gets(found: Read, mention: Mention) -> bool:
    """Tell whether a party is the subject of a verb of receiving: Moldova gets 20 vehicles from Germany."""
    after = found.text[mention.end :]
    if mention.kind == DEMONYM and not _ITS_FORCES.match(after):
        return False
    if mention.id == UKRAINE or _GIVEN_BY.search(found.text[: mention.start]):
        return False
    gets = cues.says("getting", after, found.language) or (_TAKES.search(after) if is_only_given(mention.id) else None)
    if gets is None and _GETS_BEFORE.search(found.text[: mention.start]):
        # In German the subject may stand behind its verb: bekommt Rumänien.
        return True
    if gets is None:
        return False
    between = found.text[mention.end : mention.end + gets.start()]
    return (
        len(between) < 70 and not re.search(r"[;:]|\b(?:that|dass|що|and|und)\b", between) and between.count(",") != 1
    )


def beneficiary(found: Read, clause: Clause, context: Context) -> str:
    """Return who is given what a clause tells of: who is named as such, else whom things named before were for, else
    Ukraine, of which the register is."""
    given = [each.id for each in recipients(found) if each.id not in clause.contributors]
    if given:
        return given[0]
    named = [each.id for each in found.of(PARTY, CAPITAL, DEMONYM)]
    before = [*context.facts, *context.pending]
    if UKRAINE in named:
        return UKRAINE
    for each in found.of(PARTY, DEMONYM):
        is_after = any(value.start < each.start for value in clause.values)
        if is_after and each.id not in (*clause.contributors, *_NOBODY) and _TO.search(found.text[: each.start]):
            return each.id
    known = before[-1].beneficiary if before and (clause.is_known or clause.refers) else None
    return known or UKRAINE
