"""Who acts in a sentence: the parties that can give, meet or deploy, and not those that say a place or an origin."""

import re

from tracker.lib.proposing.reading import cues
from tracker.lib.proposing.reading.names import CAPITAL, DEMONYM, OFFICIAL, PARTY, Mention
from tracker.lib.proposing.reading.read import RUSSIA, UKRAINE, Read
from tracker.lib.proposing.receiving import is_recipient, recipients
from tracker.lib.proposing.words.peoples import PEOPLES

_NEVER = (UKRAINE, RUSSIA, "NATO", "UN", "BLR")
_GOVERNMENT = re.compile(
    r"\s+(?:[\w-]+\s+){0,2}(?:Ukraine fund|support fund|fund|Fonds|фонд|agency|Agentur|агентство|bank|government|"
    r"state|treasury|"
    r"cabinet|ministry|prime minister|president|parliament|ministers?|ambassador|embassy|Botschaft\w*|посол|"
    r"посольств\w+|"
    r"secretary|chancellor|army|navy|"
    r"air force|armed forces|military|taxpayers|authorities|officials|lawmakers|MPs|house|senate|chamber|agency|"
    r"troops|contingent|detachment|colleagues?|counterparts?|"
    r"Regierung\w*|Kabinett\w*|\w*[Mm]inister\w*|\w*[Pp]räsident\w*|Kanzler\w*|Premier\w*|Parlament\w*|"
    r"Streitkräfte\w*|Armee|Luftwaffe|"
    r"Marine|Heer\w*|Kontingent\w*|Amtskolleg\w*|Kolleg\w*|Ressortchef\w*|Außenamt\w*|\w*[Bb]ehörden?|"
    r"\w*[Rr]üstungsamt|Abgeordnete\w*|"
    r"уряд\w*|міністерк\w+|\w*міністр\w*|міноборони|\w*президент\w*|прем['’ʼ]єр\w*|парламент\w*|армі\w*|"
    r"збройн\w+ сил\w*|"
    r"канцлер\w*|колег\w*|"
    r"військ\w+|сторон\w*|контингент\w*|влад\w+)\b",
    re.IGNORECASE,
)
_LOCATIVE = re.compile(
    r"\b(?:in|to|into|at|near|over|for|towards|against|through|across|within|inside|outside|about|above|via|"
    r"around|off|reach(?:es|ed|ing)?|enter(?:s|ed|ing)?|visit(?:s|ed|ing)?|cross(?:es|ed)?|toward|nach|"
    r"für|im|über|an|gegen|bei|durch|auf|gegenüber|zu|vor|hinter|у|в|до|над|для|через|проти|на|щодо|біля|поблизу|"
    r"навколо|"
    r"with the help of|like|unlike|wie|ohne|without|außer|except)\s+"
    r"(?:the\s|der\s|die\s|das\s|den\s|dem\s|neighbour\s|Südpolen\s|eastern\s|southern\s|northern\s|"
    r"neighbouring\s)?$",
    re.IGNORECASE,
)
_OF_WHOM = re.compile(
    r"\b(?:of|from|with|von|vom|aus|mit|із|з|зі|від|seit)\s+(?:the\s|der\s|den\s|dem\s)?$", re.IGNORECASE
)
_FROM = re.compile(
    r"\b(?:from|by|courtesy of|thanks to|gift of|von|aus|із|з|зі|від)\s+(?:the\s|der\s|den\s|"
    r"dem\s)?$",
    re.IGNORECASE,
)
_OFFICE_OF = re.compile(
    r"\b(?:government|ministers?|ministry|parliament|army|contribution|aid|help|support|pledge|Regierung|Vorsitz|"
    r"Parlament|\w*[Mm]inister\w*|committee|chamber|council|house|chief of staff|"
    r"chairmanship|led by|Premier|President|chancellor|king|Beitrag|Hilfe) (?:of |von |aus )?(?:the |der |den )?$",
    re.IGNORECASE,
)
_WITH_ARTICLE = ("NLD", "CHE", "USA", "TUR", "SVK", "GBR", "EU", "MDA", "CZE", "UN", "DEU")
_ORIGIN = re.compile(
    r"\b(?:company|firm|manufacturer|maker|start-?up|Unternehmen|Konzern|Firma|Hersteller|компані\w+|виробник\w*|"
    r"фірм\w+)\s(?:from|of|aus|von|із|з)\s$",
    re.IGNORECASE,
)
_NOT_ITSELF = re.compile(
    r"['’]s?\s(?:[\w-]+\s)?(?:neighbours?|borders?|airspace|territory|coast|sk(?:y|ies)|capital|airports?|economy|"
    r"ambassador|east|west|"
    r"north|south|soil|waters|embassy|demands?|requests?|call|opposition)\b"
)
_COMPOUND = re.compile(
    r"-(?!Regierung|Präsident|Verteidigungs|Außen|Kongress|Kommission|Botschaft|Ministerium|Minister|Senat|Armee|"
    r"Luftwaffe|Streitkräfte)[A-ZÄÖÜ]|"
    r"-(?:made|led|built|backed|funded|based)\b|\s(?:weapons|arms|stocks?|stockpiles|equipment|inventor(?:y|ies)|"
    r"missiles|"
    r"interceptors|dollars|law)\b"
)
"""What is of a state, such as US-Waffen, and not the state."""
_AT_HOME = re.compile(r"^\W*(?:In|У|В|Aus)\s$")
_OF_THERE = re.compile(
    r"\W{1,2}(?:\w+\s){0,3}(?:the |die |das )?(?:government|cabinet|parliament|ministry|prime minister|lawmakers|"
    r"Regierung|Kabinett|Parlament|Ministerium|"
    r"уряд|парламент|міністерство)\b"
)
"""In Oslo, the government: a capital that says whose government it is."""
_ITS_GOVERNMENT = re.compile(
    r",\s(?:where|wo|де)\s(?:the |die |das )?(?:government|cabinet|parliament|Regierung|"
    r"Kabinett|Parlament|уряд|парламент)\b"
)
"""In Prague, where the government decided."""
_OF_WHOM_IS_TOLD = re.compile(
    r",\s(?:which|who|das|die|яка|який|котра)\s(?:[\w]+\s){0,4}?(?:paid|pays|gave|gives|sent|sends|provides?d?|"
    r"promised|pledged|"
    r"donat\w+|will|is (?:paying|giving|sending)|contribut\w+|zahlt\w*|gab|gibt|schickt\w*|liefert\w*|überw\w+|"
    r"stellt\w*|"
    r"дал[аи]?|дає|дасть|передал\w+|передає|виділ\w+|заплат\w+|перераху\w+|надал\w+|надає)\b"
)
"""I thank Denmark, which last week paid: who is told of acts."""
_DECIDES = re.compile(
    r"\s(?:parliament|government|cabinet|senate|chamber|council|Parlament|Regierung|Kabinett|"
    r"парламент|уряд)\b"
)
_EACH_OF = re.compile(r"\b(?:each|all|both) of (?:the )?$|\b(?:jede[rs]?|alle) der $|\bкожна з $", re.IGNORECASE)
_SOME_OF = re.compile(r"\b(?:more|[\w-]+|\d+) of $")
"""Whose things some are: four more of Germany's jets."""
_MONEY_OF = re.compile(
    r"[\s-](?:contribution|donation|gift|grant|money|funds|funding|funded|financed|financing|taxpayers?|cash)\b|e[mnrs]?\s(?:Geld\w*|Mittel\w*|"
    r"Steuer\w*)\b|\s(?:коштом|гроші|кошти)\b"
)
"""The fruit of Danish money: who pays."""
_RELIEVED = re.compile(
    r"\b(?:reliev\w+(?! by\b)|replac\w+(?! by\b)|succeed\w*|tak(?:e|es|ing) the place of|заступа\w+|заступ\w+|"
    r"tak(?:e|es|"
    r"ing) over from|took over from|lös(?:t|en|te|ten)|ablös\w*|зміню\w+|"
    r"(?:take|takes|taking|took) over (?:the )?(?:[\w-]+ )?(?:policing|duty|"
    r"patrols?|mission|rotation|watch)\b.{0,30}\bfrom|"
    r"змін\w+|замін\w+)\s(?:[^.,]{0,40}\s)?(?:the |a |das |die |den |der )?$",
    re.IGNORECASE,
)
_TOWN = re.compile(r"\b(?:to|in|at|near|from|into|nach|bei)\s(?:[A-ZÀ-Ž][\w’'-]+\s?){1,3},\s$")
"""A town before the name of its state: at Bemowo Piskie, Poland."""
_PRONOUN = re.compile(r"\W*(?:they|it|these|sie|es|diese|вони|він|вона|ці|abgelöst)\b", re.IGNORECASE)
"""Who relieves somebody was named before, and who is relieved acts in this sentence."""
_DONE_BY = re.compile(r"\b\w+(?:[нт]их|[нт]ий|[нт]а|[нт]о|[нт]і|[нт]ого|[нт]ої|[нт]ими|[нт]у)\s$")
# A Ukrainian name of a state is who acts in the nominative, or after a word for its government.
_OBLIQUE = re.compile(
    r"(?:ії|ією|ію|єю|ою|ові|ом|ем|ями|ям|ах|[вдзнртлм]і|[бвгґджзклмнпрстфхцчшщ]у|щі|ччи?ні|тві|"
    r"ьщу|и)$"
)
_NOMINATIVE_I = ("Сполучені Штати", "Нідерланди", "Філіппіни", "Штати", "США", "Афіни", "Ризі")
_OFFICE_IN_UKRAINIAN = re.compile(
    r"\b(?:уряд\w*|міністерк\w+(?: оборони| закордонних справ)?|прем[’'ʼ]єрк\w+|президентк\w+|\w*міністр\w*|"
    r"міністерств\w+(?: оборони| закордонних справ)?|міноборони|міністр\w*(?: оборони| "
    r"закордонних справ)?|парламент\w*|президент\w*|"
    r"прем['’ʼ]єр\w*|канцлер\w*|арм\w+|внес\w+|допомог\w+|пакет\w*(?: від)?|від|з боку|кошт\w+|сил\w+|лідер\w+|"
    r"головуванн\w+|очолю\w+|кабінет\w*|поставк\w+ від|"
    r"спільно з|разом із?|рад\w+ директорів|правлінн\w+|із|зі|з)\s$",
    re.IGNORECASE,
)
_SPEAKS = re.compile(
    r"^\W*(?:\w{1,3}\W+)*$|\b(?:\w*[Mm]inister(?:in)?|President|Chancellor|Secretary|Premier|Commissioner|Chief|"
    r"\w*[Pp]räsident(?:in)?|\w*[Kk]anzler(?:in)?|\w*[Kk]ommissar(?:in)?|\w*міністр\w*|\w*президент\w*|канцлер\w*|"
    r"прем['’ʼ]єр\w*)(?:\s(?:of \w+|оборони|закордонних справ))?,?\s(?:[A-ZÄÖÜА-ЯІЇЄ][\w’'-]+\s){0,2}$"
)
"""What stands before the name of somebody who speaks for a party: nothing, or an office."""


