"""The door: a change set passes as one, or not at all."""

import datetime as dt
from collections.abc import Callable
from typing import TypeVar

from django.contrib.auth.models import User
from django.db import connection, transaction
from django.utils.translation import gettext as _

from tracker.curation import ledgering, shelving
from tracker.curation.change_sets import holder, locked, require_reviewer
from tracker.curation.errors import Problem, Refused, WrongStatus
from tracker.lib import canonical
from tracker.lib.chunks import chunked
from tracker.models import ChangeSet, Edit
from tracker.records import shelved
from tracker.records.fields import reference_from
from tracker.records.registry import KINDS
from tracker.records.shelved import Document, Key

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
    _queue_up()
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


def _queue_up() -> None:
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
        self.documents: dict[Key, Document] = {}
        self.withdrawn: set[Key] = set()
        self.reposted: set[Key] = set()
        self.shelf: dict[Key, Document] = {}
        self.problems: list[Problem] = []

    def gather(self) -> None:
        """Collect every document to shelve; raises Refused with all that stands in the way."""
        saved: list[Key] = []
        for edit in self.change_set.edits.order_by("kind", "public_id"):
            key = (edit.kind, edit.public_id)
            if edit.action == Edit.Action.WITHDRAW:
                self.withdrawn.add(key)
            elif edit.action == Edit.Action.REPOST:
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

    def _read_desk(self, keys: list[Key]) -> None:
        """Take the documents of the records from the desk."""
        for name, kind in KINDS.items():
            wanted = [public_id for kind_name, public_id in keys if kind_name == name]
            for part in chunked(wanted):
                for document in kind.documents(kind.queryset().filter(public_id__in=part)):
                    self.documents[name, document["id"]] = document
        for key in keys:
            if key not in self.documents:
                self._problem(key, _("it is no longer on the desk; discard this edit or withdraw the record"))

    def _settle(self) -> None:
        """Bring along what the documents need and what carries their names, until nothing changes."""
        while True:
            self._load(self._targets())
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

    def _targets(self) -> set[Key]:
        return {
            target
            for (kind, _id), document in self.documents.items()
            for _container, _key, target in shelved.references(kind, document)
        }

    def _load(self, keys: set[Key]) -> None:
        """Read what stands on the shelf for `keys` and for the records of the batch themselves."""
        unread = (keys | set(self.documents)) - set(self.shelf) - self.withdrawn
        for key, publication in shelving.standing(unread).items():
            self.shelf[key] = canonical.load(publication.document)

    def _missing(self) -> dict[Key, Key]:
        """Return each target that is neither on the shelf nor in the batch, with one that needs it."""
        known = (set(self.shelf) | set(self.documents)) - self.withdrawn
        return {
            target: (kind, public_id)
            for (kind, public_id), document in self.documents.items()
            for _container, _key, target in shelved.references(kind, document)
            if target not in known
        }

    def _bring_along(self, missing: dict[Key, Key]) -> None:
        """Add unpublished records that nobody holds; say which others are missing."""
        free = []
        tombstones = shelving.withdrawn(missing)
        for target, needed_by in sorted(missing.items()):
            held = holder(kind=target[0], public_id=target[1])
            if target in self.withdrawn or target in tombstones:
                self._problem(needed_by, _("it refers to %s %s, which is withdrawn") % target)
            elif held is not None and held.change_set_id != self.change_set.pk:
                held_by = _("%(author)s holds it in change set #%(id)s") % {
                    "author": held.change_set.author, "id": held.change_set_id,
                }  # fmt: skip
                self._problem(needed_by, f"{shelving.missing_message(*target)}: {held_by}")
            else:
                free.append(target)
        self._read_desk(free)
        for kind, public_id in free:
            Edit.objects.get_or_create(
                change_set=self.change_set, kind=kind, public_id=public_id, defaults={"edited_at": self.moment}
            )

    def _relink(self) -> bool:
        """Make references say what is, or becomes, published; tells whether anything changed."""
        published = self.shelf | self.documents
        changed = False
        for (kind, _id), document in self.documents.items():
            before = canonical.dump(document)
            shelved.relink(kind, document, published)
            changed = changed or canonical.dump(document) != before
        return changed

    def _check_tree(self) -> None:
        """Refuse a category that would come to stand within itself, whose path would have no end."""
        for (kind, public_id), document in self.documents.items():
            if kind == "category" and public_id in document["path"][:-1]:
                within = " › ".join(document["path"])
                self._problem((kind, public_id), _("it would stand within itself: %s") % within)

    def _carry(self) -> bool:
        """Add the standing documents that carry a name which changes; tells whether there are any."""
        renamed = {
            key
            for key, document in self.documents.items()
            if key in self.shelf and reference_from(key[0], self.shelf[key]) != reference_from(key[0], document)
        }
        added = False
        for publication in shelving.referring(renamed):
            key = (publication.kind, publication.public_id)
            if key[0] != shelved.CLAIM and key not in self.documents and key not in self.withdrawn:
                self.documents[key] = canonical.load(publication.document)
                added = True
        return added

    def _check_withdrawals(self) -> None:
        """Refuse to withdraw what published records still refer to."""
        for publication in shelving.referring(self.withdrawn):
            key = (publication.kind, publication.public_id)
            if key[0] == shelved.CLAIM or key in self.withdrawn:
                continue
            document = self.documents.get(key) or canonical.load(publication.document)
            for _container, _key, target in shelved.references(key[0], document):
                if target in self.withdrawn:
                    self._problem(target, _("%s %s still refers to it") % key)

    def shelve(self) -> None:
        """Write publications, tombstones and contributions; raises Refused where a pledge cannot be posted."""
        unchanged = {key for key, document in self.documents.items() if self.shelf.get(key) == document}
        fresh = {key: document for key, document in self.documents.items() if key not in unchanged}
        gone = set(self.withdrawn)
        withdrawn = shelving.standing(self.withdrawn)
        self.shelf |= {key: canonical.load(publication.document) for key, publication in withdrawn.items()}
        for key in [*fresh, *self.withdrawn]:
            self._sort_claims(key, fresh, gone)
        shelving.put_tombstones(gone, change_set=self.change_set, moment=self.moment)
        written = shelving.put(fresh, change_set=self.change_set, moment=self.moment)
        self.problems += ledgering.post(
            changed=written, reposted=self.reposted | unchanged, withdrawn=gone,
            change_set=self.change_set, moment=self.moment,
        )  # fmt: skip
        self._raise_problems()

    def _sort_claims(self, key: Key, fresh: dict[Key, Document], gone: set[Key]) -> None:
        """Add the claims of a record to what is written, and those it no longer has to what goes."""
        if key[0] == shelved.CLAIM:
            return
        before = shelved.claims(key[0], self.shelf[key]) if key in self.shelf else {}
        after = shelved.claims(key[0], fresh[key]) if key in fresh else {}
        fresh.update({claim: document for claim, document in after.items() if before.get(claim) != document})
        gone.update(set(before) - set(after))
