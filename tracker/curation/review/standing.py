"""How a record of the desk stands: published or not, changed since, withdrawn, and who holds it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.db import models
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tracker.curation.review.merged import PublishedMerge, published_merges, waiting_in_words
from tracker.lib.chunks import chunked
from tracker.models import ChangeSet, Edit, Publication
from tracker.models.base import Record


class State(models.TextChoices):
    """How the desk's record relates to the shelf."""

    NEVER_PUBLISHED = "never_published", _("never published")
    PUBLISHED = "published", _("published")
    CHANGED = "changed", _("published, changed since")
    WITHDRAWN = "withdrawn", _("withdrawn")


HELD = "held"
HELD_LABEL = _("held by somebody")


@dataclass(frozen=True)
class Standing:
    """What the shelf has of a record now (a tombstone where it was withdrawn), and which open edit holds it."""

    publication: Publication | None = None
    """Without its document and its searched text."""
    edit: Edit | None = None
    merge: PublishedMerge | None = None
    """By which merge it is another record now; None also while a change set holds it, to take that back."""

    @property
    def state(self) -> State:
        """Whether it is published, and whether the desk differs."""
        if self.publication is None:
            return State.NEVER_PUBLISHED
        if self.publication.is_tombstone:
            return State.WITHDRAWN
        return State.CHANGED if self.edit else State.PUBLISHED

    @property
    def version(self) -> int | None:
        """The newest version on the shelf; None where there never was one."""
        return self.publication.version if self.publication else None

    @property
    def is_public(self) -> bool:
        """Whether the world sees the record now."""
        return self.publication is not None and not self.publication.is_tombstone

    @property
    def waiting_merge(self) -> str:
        """In words, into which record a change set merges it that is not published yet; empty where none does."""
        return waiting_in_words(self.edit) if self.edit and self.edit.action == Edit.Action.MERGE else ""

    def is_closed_to(self, user: Any) -> bool:
        """Tell whether `user` cannot edit the record now: another holds it, it waits for review, or is merged."""
        if self.edit is None:
            return self.merge is not None
        change_set = self.edit.change_set
        return (
            bool(self.waiting_merge) or change_set.author_id != user.pk or change_set.status not in ChangeSet.EDITABLE
        )


def held_in_words(record: str, change_set: ChangeSet) -> str:
    """Return who holds a record, which is called `record`, and where."""
    return gettext("%(author)s holds %(record)s in change set #%(id)s.") % {
        "author": change_set.author, "record": record, "id": change_set.pk,
    }  # fmt: skip


def held_by_oneself(record: str, change_set: ChangeSet) -> str:
    """Return what to do where one holds a record, which is called `record`, in another change set of one's own."""
    said = {
        "record": record, "id": change_set.pk, "message": change_set.message,
        "status": change_set.get_status_display(),
    }  # fmt: skip
    if change_set.status in ChangeSet.EDITABLE:
        words = gettext(
            "You hold %(record)s yourself in change set #%(id)s “%(message)s”: choose that change set for this "
            "edit (by REST: change_set=%(id)s)."
        )
    else:
        words = gettext(
            "You hold %(record)s yourself in change set #%(id)s “%(message)s” (%(status)s): it takes no edit "
            "until that is published or rejected."
        )
    return words % said


def why_closed(stands: Standing, by: User, change_set: ChangeSet | None) -> str:
    """Return who holds a record, if that is not `change_set`, or what it was merged into; empty where it is free."""
    if stands.merge is not None:
        return str(stands.merge)
    held = stands.edit
    if held is None or (change_set is not None and held.change_set_id == change_set.pk and not stands.is_closed_to(by)):
        return ""
    if stands.waiting_merge:
        return stands.waiting_merge
    if held.change_set.author_id == by.pk:
        return held_by_oneself(gettext("this record"), held.change_set)
    return held_in_words(gettext("this record"), held.change_set)


def standings(*, kind: str, public_ids: Iterable[str]) -> dict[str, Standing]:
    """Return how each of the records of one kind stands, in two or three queries for some hundred records."""
    found: dict[str, Standing] = {}
    for part in chunked(sorted(set(public_ids))):
        # In no order: for one, SQLite would go through all publications of the kind.
        shelf = Publication.objects.as_of(None).filter(kind=kind, public_id__in=part).order_by()
        newest = {row.public_id: row for row in shelf.defer("document", "search")}
        open_edits = Edit.objects.filter(kind=kind, public_id__in=part, released_at__isnull=True)
        edits = {edit.public_id: edit for edit in open_edits.select_related("change_set__author")}
        gone = [public_id for public_id, row in newest.items() if row.is_tombstone and public_id not in edits]
        merges = published_merges(kind=kind, public_ids=gone)
        found |= {
            public_id: Standing(newest.get(public_id), edits.get(public_id), merges.get(public_id))
            for public_id in part
        }  # fmt: skip
    return found


def attach(records: Iterable[Any]) -> list[Any]:
    """Find out how all `records`, of one kind, stand; `standing_of` then asks nothing."""
    listed = list(records)
    if listed:
        found = standings(kind=listed[0].kind, public_ids=[record.public_id for record in listed])
        for record in listed:
            record.attached_standing = found[record.public_id]
    return listed


def standing_of(record: Any) -> Standing:
    """Return how the record stands, looked up once for each instance."""
    if "attached_standing" not in record.__dict__:
        attach([record])
    standing: Standing = record.attached_standing
    return standing


def _of_record(rows: QuerySet, model: type[Record]) -> Exists:
    return Exists(rows.filter(kind=model.kind, public_id=OuterRef("public_id")))


def held(model: type[Record]) -> Exists:
    """Return the condition that an open change set holds a record of `model`."""
    return _of_record(Edit.objects.filter(released_at__isnull=True), model)


def in_state(model: type[Record], state: State) -> Q:
    """Return the condition that a record of `model` is in `state`."""
    shelved = _of_record(Publication.objects.as_of(None), model)
    stands = _of_record(Publication.objects.published(), model)
    conditions = {
        State.NEVER_PUBLISHED: Q(~shelved),
        State.PUBLISHED: Q(stands) & Q(~held(model)),
        State.CHANGED: Q(stands) & Q(held(model)),
        State.WITHDRAWN: Q(shelved) & Q(~stands),
    }
    return conditions[state]


def held_by(user: User) -> QuerySet[Edit]:
    """Return the open edits of the change sets of `user`, newest first."""
    edits = Edit.objects.filter(change_set__author=user, released_at__isnull=True)
    return edits.select_related("change_set").order_by("-edited_at", "-id")


def never_published(model: type[Record]) -> int:
    """Return how many records of the kind the shelf has never had."""
    records: int = model._default_manager.filter(in_state(model, State.NEVER_PUBLISHED)).count()
    return records
