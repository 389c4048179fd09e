"""Where a record stands: published or not, changed since, and who holds it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from tracker.models import ChangeSet, Edit, Publication
from tracker.models.base import Record


class State(models.TextChoices):
    """How the desk's record relates to the shelf."""

    NEVER = "never", _("never published")
    PUBLISHED = "published", _("published")
    CHANGED = "changed", _("changed since")
    WITHDRAWN = "withdrawn", _("withdrawn")


HELD = "held"
HELD_LABEL = _("held by somebody")
COLOURS = {State.NEVER: "info", State.PUBLISHED: "success", State.CHANGED: "warning", State.WITHDRAWN: "danger"}


@dataclass(frozen=True)
class Standing:
    """What the shelf has of a record now (a tombstone where it was withdrawn), and which open edit holds it."""

    publication: Publication | None = None
    edit: Edit | None = None

    @property
    def state(self) -> State:
        """Whether it is published, and whether the desk differs."""
        if self.publication is None:
            return State.NEVER
        if self.publication.is_tombstone:
            return State.WITHDRAWN
        return State.CHANGED if self.edit else State.PUBLISHED

    def is_closed_to(self, user: Any) -> bool:
        """Tell whether `user` cannot edit the record now: another holds it, or it waits for review."""
        if self.edit is None:
            return False
        change_set = self.edit.change_set
        return change_set.author_id != user.pk or change_set.status not in ChangeSet.EDITABLE


def standings(kind: str, public_ids: Iterable[str]) -> dict[str, Standing]:
    """Return where each of the records stands, in two queries."""
    wanted = list(public_ids)
    # In no order: for one, SQLite would go through all publications of the kind.
    shelf = Publication.objects.as_of(None).filter(kind=kind, public_id__in=wanted).order_by()
    shelf = shelf.defer("document", "search")
    published = {publication.public_id: publication for publication in shelf}
    open_edits = Edit.objects.filter(kind=kind, public_id__in=wanted, released_at__isnull=True)
    held = {edit.public_id: edit for edit in open_edits.select_related("change_set__author")}
    return {public_id: Standing(published.get(public_id), held.get(public_id)) for public_id in wanted}


def attach(records: Iterable[Any]) -> list[Any]:
    """Find out where all `records`, of one kind, stand; `standing_of` then asks nothing."""
    listed = list(records)
    if listed:
        found = standings(listed[0].kind, [record.public_id for record in listed])
        for record in listed:
            record.attached_standing = found[record.public_id]
    return listed


def standing_of(record: Any) -> Standing:
    """Return where the record stands, looked up once for each instance."""
    if "attached_standing" not in record.__dict__:
        attach([record])
    standing: Standing = record.attached_standing
    return standing


def in_state(queryset: models.QuerySet[Any], state: str) -> models.QuerySet[Any]:
    """Return those records of `queryset` that are in the state, or held."""
    kind = queryset.model.kind
    same = {"kind": kind, "public_id": OuterRef("public_id")}
    shelf = Publication.objects.as_of(None).filter(**same)
    held = Exists(Edit.objects.filter(**same, released_at__isnull=True))
    stands = Exists(shelf.filter(is_tombstone=False))
    condition = {
        HELD: held,
        State.NEVER: ~Exists(shelf),
        State.PUBLISHED: Q(stands) & ~Q(held),
        State.CHANGED: Q(stands) & Q(held),
        State.WITHDRAWN: Exists(shelf.filter(is_tombstone=True)),
    }.get(state)
    return queryset if condition is None else queryset.filter(condition)


def held_by(user: User) -> models.QuerySet[Edit]:
    """Return the open edits of the change sets of `user`, newest first."""
    edits = Edit.objects.filter(change_set__author=user, released_at__isnull=True)
    return edits.select_related("change_set").order_by("-edited_at", "-id")


def never_published(model: type[Record]) -> int:
    """Return how many records of the kind the shelf has never had."""
    known = Publication.objects.filter(kind=model.kind, public_id=OuterRef("public_id"))
    return model._default_manager.filter(~Exists(known)).count()
