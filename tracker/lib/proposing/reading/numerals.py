"""Numbers in running text, with what is said of how exact they are: `at least four`, `rund 3.000`, `до 40`."""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from text_to_num import text2num

from tracker.lib import quantities
from tracker.lib.proposing.words.numbers import DOZENS, FRACTIONS, HALF, HALVES, SCALES, WORDS

_GERMAN = re.compile(
    r"(?:ein|eine|einen|einem|einer|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf|zwan|"
    r"drei(?:ß|ss)ig|zig|hundert|tausend"
    r"|und|sech|sieb)+(?:zig|zehn|hundert|tausend)?",
    re.IGNORECASE,
)
_DIGITS = r"\d{1,3}(?:([ .,\u00a0\u202f’'])\d{3}(?!\d|\s?mm|\s?мм))(?:\1\d{3}(?!\d))*(?:[.,]\d+)?|\d+(?:[.,]\d+)?"
_TOKEN = re.compile(rf"(?<![\w.,-])(?:{_DIGITS})|[^\W\d_]+(?:['’ʼ][^\W\d_]+)*")

QUALIFIERS = {
    quantities.AT_LEAST: r"at least|more than|"
    r"(?<!hand )(?<!hands )(?<!handed )(?<!handing )(?<!take )(?<!taken )(?<!turn )over|no fewer than|"
    r"a minimum of|exceed\w*|exceeds|"
    r"upwards of|mindestens|mehr als|"
    r"über"
    r"|wenigstens|щонайменше|понад|більше(?:\s+ніж)?|не менше(?:\s+ніж)?|принаймні|не менш як",
    quantities.UP_TO: (
        r"up to|as many as|as much as|at most|no more than|a maximum of|bis zu|höchstens|maximal|до|не більше"
    ),
    quantities.ABOUT: r"about|around|approximately|some|roughly|nearly|almost|close to|"
    r"an estimated|something like|circa|"
    r"ca\.?"
    r"|rund|etwa|ungefähr|knapp|gut|fast|zirka|близько|приблизно|майже|орієнтовно|щось із",
}
_QUALIFIED = {
    qualifier: re.compile(
        rf"(?<!\w)(?:{words})\s*(?:an?\s+(?:additional|further)\s+|additional\s+|another\s+|weitere[nrs]?\s+|"
        rf"ще\s+)?"
        r"(?:US|A|C|NZ|HK)?[€$£]?\s?(?:[A-Z]{3}\s)?$",
        re.IGNORECASE,
    )
    for qualifier, words in QUALIFIERS.items()
}


@dataclass(frozen=True)
class Number:
    """A number from `start` up to `end`, without the words that qualify it, which begin at `said_from`."""

    start: int
    end: int
    said_from: int
    low: Decimal
    high: Decimal
    qualifier: str
    is_scaled: bool = False
    is_word: bool = False

    @property
    def quantity(self) -> quantities.Quantity:
        """The number as a quantity."""
        low = None if self.qualifier == quantities.UP_TO else self.low
        high = None if self.qualifier == quantities.AT_LEAST else self.high
        return quantities.Quantity(self.qualifier, low, high)


@dataclass(frozen=True)
class _Plain:
    start: int
    end: int
    value: Decimal
    is_scaled: bool
    is_word: bool


def numbers(text: str, language: str) -> list[Number]:
    """Return the numbers of `text` in their order; two that are the ends of a range are one."""
    found = [_qualified(text, plain) for plain in _plains(text, language)]
    joined: list[Number] = []
    for number in found:
        before = joined[-1] if joined else None
        if before and _is_range(text, before, number):
            # "20 to 25", and "150 to 180 million".
            low = (
                before.low
                if before.is_scaled or not number.is_scaled or before.low >= 1000
                else before.low * _scale(number)
            )
            joined[-1] = Number(
                before.start, number.end, before.said_from, low, number.high, quantities.RANGE, number.is_scaled
            )
        else:
            joined.append(number)
    return joined


def _scale(number: Number) -> int:
    return 10**9 if number.high >= 10**9 else 10**6 if number.high >= 10**6 else 10**3


_BETWEEN = re.compile(
    r"\s?(?:million|Millionen|bn|m|млн)?\s?(?:–|-|to|bis|or|oder|чи|або|and|und|і|та|до)\s?(?:EUR|USD|SEK|[€$£])?\s?",
    re.IGNORECASE,
)
_OPENING = re.compile(r"(?:between|zwischen|from|von|від)\s(?:EUR\s|USD\s|[€$£])?$", re.IGNORECASE)


