"""A sentence in segments: its main clause, and those that hang on it, so that what one denies is not denied of another.

No grammar is parsed: a segment begins with a conjunction or a relative pronoun, and a relative one ends at the next
comma. What stands between two parts of the main clause does not part it.
"""

import re
from dataclasses import dataclass
from functools import cache

from tracker.lib.proposing.reading import cues
from tracker.lib.proposing.reading.cues import DE, EN, UK

MAIN, CONTENT, RELATIVE, BESIDE = "main", "content", "relative", "beside"
"""What a segment is: the main clause, what somebody says or asks, what is told of a noun, or another clause "
"beside."""

_OPENERS = {
    EN: (
        (CONTENT, r"(?<! of)(?<! for)(?<! to)(?<! with)(?<! from)(?<! in)(?<! on)(?<! at)(?<! by)(?<! "
            r"than),?\s(?:that|whether)\b"),
        (RELATIVE, r",\s(?:(?:in|to|of|with|from|under|for|at|on|by) )?(?:which|who|whose|whom|where)\b|"
            r"\s(?:which|who)\b|"
                   r",\s(?:already |first |previously )?(?:announced|promised|pledged|presented|unveiled|agreed|"
                   r"approved)\s(?=in|at|last|by|on)|"
            r"(?<=[a-z])\s(?=(?:it|they) (?:no longer |has |have |had )?(?:needs?|wants?|owns?|uses?|bought|ordered|"
            r"promised|"
            r"pledged|announced|offered|received|operates?)\b)"),
        (BESIDE, r"(?<=[»”\"“])\s?(?=[,–—])|\sand (?=(?:our|my|his|her) (?:[\w-]+ ){1,2}(?:will|is|are|has|have)\b)|"
            r"\sand (?=(?:the (?:rest|others|remaining|remainder|other|second|last)|another \w+) (?:[\w-]+ ){0,2}"
            r"(?:will|is|are|was|were|has|have|follow|arriv|come|should))|"
            r"\sand (?:said|announced|added|confirmed|promised) (?:that )?(?=(?:it|he|she|they)\b)|"
            r",?\s(?:while|whereas|although|though|because|until|(?<!nothing )(?<!all )but(?! for| not| also))\b|"
            r",\s(?:(?:with )?the first|and (?=(?:the|"
            r"its|their|all|another|it|they)\s(?:[\w-]+\s){0,3}(?:will|is|are|was|were|has|have)\b)|yet|after|"
            r"before|as|not)\b|;|:(?=\s)"),
    ),
    DE: (
        (CONTENT, r",\s(?:dass|ob|wonach|um)\b|,\s(?=[^,;]*\b(?:zu\s[a-zäöü]+n|(?:ab|an|auf|aus|bei|bereit|ein|frei|"
        r"her|mit|"
            r"weiter|zurück)zu[a-zäöü]+n)\b)"),
        (RELATIVE, r",\s(?:(?:mit|von|für|an|auf|aus|bei|in|zu|durch|über|nach|unter)\s)?"
                   r"(?:die|der|das|den|dem|deren|dessen|denen|welche\w*|wo|wobei|was|womit|wofür|woran|wovon)\b"),
        (BESIDE, r"(?<=[»”\"“«])\s?(?=[,–—])|,\s[a-zäöü]+(?:t|te|en)\s(?=(?:aber|jedoch|allerdings|dafür)\b)|"
            r",\s(?=(?:der Rest|die (?:übrigen|"
                r"restlichen|anderen)|"
            r"weitere)\b)|,\s(?:während|obwohl|nachdem|weil|da|bevor|sodass|als|solange|damit|aber|doch|sondern|jedoch|"
            r"denn|allerdings|die ersten)\b|;|:(?=\s)|"
                 r"\s(?:während|aber)\b|\sund\s(?=(?:schickt|schicken|verleg(?:t|en)|stellt|stellen|liefert|liefern|"
                 r"zahlt|"
                 r"zahlen|gibt|geben|übergibt|übergeben|entsende[tn]|finanzier(?:t|en)|spende[tn]|stationier(?:t|"
                 r"en))\s)"),
    ),
    UK: (
        (CONTENT, r",\s(?:що|чи|щоб|аби|нібито|ніби)\b"),
        (RELATIVE, r",\s(?:[а-яіїє]{1,4}\s)?(?:як(?:ий|а|е|і|ого|ої|их|им|ими|у|ою|ому)|де|котр\w+)\b"),
        (BESIDE, r"(?<=[»”\"“])\s?(?=[,–—])|,\s(?=(?:решта|інші|ще)\s)|,\s(?:а|але|однак|проте|тоді як|хоча|бо|адже|"
            r"оскільки|зате|натомість|"
                r"перш(?:і|ий|а))\b|;|:(?=\s)"),
    ),
}  # fmt: skip
_FIRST = {
    EN: r"\W*(?:While|Although|Though|After|Before|Because|When|As)\b",
    DE: r"\W*(?:Während|Obwohl|Nachdem|Weil|Da|Bevor|Als)\b",
    UK: r"\W*(?:Хоча|Оскільки|Після того|Поки|Коли)\b",
}
_SAYING = re.compile(
    r"(?:\bsa(?:y|ys|id)|\btold [\w ]{1,30}|announc\w+|confirm\w+|den(?:y|ies|ied)|demand\w*|insist\w*|hop(?:e|es|"
    r"ed)|suggest\w*|"
    r"recommend\w*|report\w*|add(?:s|ed)|stress\w*|claim\w*|not(?:e|es|ed)|explain\w*|recall\w*|reiterat\w*|"
    r"repeat\w*|condition|agreed|decided|"
    r"reckons?|estimat\w+|calculat\w+|maintains?|reveal\w*|disclos\w*|tells? (?:the )?\w+(?: today)?|can tell [\w ]+|"
    r"inform\w*|"
    r"wr(?:ites|ote)|warn\w*|asked|know|knows|believes?|thinks?|understood|clear|stor(?:y|ies)|claims?|rumou?rs?|"
    r"suggestions?|"
    r"idea|allegations?|speculation|news|impression|notion|assumption|"
    r"Meldung|Gerücht\w*|Bericht\w*|повідомлення|чутк\w+|інформаці\w+|твердження|"
    r"заяв\w+|повідом\w+|сказа\w+|наголос\w+|нагада\w+|підкресл\w+|оголос\w+|підтверд\w+|запереч\w+|зазнач\w+|"
    r"дода\w+|пообіця\w+|"
    r"очіку\w+|вваж\w+|розпов\w+|каж\w+|пиш\w+|стверд\w+|сподіва\w+|вимага\w+|закл\w+|попрос\w+|про те|"
    r"домовил\w+)(?:\s[\w-]+){0,3},?$",
    re.IGNORECASE,
)
_GERMAN_VERB_LAST = re.compile(
    r"(?:^|\s)(?!zwei$|drei$|und$|Millionen|Milliarden)[a-zäöüß]+(?:t|n|st|hat|war|soll|will|kann|wird|ließ|gab|"
    r"kam)\W*$"
)


