"""Numbers in running text: digits, number words, and words of scale."""

import re
from decimal import Decimal

from text_to_num import alpha2digit

_SCALES = (
    (10**3, r"thousand|tausend|k|tsd|mil|mille|mila|duizend|tusen|tusind|tys\w*|tis[íi]c\w*|тис\w*|тыс\w*"),
    (
        10**6,
        r"mill?io\w*|millon\w*|millón|milh[ãõ]\w*|miljo[eo]?n\w*|milj|mill?|mio|mln|mn|m|млн|мільйон\w*|"
        r"миллион\w*",
    ),
    (10**9, r"billions?|bn|mrd|mia|mld|mill?iar\w*|miljar\w*|млрд|мільярд\w*|миллиард\w*"),
    (10**12, r"trillions?|трильйон\w*"),
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
    r"(?<![\w.,])(\d{1,3}(?:[,\u00a0\u202f ]\d{3})+|\d+)(?:[.,](\d+))?(?:[\s-]?([^\W\d_]+))?", re.IGNORECASE
)
_SCALE = re.compile("|".join(f"(?P<t{len(str(times)) - 1}>{words})" for times, words in _SCALES), re.IGNORECASE)
_IN_DIGITS = re.compile(rf"\d\S*(?:[\s-](?:{'|'.join(words for _times, words in _SCALES)})\b)?", re.IGNORECASE)
_GERMAN = "de"


def numbers_in(text: str, language: str = "en") -> set[Decimal]:
    """Return the numbers that `text` states, in digits or words of English or German; a scale is multiplied, also one
    in another language of Europe: `500 milhões`, `63 млн`.

    What could be read in two ways gives both: the question here is whether a text states a number at all.
    """
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
    found |= {Decimal(_WORDS[word]) for word in re.findall(r"\w+", text.lower()) if word in _WORDS}
    return {number.normalize() for number in found}


def _times(word: str) -> int:
    """Return by how much a word of scale multiplies; 1 for any other word."""
    match = _SCALE.fullmatch(word)
    return 10 ** int(str(match.lastgroup)[1:]) if match else 1
