"""The door: a change set passes as one, or not at all."""

import datetime as dt
from collections.abc import Callable
from functools import cache
from typing import TypeVar

from django.contrib.auth.models import User
from django.db import connection, transaction
from django.utils.translation import gettext as _

from tracker.curation.errors import Problem, Refused, WrongStatus
from tracker.curation.review import indicators, ledgering, shelving
from tracker.curation.review.change_sets import holders, locked, require_reviewer
from tracker.lib import canonical
from tracker.lib.chunks import chunked
from tracker.models import ChangeSet, Edit
from tracker.models.inserting import insert_plain
from tracker.records import shelved
from tracker.records.engine.fields import reference_from
from tracker.records.engine.serialised import Packed
from tracker.records.engine.types import Document, Key
from tracker.records.registry import KINDS

T = TypeVar("T")

PUBLISHING_LOCK = 7_140_001
"""The number of the advisory lock that publishings queue for on PostgreSQL."""


class _RolledBack(Exception):
    """Ends a rehearsal."""


@transaction.atomic
def publish(*, change_set: ChangeSet, by: User, at: dt.datetime) -> ChangeSet:
    """Publish a submitted change set: its records to the shelf, their contributions to the ledger.

    All in one transaction, at a moment of its own, not before `at`. Raises NotAllowed for the
    author or without the right, WrongStatus, or Refused, which names each record that cannot be
    published and why.
    """
    queue_up()
    change_set = locked(change_set)
    if change_set.status != ChangeSet.Status.SUBMITTED:
        raise WrongStatus(
            _("Change set #%(id)s is %(status)s; only a submitted one can be published.")
            % {"id": change_set.pk, "status": change_set.get_status_display()}
        )
    require_reviewer(change_set, by)
    moment = _next_moment(at)
    batch = _Batch(change_set, moment)
    batch.gather()
    change_set.status, change_set.reviewer = ChangeSet.Status.PUBLISHED, by
    change_set.published_at = change_set.decided_at = moment
    change_set.save(update_fields=["status", "reviewer", "published_at", "decided_at"])
    batch.shelve()
    indicators.post(moment=moment)
    change_set.edits.update(released_at=moment)
    return change_set


def rehearse(*, change_set: ChangeSet, by: User, at: dt.datetime, measure: Callable[[], T]) -> tuple[T, T]:
    """Return what `measure` gives before and after publishing, without publishing.

    Publishes inside a savepoint and rolls back. Raises what `publish` raises.
    """
    before = measure()
    after: list[T] = []
    try:
        with transaction.atomic():
            publish(change_set=change_set, by=by, at=at)
            after.append(measure())
            raise _RolledBack
    except _RolledBack:
        return before, after[0]


