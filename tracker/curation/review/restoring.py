"""Putting records of the desk back to what is published of them."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from functools import cache, partial
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _
from rest_framework import serializers

from tracker.curation import search_texts
from tracker.curation.errors import CurationError, StillReferredTo
from tracker.curation.evidence import settling
from tracker.curation.quality import keeping
from tracker.curation.review import merged
from tracker.lib import canonical
from tracker.lib.chunks import chunked
from tracker.models import Claim, Edit, Publication
from tracker.models.base import Record
from tracker.records.engine.document_field import fields_of
from tracker.records.engine.types import Key, by_kind
from tracker.records.registry import KINDS, Kind, in_order_of_reference


@transaction.atomic
def restore_all(*, edits: Iterable[Edit], at: dt.datetime) -> None:
    """Undo edits: each record becomes what was published of it last, also where it was withdrawn.

    One that was never published becomes what it was before the change set, and is removed where it came with that.
    What was merged is two records again, and what was two again is merged. Raises StillReferredTo or CurationError.
    """
    saved = sorted((edit for edit in edits if edit.action != Edit.Action.REPOST), key=lambda edit: edit.pk)
    documents = {key: row.document for key, row in _last_published(saved).items()}
    with search_texts.kept((edit.kind, edit.public_id) for edit in saved):
        again = merged.take_again(edit for edit in saved if edit.action == Edit.Action.SAVE) & documents.keys()
        put_back([edit for edit in saved if (edit.kind, edit.public_id) not in again], documents, at)


@transaction.atomic
def put_back(edits: list[Edit], documents: Mapping[Key, str], at: dt.datetime) -> None:
    """Make edited records what `documents` say, or what they were before their edits; remove what was nothing before.

    Records are written in the order in which kinds refer to one another, and removed in the reverse. Raises
    StillReferredTo or CurationError.
    """
    with keeping.kept(((edit.kind, edit.public_id) for edit in edits), at=at):
        _put_back(edits, documents)


def _put_back(edits: list[Edit], documents: Mapping[Key, str]) -> None:
    for edit in edits:
        if edit.action == Edit.Action.MERGE:
            merged.give_back(edit, documents.get((edit.kind, edit.public_id), edit.before))
    restored, fresh = [], {}
    order = [kind.name for kind in in_order_of_reference()]
    for kind in order:
        own = {edit.public_id: edit for edit in edits if edit.kind == kind}
        present = _without_parts(kind, list(own))
        for public_id, edit in own.items():
            document = documents.get((kind, public_id), edit.before)
            if document:
                restored.append((edit, document))
        fresh[kind] = [
            record for public_id, record in present.items()
            if not documents.get((kind, public_id), own[public_id].before)
        ]  # fmt: skip
    _do_in_any_order([partial(_write_back, edit, document) for edit, document in restored])
    # A text may have come since they were published.
    for kind, public_ids in by_kind((edit.kind, edit.public_id) for edit, _document in restored).items():
        settling.settle_quoted(kind, public_ids)
    left = [record for kind in reversed(order) for record in _remove_in_bulk(fresh[kind])]
    _do_in_any_order([partial(remove, record=record) for record in left])


def _last_published(edits: list[Edit]) -> dict[Key, Publication]:
    """Return the newest publication of each edited record that is no tombstone."""
    found: dict[Key, Publication] = {}
    for part in chunked(sorted({edit.public_id for edit in edits})):
        rows = Publication.objects.filter(public_id__in=part, is_tombstone=False).order_by("version")
        found |= {(row.kind, row.public_id): row for row in rows}
    return found


def _without_parts(kind: str, public_ids: list[str]) -> dict[str, Any]:
    """Delete the parts of records, such as shares and items, and return the records by public id.

    Writing a record back makes its parts again. All are deleted first, of all records: an old row could break a
    unique constraint beside a new one, or refer to a record that is to be removed.
    """
    found: dict[str, Any] = {}
    model = KINDS[kind].model
    for part in chunked(public_ids):
        records = {record.pk: record for record in model._default_manager.filter(public_id__in=part).order_by("pk")}
        for parts in reversed(_parts_of(kind)):
            parts.related_model._default_manager.filter(**{f"{parts.field.name}__in": list(records)}).delete()
        found |= {record.public_id: record for record in records.values()}
    return found


@cache
def _parts_of(kind: str) -> list[Any]:
    """Return the relations of a kind to the parts that its documents list, but for claims, which have own ids."""
    found = (field.own_rows(KINDS[kind].model) for field in fields_of(KINDS[kind].published()).values())
    return [relation for relation in found if relation is not None]


def _remove_in_bulk(records: list[Any]) -> list[Any]:
    """Delete records of one kind and their claims, some hundred in one statement.

    Returns those of a statement that the database refused, as something refers to one of them: `remove` deletes
    these one by one, and names what does.
    """
    left: list[Any] = []
    for part in chunked(records):
        model = type(part[0])
        try:
            with transaction.atomic():
                if _are_listed(part):
                    raise models.ProtectedError("they are listed", set())
                model._default_manager.filter(pk__in=[record.pk for record in part]).delete()
        except models.ProtectedError:
            left += part
        else:
            ids = [record.public_id for record in part]
            Claim.objects.filter(record_kind=model.kind, record_id__in=ids).delete()
    return left


def _do_in_any_order(tasks: list[Callable[[], None]]) -> None:
    """Do every task, and try those that fail again after the others, on which they may depend.

    Raises the last error where a whole round brings nothing.
    """
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


def as_now(kind: Kind, document: dict[str, Any]) -> dict[str, Any]:
    """Return a document with the default of each field that records did not have when it was published."""
    columns = {field.name: field for field in kind.model._meta.concrete_fields}
    later = [str(name) for name in kind.published().fields if name in columns and name not in document]
    return {name: columns[name].get_default() for name in later} | document


def _write_back(edit: Edit, document: str) -> None:
    kind = KINDS[edit.kind]
    record = kind.model.named(edit.public_id)
    serializer = kind.published(record, data=as_now(kind, canonical.load(document)))
    try:
        serializer.is_valid(raise_exception=True)
        serializer.save()
        settling.put_back(canonical.load(document))
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
        # Entries name items, and valuations name both: in another order, one would protect the other.
        for parts in reversed(_parts_of(record.kind)):
            getattr(record, parts.get_accessor_name()).all().delete()
        _refuse(record, _listing(record))
        record.delete()
    except models.ProtectedError as error:
        _refuse(record, error.protected_objects)
    Claim.objects.filter(record_kind=record.kind, record_id=record.public_id).delete()
    keeping.forget(kind=record.kind, public_id=record.public_id)


def _lists(model: type[models.Model]) -> list[models.ManyToManyRel]:
    """Return the many-to-many relations by which other records list those of `model`, such as leads of an initiative.

    Django protects no row of these: deleting a record would silently take it out of the lists.
    """
    return [
        relation
        for relation in model._meta.related_objects
        if isinstance(relation, models.ManyToManyRel) and relation.through and relation.through._meta.auto_created
    ]


def _are_listed(records: list[Any]) -> bool:
    """Tell whether another record lists one of `records`."""
    found = {"pk__in": [record.pk for record in records]}
    return any(
        type(records[0])._default_manager.filter(**found, **{f"{relation.name}__isnull": False}).exists()
        for relation in _lists(type(records[0]))
    )


def _listing(record: Record) -> list[models.Model]:
    """Return the records that list this one."""
    return [
        other for relation in _lists(type(record))
        for other in getattr(record, str(relation.get_accessor_name())).all()
    ]  # fmt: skip


def _refuse(record: Record, referring: Iterable[models.Model]) -> None:
    names = sorted({str(other) for other in referring})
    if names:
        raise StillReferredTo(
            _("%(record)s cannot be removed: %(names)s still refer to it.")
            % {"record": record, "names": ", ".join(names[:5])}
        )
