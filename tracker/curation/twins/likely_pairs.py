"""Twins: pledges of the desk that are likely to be the same one, scored, with the reasons.

Nobody compares all with all: only pledges of the same contributor that share a day, an amount, a platform, a source or
their words are scored. What was linked, found to be different, merged or withdrawn is not asked about again.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import combinations

from rapidfuzz import fuzz

from tracker.curation.callbacks import Watch, unwatched
from tracker.curation.twins.traits import SharedTraits, candidates, converter, traits_of
from tracker.lib.chunks import chunked
from tracker.models import ChangeSet, Edit, KeptApart, Pledge, PledgeLink, Publication
from tracker.records.likeness_score import ToEuros, Traits, are_worth_the_same, in_words, likeness

LIKELY = 50
"""How alike two pledges must be, of 100, to be shown as twins."""
IN_ONE_FILE = 80
"""How alike two pledges must be that one file has as two: its publisher tells them apart by their ids."""
CROWD = 60
"""What more pledges share tells nothing."""
FEW = 200
"""For so many pledges, others are looked up; for more, all are read once."""

Pair = tuple[str, str]
"""Two public ids, in order."""


@dataclass(frozen=True)
class Twin:
    """Two pledges that are likely to be one, and what speaks for it."""

    one: str
    other: str
    score: int
    evidence: tuple[tuple[str, float], ...]

    @property
    def reasons(self) -> tuple[str, ...]:
        """What does and does not agree, in words."""
        return in_words(self.evidence)

    def beside(self, public_id: str) -> str:
        """Return the twin of one of the two."""
        return self.other if public_id == self.one else self.one


def twins_of(change_set: ChangeSet) -> list[Twin]:
    """Return the likely twins of the pledges that a change set edits, those most alike first."""
    saved = change_set.edits.filter(kind=Pledge.kind, action=Edit.Action.SAVE).order_by("public_id")
    return twins_among(saved.values_list("public_id", flat=True))


def twins_of_pledge(pledge: Pledge) -> list[Twin]:
    """Return the likely twins of one pledge, those most alike first."""
    return twins_among([pledge.public_id])


def twins_among(public_ids: Iterable[str] | None = None, watch: Watch = unwatched) -> list[Twin]:
    """Return the pairs of likely twins of which one is among `public_ids`, or all; those most alike first.

    `watch` is told a hundred times at most how many pairs are compared.
    """
    asked = None if public_ids is None else set(public_ids)
    if asked is not None and not asked:
        return []
    to_euros = converter()
    if asked is None or len(asked) > FEW:
        known = traits_of(None, to_euros)
    else:
        known = traits_of(asked, to_euros)
        known |= traits_of(candidates(known.values()) - asked, to_euros)
    return _twins(known, asked, watch)


def twins_of_new(
    new: Mapping[str, SharedTraits], to_euros: ToEuros, also: Collection[str] = (),
    files: Collection[tuple[str, str]] = (),
) -> list[Twin]:  # fmt: skip
    """Return the likely twins of pledges that are not written yet, in the register and among each other.

    They go by names that are no public ids. `to_euros` converts, as it did for their traits. `also` are the pledges of
    the register that the file, or files, they come from has besides. Those most alike come first.
    """
    if not new:
        return []
    known = traits_of(None if len(new) > FEW else candidates(new.values()), to_euros)
    beside = {
        public_id: replace(known[public_id], files=known[public_id].files.union(files))
        for public_id in set(also) & known.keys()
    }
    return _twins(known | beside | dict(new), set(new))


def _twins(known: dict[str, SharedTraits], asked: set[str] | None, watch: Watch = unwatched) -> list[Twin]:
    shelves = _shelves(known)
    compared: set[Pair] = set()
    found = []
    for place, shelf in enumerate(shelves):
        if place % max(len(shelves) // 100, 1) == 0:
            watch(place, len(shelves))
        for one, other in combinations(shelf, 2):
            # All pairs of a long file would take more room than all that is said of it: most differ in what is told.
            if asked is not None and one not in asked and other not in asked:
                continue
            pair = _in_order(one, other)
            if pair in compared or not _are_worth_comparing(pair, known):
                continue
            compared.add(pair)
            twin = _scored(pair, known)
            if twin is not None:
                found.append(twin)
    return sorted(undecided(found), key=lambda twin: (-twin.score, twin.one, twin.other))


def undecided(twins: list[Twin]) -> list[Twin]:
    """Return those of the pairs that are not settled, and of no pledge that is withdrawn or merged, in their order."""
    settled = _settled({(twin.one, twin.other) for twin in twins})
    gone = _gone({public_id for twin in twins for public_id in (twin.one, twin.other)})
    return [
        twin for twin in twins
        if (twin.one, twin.other) not in settled and twin.one not in gone and twin.other not in gone
    ]  # fmt: skip


def present(twins: list[Twin]) -> list[Twin]:
    """Return those of the pairs that are both on the desk still, in their order."""
    found: set[str] = set()
    for part in chunked(sorted({public_id for twin in twins for public_id in (twin.one, twin.other)})):
        found |= set(Pledge.objects.filter(public_id__in=part).values_list("public_id", flat=True))
    return [twin for twin in twins if twin.one in found and twin.other in found]


def twins_of_typed(traits: SharedTraits, to_euros: ToEuros, but: str = "") -> list[Twin]:
    """Return the pledges that are likely to be what somebody is typing; `but` is the public id that it has already."""
    known = traits_of(candidates([traits]) - {but}, to_euros)
    keys = set(traits.shared_keys())
    pairs = [("", public_id) for public_id, other in known.items() if not keys.isdisjoint(other.shared_keys())]
    known[""] = traits
    found = [
        twin for pair in pairs if _are_worth_comparing(pair, known) and (twin := _scored(pair, known)) is not None
    ]  # fmt: skip
    gone = _gone({twin.other for twin in found})
    settled = {other for pair in _settled({_in_order(but, twin.other) for twin in found}) for other in pair}
    standing = [twin for twin in found if twin.other not in gone and twin.other not in settled]
    return sorted(standing, key=lambda twin: (-twin.score, twin.other))


def _shelves(known: dict[str, SharedTraits]) -> list[list[str]]:
    """Return the pledges that share something telling: a list for each that few of them share."""
    # Most keys are of one pledge alone: all those of a long file would take more room than what they are made of, so
    # that their hashes stand for them. Two keys of one hash would only have two pledges compared for nothing.
    met: dict[int, str] = {}
    shelves: dict[int, list[str]] = {}
    for public_id, traits in known.items():
        for number in map(hash, traits.shared_keys()):
            if number in shelves:
                shelves[number].append(public_id)
            elif number in met:
                shelves[number] = [met[number], public_id]
            else:
                met[number] = public_id
    return [shelf for shelf in shelves.values() if len(shelf) <= CROWD]


def _in_order(one: str, other: str) -> Pair:
    return (one, other) if one < other else (other, one)


def _are_worth_comparing(pair: Pair, known: dict[str, SharedTraits]) -> bool:
    """Tell whether two pledges can be one at all: comparing words is what takes long."""
    first, second = known[pair[0]], known[pair[1]]
    if first.contributors and second.contributors and first.contributors.isdisjoint(second.contributors):
        return False
    return _is_told(first.traits, second.traits)


def _scored(pair: Pair, known: dict[str, SharedTraits]) -> Twin | None:
    first, second = known[pair[0]], known[pair[1]]
    found = likeness(first.traits, second.traits, _words_alike)
    needed = LIKELY if first.files.isdisjoint(second.files) else IN_ONE_FILE
    return Twin(*pair, found.content, found.evidence) if found.content >= needed else None


def _words_alike(one: str, other: str) -> float:
    """Return how alike two texts are; other words speak for two pledges less than the same words for one."""
    return max(fuzz.token_set_ratio(one, other), 50.0)


def _is_told(one: Traits, other: Traits) -> bool:
    """Tell whether more than who, when and where it was read speaks for it: an amount, or an item or the words.

    One source often announces many pledges, each of its own amount, and one amount may go through two initiatives.
    """
    if one.initiative and other.initiative and one.initiative != other.initiative:
        return False
    if one.all_amounts & other.all_amounts:
        return True
    if one.amounts and other.amounts:
        return are_worth_the_same(one, other)
    return bool(one.items & other.items) or bool(one.words and one.words == other.words)


def _settled(pairs: Collection[Pair]) -> set[Pair]:
    """Return the pairs that were found to be different, or of which one names the other."""
    found: set[Pair] = set()
    umbrellas: dict[int, list[str]] = defaultdict(list)
    for part in chunked(sorted({public_id for pair in pairs for public_id in pair})):
        found |= set(KeptApart.objects.filter(one__in=part).values_list("one", "other"))
        links = PledgeLink.objects.filter(pledge__public_id__in=part)
        for one, link, target, other in links.values_list("pledge__public_id", "link", "target", "target__public_id"):
            found.add(_in_order(one, other))
            if link == PledgeLink.Link.TRANCHE_OF:
                umbrellas[target].append(one)
    # Tranches of one umbrella are told apart already; they need not be in one piece of the list.
    found |= {_in_order(*pair) for listed in umbrellas.values() for pair in combinations(listed, 2)}
    return found & set(pairs)


def _gone(public_ids: Collection[str]) -> set[str]:
    """Return those of the pledges that are withdrawn or merged, or about to be."""
    found: set[str] = set()
    for part in chunked(sorted(public_ids)):
        stones = Publication.objects.as_of(None).filter(kind=Pledge.kind, public_id__in=part, is_tombstone=True)
        going = Edit.objects.filter(
            action__in=Edit.GOING, kind=Pledge.kind, public_id__in=part, released_at__isnull=True
        )
        found |= {*stones.values_list("public_id", flat=True), *going.values_list("public_id", flat=True)}
    return found