def _is_range(text: str, before: Number, number: Number) -> bool:
    gap = text[before.end : number.start]
    if not _BETWEEN.fullmatch(gap) or before.qualifier != quantities.EXACT or number.qualifier == quantities.RANGE:
        return False
    opened = bool(_OPENING.search(text[: before.start]))
    is_dash = gap.strip() in ("–", "-", "to", "bis")
    if gap.strip() in ("or", "oder", "чи", "або"):
        return before.low < number.high <= before.low * 2 + 1
    return number.high > before.low and (opened or is_dash) and not (before.is_word and not opened)


_ABOUT = re.compile(
    r"\b\w*(?:[Vv]ertrag|[Aa]uftrag|[Vv]ereinbarung|[Aa]bkommen|[Kk]redit|[Dd]arlehen|[Pp]aket|[Zz]usage|"
    r"[Bb]estellung|[Ss]check)\w*\b[^.,]*$"
)
"""A contract `über` something is for so much, not for more."""


def _qualified(text: str, plain: _Plain) -> Number:
    before = text[max(0, plain.start - 45) : plain.start]
    for qualifier, pattern in _QUALIFIED.items():
        match = pattern.search(before)
        if match and not (match.group().strip() == "über" and _ABOUT.search(before[: match.start()])):
            said_from = plain.start - len(before) + match.start()
            return Number(
                plain.start, plain.end, said_from, plain.value, plain.value, qualifier, plain.is_scaled, plain.is_word
            )
    return Number(
        plain.start, plain.end, plain.start, plain.value, plain.value, quantities.EXACT, plain.is_scaled, plain.is_word
    )


def _plains(text: str, language: str) -> list[_Plain]:
    tokens = [(match.start(), match.end(), match.group()) for match in _TOKEN.finditer(text)]
    found: list[_Plain] = []
    at = 0
    while at < len(tokens):
        read = _read(text, tokens, at, language)
        if read is None:
            at += 1
            continue
        plain, at = read
        found.append(plain)
    return found


_Tokens = list[tuple[int, int, str]]


_GROUPS = {"pair": 2, "couple": 2, "trio": 3, "quartet": 4, "paar": 2}
_GROUP_OF = re.compile(r"(?:a|an|ein|another)\s(pair|couple|trio|quartet|Paar)\b(\sof)?", re.IGNORECASE)
"""A pair of jets."""
_SHORTENED = ("mio", "mrd", "tsd", "млн", "млрд", "тис", "mln")


def _read(text: str, tokens: _Tokens, at: int, language: str) -> tuple[_Plain, int] | None:
    """Return the number that begins with a token, and the token after it; None where none does."""
    start, end, word = tokens[at]
    fraction = _fraction(text, tokens, at, language)
    if fraction is not None:
        return fraction
    group = _GROUP_OF.match(text, start)
    if group:
        return _Plain(start, group.end(), Decimal(_GROUPS[group[1].lower()]), False, True), at + 2 + bool(group[2])
    # The mark of a footnote, ¹, is a digit and no decimal one.
    is_word = not word[0].isdecimal()
    if is_word:
        value, after = _of_words(text, tokens, at, language)
    else:
        value, after = _of_digits(word, language), at + 1
    if value is None:
        alone = _bare_scale(tokens[at], language)
        return (alone, at + 1) if alone else None
    end = tokens[after - 1][1]
    scaled = False
    while after < len(tokens):
        power = SCALES[language].get(tokens[after][2].lower().rstrip("."))
        gap = text[end : tokens[after][0]]
        if power is None or not re.fullmatch(r"[\s\u00a0-]?", gap) or (power == 2 and not is_word):
            break
        if len(tokens[after][2]) == 1 and gap:
            break
        value, scaled, end, after = value * 10**power, scaled or power > 3, tokens[after][1], after + 1
        end += text[end : end + 1] == "." and tokens[after - 1][2].lower() in _SHORTENED
    dozens = re.match(rf"\s(?:{DOZENS})\b", text[end:], re.IGNORECASE)
    if dozens and value < 100:
        return _Plain(start, end + dozens.end(), value * (10 if language == "uk" else 12), False, True), after + 1
    return _Plain(start, end, value, scaled, is_word), after


_FRACTION = [(share, re.compile(rf"(?:{words})(?P<scale>[^\W\d_]+)", re.IGNORECASE)) for share, words in FRACTIONS]


