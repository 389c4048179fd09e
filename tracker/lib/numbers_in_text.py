"""Numbers in running text: digits, number words, and words of scale."""

import re
from decimal import Decimal

from text_to_num import alpha2digit

from tracker.lib.proposing.reading import numerals
from tracker.lib.proposing.words.numbers import HALVES

_SCALES = (
    (12, r"dozens?|Dutzend"),
    (10**3, r"thousand|tausend|k|tsd|mil|mille|mila|duizend|tusen|tusind|tys\w*|tis[íi]c\w*|тис\w*|тыс\w*"),
    (
        10**6,
        r"mill?io\w*|millon\w*|millón|milh[ãõ]\w*|miljo[eo]?n\w*|milj|mill?|mio|mln|mn|m|млн|мільйон\w*|"
        r"миллион\w*",
    ),
    (10**9, r"billions?|bn|mrd|mia|mld|mill?iar\w*|miljar\w*|млрд|мільярд\w*|миллиард\w*"),
    (10**12, r"trillions?|trn|трильйон\w*"),
)
"""Words of scale of the languages in which sources are quoted, and not only of those that texts are read in."""
_SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve",
    "null ein zwei drei vier fünf sechs sieben acht neun zehn elf zwölf",
)
_WORDS = {word: number for words in _SMALL for number, word in enumerate(words.split())} | {
    "eine": 1, "einen": 1, "dozen": 12, "dutzend": 12,
}  # fmt: skip
_NUMBER = re.compile(
    # Points group thousands where there are two of them, or decimals behind them: 1.500.000, and 1.500,75.
    r"(?<![\w.,])(\d{1,3}(?:[,'’\u00a0\u202f ]\d{3})+|\d{1,3}(?:\.\d{3}){2,}|\d{1,3}(?:\.\d{3})+(?=,\d)|\d+)"
    r"(?:[.,](\d+))?(?:[\s-]?([^\W\d_]+))?",
    re.IGNORECASE,
)
_SCALE = re.compile("|".join(f"(?P<t{times}>{words})" for times, words in _SCALES), re.IGNORECASE)
_ANY_SCALE = "|".join(words for _times, words in _SCALES)
_IN_DIGITS = re.compile(rf"\d\S*(?:[\s-](?:{_ANY_SCALE})\b)?", re.IGNORECASE)
_FRACTIONS = {words: value for words, value in HALVES.items() if value != 1} | {
    "half an": Decimal("0.5"), "a half": Decimal("0.5"), "halbe": Decimal("0.5"), "one and a half": Decimal("1.5"),
    "two and a half": Decimal("2.5"), "three and a half": Decimal("3.5"), "four and a half": Decimal("4.5"),
    "zweieinhalb": Decimal("2.5"), "dreieinhalb": Decimal("3.5"), "viereinhalb": Decimal("4.5"),
    "a quarter of a": Decimal("0.25"), "quarter of a": Decimal("0.25"),
    "three quarters of a": Decimal("0.75"), "half": Decimal("0.5"),
    "eine viertel": Decimal("0.25"), "eine dreiviertel": Decimal("0.75"), "полтора": Decimal("1.5"),
}  # fmt: skip
_FRACTION = re.compile(
    rf"\b({'|'.join(sorted(_FRACTIONS, key=len, reverse=True))})[\s-]+(?=(?:{_ANY_SCALE})\b)", re.IGNORECASE
)
_AND_A_HALF = re.compile(rf"\b(an?|one|two|three|four) ({_ANY_SCALE}) and a half\b", re.IGNORECASE)
_WORD = re.compile(rf"\b({'|'.join(_WORDS)})\b(?:[\s-]({_ANY_SCALE})\b)?", re.IGNORECASE)
_VAGUE = re.compile(
    r"\b(?:several|many|a few|some|(?:tens|dozens|hundreds|thousands) of|mehrere|einige|кілька|декілька|сотні)\s+"
    rf"(?:{_ANY_SCALE})\b",
    re.IGNORECASE,
)
"""How many millions, nobody says."""
_JOINED_HALF = re.compile(r"\bпів(?=мільйон|мільярд)", re.IGNORECASE)
_GERMAN = "de"


def numbers_in(text: str, language: str = "en") -> set[Decimal]:
    """Return the numbers that `text` states, in digits or words of English, German or Ukrainian.

    A scale is multiplied, also one in another language of Europe: `500 milhões`, `63 млн`.

    What could be read in two ways gives both: the question here is whether a text states a number at all.
    """
    text = _with_fractions_in_digits(_VAGUE.sub(" . ", text))
    # Digits are hidden from it: of "577 million" it would make 577 and 1,000,000.
    spelt = alpha2digit(_IN_DIGITS.sub(" . ", text), _GERMAN if language == _GERMAN else "en")
    found: set[Decimal] = set()
    for shown in {text, spelt}:
        for whole, decimals, scale in _NUMBER.findall(re.sub(r"[€$£]", " ", shown)):
            number = Decimal(re.sub(r"\D", "", whole))
            with_decimals = Decimal(f"{number}.{decimals}") if decimals else number
            times = _times(scale)
            found.add(with_decimals * times)
            if decimals and len(decimals) == 3:
                found.add(Decimal(f"{number}{decimals}") * times)
    for word, scale in _WORD.findall(spelt):
        found.add(Decimal(_WORDS[word.lower()] * _times(scale)))
    for each in {"uk", language} & {"uk", _GERMAN}:
        found |= {number.low for number in numerals.numbers(text, each) if number.is_word}
    return {number.normalize() for number in found}


def _with_fractions_in_digits(text: str) -> str:
    """Write fractions before a word of scale in digits: `0.5 million` for half a million, `1.5 billion` for one and a
    half billion, or a billion and a half.
    """
    text = _AND_A_HALF.sub(lambda found: f"{_WORDS.get(found[1].lower(), 1)}.5 {found[2]}", text)
    text = _JOINED_HALF.sub("0.5 ", text)
    return _FRACTION.sub(lambda found: f"{_FRACTIONS[found[1].lower()]} ", text)


def _times(word: str) -> int:
    """Return by how much a word of scale multiplies; 1 for any other word."""
    match = _SCALE.fullmatch(word)
    return int(str(match.lastgroup)[1:]) if match else 1
