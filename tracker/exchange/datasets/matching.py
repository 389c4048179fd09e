"""Matching: which record of the register each draft of a file is, by all that speaks for it.

Every draft is scored beside every record that shares anything telling with it; the best pairs are taken first, and no
record is two drafts. Where another pair would have been as good, that is said, and a person can decide.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from tracker.curation.importing.plans import Draft, RecognisedBy
from tracker.exchange.datasets.known import BroughtRecord
from tracker.records.engine.source_form import compared
from tracker.records.likeness_score import Traits, likeness

_SAME_RELEASE, _OTHER_RELEASE = 30, 20
"""What the id in the dataset adds to likeness: the same release means the same by it, another often does."""
_NEEDED = {_SAME_RELEASE: 0, _OTHER_RELEASE: 30, 0: 70}
"""How alike two pledges must be besides, by what their ids add."""
_AS_GOOD = 3
"""Pairs whose scores differ by no more are told apart by nothing."""
_CROWD = 60
"""A trait that more records share tells nothing."""


@dataclass(frozen=True)
class Match:
    """A draft and the record that it is, with what that rests on."""

    record: BroughtRecord
    score: int
    recognised_by: RecognisedBy
    reasons: tuple[str, ...] = ()


@dataclass
class Matching:
    """The match of each draft that has one, by its id in the file, and what else it could be."""

    found: dict[str, Match] = field(default_factory=dict)
    others: dict[str, list[Match]] = field(default_factory=dict)
    """Records that are as likely, by the id of the draft: nothing but a person can tell."""


def match(
    drafts: list[Draft], records: list[BroughtRecord], release: str, decided: Mapping[str, str] | None = None
) -> Matching:
    """Return which record each draft is.

    `decided` says of ids in the file which record a person has chosen; nothing stands for a new one.
    """
    return _Matcher(drafts, records, release, decided or {}).match()


class _Matcher:
    def __init__(
        self, drafts: list[Draft], records: list[BroughtRecord], release: str, decided: Mapping[str, str]
    ) -> None:  # fmt: skip
        self.drafts = drafts
        self.records = records
        self.release = release
        self.decided = decided
        self.matching = Matching()
        self.taken: set[str] = set()
        self.traits: dict[str, Traits] = {}
        self.compared: dict[str, Draft] = {}
        """The drafts that were compared with records, by their ids."""

    def match(self) -> Matching:
        """Take what is decided, then what is the same in id and content, then the best pairs."""
        self._take_decided()
        self._take_identical()
        pairs = self._pairs()
        for draft, found in sorted(pairs, key=lambda pair: (-pair[1].score, pair[1].record.key, pair[0].source_id)):
            self._take(draft, found)
        self._note_others(pairs)
        return self.matching

    def _take(self, draft: Draft, found: Match) -> None:
        if draft.source_id not in self.matching.found and found.record.public_id not in self.taken:
            self.matching.found[draft.source_id] = found
            self.taken.add(found.record.public_id)

    def _take_decided(self) -> None:
        records = {record.public_id: record for record in self.records}
        for draft in self.drafts:
            record = records.get(self.decided.get(draft.source_id, ""))
            if record is not None:
                self._take(draft, Match(record, 100, RecognisedBy.PERSON, (_("chosen by hand"),)))

    def _open(self) -> list[Draft]:
        return [
            draft for draft in self.drafts
            if draft.source_id not in self.matching.found and draft.source_id not in self.decided
        ]  # fmt: skip

    def _take_identical(self) -> None:
        """Match what has the same id and the same who, when and what: nearly all, where little has changed."""
        same = {(record.ids.get(self.release), record.fingerprint): record for record in reversed(self.records)}
        other = {(record.source_id, record.fingerprint): record for record in reversed(self.records)}
        for known in (same, other):
            for draft in self._open():
                record = known.get((draft.source_id, draft.fingerprint))
                if record is not None:
                    self._take(draft, Match(record, 100, RecognisedBy.BOTH, (_("same id and content"),)))

    def _pairs(self) -> list[tuple[Draft, Match]]:
        """Return the pairs that are likely enough, of drafts and records that have no match yet."""
        shelves: dict[Hashable, list[BroughtRecord]] = defaultdict(list)
        for record in self.records:
            if record.public_id not in self.taken:
                self.traits[record.public_id] = traits = Traits(record.content)
                for trait in {*_telling(traits), *(("id", source_id) for source_id in record.ids.values())}:
                    shelves[trait].append(record)
        pairs: list[tuple[Draft, Match]] = []
        for draft in self._open() if shelves else ():
            self.compared[draft.source_id] = draft
            traits = Traits(compared(draft.document))
            near: dict[str, BroughtRecord] = {}
            for trait in (("id", draft.source_id), *_telling(traits)):
                shelf = shelves.get(trait, [])
                near |= {record.public_id: record for record in shelf if len(shelf) <= _CROWD or trait[0] == "id"}
            pairs += [(draft, found) for record in near.values() if (found := self._score(draft, traits, record))]
        return pairs

    def _score(self, draft: Draft, traits: Traits, record: BroughtRecord) -> Match | None:
        """Return the match of a draft and a record; None where too little speaks for it."""
        bonus, reasons = 0, []
        if record.ids.get(self.release) == draft.source_id:
            bonus, reasons = _SAME_RELEASE, [_("same id")]
        elif draft.source_id in record.ids.values():
            bonus, reasons = _OTHER_RELEASE, [_("same id in another release")]
        alike = likeness(traits, self.traits[record.public_id])
        if alike.content < _NEEDED[bonus]:
            return None
        recognised_by = RecognisedBy.ID if bonus else RecognisedBy.CONTENT
        if bonus and draft.fingerprint == record.fingerprint:
            recognised_by = RecognisedBy.BOTH
        return Match(record, alike.content + bonus, recognised_by, (*reasons, *alike.reasons))

    def _note_others(self, pairs: list[tuple[Draft, Match]]) -> None:
        """Note the records that a draft could be as well: with those, the whole would be as likely."""
        scores = {(draft.source_id, other.record.public_id): other.score for draft, other in pairs}
        holders = {match.record.public_id: source_id for source_id, match in self.matching.found.items()}
        for draft, other in pairs:
            chosen = self.matching.found.get(draft.source_id)
            holder = holders.get(other.record.public_id, "")
            if holder == draft.source_id or not self._matters(draft, chosen, other.record, holder):
                continue
            lost = chosen.score if chosen else 0
            if holder:
                # The draft that has the record would be what this one is now.
                lost += self.matching.found[holder].score
                lost -= scores.get((holder, chosen.record.public_id), 0) if chosen else 0
            if lost - other.score <= _AS_GOOD:
                self.matching.others.setdefault(draft.source_id, []).append(other)

    def _matters(self, draft: Draft, chosen: Match | None, record: BroughtRecord, holder: str) -> bool:
        """Tell whether it makes a difference: not between records, or drafts, that say the same."""
        if chosen is not None and chosen.record.content == record.content:
            return False
        other = self.compared.get(holder)
        return other is None or compared(other.document) != compared(draft.document)


def _telling(traits: Traits) -> Iterable[tuple[str, Hashable]]:
    """Yield what few pledges share, so that only such are compared."""
    yield "day", (traits.lead, traits.aid_type, traits.announced)
    yield "words", (traits.lead, traits.words)
    for source in traits.sources:
        yield "source", (traits.lead, source)
    for amount in set(traits.amounts.values()):
        yield "amount", (traits.lead, amount)
