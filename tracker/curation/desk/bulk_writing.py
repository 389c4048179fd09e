"""Writing an edit of many records, in a number of queries that hardly grows with them.

What takes long, whether each record allows the change, is found out before; here it is asked whether that still holds.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _
from rest_framework import serializers

from tracker.curation import database_errors, search_texts
from tracker.curation.errors import CurationError, WrongStatus
from tracker.curation.evidence import settling
from tracker.curation.quality import keeping
from tracker.curation.refusals import in_words
from tracker.curation.review.holding import hold_saved, refuse_merged
from tracker.curation.review.standing import Standing, standings, why_closed
from tracker.lib import canonical
from tracker.lib.chunks import chunked
from tracker.models import ChangeSet
from tracker.models.base import Record
from tracker.records.engine.parts import PartList, validate_model
from tracker.records.registry import KINDS

Columns = tuple[Any, ...]


@dataclass(frozen=True)
class NewRows:
    """The rows that one list of a record gets, valid; and as the record's document had them before."""

    part: PartList
    name: str
    stood: list[dict[str, Any]]
    rows: list[dict[str, Any]]


@dataclass(frozen=True)
class ChangedRecord:
    """A record with its new values, or new rows, which it allows, and all its columns as they stood before."""

    record: Record
    stood: Columns
    new_rows: NewRows | None = None


def columns_of(record: Record) -> Columns:
    """Return all columns of a record."""
    return tuple(getattr(record, field.attname) for field in record._meta.concrete_fields)


def closed(stands: Standing, by: User, change_set: ChangeSet | None) -> str:
    """Return why a record that stands so cannot be edited in `change_set`, None where that is new; else nothing."""
    if why := why_closed(stands, by, change_set):
        return why
    try:
        if stands.edit is not None:
            refuse_merged(stands.edit)
    except WrongStatus as error:
        return str(error)
    return ""


def problem_with(serializer: Any, record: Record) -> str:
    """Put the values on the record, and return what is wrong with them there; empty where nothing is."""
    try:
        serializer.is_valid(raise_exception=True)
        for name, value in serializer.validated_data.items():
            setattr(record, name, value)
        validate_model(record)
    except serializers.ValidationError as error:
        return in_words(error.detail)
    return ""


def refusal_of(one: ChangedRecord, names: Iterable[str]) -> str:
    """Return why writing a record would be refused, as `write` would say it, else nothing. Nothing stays written."""
    with transaction.atomic():
        why = _update(one, names)
        transaction.set_rollback(True)
    return why


@transaction.atomic
def write(
    changed: Sequence[ChangedRecord], names: Iterable[str], *, by: User, change_set: ChangeSet, at: dt.datetime
) -> dict[str, str]:
    """Write the fields `names` of records of one kind, or their new rows, as edits by `by` in `change_set`.

    Returns why some are left out, by id. Raises CurationError where somebody else begins to
    edit one at the same moment, and WrongStatus where the change set takes no more edits; nothing is written then.
    """
    kind = changed[0].record.kind
    refused: dict[str, str] = {}
    befores: dict[str, str] = {}
    for part in chunked(changed):
        found = standings(kind=kind, public_ids=[one.record.public_id for one in part])
        refused |= dict(_refusals(part, found, by, change_set))
        fresh = [public_id for public_id, stands in found.items() if stands.publication is None]
        befores |= {document["id"]: canonical.dump(document) for document in KINDS[kind].documents(fresh)}
    keys = [(kind, one.record.public_id) for one in changed]
    with keeping.kept(keys, at=at):
        with search_texts.kept(keys):
            for one in changed:
                if one.record.public_id not in refused and (why := _update(one, names)):
                    refused[one.record.public_id] = why
        edited = [public_id for _kind, public_id in keys if public_id not in refused]
        try:
            hold_saved(kind=kind, public_ids=edited, change_set=change_set, at=at, befores=befores)
        except IntegrityError as error:
            raise CurationError(database_errors.in_words(error)) from error
        # No claim is written, so that none can be refused.
        rows = {one.record.public_id: {one.new_rows.name: one.new_rows.stood} for one in changed if one.new_rows}
        settling.settle(((kind, public_id) for public_id in edited), rows)
    return refused


def _refusals(
    part: list[ChangedRecord], found: dict[str, Standing], by: User, change_set: ChangeSet
) -> Iterator[tuple[str, str]]:  # fmt: skip
    """Yield which of the records cannot be written by now, and why."""
    now = {record.pk: columns_of(record) for record in type(part[0].record)._default_manager.filter(
        pk__in=[one.record.pk for one in part])}  # fmt: skip
    lists = _lists_of(part)
    for one in part:
        stands = found[one.record.public_id]
        if why := closed(stands, by, change_set):
            yield one.record.public_id, why
        elif now.get(one.record.pk) != one.stood or (
            one.new_rows is not None and lists.get(one.record.public_id) != one.new_rows.stood
        ):
            yield one.record.public_id, _("Somebody changed it at this moment: look at it again.")


def _lists_of(part: list[ChangedRecord]) -> dict[str, Any]:
    """Return the lists that get new rows as they stand by now, by the ids of their records."""
    names = {one.record.public_id: one.new_rows.name for one in part if one.new_rows is not None}
    documents = KINDS[part[0].record.kind].documents(list(names)) if names else []
    return {document["id"]: document[names[document["id"]]] for document in documents}


def _update(one: ChangedRecord, names: Iterable[str]) -> str:
    """Write what is new of one record; returns why that was refused, and then nothing of it is written."""
    try:
        with transaction.atomic():
            if one.new_rows is None:
                _update_fields(one.record, names)
            else:
                one.new_rows.part.write_later(one.record, one.new_rows.rows)
    except IntegrityError as error:
        return database_errors.in_words(error)
    except serializers.ValidationError as error:
        return in_words(error.detail)
    return ""


def _update_fields(record: Record, names: Iterable[str]) -> None:
    """Write the fields `names` of a record, and what is derived from them."""
    fields: list[Any] = [record._meta.get_field(name) for name in names]
    told = {field.name for field in fields}
    fields += [field for field in record._meta.concrete_fields if told & _sources(field)]
    type(record)._default_manager.filter(pk=record.pk).update(
        **{field.attname: getattr(record, field.attname) for field in fields}
    )


def _sources(field: models.Field[Any, Any]) -> set[str]:
    """Return the fields that a column is derived from."""
    return {field.source, *getattr(field, "also", ())} if hasattr(field, "source") else set()
