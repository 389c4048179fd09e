"""What one publishing works on, handed from step to step."""

import datetime as dt
from collections.abc import Iterable

from tracker.curation.errors import Problem, Refused
from tracker.lib import canonical
from tracker.models import ChangeSet
from tracker.records import shelved
from tracker.records.engine.serialised import SerialisedDocuments
from tracker.records.engine.types import Document, Key
from tracker.records.quality.rule import Found


class Batch:
    """The documents that a change set publishes, the records that it withdraws, and what stands in the way."""

    def __init__(self, change_set: ChangeSet, moment: dt.datetime, passed_over: list[Problem] | None = None) -> None:
        self.change_set = change_set
        self.moment = moment
        self.documents = SerialisedDocuments()
        """What is to be published."""
        self.shelf = SerialisedDocuments()
        """What stands published of the records that the documents are of, or refer to."""
        self.needed: dict[Key, Key] = {}
        """Every record that a document refers to, with one that does."""
        self.said: dict[Key, str] = {}
        """What is said of each: see `said_of`."""
        self.is_said_otherwise = False
        """Whether two documents say different things of one record, as where one of them was on the shelf."""
        self.early: dict[Key, list[Found]] = {}
        """The pledges with an entry long before their announcement."""
        self.withdrawn: dict[Key, str] = {}
        """The records that it takes back, or merges into others, and why."""
        self.merged: dict[Key, str] = {}
        """Those of them that are merged, and the public ids of the records that they are from now on."""
        self.reposted: set[Key] = set()
        """The pledges whose contributions are to be worked out anew, such as with a new exchange rate."""
        self.brought: set[Key] = set()
        """The records that nobody edited and that are published for the first time, because others refer to them."""
        self.unchanged: set[Key] = set()
        """Those of the documents that stand published as they are."""
        self.problems: list[Problem] = []
        self._objections: list[Problem] = []
        self._passed_over = passed_over
        """Where it is tried out alone: takes the objections, which then keep nothing back."""

    def put(self, key: Key, document: Document) -> None:
        """Take a document into the batch, as new or as changed."""
        self.documents[key] = document
        for container, name, target in shelved.references(key[0], document):
            self.needed[target] = key
            says = said_of(container[name])
            if self.said.setdefault(target, says) != says:
                self.is_said_otherwise = True

    def problem(self, key: Key, message: str) -> None:
        """Note what keeps a record from being published."""
        self.problems.append(Problem(*key, message))

    def objection(self, key: Key, message: str) -> None:
        """Note what keeps a record from being published, and moves no sum: as a claim that does not hold."""
        self._objections.append(Problem(*key, message))

    def refuse_problems(self) -> None:
        """Raise Refused where there are problems, or objections that are not passed over, with all of them."""
        if self.problems or (self._objections and self._passed_over is None):
            # First what keeps the sums from being worked out, too.
            raise Refused([*_in_order(self.problems), *_in_order(self._objections)])
        if self._passed_over is not None:
            self._passed_over[:] = _in_order(self._objections)


def said_of(reference: Document) -> str:
    """Return what a reference says of a record beside its id, as text, which is compared and kept for each: its name;
    of those that say more, all of it as JSON. (Bytes would keep the 4 KiB in which they are written.)
    """
    name: str = reference["name"]
    return name if len(reference) == _BARE else canonical.dump(reference)


_BARE = 2
"""How many keys a reference has that is id and name alone."""


def _in_order(problems: Iterable[Problem]) -> list[Problem]:
    return sorted(set(problems), key=lambda problem: (problem.kind, problem.public_id, problem.message))
