"""Words by which a sentence says what was done, how sure it is, and whether it is a fact at all."""

import re
from functools import cache, lru_cache

from tracker.lib.proposing.words import conditions, english, german, ukrainian

EN, DE, UK = "en", "de", "uk"

_TABLE = {EN: english.CUES, DE: german.CUES, UK: ukrainian.CUES}
_CONDITIONS = {EN: conditions.ENGLISH, DE: conditions.GERMAN, UK: conditions.UKRAINIAN}
_STOPS_AT = re.compile(
    r",\s+(?:the|said|says|its|he|she|a|an|in|told|sagte|hieß|legen|so|teilte|заяви\w*|повідоми\w*|"
    r"сказа\w*|наголоси\w*|оголоси\w*)\b.*$",
    re.DOTALL,
)


@cache
def _pattern(cue: str, language: str) -> re.Pattern[str]:
    # In Switzerland ß is written ss.
    words = _TABLE[language][cue].replace("ß", "(?:ß|ss)") if language == DE else _TABLE[language][cue]
    return re.compile(words, re.IGNORECASE)


@lru_cache(maxsize=20_000)
def says(cue: str, text: str, language: str) -> re.Match[str] | None:
    """Return where `text` says what `cue` is named for; None where it does not."""
    return _pattern(cue, language).search(without_points(text))


@lru_cache(maxsize=2_000)
def without_points(text: str) -> str:
    """Return `text` without the points that end no sentence, so that a pattern may run over them."""
    return _POINT.sub(" ", text)


_POINT = re.compile(
    r"(?<=\d)\.(?=\d)|(?<=\bMio)\.|(?<=\bMrd)\.|(?<=\bTsd)\.|(?<=\bNr)\.|(?<=млн)\.|(?<=\d)\.(?=\s[a-zäöüA-ZÄÖÜ])"
)
"""Points that end no sentence: those of numbers and of what is shortened."""


def without_unstated(text: str, language: str) -> str:
    """Return `text` with blanks in place of words that only say that a number is not known."""
    return _pattern("unstated", language).sub(lambda match: " " * len(match.group()), text)


def condition_in(text: str, language: str) -> tuple[int, int] | None:
    """Return where the words of a condition stand in a sentence; None where there is none."""
    match = re.search(_CONDITIONS[language], text, re.IGNORECASE)
    if match is None:
        return None
    words = _STOPS_AT.sub("", match.group()).rstrip(" ,")
    if not re.search(r"[^\W\d]", text[: match.start()]):
        # Where a sentence begins with it, it ends with the first comma.
        words = words.partition(", ")[0]
    return match.start(), match.start() + len(words)
