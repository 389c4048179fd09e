"""Folding of names, so that a search or an alias finds what a person meant."""

import re
import unicodedata
from collections.abc import Iterable

from rapidfuzz import process

_SPACES = re.compile(r"\s+")
_FOREIGN = re.compile(r"[^\x00-\x7f]")
# Cyrillic and Greek letters that look like Latin ones, in pairs.
_CAPITALS = "АA ВB ЕE КK МM НH ОO РP СC ТT УY ХX ІI ЈJ ЅS ΑA ΒB ΕE ΖZ ΗH ΙI ΚK ΜM ΝN ΟO ΡP ΤT ΥY ΧX"
_SMALL = "аa еe оo рp сc уy хx іi јj ѕs οo"
_LOOKALIKES = {ord(pair[0]): pair[1] for pair in (_CAPITALS + " " + _SMALL).split()}
_FOLDED_LOOKALIKES = {ord(pair[0].casefold()): pair[1].casefold() for pair in (_CAPITALS + " " + _SMALL).split()}


def _unaccented(letter: re.Match[str]) -> str:
    return "" if unicodedata.combining(letter[0]) else letter[0]


def fold(text: str) -> str:
    """Return `text` without case, accents, look-alike spaces and runs of spaces.

    Used on both sides of every search and alias look-up; SQLite folds case for ASCII only.
    """
    if text.isascii():
        # Nothing to decompose: a shortcut for most texts, of which there are very many in an import.
        return " ".join(text.split()).casefold()
    # Only letters beyond ASCII can be accents.
    bare = _FOREIGN.sub(_unaccented, unicodedata.normalize("NFKD", text))
    return _SPACES.sub(" ", bare).strip().casefold()


def fold_lookalikes(text: str) -> str:
    """Do as `fold`, and take Cyrillic and Greek letters that look like Latin ones for these: `СZM40` is `czm40`.

    For comparing only: a name in Cyrillic becomes the same gibberish on both sides.
    """
    return fold(text).translate(_FOLDED_LOOKALIKES)


def latinise(text: str) -> str:
    """Return `text` with Latin letters in place of those that look like them; nothing else changes."""
    return text.translate(_LOOKALIKES)


def nearest(name: str, candidates: Iterable[str], limit: int = 3) -> list[str]:
    """Return up to `limit` of `candidates` that read most like `name`, best first."""
    found = process.extract(name, list(candidates), processor=fold, limit=limit, score_cutoff=60)
    return [candidate for candidate, _score, _index in found]
