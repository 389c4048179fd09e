"""Bodies that meet and have no name in the vocabulary: committees, coalitions, the ministers of a region."""

import re

from tracker.lib.proposing.reading import cues
from tracker.lib.proposing.reading.names import FORUM, INITIATIVE, Mention
from tracker.lib.proposing.reading.read import Read

_BODIES = (
    # words, an example
    (r"\b(?:(?!The |In |On |At )[A-Z][\w’'-]+\s){0,3}(?:Committee|Council|Cooperation|Coalition|Contact Group|"
        r"Working Group|"
     r"Forum|Conference|Format|Triangle|Eight|Nine|Assembly|Quint|Board|Alliance)\b|\b(?:drone|air force|artillery|"
     r"maritime|demining) (?:alliance|coalition)\b|"
     r"\b[Tt]alks (?=between)|\b[Cc]onference (?=of|on)", "NATO's Military Committee convenes"),
    (r"\b(?:(?:[Dd]efen[cs]e|[Ff]oreign|[Ff]inance|[Ee]nergy|[Ii]nterior|[Pp]rime|[Ee]uropean|EU|NATO|Nordic|Baltic|"
        r"allied) ){1,3}"
     r"(?:ministers|chiefs|leaders|directors|advisers)\b(?! of (?:state|"
     r"the interior))(?: of (?:the )?(?:[A-Z][\w-]+(?:, | and | )?){1,5}"
     r"(?:states|countries|group)?)?", "Defence ministers of the Baltic states will meet"),
    (r"\b(?:chiefs of (?:defence|staff)|heads of (?:state|government)|(?:national )?armaments directors|"
        r"(?:national )?security advis[eo]rs|"
        r"state secretaries|"
     r"political directors|(?:the )?leaders of [\w, ]+|(?:the )?presidents of [\w, ]+|ambassadors)\b",
     "The national armaments directors meet"),
    (r"\b(?:Verteidigungs|Außen|Finanz|Energie|Innen|Premier)minister(?:innen)?n?\b(?: der [\wäöüß -]+?(?=\s(?:in|am|"
        r"im|zu|nach)\b))?|"
     r"\bStaats- und Regierungschefs\b|\b\w*[Gg]eneralstabschefs\b|\b\w*(?:[Mm]ilitärausschuss|[Kk]oalition|"
     r"[Kk]ontaktgruppe|"
     r"[Ss]teuerungsgruppe|[Aa]rbeitsgruppe)\b|\bRüstungsdirektoren\b", "Am Freitag kommen die Verteidigungsminister"),
    (r"\b[Мм]іністри (?:оборони|закордонних справ|фінансів|енергетики)(?: [а-яіїєґ’'-]+){0,3}|"
        r"\b[Лл]ідери (?:країн )?[\w ]+|"
     r"\b[Нн]ачальники ген(?:еральних )?штабів\b|\b[Вв]ійськовий комітет(?: НАТО)?|\b[Гг]лави (?:держав|урядів|"
     r"МЗС)[\w ]*",
     "Міністри оборони країн Північної Європи зберуться"),
)  # fmt: skip
"""Patterns of the bodies, each with a sentence that it is for."""
_BODY = [re.compile(words) for words, _example in _BODIES]
_MEETS = re.compile(
    r"\b(?:meets?|met|will meet|(?:are|is) (?:to|due to|set to) meet|conven(?:e|es|ed)|gather(?:s|ed)?|will gather|"
    r"assembl(?:e|es|ed)|"
    r"(?:holds?|held|will hold|are holding|hosts?|hosted|will host) (?:its|a|an|their|"
    r"the)?\s?(?:[\w-]+\s){0,2}(?:meeting|session|talks|"
    r"conference|call)|"
    r"will be held|takes? place|took place|(?:will )?(?:chairs?|chaired|hosts?|hosted) (?:a|an|"
    r"the) (?:\w+ ){0,2}(?:meeting|gathering|session)|"
    r"c(?:ame|ome|omes) together|(?:get|gets|got) together|reconven(?:e|es|ed)|sat down|reassembl(?:e|es))\b|"
    r"\b(?:treffen sich|trafen sich|tagt|tagen|tagte|tagten|berieten|beraten|(?:kommen|kamen|kommt|"
    r"kam)\b.*\bzusammen|"
    r"(?:fand|findet)\b.*\bstatt|versammeln sich)\b|"
    r"\b(?:збер(?:еться|уться)|зібра(?:лася|лися|вся)|зустрі(?:лися|нуться)|засіда(?:є|ють|в|ла|ли|тиме)|"
    r"провел\w+ (?:зустріч|засідання|нараду)|"
    r"відбу(?:деться|лося|лася))\b"
)
_NO_BODY = re.compile(r"Council of Ministers|City Council|Security Council of|finance committee|Bundesrat")


def body_that_meets(found: Read) -> Mention | None:
    """Return the body that a sentence with a day or a month says meets; None where it says of none."""
    if not _MEETS.search(cues.without_points(found.text)) or not any(each.said == "on" for each in found.dates):
        return None
    if found.amounts or any(thing.is_counted for thing in found.things):
        return None
    coalition = next((each for each in found.of(INITIATIVE) if re.search(r"oalition|lliance", each.name)), None)
    if coalition is not None:
        return Mention(coalition.start, coalition.end, FORUM, coalition.id, coalition.name)
    for pattern in _BODY:
        match = pattern.search(found.text)
        if match and not _NO_BODY.search(match.group()):
            return Mention(match.start(), match.end(), FORUM, "", match.group().strip())
    return None
