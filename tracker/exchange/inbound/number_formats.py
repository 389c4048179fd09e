"""Number formats of spreadsheets: what a cell shows that the number in it does not say, such as `$`, `%` or `bn`."""

import locale
import re
from dataclasses import dataclass
from enum import Enum

from tracker.lib import money
from tracker.lib.numbers import SCALES

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|\\(?P<escaped>.)|[_*](?P<space>.)|\[(?P<bracket>[^\]]*)\]?|(?P<other>.)', re.DOTALL
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)(-?\d{1,20}(?:\.\d{1,20})?)")
_DATES = re.compile(r"[ymdhs]", re.IGNORECASE)
_COMMAS = re.compile(r"[0#?](,+)(?![0#?,])")
_DIGIT = "\0"
"""Stands for a figure in what a format shows."""
_LOCAL = "¤"
"""Stands for the currency of the computer on which a file is opened."""
_PARTS = re.compile(r"[^\W\d_]+|[^\w\s.]+")


class Says(Enum):
    """What a format says beside the number."""

    CURRENCY = "currency"
    LOCAL_CURRENCY = "local currency"
    """That of the computer on which the file is opened: `¤`."""
    PERCENT = "percent"
    SCALE = "scale"
    """A word such as `bn` that the number is not divided for."""
    WORDS = "words"
    """Words, and no number."""
    NOTHING = "nothing"
    """Nothing is shown."""


@dataclass(frozen=True)
class CellFormat:
    """What a cell shows that its number does not say. `code` is the format as the file has it, `words` what it shows.

    Of a currency, `words` are its sign, or its code.
    """

    says: Says
    code: str
    words: str = ""


class NumberFormat:
    """A number format, as spreadsheet programs write it: `#,##0.00 [$€-407];[Red]-#,##0.00`."""

    def __init__(self, code: str) -> None:
        self._sections = _sections(code)[:3]
        # Thousands of cells have the same.
        self._found = [(section.found(code, 1), section.found(code, 0)) for section in self._sections]

    @property
    def is_plain(self) -> bool:
        """Whether it shows every number as just that."""
        return not any(found for both in self._found for found in both)

    def of(self, value: float) -> CellFormat | None:
        """Return what it shows of a number beside the number; None where nothing."""
        section = self._section(value)
        return None if section is None else self._found[section][value == 0]

    def _section(self, value: float) -> int | None:
        sections = self._sections
        if any(section.condition for section in sections):
            return next((place for place, section in enumerate(sections) if section.holds(value)), None)
        if len(sections) == 1 or value > 0:
            return 0
        return 1 if value < 0 else len(sections) - 1 if len(sections) > 2 else 0


@dataclass
class _Section:
    """A part of a format, for numbers of one kind. `shown` is what it shows, with a mark for each figure."""

    shown: str = ""
    plain: str = ""
    """What stands neither between quotes nor between brackets."""
    sign: str = ""
    condition: tuple[str, float] | None = None
    is_only: bool = False

    def holds(self, value: float) -> bool:
        if self.condition is None:
            return True
        how, limit = self.condition
        return {
            "<": value < limit, "<=": value <= limit, ">": value > limit, ">=": value >= limit, "=": value == limit,
            "<>": value != limit,
        }[how]  # fmt: skip

    def found(self, code: str, value: float) -> CellFormat | None:
        shown = " ".join(self.shown.split())
        if _DIGIT not in shown:
            return self._without_number(code, shown, value)
        if "%" in shown:
            return CellFormat(Says.PERCENT, code)
        scales, signs = _words_in(shown)
        commas = _COMMAS.search(self.plain)
        divided = 3 * len(commas[1]) if commas else 0
        if scales and sum(SCALES[word.casefold()] for word in scales) != divided:
            return CellFormat(Says.SCALE, code, " ".join(scales))
        if _LOCAL in shown:
            return CellFormat(Says.LOCAL_CURRENCY, code)
        sign = self.sign or next(iter(signs), "")
        return CellFormat(Says.CURRENCY, code, sign) if sign else None

    def _without_number(self, code: str, shown: str, value: float) -> CellFormat | None:
        # A date is one for the parser of cells, too; and accountants write a dash for nothing.
        if _DATES.search(self.plain) or (value == 0 and shown and not re.search(r"[^\W\d]|[1-9]", shown)):
            return None
        if shown:
            return CellFormat(Says.WORDS, code, shown[:40])
        return None if self.is_only else CellFormat(Says.NOTHING, code)


def _sections(code: str) -> list[_Section]:
    sections = [_Section()]
    for token in _TOKEN.finditer(code):
        section = sections[-1]
        kind, text = token.lastgroup, token[token.lastgroup or 0]
        if kind == "other" and text == ";":
            sections.append(_Section())
        elif kind == "other":
            section.plain += text
            section.shown += _DIGIT if text in "0#?@" else text if text in " .,()-/+%" or not text.isalpha() else ""
        elif kind in ("quoted", "escaped"):
            section.shown += text
        elif kind == "bracket":
            _note_bracket(section, text)
    for section in sections:
        section.is_only = len(sections) == 1
        if "general" in section.plain.casefold():
            section.plain, section.shown = "", section.shown + _DIGIT
        elif _DATES.search(section.plain):
            section.shown = section.shown.replace(_DIGIT, "")
    return sections


def _note_bracket(section: _Section, text: str) -> None:
    condition = _CONDITION.fullmatch(text)
    if condition:
        section.condition = (condition[1], float(condition[2]))
    elif text.startswith("$"):
        sign, _hyphen, language = text[1:].partition("-")
        section.shown += f" {sign} "
        if money.is_currency(sign.strip()):
            section.sign = _in_its_country(sign.strip(), language)


def _in_its_country(sign: str, language: str) -> str:
    """Return the code of the currency that a sign stands for where a language is spoken; else the sign."""
    number = int(language, 16) & 0xFFFF if re.fullmatch(r"[0-9A-Fa-f]{1,8}", language) else 0
    country = locale.windows_locale.get(number, "").rpartition("_")[2]
    return money.sign_in_country(sign, country) or sign


def _words_in(shown: str) -> tuple[list[str], list[str]]:
    """Return the words for thousands and so on that a format shows, and the signs and codes of currencies."""
    scales, signs = [], []
    for word in shown.replace(_DIGIT, " ").split():
        bare = word.strip("().,-/+:")
        for part in [bare] if _is_known(bare) else _PARTS.findall(bare):
            if part.casefold() in SCALES:
                scales.append(part)
            elif money.is_currency(part):
                signs.append(part)
    return scales, signs


def _is_known(word: str) -> bool:
    return word.casefold() in SCALES or money.is_currency(word)
