"""Finding many names in a text in one pass."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache

import ahocorasick

from tracker.lib.proposing.words.offices import INSTITUTIONS, SPEAKERS
from tracker.lib.proposing.words.parties import DEMONYMS, PARTY_NAMES
from tracker.lib.proposing.words.places import CAPITALS, PLACES
from tracker.lib.proposing.words.platforms import PLATFORMS
from tracker.lib.proposing.words.schemes import FORUMS, INITIATIVES
from tracker.lib.text import fold

PARTY, DEMONYM, CAPITAL, PLATFORM = "party", "demonym", "capital", "platform"
INITIATIVE, FORUM, OFFICIAL, PLACE = "initiative", "forum", "official", "place"

_ENDING = 5
"""How many letters may follow a stem."""
_CASED = 3
"""Names of so many letters are found as they are written only: US is not us."""


@dataclass(frozen=True)
class Name:
    """A name to look for. `id` is the public id of the record, or empty where the register has none."""

    words: str
    kind: str
    id: str
    name: str

    @property
    def is_stem(self) -> bool:
        """Whether any ending may follow."""
        return self.words.endswith("*")


@dataclass(frozen=True)
class Mention:
    """A name that stands in a text, from `start` up to `end`."""

    start: int
    end: int
    kind: str
    id: str
    name: str


@lru_cache(maxsize=64)
def folded_with_places(text: str) -> tuple[str, list[int]]:
    """Return `text` folded character by character, and where each folded character comes from."""
    letters: list[str] = []
    places: list[int] = []
    for place, letter in enumerate(text):
        found = " " if letter.isspace() else _folded(letter)
        letters.append(found)
        places += [place] * len(found)
    return "".join(letters), [*places, len(text)]


@cache
def _folded(letter: str) -> str:
    return fold(letter)


class Vocabulary:
    """The names that are looked for: those of the register, and those that texts use besides."""

    def __init__(self, names: Iterable[Name]) -> None:
        self._automaton = ahocorasick.Automaton()
        known: dict[str, list[Name]] = {}
        for name in names:
            # What follows the first stem is compared by a pattern.
            words = fold(name.words.partition("*")[0].rstrip())
            if words:
                known.setdefault(words, []).append(name)
        for words, found in known.items():
            self._automaton.add_word(words, (len(words), found))
        if known:
            self._automaton.make_automaton()
        self._is_empty = not known

    def find(self, text: str) -> list[Mention]:
        """Return the names in `text` in their order; where some overlap, the longest."""
        if self._is_empty:
            return []
        folded, places = folded_with_places(text)
        found: list[tuple[int, Mention]] = []
        for last, (length, names) in self._automaton.iter(folded):
            start, end = last - length + 1, last + 1
            if start and _is_letter(folded[start - 1]):
                continue
            for name in names:
                mention = _mention(name, text, folded, places, start, end)
                if mention is not None:
                    found.append((length, mention))
        # Where two names fill the same place, that with the shorter ending: tanker, and not tank with an ending.
        return _longest([mention for _length, mention in sorted(found, key=lambda each: -each[0])])


def _is_letter(letter: str) -> bool:
    return letter.isalnum() or letter == "_"


@cache
def _pattern(words: str) -> re.Pattern[str]:
    """Return the pattern of what follows the first stem of a name of several words."""
    rest = words.rstrip("* ").partition("*")[2]
    ending = rf"[^\W_]{{0,{_ENDING}}}"
    inner = ending + ending.join(re.escape(fold(f"x{part}")[1:]) for part in rest.split("*"))
    return re.compile(inner + (ending if words.rstrip().endswith("*") else "") + r"(?![^\W_])")


_PLURAL = re.compile(r"(?:s|es|n|en|er|e)?(?![^\W_])")
_STEM = re.compile(rf"[^\W_]{{0,{_ENDING}}}(?:-[^\W\d_]+)?(?![^\W_])")


def _mention(name: Name, text: str, folded: str, places: list[int], start: int, end: int) -> Mention | None:
    """Return the mention of `name`; None where the word goes on, or is written otherwise than such a name."""
    bare = name.words.rstrip("* ")
    pattern = _pattern(name.words) if "*" in bare else _STEM if name.is_stem else _PLURAL
    more = pattern.match(folded, end)
    if more is None:
        return None
    first, last = places[start], places[end - 1] + 1
    if bare[0].isupper() and not text[first].isupper():
        return None
    if len(bare) <= _CASED and bare.isupper() and (text[first:last] != bare or more.group()):
        return None
    # In the dative a people has an ending more: mit den Norwegern.
    endings = ("", "s", "n") if name.kind == DEMONYM and bare.endswith("er") else ("", "s")
    if "*" not in name.words and name.kind in (PARTY, DEMONYM, CAPITAL) and more.group() not in endings:
        return None
    return Mention(first, places[more.end() - 1] + 1, name.kind, name.id, name.name)


_ORDER = (INITIATIVE, FORUM, OFFICIAL, PLATFORM, PLACE, PARTY, DEMONYM, CAPITAL)


def _longest(found: list[Mention]) -> list[Mention]:
    ordered = sorted(found, key=lambda each: (each.start, -each.end, _ORDER.index(each.kind)))
    kept: list[Mention] = []
    for mention in ordered:
        if not kept or mention.start >= kept[-1].end:
            kept.append(mention)
    return kept


def spoken_names() -> list[Name]:
    """Return the names that texts use beside those of the register. Their ids are those that the register gives."""
    tables = (
        (PARTY_NAMES, PARTY),
        (INSTITUTIONS, PARTY),
        (DEMONYMS, DEMONYM),
        (CAPITALS, CAPITAL),
        (SPEAKERS, OFFICIAL),
        (PLATFORMS, PLATFORM),
        (INITIATIVES, INITIATIVE),
        (FORUMS, FORUM),
        (PLACES, PLACE),
    )
    found = [
        Name(words, kind, key, key)
        for table, kind in tables
        for key, line in table.items()
        for words in map(str.strip, line.split("|"))
        if words
    ]
    return [*found, *(_in_cyrillic(each) for each in found if each.kind == PLATFORM and _MARK.fullmatch(each.words))]


_MARK = re.compile(r"[ABCEHKMOPTX]+-?\d[\dABCEHKMOPTX]*\*?")
_CYRILLIC = str.maketrans("ABCEHKMOPTX", "АВСЕНКМОРТХ")


def _in_cyrillic(name: Name) -> Name:
    """Return the mark of a platform in the Cyrillic letters that look the same: Т-72, М113."""
    return Name(name.words.translate(_CYRILLIC), name.kind, name.id, name.name)


def vocabulary(register: Iterable[Name] = ()) -> Vocabulary:
    """Return the vocabulary of the register's names and of those that texts use besides."""
    return Vocabulary([*register, *spoken_names()])
