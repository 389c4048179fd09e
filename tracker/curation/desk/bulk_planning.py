"""What setting fields of many records, or of rows of theirs, would do to each: planned, and nothing written."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _
from rest_framework import serializers

from tracker.curation.desk import bulk_rows, bulk_writing
from tracker.curation.desk.bulk_rows import NotForMany
from tracker.curation.desk.bulk_writing import ChangedRecord, NewRows, columns_of
from tracker.curation.refusals import in_words
from tracker.curation.review.permissions import require_author
from tracker.curation.review.standing import standings
from tracker.curation.review.statuses import require_editable
from tracker.lib.chunks import chunked
from tracker.models import ChangeSet
from tracker.models.base import Record
from tracker.records.registry import KINDS


@dataclass(frozen=True)
class PlannedRecord:
    """What becomes of one record: the fields before and after, as its document says them, or why it is left out.

    An id of which there is no record has a line too, without a name, and the reason.
    """

    public_id: str
    name: str
    before: dict[str, Any]
    after: dict[str, Any]
    refusal: str = ""

    @property
    def is_changed(self) -> bool:
        """Whether anything of the record changes."""
        return not self.refusal and self.before != self.after


def fields_for_many(kind: str) -> dict[str, serializers.Field]:
    """Return the fields of a kind that can be the same on many records, by name: no names, no ids and no lists."""
    return {name: field for name, field in KINDS[kind].serializer().fields.items() if _is_for_many(kind, field)}


def _is_for_many(kind: str, field: Any) -> bool:
    if field.read_only or field.source == "name" or getattr(field, "is_written_later", False):
        return False
    columns = {column.name: column for column in KINDS[kind].model._meta.concrete_fields}
    column = columns.get(field.source)
    return column is not None and not column.unique


@dataclass(frozen=True)
class Setting:
    """What is set: fields of records of a kind, or of rows of one list of theirs, such as `items`.

    Of the rows those are meant that say all of `where`; values are as documents say them.
    """

    kind: str
    values: dict[str, Any]
    rows: str = ""
    where: dict[str, Any] = field(default_factory=dict)


def plan(
    *, setting: Setting, public_ids: Sequence[str], by: User, change_set: ChangeSet | None = None
) -> list[PlannedRecord]:
    """Return what a setting would do to each record, by public id: what `edit_many` refuses is refused. Writes nothing.

    `change_set` is the one that the edit would go into; None where it is new. Raises NotForMany, and NotAllowed or
    WrongStatus where the change set takes no edit of `by`.
    """
    if change_set is not None:
        require_open(change_set, by)
    require_fields(setting)
    names = set_columns(setting)
    planned = [_tried(line, one, names) for line, one in planned_lines(setting, public_ids, by, change_set)]
    return [*planned, *lines_of_unknown(setting.kind, public_ids, planned)]


@transaction.atomic
def require_open(change_set: ChangeSet, by: User) -> None:
    require_author(change_set, by)
    require_editable(change_set)


def set_columns(setting: Setting) -> list[str]:
    """Return the columns of records that are set; none where rows of theirs are."""
    known = {} if setting.rows else fields_for_many(setting.kind)
    return [str(known[name].source) for name in setting.values if name in known]


def _tried(line: PlannedRecord, one: ChangedRecord, names: Sequence[str]) -> PlannedRecord:
    """Return a line, or why the record would be left out when it is written."""
    refusal = bulk_writing.refusal_of(one, names) if line.is_changed else ""
    return replace(line, after=line.before, refusal=refusal) if refusal else line


def lines_of_unknown(kind: str, public_ids: Sequence[str], planned: Sequence[PlannedRecord]) -> list[PlannedRecord]:
    """Return a line of each id of which there is no record, in order."""
    missing = sorted(set(public_ids) - {line.public_id for line in planned})
    words = _("There is no %(kind)s “%(id)s”.")
    named = KINDS[kind].model._meta.verbose_name
    return [PlannedRecord(each, "", {}, {}, words % {"kind": named, "id": each}) for each in missing]


def require_fields(setting: Setting) -> None:
    kind, values = setting.kind, setting.values
    known = bulk_rows.fields_for_rows(kind, setting.rows) if setting.rows else fields_for_many(kind)
    if setting.where and not setting.rows:
        raise NotForMany(_("Say of which list the rows are that are told so."))
    if setting.rows:
        bulk_rows.told(kind, setting.rows, setting.where)
    unknown = [name for name in values if name not in known]
    if unknown or not values:
        raise NotForMany(
            _("Name the fields to set; found %(found)s, and of a %(kind)s there are %(known)s.")
            % {"found": ", ".join(unknown)[:200] or _("none"), "kind": kind, "known": ", ".join(known)}
        )


def planned_lines(
    setting: Setting, public_ids: Sequence[str], by: User, change_set: ChangeSet | None
) -> Iterator[tuple[PlannedRecord, ChangedRecord]]:
    """Yield what becomes of each record, and the record as that would be written."""
    kind = KINDS[setting.kind]
    where = bulk_rows.told(setting.kind, setting.rows, setting.where) if setting.rows else {}
    for part in chunked(sorted(set(public_ids))):
        stands = standings(kind=setting.kind, public_ids=part)
        documents = {each["id"]: each for each in kind.documents(list(part))} if setting.rows else {}
        for record in kind.queryset().filter(public_id__in=part):
            closed = bulk_writing.closed(stands[record.public_id], by, change_set)
            if setting.rows:
                yield _with_rows(setting, where, record, documents[record.public_id], closed)
            else:
                yield _with_fields(setting, record, closed)


def _with_fields(setting: Setting, record: Record, closed: str) -> tuple[PlannedRecord, ChangedRecord]:
    named = [name for name in fields_for_many(setting.kind) if name in setting.values]
    stood = columns_of(record)
    serializer = KINDS[setting.kind].serializer(record, data=setting.values, partial=True)
    before = _as_in_document(serializer, record, named)
    refusal = closed or bulk_writing.problem_with(serializer, record)
    after = before if refusal else _as_in_document(serializer, record, named)
    return PlannedRecord(record.public_id, record.name, before, after, refusal), ChangedRecord(record, stood)


def _with_rows(
    setting: Setting, where: dict[str, Any], record: Record, document: dict[str, Any], closed: str
) -> tuple[PlannedRecord, ChangedRecord]:  # fmt: skip
    name, rows = setting.rows, document[setting.rows]
    data = {name: bulk_rows.rows_with(rows, setting.values, where)}
    serializer = KINDS[setting.kind].serializer(record, data=data, partial=True)
    after, refusal = rows, closed
    try:
        serializer.is_valid(raise_exception=True)
        after = rows if closed else bulk_rows.rows_after(serializer, name, rows, setting.values, where)
    except serializers.ValidationError as error:
        refusal = closed or in_words(error.detail)
    part: Any = serializer.fields[name]
    new = NewRows(part, name, rows, serializer.validated_data.get(str(part.source), []))
    line = PlannedRecord(record.public_id, record.name, {name: rows}, {name: after}, refusal)
    return line, ChangedRecord(record, columns_of(record), new)


def _as_in_document(serializer: Any, record: Record, names: Sequence[str]) -> dict[str, Any]:
    """Return what the document of a record says in some fields."""
    found: dict[str, Any] = {}
    for name in names:
        value = serializer.fields[name].get_attribute(record)
        found[name] = None if value is None else serializer.fields[name].to_representation(value)
    return found
