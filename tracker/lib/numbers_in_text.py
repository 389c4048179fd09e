"""Numbers in running text: digits, number words, and words of scale."""

import re
from decimal import Decimal

from text_to_num import alpha2digit

_SCALES = {
    "thousand": 10**3, "tausend": 10**3, "k": 10**3, "million": 10**6, "millions": 10**6, "mn": 10**6, "m": 10**6,
    "mio": 10**6, "millionen": 10**6, "billion": 10**9, "billions": 10**9, "bn": 10**9, "mrd": 10**9,
    "milliarde": 10**9, "milliarden": 10**9, "trillion": 10**12,
}  # fmt: skip
_SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve",
    "null ein zwei drei vier fünf sechs sieben acht neun zehn elf zwölf",
)
_WORDS = {word: number for words in _SMALL for number, word in enumerate(words.split())} | {
    "eine": 1, "einen": 1, "dozen": 12, "dutzend": 12,
}  # fmt: skip
_NUMBER = re.compile(
    r"(?<![\w.,])(\d{1,3}(?:[,\u00a0\u202f ]\d{3})+|\d+)(?:[.,](\d+))?(?:[\s-]?([a-z]+))?", re.IGNORECASE
)
_IN_DIGITS = re.compile(rf"\d\S*(?:[\s-](?:{'|'.join(_SCALES)})\b)?", re.IGNORECASE)
_GERMAN = "de"


def numbers_in(text: str, language: str = "en") -> set[Decimal]:
    """Return the numbers that `text` states, in digits or words of English or German; a scale is multiplied.

    What could be read in two ways gives both: the question here is whether a text states a number at all.
    """
    # Digits are hidden from it: of "577 million" it would make 577 and 1,000,000.
    spelt = alpha2digit(_IN_DIGITS.sub(" . ", text), _GERMAN if language == _GERMAN else "en")
    found: set[Decimal] = set()
    for shown in {text, spelt}:
        for whole, decimals, scale in _NUMBER.findall(re.sub(r"[€$£]", " ", shown)):
            number = Decimal(re.sub(r"\D", "", whole))
            with_decimals = Decimal(f"{number}.{decimals}") if decimals else number
            times = _SCALES.get(scale.lower(), 1)
            found.add(with_decimals * times)
            if decimals and len(decimals) == 3:
                found.add(Decimal(f"{number}{decimals}") * times)
    found |= {Decimal(_WORDS[word]) for word in re.findall(r"\w+", text.lower()) if word in _WORDS}
    return {number.normalize() for number in found}
