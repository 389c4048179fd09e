"""Rows of many records edited together: which of a list are meant, such as items of a platform, and what is set."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers

from tracker.curation.errors import CurationError
from tracker.lib.text import fold
from tracker.records.engine.document_field import DocumentField, fields_of
from tracker.records.engine.parts import PartList
from tracker.records.engine.plain_fields import OwnNumber
from tracker.records.registry import KINDS

Row = dict[str, Any]


class NotForMany(CurationError):
    """A field that cannot be the same on many records or rows, or by which rows cannot be told, or none was named."""


def lists_for_many(kind: str) -> dict[str, PartList]:
    """Return the lists of a kind whose rows can be edited together, by name: no claims, and no aliases."""
    lists = {
        name: field for name, field in KINDS[kind].serializer().fields.items()
        if isinstance(field, PartList) and not field.row.is_published_alone
    }  # fmt: skip
    return {name: field for name, field in lists.items() if _settable(field)}


def fields_for_rows(kind: str, rows: str) -> dict[str, DocumentField]:
    """Return the fields that can be set on many rows of a list, by name: no numbers. Raises NotForMany."""
    lists = lists_for_many(kind)
    if rows not in lists:
        raise NotForMany(
            _("“%(found)s” is no list whose rows can be edited together; of a %(kind)s there are %(known)s.")
            % {"found": rows[:60], "kind": kind, "known": ", ".join(lists) or _("none")}
        )
    return _settable(lists[rows])


def _settable(rows: PartList) -> dict[str, DocumentField]:
    return {
        name: field for name, field in fields_of(rows.row).items()
        if not field.read_only and name != "name" and not isinstance(field, OwnNumber)
    }  # fmt: skip


def telling_fields(kind: str, rows: str) -> dict[str, DocumentField]:
    """Return the fields by which rows of a list can be told: references, choices, and texts by words in them."""
    return {
        name: field for name, field in fields_for_rows(kind, rows).items()
        if field.tells_rows
    }  # fmt: skip


def told(kind: str, rows: str, where: Row) -> Row:
    """Return `where` as rows of documents are compared with it. Raises NotForMany where it tells nothing there is."""
    fields = telling_fields(kind, rows)
    unknown = [name for name in where if name not in fields]
    if unknown:
        raise NotForMany(
            _("Rows are told by %(known)s; found %(found)s.")
            % {"known": ", ".join(fields), "found": ", ".join(unknown)[:200]}
        )
    return {name: _told(name, fields[name], value) for name, value in where.items()}


def _told(name: str, field: Any, value: Any) -> Any:
    try:
        return field.condition(value)
    except serializers.ValidationError as error:
        raise NotForMany(f"{name}: {' '.join(map(str, error.detail))}") from error


def is_meant(row: Row, where: Row) -> bool:
    """Tell whether a row of a document says all of `where`, as `told` returns it."""
    return all(_says(row.get(name), wanted) for name, wanted in where.items())


def _says(value: Any, wanted: Any) -> bool:
    if isinstance(value, dict):
        return bool(value.get("id") == wanted)
    return wanted in fold(value) if isinstance(value, str) and isinstance(wanted, str) else value == wanted


def rows_with(rows: list[Row], values: Row, where: Row) -> list[Row]:
    """Return the rows of a document, with `values` on those that are meant."""
    return [row | values if is_meant(row, where) else row for row in rows]


def rows_after(serializer: Any, name: str, rows: list[Row], values: Row, where: Row) -> list[Row]:
    """Return the rows as the document will say them, once the valid `serializer` is saved."""
    field = serializer.fields[name]
    valid = serializer.validated_data[str(field.source)]
    return [
        row | dict(_said(field.row, values, written)) if is_meant(row, where) else row
        for row, written in zip(rows, valid, strict=True)
    ]


def _said(row: Any, values: Row, written: Row) -> Iterator[tuple[str, Any]]:
    part = row.model()()
    for name in values:
        field = row.fields[name]
        setattr(part, str(field.source), written.get(str(field.source)))
        value = field.get_attribute(part)
        yield name, None if value is None else field.to_representation(value)