def actors(found: Read) -> list[Mention]:
    """Return the mentions of parties that can be who gives, meets or deploys."""
    kept: list[Mention] = []
    given = recipients(found)
    for each in found.of(PARTY, DEMONYM, CAPITAL, OFFICIAL):
        if each in given:
            continue
        if each.kind == OFFICIAL and (kept or not _SPEAKS.search(found.text[: each.start])):
            continue
        if each.id not in _NEVER and (_can_act(found, each) or _is_joined(found, each, kept)):
            kept.append(each)
    if len({each.id for each in kept}) > 1 and _is_header(found, kept[0]):
        found.header, kept = kept[0].id, kept[1:]
    given_by = [each for each in kept if _FROM.search(found.text[: each.start])]
    if given_by and len(given_by) < len(kept) and _is_source(found):
        kept = [each for each in kept if each not in given_by]
    return [each for each in kept if not _is_make(found, each, kept)]


def _is_header(found: Read, mention: Mention) -> bool:
    """Tell whether a name heads what is told of its country: `LATVIA: Spain keeps a battery at Lielvarde`."""
    return not re.search(r"\w", found.text[: mention.start]) and found.text[mention.end :].startswith(":")


def _is_joined(found: Read, mention: Mention, kept: list[Mention]) -> bool:
    """Tell whether a Ukrainian name follows another that acts in the same case: оплачених Данією, Німеччиною."""
    if found.language != "uk" or not kept or mention.kind != PARTY:
        return False
    return bool(re.fullmatch(r",?\s(?:та |і |й )?", found.text[kept[-1].end : mention.start]))