_DOING = (
    "giving",
    "delivered",
    "coming",
    "contract",
    "paid",
    "cancelled",
    "deploying",
    "agreed",
    "considered",
    "planned",
)
_AUXILIARY = re.compile(
    r"\b(?:is|are|was|were|will|would|has|have|had|can|could|may|might|does|did|ist|sind|war|waren|wird|werden|"
    r"hat|haben|"
    r"soll|sollen|kann|є|буде|будуть|був|була|були|має|мають)\b",
    re.IGNORECASE,
)


@dataclass
class Segment:
    """A segment of a sentence: its pieces, for another may stand within it, and the segment on which it hangs."""

    kind: str
    pieces: list[tuple[int, int]]
    on: int = 0

    def holds(self, place: int) -> bool:
        """Tell whether a place of the sentence is in it."""
        return any(start <= place < end for start, end in self.pieces)


@cache
def _pattern(language: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?P<{kind}>{words})" for kind, words in _OPENERS[language]), re.IGNORECASE)


@cache
def _opening(language: str) -> re.Pattern[str]:
    return re.compile(_FIRST[language])


def does(text: str, language: str) -> bool:
    """Tell whether words say that something is done: whether a verb is among them."""
    return bool(_AUXILIARY.search(text)) or any(cues.says(cue, text, language) for cue in _DOING)


def segments(text: str, language: str) -> list[Segment]:
    """Return the segments of a sentence; the first is its main clause."""
    main = Segment(MAIN, [])
    found, current, at = [main], main, 0
    opened = _opening(language).match(text)
    comma = re.search(r",\s", text)
    if opened and comma:
        found.append(Segment(BESIDE, [(0, comma.start())]))
        at = comma.start()
    for match in _pattern(language).finditer(text, at):
        if match.start() < at:
            continue
        kind = _kind_of(text, match, language)
        if kind is None:
            continue
        current.pieces.append((at, match.start()))
        at = match.start()
        on = found.index(current)
        if kind == RELATIVE:
            end = _end_of_relative(text, match.end())
            if language == EN and not does(" ".join(text[a:b] for a, b in current.pieces), language):
                end = _before_main_verb(text, match.end(), end)
            found.append(Segment(RELATIVE, [(at, end)], on))
            at = end
        else:
            current = Segment(kind, [], on)
            found.append(current)
    current.pieces.append((at, len(text)))
    return found


def _kind_of(text: str, match: re.Match[str], language: str) -> str | None:
    kind = match.lastgroup
    if match.group() == ":":
        return kind if does(text[: match.start()], language) else None
    said = bool(_SAYING.search(text[: match.start()]))
    if kind == CONTENT and language == EN and "whether" not in match.group():
        return CONTENT if said else RELATIVE
    if kind == RELATIVE and language == EN and match.group().isspace():
        return None if said else RELATIVE
    if kind == CONTENT and language == UK and match.group().endswith("що"):
        return CONTENT if said else RELATIVE
    if kind == RELATIVE and language == DE:
        end = _end_of_relative(text, match.end())
        return RELATIVE if _GERMAN_VERB_LAST.search(text[match.end() : end]) else None
    return kind


def _end_of_relative(text: str, start: int) -> int:
    comma = re.compile(r",\s|;|:\s|\s[–—]\s|$").search(text, start)
    return comma.start() if comma else len(text)


_OWN_VERB = re.compile(
    r"\W*(?:[\w’'-]+\s){0,4}?(?:(?:has|have|had|was|were|is|are|will|would)\s(?:been\s|be\s)?[a-z]+|[a-z]{3,}(?:ed|"
    r"es|s)|gave|sent|bought)\b"
)
"""What a relative clause says of the noun before it."""
_MAIN_VERB = re.compile(
    r"\s(?:(?:has|have|had|was|were|is|are|will|would|can|could|may|might|should)\b|(?:arrived|reached|crossed|"
    r"landed|came|"
    r"went|left|rolled|docked|sailed|got|follow(?:ed|s)?|cost)\b)"
)


def _before_main_verb(text: str, start: int, end: int) -> int:
    """Return where a relative clause without a comma ends if the main verb follows it: the guns that were promised |
    arrived."""
    own = _OWN_VERB.match(text, start, end)
    # Words that say when something was promised are blanked.
    begin = own.end() if own else start if "   " in text[start:end] else end
    verb = _MAIN_VERB.search(text, begin, end)
    return verb.start() if verb else end
