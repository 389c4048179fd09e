"""A text in sentences, without what is no part of the article."""

import re
from dataclasses import dataclass

_NOISE = re.compile(
    r"cookie|slapuk|informasjonskapsler|evästei|subscribe|sign up|newsletter|share this|"
    r"all rights reserved|our standards|privacy"
    r"|advertisement|read more|photo:|contact:|press secretary to|kontakt:|pressestelle|datenschutz|"
    r"impressum|weiterlesen|teilen auf"
    r"|your inbox|free article|support independent|media enquiries|press telephone|editing in london|reporting by|"
    r"push-nachrichten|podcast|bildmaterial|barrierefreiheit|das gespräch führten|lesen sie auch|контакти для змі|"
    r"передрук|поділитися:"
    r"|підписуйтесь|підписатися|реклама|читайте також|фото:|всі права|avslå|personvern|akzeptieren|"
    r"accept all|follow us|terms of use",
    re.IGNORECASE,
)
_BLOCK = re.compile(r"[^\n]+")
_END = re.compile(r"(?<=[.!?…])[\"”»'’)]*\s+(?=[\"“«„(']?[A-ZÄÖÜА-ЯІЇЄҐ0-9–+*-])|\s\+\+\+\s|(?<=:)\s+(?=SPRECHER|Q:)")
_ABBREVIATED = re.compile(
    r"(?:\b(?:No|Nr|Mr|Mrs|Dr|St|Gen|approx|ca|bzw|Mio|Mrd|Tsd|z\.B|d\.h|U\.S|a\.m|p\.m|e\.g|i\.e|тис|млн|"
    r"млрд|дол|р|рр|ім|Nov|Dec|Jan|Feb|Aug|Sept?|Oct)"
    r")\.$"
)
_ORDINAL = re.compile(r"(?<!\bLeopard )(?<!\bPzH )(?<!\bBergepanzer )(?<!\bZuzana )\b\d{1,2}\.$")
_ORDERED = re.compile(
    r"\s+(?!(?:Bis|Der|Die|Das|Den|Dem|Des|Ein|Eine|In|Im|Am|An|Auf|Aus|Bei|Mit|Nach|Von|Vor|Zu|Zum|Zur|Für|Seit|Ab|"
    r"Auch|Es|Er|"
    r"Sie|Wir|Und|Aber|Doch|Nun|Dabei|Damit|Dazu|Davon|Dort|Hinzu|Zudem|Außerdem|Insgesamt|Laut|Während|Wenn|Als)\b)"
    r"[A-ZÄÖÜ][a-zäöüß]+"
)
"""In German a number with a point before a noun says which: `das 31. Hilfspaket`; elsewhere it ends a sentence."""
_GERMAN = re.compile(r"\b(?:[Dd](?:er|ie|as|en|em)|und|mit|für|nicht|wird|werden|ist|sind|zu|zum|im|vom|[Ss]eit)\b")
_QUESTION = re.compile(r"^(?:Q|FRAGE|ZUSATZ|QUESTION|ЗАПИТАННЯ|ПИТАННЯ)\s?:", re.IGNORECASE)
_LINE_NUMBER = re.compile(r"\W*\d{1,2}\.")
_ITEM = re.compile(r"^\s*(?:[-–•*·]|\(?(?:\d{1,2}|[a-z]|[а-яі])[.)])\s+")


STAMP = re.compile(
    r"\s*(?:\+\+\+?\s*)?(?:\[)?\d{1,2}[.:]\d\d(?:\s?(?:Uhr|h|CET|GMT|a\.m\.|"
    r"p\.m\.))?(?:\])?\s*[:–—|-]?\s+(?=\S)"
)
"""The time at which a live blog says something."""


@dataclass(frozen=True)
class Sentence:
    """A sentence from `start` up to `end`, in the line of number `block`; `is_item` says that it is one of a list."""

    start: int
    end: int
    text: str
    block: int
    is_item: bool = False
    is_question: bool = False


def sentences(text: str) -> list[Sentence]:
    """Return the sentences of an article in their order; notices of cookies, contacts and the like are left out."""
    found: list[Sentence] = []
    for block, match in enumerate(_BLOCK.finditer(text)):
        line = match.group()
        if _is_noise(line):
            # After a notice of cookies nothing of the article follows.
            if re.search(r"cookie|slapuk|informasjonskapsler", line, re.IGNORECASE) and match.start() > 0.4 * len(text):
                break
            continue
        is_item = bool(_ITEM.match(line))
        for start, end in _parts(line):
            stamp = STAMP.match(line, start, end) if start == 0 else None
            start = stamp.end() if stamp else start
            words = line[start:end]
            is_question = bool(_QUESTION.match(line)) or words.rstrip('"”»').endswith("?")
            found.append(Sentence(match.start() + start, match.start() + end, words, block, is_item, is_question))
    return found


def _is_noise(line: str) -> bool:
    return len(line) < 400 and bool(_NOISE.search(line))


def _parts(line: str) -> list[tuple[int, int]]:
    ends, start = [], 0
    is_german = bool(_GERMAN.search(line))
    for match in _END.finditer(line):
        before = line[start : match.start()].rstrip()
        is_ordinal = is_german and _ORDINAL.search(before) and _ORDERED.match(line, match.start())
        if (is_ordinal or _LINE_NUMBER.fullmatch(before) or _ABBREVIATED.search(before)) and not match.group().strip():
            continue
        ends.append((start, match.start()))
        start = match.end()
    parts = [*ends, (start, len(line))]
    return [(begin, finish) for begin, finish in parts if line[begin:finish].strip()]
