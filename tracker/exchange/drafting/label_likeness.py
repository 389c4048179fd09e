"""Likeness: how much a label of a file reads like the name of a record, as far as its telling words go.

“Anti-tank weapon” is not an NLAW only because “NLAW anti-tank weapon” is one: words that many names share tell nothing,
and a number tells everything. Nor is what is made for a platform that platform: “ammunition for HIMARS”.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

from rapidfuzz import fuzz, process

from tracker.lib.text import fold_lookalikes

NEAR = 45
"""Likeness, of 100, below which a name is not worth showing."""
_ALIKE = 83
"""How alike two words must be to be the same, but for a slip of the pen."""
_OTHERWISE = 55
"""How alike names are at most that have different numbers, or of which one is a part of the other."""
_WORD = re.compile(r"[^\W_]+")
_IN_BRACKETS = re.compile(r"\([^)]*\)")
_FUNCTION = frozenset({"for", "of", "and", "the", "to", "with", "in", "on", "a"})
_AMMUNITION = frozenset(
    {
        "ammo", "ammunition", "munition", "round", "shell", "cartridge", "bullet", "grenade", "mine", "missile",
        "rocket", "bomb", "fuse", "charge", "projectile", "armament",
    }
)  # fmt: skip
_PARTS = frozenset(
    {
        "for", "spare", "part", "engine", "barrel", "chassi", "launcher", "launch", "radar", "unit", "kit", "repair",
        "maintenance", "training", "simulator", "support", "replacement", "equipped", "generator",
    }
)  # fmt: skip
"""Words of what belongs to a platform, without plurals."""
_VAGUE = frozenset({"unspecified", "generic", "general", "other", "various"})


def words_of(text: str) -> list[str]:
    """Return the words of a label as they are compared."""
    return _WORD.findall(fold_lookalikes(text[:250]))


def bare_words_of(text: str) -> tuple[str, ...]:
    """Return the words of a label without plurals, what stands in brackets, and what says nothing."""
    words = [_singular(word) for word in words_of(_IN_BRACKETS.sub(" ", text)) or words_of(text)]
    return tuple(word for word in words if word not in _VAGUE)


def is_ammunition(text: str) -> bool:
    """Tell whether a label is about ammunition, from its words."""
    return not _AMMUNITION.isdisjoint(map(_singular, words_of(text)))


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def _numbers(words: Iterable[str]) -> list[str]:
    """Return the words that hold a number, in order."""
    return sorted(word for word in words if any(letter.isdigit() for letter in word))


class Names:
    """Labels and the records that go by them, for finding those that a label of a file reads like."""

    def __init__(self, records: Mapping[str, str], general: Iterable[str] = ()) -> None:
        """Take the record of each label. The words of `general` tell nothing, nor do words of several records."""
        self._records = records
        self._words = {label: words_of(label) for label in records}
        users: dict[str, set[str]] = defaultdict(set)
        for label, words in self._words.items():
            for word in words:
                users[word].add(records[label])
        common = {word for word, ids in users.items() if len(ids) > 1}
        common |= _FUNCTION | {word for text in general for word in words_of(text)}
        self._telling: dict[str, set[str]] = {}
        self._users: dict[str, list[str]] = defaultdict(list)
        for label, words in self._words.items():
            numbers = set(_numbers(words))
            telling = {word for word in words if len(word) > 1 and not word.isdigit()}
            # T-72 has its number alone.
            self._telling[label] = (
                {one for one in telling if one in numbers or one not in common} if telling else numbers
            )
            for word in self._telling[label]:
                self._users[word].append(label)

    def ranked(self, text: str) -> list[tuple[str, int]]:
        """Return the records that a label reads like, and how much, of 100: the likest first, then by label."""
        own = words_of(text)
        found = self._found(own)
        likenesses: dict[str, tuple[int, str]] = {}
        for label in sorted({label for word in found for label in self._users[word]}):
            if self._telling[label] <= found:
                likeness = self._likeness(text, own, label)
                record = self._records[label]
                likenesses[record] = min(likenesses.get(record, (0, label)), (-likeness, label))
        ranked = sorted(likenesses.items(), key=lambda item: item[1])
        return [(record, -negative) for record, (negative, _label) in ranked if -negative >= NEAR]

    def _found(self, own: list[str]) -> set[str]:
        """Return the telling words of all names that a label has; one with a number has to be the very same."""
        found: set[str] = set()
        for word in own:
            if _numbers([word]):
                found |= {word} & self._users.keys()
            else:
                alike = process.extract(word, list(self._users), scorer=fuzz.ratio, score_cutoff=_ALIKE, limit=None)
                found |= {other for other, _score, _index in alike if not _numbers([other])}
        return found

    def _likeness(self, text: str, own: list[str], label: str) -> int:
        words = self._words[label]
        bare = words_of(_IN_BRACKETS.sub(" ", text)) or own
        found = round(fuzz.ratio(" ".join(sorted(bare)), " ".join(sorted(words))))
        more = {_singular(word) for word in own} - {_singular(word) for word in words}
        is_other = _numbers(bare) != _numbers(words) or bool(more & (_PARTS | _AMMUNITION))
        return min(found, _OTHERWISE) if is_other else found