def _is_source(found: Read) -> bool:
    """Tell whether `from` says where something is bought, or who else makes it, as nobody is given anything."""
    return bool(cues.says("buying", found.text, found.language)) and not re.search(
        r"\b(?:by|durch)\s", found.text, re.IGNORECASE
    )


def _is_make(found: Read, mention: Mention, kept: list[Mention]) -> bool:
    """Tell whether an adjective says where a thing is made, which another gives: Denmark buys 19 French howitzers."""
    if mention.kind != DEMONYM or _GOVERNMENT.match(found.text[mention.end :]) or not _has_own_thing(found, mention):
        return False
    others = [each for each in kept if each.start < mention.start and each.id != mention.id]
    return bool(others) and not cues.says("deploying", found.text, found.language)


def _can_act(found: Read, mention: Mention) -> bool:
    before, after = found.text[: mention.start], found.text[mention.end :]
    if mention.kind == DEMONYM and not (
        _GOVERNMENT.match(after)
        or _MONEY_OF.match(after)
        or _has_own_thing(found, mention)
        or _is_people(found, mention)
    ):
        return False
    if mention.kind == CAPITAL and (_is_dateline(before, after) or not re.match(r"\s|,|'|’|-|\.|:", after + " ")):
        return False
    if mention.kind == DEMONYM and re.match(
        r"\s(?:company(?! of \w+ty\b| of \d)|firm|manufacturer|maker|start-?up)", after
    ):
        return False
    if mention.kind == CAPITAL and before.count("(") > before.count(")"):
        return False
    if mention.kind == CAPITAL and _AT_HOME.search(before) and _OF_THERE.match(after):
        return True
    if mention.kind in (CAPITAL, PARTY) and _ITS_GOVERNMENT.match(after):
        return True
    if mention.kind == PARTY and _OF_WHOM_IS_TOLD.match(after) and not _ORIGIN.search(before):
        return True
    if mention.kind == PARTY and _EACH_OF.search(before):
        return True
    if mention.kind == DEMONYM and (_DECIDES.match(after) or _MONEY_OF.match(after)):
        return True
    if _is_place(found, before, mention) or _NOT_ITSELF.match(after) or _ORIGIN.search(before):
        return False
    if (
        _RELIEVED.search(before)
        and not _PRONOUN.match(found.text)
        and not any(t.is_counted and t.start < mention.start < t.end for t in found.things)
    ):
        return False
    if mention.id == "EU" and re.match(r"['’]s\b", after) and not _GOVERNMENT.match(after[2:]):
        return bool(
            re.match(
                r"['’]s\s(?:[\w-]+\s){0,2}(?:contribution|share|aid|support|package|offer|Facility|"
                r"facility|fund|budget|executive|arm|states)",
                after,
            )
        )
    if mention.kind == DEMONYM and any(t.is_counted and t.start < mention.start < t.end for t in found.things):
        return True
    if mention.kind == PARTY and _COMPOUND.match(after):
        return False
    if mention.kind == PARTY and is_recipient(before):
        return False
    if found.language == "uk" and mention.kind in (PARTY, CAPITAL):
        return (
            not _is_oblique(found, mention)
            or bool(_OFFICE_IN_UKRAINIAN.search(before))
            or (found.text[: mention.end].endswith(("ією", "ою", "єю")) and bool(_DONE_BY.search(before)))
        )
    if re.match(r"['’]s?\s", after) and _SOME_OF.search(before) and _has_own_thing(found, mention):
        return True
    return not _OF_WHOM.search(before) or bool(_OFFICE_OF.search(before) or _FROM.search(before))


