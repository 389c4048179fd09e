"""Labels: the names by which sources call parties, platforms, categories and initiatives."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Self

from rapidfuzz import fuzz, process

from tracker.exchange.drafting.label_likeness import Names, bare_words_of, is_ammunition
from tracker.lib.text import fold_lookalikes
from tracker.models import Category, CategoryAlias, InitiativeAlias, PartyAlias, Platform, PlatformAlias
from tracker.models.base import Alias
from tracker.records.registry import KINDS

_ALIASES: dict[str, type[Alias]] = {
    "party": PartyAlias,
    "platform": PlatformAlias,
    "category": CategoryAlias,
    "initiative": InitiativeAlias,
}
_FAR = 60
"""Likeness, of 100, below which a name is not worth showing."""
_LONGEST = 250
_SHOWN = 3
_AMMUNITION = ("ammunition", "missiles")
"""Top categories of what is fired."""


@dataclass(frozen=True)
class Unmatched:
    """A label that no record goes by, how many rows use it, the first of them, and the nearest names."""

    kind: str
    label: str
    rows: int
    first_row: int
    nearest: list[tuple[str, str]]
    """Public id and name, best first."""
    likeness: int = 0
    """How much the first of them reads like it, of 100."""
    group: str = ""
    """The most used of the labels that say the same: one decision is for all of them."""


@dataclass(frozen=True)
class Renamed:
    """A label under which the file knows a record that the register calls otherwise, and how many rows use it."""

    kind: str
    label: str
    public_id: str
    name: str
    rows: int


@dataclass
class _Use:
    label: str
    first_row: int
    rows: int = 0
    about: str = ""


@dataclass
class Labels:
    """The names, public ids and aliases of one kind of record, as they stand on the desk."""

    kind: str
    names: dict[str, str]
    """The name of each record, by its public id."""
    _known: dict[str, str | None] = field(default_factory=dict)
    """The public id by folded label; None where it could be two records."""
    _missing: dict[str, _Use] = field(default_factory=dict)
    _found: dict[str, _Use] = field(default_factory=dict)
    branches: dict[str, str] = field(default_factory=dict)
    """The top category of each platform or category, where the kind is one of these."""

    @classmethod
    def load(cls, kind: str) -> Self:
        """Read the labels of `party`, `platform`, `category` or `initiative` in two queries.

        Where labels collide, a name counts before an alias, and an alias before a public id; a name
        that two records share belongs to neither.
        """
        names = dict(KINDS[kind].model.objects.order_by("public_id").values_list("public_id", "name"))
        labels = cls(kind, names)
        labels._add([(name, public_id) for public_id, name in names.items()])
        labels._add(list(_ALIASES[kind].objects.order_by("pk").values_list("name", f"{kind}__public_id")))
        labels._add([(public_id, public_id) for public_id in names])
        return labels

    @cached_property
    def _names(self) -> Names:
        known = {label: public_id for label, public_id in self._known.items() if public_id}
        if self.kind != "platform":
            return Names(known)
        names, aliases = (model.objects.values_list("name", flat=True) for model in (Category, CategoryAlias))
        return Names(known, [*names, *aliases])

    def _add(self, pairs: list[tuple[str, str]]) -> None:
        """Add labels that do not stand for something yet."""
        found: dict[str, set[str]] = {}
        for label, public_id in pairs:
            found.setdefault(fold_lookalikes(label), set()).add(public_id)
        for folded, ids in found.items():
            self._known.setdefault(folded, ids.pop() if len(ids) == 1 else None)

    def find(self, text: str) -> str | None:
        """Return the public id of the record that goes by `text`, or None.

        Case, accents, spaces and look-alike letters do not matter, nor do asterisks behind it, which point to a note.
        """
        if not text:
            return None
        found = self._known.get(fold_lookalikes(text))
        return found if found or text[-1] not in "* " else self._known.get(fold_lookalikes(text.rstrip("* ")))

    def knows(self, text: str) -> bool:
        """Tell whether a record goes by `text`, or several do."""
        return fold_lookalikes(text) in self._known

    def near(self, text: str, limit: int = 3) -> list[tuple[str, str]]:
        """Return public id and name of up to `limit` records that read most like `text`, best first."""
        return [(public_id, self.names[public_id]) for public_id, _likeness in self._ranked(text)[:limit]]

    def _ranked(self, text: str, about: str = "") -> list[tuple[str, int]]:
        """Return the records that read like `text`, and how much, the likest first.

        `about` is the category that a row names for it: what is ammunition is offered nothing that fires it.
        """
        if self.kind not in ("platform", "category"):
            return self._spelled_alike(text)
        ranked = self._names.ranked(text)
        if not is_ammunition(text) and self._branch(about) not in _AMMUNITION:
            return ranked
        return [(public_id, likeness) for public_id, likeness in ranked if self._branch(public_id) in _AMMUNITION]

    def _branch(self, public_id: str) -> str:
        return self.branches.get(public_id, "")

    def _spelled_alike(self, text: str) -> list[tuple[str, int]]:
        choices = [label for label, public_id in self._known.items() if public_id]
        folded = fold_lookalikes(text[:_LONGEST])
        # A record has several labels: more of them are looked at than records are wanted.
        likest = process.extract(folded, choices, scorer=fuzz.WRatio, limit=20, score_cutoff=_FAR)
        found: dict[str, int] = {}
        for label, score, _index in sorted(likest, key=lambda found: (-found[1], found[0])):
            found.setdefault(str(self._known[label]), round(score))
        return list(found.items())

    def resolve(self, text: str, row: int, about: str = "") -> str | None:
        """Do as `find`, and remember the label, the row that uses it, and the category that the row names for it."""
        public_id = self.find(text)
        if text.strip():
            uses = self._missing if public_id is None else self._found
            folded = fold_lookalikes(text)
            use = uses.get(folded)
            if use is None:
                use = uses[folded] = _Use(" ".join(text.split()), row)
            use.rows, use.about = use.rows + 1, use.about or about
        return public_id

    def renamed(self) -> list[Renamed]:
        """Return the labels found for records that are called otherwise, the most used first, then by label."""
        uses = sorted(self._found.values(), key=lambda use: (-use.rows, use.label))
        found = [(use, str(self.find(use.label))) for use in uses]
        return [
            Renamed(self.kind, use.label, public_id, self.names[public_id], use.rows)
            for use, public_id in found
            if fold_lookalikes(use.label) != fold_lookalikes(self.names[public_id])
        ]

    def unmatched(self) -> list[Unmatched]:
        """Return the labels that `resolve` did not find, the most used first, then by label."""
        uses = sorted(self._missing.values(), key=lambda use: (-use.rows, use.label))
        heads: dict[tuple[str, ...], str] = {}
        found = []
        for use in uses:
            ranked = self._ranked(use.label, use.about)[:_SHOWN]
            nearest = [(public_id, self.names[public_id]) for public_id, _likeness in ranked]
            group = heads.setdefault(bare_words_of(use.label), use.label)
            likeness = ranked[0][1] if ranked else 0
            found.append(Unmatched(self.kind, use.label, use.rows, use.first_row, nearest, likeness, group))
        return found


def branches() -> dict[str, str]:
    """Return the top category of each category, and of each platform that has one, by public id."""
    parents = dict(Category.objects.values_list("public_id", "parent__public_id"))

    def top(public_id: str) -> str:
        while parents.get(public_id):
            public_id = str(parents[public_id])
        return public_id

    platforms = Platform.objects.exclude(category=None).values_list("public_id", "category__public_id")
    return {one: top(one) for one in parents} | {one: top(str(category)) for one, category in platforms}
