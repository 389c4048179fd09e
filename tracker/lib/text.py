"""Folding of names, so that a search or an alias finds what a person meant."""

import re
import unicodedata
from collections.abc import Iterable

from rapidfuzz import process

_SPACES = re.compile(r"\s+")


def fold(text: str) -> str:
    """Return `text` without case, accents, look-alike spaces and runs of spaces.

    Used on both sides of every search and alias look-up; SQLite folds case for ASCII only.
    """
    decomposed = unicodedata.normalize("NFKD", text)
    bare = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return _SPACES.sub(" ", bare).strip().casefold()


def nearest(name: str, candidates: Iterable[str], limit: int = 3) -> list[str]:
    """Return up to `limit` of `candidates` that read most like `name`, best first."""
    found = process.extract(name, list(candidates), processor=fold, limit=limit, score_cutoff=60)
    return [candidate for candidate, _score, _index in found]
