"""What somebody likely meant whose search finds nothing: each word that no name has, as the nearest name says it."""

import re
from collections.abc import Iterable
from itertools import product
from typing import Any

from rapidfuzz import process
from rapidfuzz.distance import OSA

from tracker.filters.exact_matches import aliases_of
from tracker.lib.text import fold
from tracker.models import Document, Forum, Pledge

MOST = 3
"""How many searches are offered."""
_LEAST_ALIKE = 0.7
"""Of six letters one may be another, or two change places, but not two."""
_SHORTEST = 4
_WORD = re.compile(r"[\w-]+")
_LONGEST = 60
_UNNAMED = (Pledge, Document)
"""Kinds whose names are sentences and addresses, and whose things have names among the others."""


def likely_meant(term: str, models: Iterable[type[Any]]) -> list[str]:
    """Return the searches that `term` can be a misspelling of, likeliest first: `Himras` is HIMARS.

    Words are those of the names and aliases of the records of `models`. What is a word of one is left as it is.
    """
    words = term.split()
    known = _words_of(model for model in models if model not in _UNNAMED)
    readings = [_readings(word, known) for word in words]
    found = [" ".join(reading) for reading in product(*readings)][:MOST] if len(words) <= MOST else []
    return [each for each in found if fold(each) != fold(term)]


def _readings(word: str, known: dict[str, str]) -> list[str]:
    """Return the word itself where names have it, or nothing like it; else what is nearest, in their spelling."""
    folded = fold(word)[:_LONGEST]
    if len(folded) < _SHORTEST or any(folded in each for each in known):
        return [word]
    near = process.extract(folded, list(known), scorer=OSA.normalized_similarity, score_cutoff=_LEAST_ALIKE, limit=MOST)
    return [known[each] for each, _score, _index in near] or [word]


def _words_of(models: Iterable[type[Any]]) -> dict[str, str]:
    """Return the words of names and aliases, folded, each as it is written."""
    found: dict[str, str] = {}
    for model in models:
        names = list(model._default_manager.order_by("pk").values_list("name", flat=True))
        aliases = aliases_of(model)
        if aliases is not None:
            names += aliases.related_model._default_manager.order_by("pk").values_list("name", flat=True)
        if model is Forum:
            names += model._default_manager.order_by("pk").values_list("short_name", flat=True)
        for name in names:
            for word in _WORD.findall(name):
                found.setdefault(fold(word), word)
    return found