def queue_up() -> None:
    """Wait until no other publishing is under way.

    Moments then follow one another as publishings are committed, so that what was served as of a
    moment stays as it was. SQLite has one writer anyway.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [PUBLISHING_LOCK])


def _next_moment(at: dt.datetime) -> dt.datetime:
    """Return `at`, or the first microsecond after the newest publishing: moments never tie."""
    newest = ChangeSet.objects.filter(published_at__isnull=False).order_by("-published_at").first()
    if newest is None or newest.published_at is None or newest.published_at < at:
        return at
    return newest.published_at + dt.timedelta(microseconds=1)


class _Batch:
    """What one publishing writes: documents of records, withdrawals, and who follows from them."""

    def __init__(self, change_set: ChangeSet, moment: dt.datetime) -> None:
        self.change_set = change_set
        self.moment = moment
        self.documents = Packed()
        self.shelf = Packed()
        """What stands published of the records that the documents are of, or refer to."""
        self.needed: dict[Key, Key] = {}
        """Every record that a document refers to, with one that does."""
        self.withdrawn: set[Key] = set()
        self.reposted: set[Key] = set()
        self.problems: list[Problem] = []

    def gather(self) -> None:
        """Collect every document to shelve; raises Refused with all that stands in the way."""
        saved: list[Key] = []
        edits = self.change_set.edits.order_by("kind", "public_id").values_list("kind", "public_id", "action")
        for kind, public_id, action in edits.iterator():
            key = (kind, public_id)
            if action == Edit.Action.WITHDRAW:
                self.withdrawn.add(key)
            elif action == Edit.Action.REPOST:
                self.reposted.add(key)
            else:
                saved.append(key)
        self._read_desk(saved)
        self._settle()
        self._check_withdrawals()
        self._raise_problems()

    def _raise_problems(self) -> None:
        if self.problems:
            raise Refused(sorted(set(self.problems), key=lambda problem: (problem.kind, problem.public_id)))

    def _problem(self, key: Key, message: str) -> None:
        self.problems.append(Problem(*key, message))

    def _put(self, key: Key, document: Document) -> None:
        """Take a document into the batch, as new or as changed."""
        self.documents[key] = document
        for _container, _key, target in shelved.references(key[0], document):
            self.needed[target] = key

    def _read_desk(self, keys: list[Key]) -> None:
        """Take the documents of the records from the desk."""
        wanted: dict[str, list[str]] = {}
        for kind, public_id in keys:
            wanted.setdefault(kind, []).append(public_id)
        for name, described in KINDS.items():
            for part in chunked(wanted.get(name, ())):
                for document in described.documents(part):
                    self._put((name, document["id"]), document)
        for key in keys:
            if key not in self.documents:
                self._problem(key, _("it is no longer on the desk; discard this edit or withdraw the record"))

    def _settle(self) -> None:
        """Bring along what the documents need and what carries their names, until nothing changes."""
        while True:
            self._load()
            missing = self._missing()
            if missing:
                self._bring_along(missing)
                if self.problems:
                    return
                continue
            changed = self._relink()
            self._check_tree()
            if self.problems or (not changed and not self._carry()):
                return

    def _load(self) -> None:
        """Read what stands on the shelf of what is referred to and of the records of the batch themselves."""
        unread = (self.needed.keys() | self.documents.keys()) - self.shelf.keys() - self.withdrawn
        for key, text in shelving.texts(unread):
            self.shelf.keep(key, text)

    def _missing(self) -> dict[Key, Key]:
        """Return each target that is neither on the shelf nor in the batch, with one that needs it."""
        return {
            target: by
            for target, by in self.needed.items()
            if target in self.withdrawn or not (target in self.documents or target in self.shelf)
        }

    def _bring_along(self, missing: dict[Key, Key]) -> None:
        """Add unpublished records that nobody holds; say which others are missing."""
        free = []
        tombstones = shelving.withdrawn(missing)
        held_by = holders(missing)
        for target, needed_by in sorted(missing.items()):
            held = held_by.get(target)
            if target in self.withdrawn or target in tombstones:
                self._problem(needed_by, _("it refers to %s %s, which is withdrawn") % target)
            elif held is not None and held.change_set_id != self.change_set.pk:
                who = _("%(author)s holds it in change set #%(id)s") % {
                    "author": held.change_set.author, "id": held.change_set_id,
                }  # fmt: skip
                self._problem(needed_by, f"{shelving.missing_message(*target)}: {who}")
            else:
                free.append(target)
        self._read_desk(free)
        present = {(edit.kind, edit.public_id) for edit in held_by.values()}
        insert_plain(
            [
                Edit(change_set=self.change_set, kind=kind, public_id=public_id, edited_at=self.moment)
                for kind, public_id in free
                if (kind, public_id) not in present
            ]
        )

    def _relink(self) -> bool:
        """Make references say what is, or becomes, published; tells whether anything changed."""
        said = _said(self.documents, self.shelf)
        changed = {}
        for key, document in self.documents.items():
            if shelved.relink(key[0], document, said):
                changed[key] = document
        for key, document in changed.items():
            self._put(key, document)
        return bool(changed)

    def _check_tree(self) -> None:
        """Refuse a category that would come to stand within itself, whose path would have no end."""
        for key in [key for key in self.documents if key[0] == "category"]:
            path = self.documents[key]["path"]
            if key[1] in path[:-1]:
                self._problem(key, _("it would stand within itself: %s") % " › ".join(path))

    def _carry(self) -> bool:
        """Add the standing documents that carry a name which changes; tells whether there are any."""
        renamed = {
            key
            for key in self.documents.keys() & self.shelf.keys()
            if reference_from(key[0], self.shelf[key]) != reference_from(key[0], self.documents[key])
        }
        added = False
        carrying = {key for key in shelving.referring(renamed) if key[0] != shelved.CLAIM}
        for key, text in shelving.texts(carrying - self.documents.keys() - self.withdrawn):
            self._put(key, canonical.load(text))
            added = True
        return added

    def _check_withdrawals(self) -> None:
        """Refuse to withdraw what published records still refer to."""
        referring = {key for key in shelving.referring(self.withdrawn) if key[0] != shelved.CLAIM} - self.withdrawn
        for key, text in shelving.texts(referring):
            document = self.documents.get(key) or canonical.load(text)
            for _container, _key, target in shelved.references(key[0], document):
                if target in self.withdrawn:
                    self._problem(target, _("%s %s still refers to it") % key)

    def shelve(self) -> None:
        """Write publications, tombstones and contributions; raises Refused where a pledge cannot be posted."""
        standing = self.documents.keys() & self.shelf.keys()
        unchanged = {key for key in standing if self.shelf[key] == self.documents[key]}
        fresh = [key for key in self.documents if key not in unchanged]
        shelving.put_tombstones(
            self.withdrawn | self._claims_gone(standing - unchanged), change_set=self.change_set, moment=self.moment
        )
        for part in chunked(fresh):
            written = {key: self.documents[key] for key in part}
            for key in part:
                written |= self._claims(key, written[key])
            shelving.put(written, change_set=self.change_set, moment=self.moment)
        self.problems += ledgering.post(
            changed=set(fresh), reposted=self.reposted | unchanged, withdrawn=self.withdrawn,
            change_set=self.change_set, moment=self.moment,
        )  # fmt: skip
        self._raise_problems()

    def _claims_gone(self, changed: set[Key]) -> set[Key]:
        """Return the claims of records that are withdrawn, and those that changed ones no longer have."""
        gone: set[Key] = set()
        for key, text in shelving.texts(self.withdrawn):
            gone.update(shelved.claims(key[0], canonical.load(text)))
        for key in changed:
            kept = shelved.claims(key[0], self.documents[key])
            gone.update(set(shelved.claims(key[0], self.shelf[key])) - set(kept))
        return gone

    def _claims(self, key: Key, document: Document) -> dict[Key, Document]:
        """Return the claims of a record that are new or have changed."""
        before = shelved.claims(key[0], self.shelf[key]) if key in self.shelf else {}
        after = shelved.claims(key[0], document)
        return {claim: document for claim, document in after.items() if before.get(claim) != document}


def _said(documents: Packed, shelf: Packed) -> Callable[[Key], Document | None]:
    """Return what looks up a record as references say it: as it becomes published, else as it is."""

    @cache
    def look_up(key: Key) -> Document | None:
        source = documents if key in documents else shelf
        return reference_from(key[0], source[key]) if key in source else None

    return look_up