def _fraction(text: str, tokens: _Tokens, at: int, language: str) -> tuple[_Plain, int] | None:
    """Return a part of a million or a billion, and the token after it: a quarter of a billion, півмільярда."""
    for share, pattern in _FRACTION:
        match = pattern.match(text, tokens[at][0])
        power = SCALES[language].get(match["scale"].lower()) if match else None
        if match and power and power >= 3:
            after = next((place for place in range(at, len(tokens)) if tokens[place][0] >= match.end()), len(tokens))
            return _Plain(match.start(), match.end(), share * 10**power, True, True), after
    return None


def _bare_scale(token: tuple[int, int, str], language: str) -> _Plain | None:
    """Return the number of a Ukrainian word of scale without a number before it: мільярд євро."""
    start, end, word = token
    if language != "uk" or word.lower() not in ("мільйон", "мільярд", "тисяча", "тисячу", "тисячі"):
        return None
    return _Plain(start, end, Decimal(10 ** SCALES[language][word.lower()]), True, True)


def _of_digits(word: str, language: str) -> Decimal | None:
    """Return the number that digits are by the convention of a language."""
    bare = re.sub(r"[\s\u00a0\u202f’']", "", word)
    group, mark = (",", ".") if language == "en" else (".", ",")
    if re.fullmatch(rf"\d{{1,3}}(?:{re.escape(group)}\d{{3}})+(?:{re.escape(mark)}\d+)?", bare):
        return Decimal(bare.replace(group, "").replace(mark, "."))
    if bare.isdecimal():
        return Decimal(bare)
    if re.fullmatch(r"\d+[.,]\d+", bare):
        return Decimal(bare.replace(",", "."))
    return None


def _of_words(text: str, tokens: _Tokens, at: int, language: str) -> tuple[Decimal | None, int]:
    word = tokens[at][2].lower().replace("’", "'").replace("ʼ", "'")
    following = tokens[at + 1][2].lower().rstrip(".") if at + 1 < len(tokens) else ""
    pair = f"{word} {following}"
    if pair in HALVES and at + 2 < len(tokens) and _opens(tokens[at + 2][2], language):
        return HALVES[pair], at + 2
    if word in HALVES and _opens(following, language):
        return HALVES[word], at + 1
    if language == "de":
        return _german(word), at + 1
    table = WORDS[language]
    if word not in table and pair != "a hundred":
        return None, at
    total, after = Decimal(table.get(word, 1)), at + 1
    while after < len(tokens):
        gap, more = text[tokens[after - 1][1] : tokens[after][0]], tokens[after][2].lower().replace("’", "'")
        if re.fullmatch(r"[\s-]", gap) and more in table and table[more] < total and total >= 20:
            total, after = total + table[more], after + 1
        elif language == "en" and gap == " " and more == "hundred":
            total, after = total * 100, after + 1
        elif (
            language == "en"
            and more == "and"
            and total >= 100
            and total % 100 == 0
            and after + 1 < len(tokens)
            and table.get(tokens[after + 1][2].lower(), 100) < 100
        ):
            total, after = total + table[tokens[after + 1][2].lower()], after + 2
        else:
            break
    half = _AND_A_HALF.match(text, tokens[after - 1][1])
    return (total + HALF, after + half[0].count(" ")) if half else (total, after)


_AND_A_HALF = re.compile(
    r" (?:and a half|з половиною)(?= (?:hundred|thousand|million|billion|bn|dozen|тисяч|мільйон|мільярд|млн|млрд))"
)


def _opens(word: str, language: str) -> bool:
    """Tell whether a word can follow `a` or `half a`: a scale, or dozens."""
    return word.lower().rstrip(".") in SCALES[language] or bool(re.fullmatch(DOZENS, word, re.IGNORECASE))


_AND_A_HALF_IN_GERMAN = re.compile(r"(zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn)einhalb")


@cache
def _german(word: str) -> Decimal | None:
    """Return the number of one German word, such as fünfundzwanzigtausend."""
    if word in ("ein", "eine", "einen", "einem", "einer", "eines"):
        return Decimal(1)
    half = _AND_A_HALF_IN_GERMAN.fullmatch(word)
    if half:
        return Decimal(text2num(half[1], "de")) + HALF
    if word in ("und", "tausend", "zig", "sech", "sieb") or not _GERMAN.fullmatch(word):
        return None
    try:
        return Decimal(text2num(word, "de"))
    except ValueError:
        return None
