"""How a record of the desk stands to the shelf, and who holds it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import models
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from tracker.models import Edit, Publication
from tracker.models.base import Record


class State(models.TextChoices):
    """What the world sees of a record."""

    NEVER_PUBLISHED = "never_published", _("never published")
    PUBLISHED = "published", _("published")
    CHANGED = "changed", _("published, changed since")
    WITHDRAWN = "withdrawn", _("withdrawn")


@dataclass(frozen=True)
class Standing:
    """How one record stands: its state, its newest version on the shelf, and the edit that holds it."""

    state: State
    version: int | None = None
    held: Edit | None = None


def standings(*, kind: str, public_ids: Iterable[str]) -> dict[str, Standing]:
    """Return how each of the records of one kind stands, in two queries."""
    wanted = list(public_ids)
    shelf = Publication.objects.as_of(None).filter(kind=kind, public_id__in=wanted)
    newest = {row.public_id: row for row in shelf.only("public_id", "version", "is_tombstone")}
    open_edits = Edit.objects.filter(kind=kind, public_id__in=wanted, released_at__isnull=True)
    held = {edit.public_id: edit for edit in open_edits.select_related("change_set__author")}
    return {public_id: _standing(newest.get(public_id), held.get(public_id)) for public_id in wanted}


def _standing(publication: Publication | None, held: Edit | None) -> Standing:
    if publication is None:
        return Standing(State.NEVER_PUBLISHED, None, held)
    if publication.is_tombstone:
        return Standing(State.WITHDRAWN, publication.version, held)
    return Standing(State.CHANGED if held else State.PUBLISHED, publication.version, held)


def _of_record(rows: QuerySet, model: type[Record]) -> Exists:
    return Exists(rows.filter(kind=model.kind, public_id=OuterRef("public_id")))


def held(model: type[Record]) -> Exists:
    """Return the condition that an open change set holds a record of `model`."""
    return _of_record(Edit.objects.filter(released_at__isnull=True), model)


def in_state(model: type[Record], state: State) -> Q:
    """Return the condition that a record of `model` is in `state`."""
    shelved = _of_record(Publication.objects.as_of(None), model)
    stands = _of_record(Publication.objects.standing(), model)
    conditions = {
        State.NEVER_PUBLISHED: Q(~shelved),
        State.PUBLISHED: Q(stands) & Q(~held(model)),
        State.CHANGED: Q(stands) & Q(held(model)),
        State.WITHDRAWN: Q(shelved) & Q(~stands),
    }
    return conditions[state]