def _is_place(found: Read, before: str, mention: Mention) -> bool:
    """Tell whether a preposition makes a place of a name; in German not by an article that such a name does not "
    "have."""
    if (
        found.language == "de"
        and re.search(r"\b(?:die|der|das|den|dem)\s$", before)
        and mention.id not in _WITH_ARTICLE
    ):
        return False
    town = _TOWN.search(before)
    if town and not any(town.start() <= each.start < town.end() for each in found.of(PARTY)):
        return True
    if found.language == "en" and before.endswith(("an ", "An ")):
        return False
    return bool(_LOCATIVE.search(before))


def _is_oblique(found: Read, mention: Mention) -> bool:
    words = found.text[mention.start : mention.end]
    return words not in _NOMINATIVE_I and bool(_OBLIQUE.search(words))


def _is_people(found: Read, mention: Mention) -> bool:
    """Tell whether a demonym stands for its people: the Danes, данці."""
    words = found.text[mention.start : mention.end]
    return bool(PEOPLES.search(words)) and not re.match(
        r"\s(?!(?:will|have|also|are|came|gave|sent|took|made|said|brought|paid|put|offered|promised|pledged|"
        r"announced|agreed|want|plan|intend)\b)[a-z]+\b",
        found.text[mention.end :],
    )


def _has_own_thing(found: Read, mention: Mention) -> bool:
    """Tell whether forces of a state follow its adjective: four Spanish F-18s."""
    return any(0 <= thing.end - mention.end < 40 and thing.start <= mention.end + 25 for thing in found.things)


def _is_dateline(before: str, after: str) -> bool:
    return not re.sub(r"^\W*(?:[A-ZÄÖÜА-ЯІЇЄ]{3,}/)+", "", before).strip() and bool(
        re.match(
            r"(?:/\w+)?(?:\s?\([^)]*\))?\s?(?:[-–—.]|/|,\s(?:den\s)?(?:\d|[A-Z][a-z]+\.?\s\d|[A-Z][a-z]+day|"
            r"[A-ZÄÖÜ]{3}|"
            r"[A-Z][a-z]+\s[–—-]))",
            after,
        )
    )
