"""Folding of names, so that a search or an alias finds what a person meant."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from anyascii import anyascii
from rapidfuzz import process

from tracker.lib.plain_characters import PLAIN, plain, replaced

_PHRASE = re.compile(r'"([^"]+)"|([^\s"]+)')
# Cyrillic and Greek letters that look like Latin ones, in pairs.
_CAPITALS = "АA ВB ЕE КK МM НH ОO РP СC ТT УY ХX ІI ЈJ ЅS ΑA ΒB ΕE ΖZ ΗH ΙI ΚK ΜM ΝN ΟO ΡP ΤT ΥY ΧX"
_SMALL = "аa еe оo рp сc уy хx іi јj ѕs οo"
_LOOKALIKES = {ord(pair[0]): pair[1] for pair in (_CAPITALS + " " + _SMALL).split()}
_FOLDED_LOOKALIKES = {ord(pair[0].casefold()): pair[1].casefold() for pair in (_CAPITALS + " " + _SMALL).split()}


class _Folding(dict[int, str]):
    """What each character is folded to, worked out when it is first seen."""

    def __missing__(self, code: int) -> str:
        decomposed = unicodedata.normalize("NFKD", PLAIN[code].casefold())
        bare = "".join(letter for letter in decomposed if not unicodedata.combining(letter)).translate(PLAIN)
        self[code] = found = "".join(map(_ascii, bare)).casefold()
        return found


def _ascii(letter: str) -> str:
    """Return ASCII for a Latin letter that does not decompose, such as ł, and for a sign; others are left alone.

    Other scripts are not romanised: Cyrillic is looked for in Cyrillic.
    """
    is_sign = unicodedata.category(letter)[0] in "PS"
    return plain(anyascii(letter)) if is_sign or unicodedata.name(letter, "").startswith("LATIN") else letter


_FOLDED = _Folding()


def fold(text: str) -> str:
    """Return `text` without case, accents and invisible characters, with one look for letters, quotes, dashes, spaces.

    `Łódź` is `lodz`, `F‑16` is `f-16`. Used on both sides of every search and alias look-up, and for the order of
    names; SQLite folds case for ASCII only.
    """
    return _known_fold(text) if len(text) <= _SHORT else _fold(text)


_SHORT = 80
"""Names, labels and cells up to this length come again and again in an import, and are folded once."""


def _fold(text: str) -> str:
    return " ".join(folded_words(text))


def folded_words(text: str) -> list[str]:
    """Return the words of `text`, folded."""
    return replaced(text.replace("`", "'"), _FOLDED).casefold().split()


_known_fold = lru_cache(maxsize=20_000)(_fold)


def search_terms(text: str) -> list[str]:
    """Return what a search looks for, folded: each word, and each phrase between quotes as one."""
    found = (match[1] or match[2] for match in _PHRASE.finditer(fold(text)))
    return [term for term in map(str.strip, found) if term]


def fold_lookalikes(text: str) -> str:
    """Do as `fold`, and take Cyrillic and Greek letters that look like Latin ones for these: `СZM40` is `czm40`.

    For comparing only: a name in Cyrillic becomes the same gibberish on both sides.
    """
    return _known_fold_lookalikes(text) if len(text) <= _SHORT else _fold_lookalikes(text)


def _fold_lookalikes(text: str) -> str:
    return fold(text).translate(_FOLDED_LOOKALIKES)


_known_fold_lookalikes = lru_cache(maxsize=20_000)(_fold_lookalikes)


def latinise(text: str) -> str:
    """Return `text` with Latin letters in place of those that look like them; nothing else changes."""
    return text.translate(_LOOKALIKES)


def nearest(name: str, candidates: Iterable[str], limit: int = 3) -> list[str]:
    """Return up to `limit` of `candidates` that read most like `name`, best first."""
    found = process.extract(name, list(candidates), processor=fold, limit=limit, score_cutoff=60)
    return [candidate for candidate, _score, _index in found]
