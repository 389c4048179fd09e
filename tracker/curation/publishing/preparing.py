"""Preparing a publishing: all that can be worked out before it has the right to write, which it then needs less long.

SQLite has one writer. Whoever saves meanwhile waits a few seconds, and is then asked to try again.
"""

import datetime as dt
import pickle
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Max

from tracker.curation.callbacks import Watch, unwatched
from tracker.curation.publishing.batch import Batch
from tracker.curation.publishing.checking import check
from tracker.curation.publishing.deriving import Derived, compare, derive
from tracker.curation.publishing.gathering import gather
from tracker.curation.publishing.resolving import resolve
from tracker.curation.review.change_sets import newest_moment
from tracker.ledger.rates import RateBook
from tracker.lib.chunks import chunked
from tracker.models import ChangeSet, Edit, Text
from tracker.records.engine.spilled import Spilled
from tracker.records.engine.types import by_kind

_FIRST = (gather, resolve, check)
STEPS = len(_FIRST) + 2
"""How many steps a publishing is told to take: these, writing and posting."""


def take_first_steps(batch: Batch, watch: Watch) -> None:
    """Take the steps before anything is written. Raises Refused, naming each record that cannot be published."""
    for done, step in enumerate(_FIRST):
        watch(done, STEPS)
        step(batch)
    compare(batch)


@dataclass(frozen=True)
class _Ground:
    """What all that is prepared rests on.

    A submitted change set takes no edits and holds its records, so that only a text that comes can change their
    documents, in what supports their claims. What they refer to, and rates, change by a publishing; and a reviewer can
    send some of the records back.
    """

    submitted: dt.datetime | None
    revision: int
    published: dt.datetime | None
    text: int | None
    day: dt.date
    """By which rates are provisional."""

    @classmethod
    def of(cls, change_set: ChangeSet, at: dt.datetime) -> "_Ground":
        """Return what it is now."""
        text = Text.objects.aggregate(newest=Max("pk"))["newest"]
        return cls(change_set.submitted_at, change_set.revision, newest_moment(), text, at.date())


class Prepared:
    """The batch of a publishing after its first steps, and in a temporary file what is to be written."""

    def __init__(self, ground: _Ground, batch: Batch, derived: Iterable[Derived]) -> None:
        self.batch = batch
        self._ground = ground
        self._file = Spilled()
        # By `map`, no part is held while the next is worked out.
        self._places = [self._file.put(packed) for packed in map(pickle.dumps, derived)]

    def holds(self, change_set: ChangeSet, at: dt.datetime) -> bool:
        """Tell whether it would be prepared in the same way now; asked by who has the right to write."""
        # Before the first publishing, rates are in force without one.
        is_same = self._ground.published is not None and self._ground == _Ground.of(change_set, at)
        return is_same and not self._is_held_elsewhere()

    def _is_held_elsewhere(self) -> bool:
        """Tell whether somebody began to edit a record that comes along, as nobody held it."""
        held = Edit.objects.filter(released_at__isnull=True)
        return any(
            held.filter(kind=kind, public_id__in=part).exists()
            for kind, public_ids in by_kind(self.batch.brought).items()
            for part in chunked(public_ids)
        )

    def derived(self) -> Iterator[Derived]:
        """Yield what is to be written, part by part."""
        for place in self._places:
            yield pickle.loads(self._file.get(place))


def prepare(*, change_set: ChangeSet, at: dt.datetime, watch: Watch = unwatched) -> Prepared:
    """Take the first steps of publishing a submitted change set, and work out what is written. Raises Refused."""
    change_set = ChangeSet.objects.get(pk=change_set.pk)
    ground, batch = _Ground.of(change_set, at), Batch(change_set, at)
    take_first_steps(batch, watch)
    return Prepared(ground, batch, derive(batch, RateBook(ground.day), beside=True))
