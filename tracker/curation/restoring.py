"""Putting records of the desk back to what is published of them."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _
from rest_framework import serializers

from tracker.curation.errors import CurationError, StillReferredTo
from tracker.lib import canonical
from tracker.lib.chunks import chunked
from tracker.models import Claim, Edit, Pledge, Publication
from tracker.models.base import Record
from tracker.records.claims import ClaimPart
from tracker.records.fields import Aliases
from tracker.records.registry import KINDS
from tracker.records.shelved import Key


@transaction.atomic
def restore_all(*, edits: Iterable[Edit]) -> None:
    """Undo edits: write published documents back, and remove records that came with the change set.

    One that stood on the desk before, unpublished, gets back what it was then.

    A withdrawn record gets back what was published of it last. Records are restored in the order in
    which kinds refer to one another, and removed in the reverse. Raises StillReferredTo or CurationError.
    """
    order = {kind: position for position, kind in enumerate(KINDS)}
    by_kind = sorted((edit for edit in edits if edit.action != Edit.Action.REPOST), key=lambda e: (order[e.kind], e.pk))
    documents = {key: row.document for key, row in _last_published(by_kind).items()}
    restored, fresh = [], []
    for edit in by_kind:
        record = KINDS[edit.kind].model.named(edit.public_id)
        if record is not None:
            _release(record)
        document = documents.get((edit.kind, edit.public_id), edit.before)
        if document:
            restored.append((edit, document))
        elif record is not None:
            fresh.append(record)
    _do_all([partial(_write_back, edit, document) for edit, document in restored])
    _do_all([partial(remove, record=record) for record in reversed(fresh)])


def _last_published(edits: list[Edit]) -> dict[Key, Publication]:
    """Return the newest publication of each edited record that is no tombstone."""
    found: dict[Key, Publication] = {}
    for part in chunked(sorted({edit.public_id for edit in edits})):
        rows = Publication.objects.filter(public_id__in=part, is_tombstone=False).order_by("version")
        found |= {(row.kind, row.public_id): row for row in rows}
    return found


def _release(record: Any) -> None:
    """Empty the lists of a record, which are written anew, so that no row stands in the way of another's."""
    for field in reversed(list(KINDS[record.kind].serializer().fields.values())):
        is_list = isinstance(field, serializers.ListSerializer) and not isinstance(field.child, ClaimPart)
        if is_list or isinstance(field, Aliases):
            getattr(record, str(field.source)).all().delete()


def _do_all(tasks: list[Callable[[], None]]) -> None:
    """Do every task, those that stand in another's way after that one; raises what the last of them raises."""
    while tasks:
        left, error = [], None
        for task in tasks:
            try:
                with transaction.atomic():
                    task()
            except CurationError as caught:
                left.append(task)
                error = caught
        if error is not None and len(left) == len(tasks):
            raise error
        tasks = left


def _write_back(edit: Edit, document: str) -> None:
    kind = KINDS[edit.kind]
    record = kind.model.named(edit.public_id)
    serializer = kind.serializer(record, data=canonical.load(document))
    try:
        serializer.is_valid(raise_exception=True)
        serializer.save()
    except serializers.ValidationError as error:
        raise CurationError(
            _("%(kind)s %(record)s cannot be put back to what is published: %(problems)s")
            % {"kind": edit.kind, "record": edit.public_id, "problems": canonical.dump(error.detail)}
        ) from error


@transaction.atomic
def remove(*, record: Record) -> None:
    """Remove a record of the desk and its claims.

    Raises StillReferredTo, naming what refers to it, where other records do.
    """
    try:
        if isinstance(record, Pledge):
            # Its parts name one another, which must not keep it.
            for parts in (record.links, record.valuations, record.entries, record.items):
                parts.all().delete()
        _refuse(record, _listing(record))
        record.delete()
    except models.ProtectedError as error:
        _refuse(record, error.protected_objects)
    Claim.objects.filter(record_kind=record.kind, record_id=record.public_id).delete()


def _listing(record: Record) -> list[models.Model]:
    """Return the records that list this one without a row of their own, such as an initiative its leads."""
    return [
        other
        for relation in record._meta.related_objects
        if isinstance(relation, models.ManyToManyRel) and relation.through and relation.through._meta.auto_created
        for other in getattr(record, str(relation.get_accessor_name())).all()
    ]


def _refuse(record: Record, referring: Iterable[models.Model]) -> None:
    names = sorted({str(other) for other in referring})
    if names:
        raise StillReferredTo(
            _("%(record)s cannot be removed: %(names)s still refer to it.")
            % {"record": record, "names": ", ".join(names[:5])}
        )
