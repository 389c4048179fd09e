"""The columns of each list: one declaration for CSV, XLSX and Parquet, and for the dictionary that explains them.

They follow from the serializer of a list, so that a new field is a new column everywhere at once. Their labels are
those of fields (`records/field_labels.py`); those of free tables stand in `reporting/tables/dimension_labels.py`.
"""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers

from tracker.lib import canonical
from tracker.lib.column_types import BOOLEAN, DATE, DECIMAL, INTEGER, MOMENT, TEXT, Column, Value
from tracker.records import field_labels
from tracker.records.engine.document_field import DocumentField
from tracker.records.engine.value_types import each_of, type_of
from tracker.reporting.tables.grids import Grid

DocumentPath = tuple[str, ...]
"""The keys under which a value stands in a document, from the outside in."""

_UNITS = {
    "amount": "of the column currency", "eur": "EUR", "usd": "USD", "quantity": "units",
    "adds": "of the cell", "rate_currency": "units of the column currency for one euro", "rate_usd": "USD for one euro",
}  # fmt: skip
"""Numbers that documents write as text, so that they stay exact, and what they count."""

_KEYS = {"record": ("kind", "id")}
"""Objects that no field describes, and their keys."""

_PARTY = "Public id of the party; empty where there is none."
_RECORD = "Public id of the record; empty where there is none."
_SENTENCES = {
    "id": "Public id of the row; it never changes.", "name": "Name for people.",
    "path": "Public ids from the root down, as JSON.", "description": "In a few sentences.",
    "reason": "Why the claim was adopted or rejected.",
    "pledge": "Public id of the pledge.", "beneficiary": _PARTY, "host": _PARTY, "supplier": _PARTY,
    "contributor": _PARTY, "stock_owner": _PARTY, "manufacturer": _PARTY, "category": _RECORD, "platform": _RECORD,
    "initiative": _RECORD, "package": _RECORD, "meeting": _RECORD, "aid_kind": "Finer kind of aid.",
    "message": "What was done, and why.",
    "currency": "ISO 4217 code of the original currency; empty where there is no amount.",
    "quantity": "Number of units; empty where it is unknown.",
    "rate_policy": "The rule by which the rate was chosen.", "rate_first": "First day of the mean that the rate is.",
    "rate_last": "Last day of the mean that the rate is.", "rate_source": "Where the rate comes from.",
    "rate_provisional": "The span of the rate was not over when it was posted.",
    "recorded_from": "When the row was published.", "published_at": "When it was published.",
}  # fmt: skip
"""Sentences for columns whose fields have no help text."""


@dataclass(frozen=True)
class DocumentColumn:
    """A column of a list, and where its values stand in the documents of the list."""

    column: Column
    path: DocumentPath

    def value(self, document: dict[str, Any]) -> Value:
        """Return the value of one document; None is unknown or nothing."""
        found: Any = document
        for key in self.path:
            found = found.get(key) if found else None
        return None if found is None or found == "" else _READERS[self.column.type](found)


def _text(found: Any) -> str:
    return canonical.dump(found) if isinstance(found, (dict, list)) else str(found)


def _day(found: Any) -> dt.date:
    return found if isinstance(found, dt.date) else dt.date.fromisoformat(found)


def _moment(found: Any) -> dt.datetime:
    return found if isinstance(found, dt.datetime) else dt.datetime.fromisoformat(found)


_READERS: dict[str, Callable[[Any], Value]] = {
    TEXT: _text, INTEGER: int, DECIMAL: lambda found: Decimal(str(found)), DATE: _day, MOMENT: _moment, BOOLEAN: bool,
}  # fmt: skip


def columns_of(serializer: serializers.BaseSerializer, fields: Sequence[str] | None = None) -> list[DocumentColumn]:
    """Return the columns of the documents that `serializer` writes: of `fields` only, else of all."""
    found = _columns(serializer, ())
    return [column for column in found if fields is None or column.path[0] in fields]


def _columns(serializer: Any, above: DocumentPath) -> list[DocumentColumn]:
    model = getattr(getattr(serializer, "Meta", None), "model", None)
    return [
        DocumentColumn(column, (*above, name, *path))
        for name, field in serializer.fields.items()
        for column, path in _columns_of_field(
            "_".join((*above, name)), field_labels.label_in(model, name, field), field
        )
    ]


def _columns_of_field(name: str, label: str, field: Any) -> Iterator[tuple[Column, DocumentPath]]:
    """Yield the columns of one field, which is called `label`, each with the keys below it."""
    sentence = str(field.help_text or _SENTENCES.get(name, ""))
    if isinstance(field, DocumentField) and field.keys:
        yield from field.columns(name, label, sentence)
    elif isinstance(field, serializers.Serializer):
        for inner in _columns(field, (name,)):
            yield inner.column, inner.path[1:]
    elif name in _KEYS:
        for key in _KEYS[name]:
            yield Column(f"{name}_{key}", f"{label} ({key})", description=_("Its %s.") % key), (key,)
    else:
        yield _plain(name, label, sentence, field), ()


def _plain(name: str, label: str, sentence: str, field: Any) -> Column:
    """Return the column of a field with one value, or with a list, which is written as JSON."""
    if name in _UNITS:
        return Column(name, label, DECIMAL, _UNITS[name], description=sentence)
    if each_of(field) is not None:
        return Column(name, label, description=sentence or _("A list, as JSON."))
    if isinstance(field, serializers.ChoiceField):
        words = _("One of: %s.") % ", ".join(str(choice) for choice in field.choices if choice)
        return Column(name, label, description=f"{sentence} {words}".strip())
    return Column(name, label, type_of(field) or TEXT, description=sentence or f"{label}.")


WITHDRAWN = DocumentColumn(
    Column(
        "withdrawn", "Withdrawn", BOOLEAN,
        description="Filled in tombstones only: true where the row is withdrawn, false where it left this list.",
    ),
    ("withdrawn",),
)  # fmt: skip
"""What a list of changes has beside the columns of its list."""


def dictionary(
    lists: dict[str, list[DocumentColumn]], tables: dict[str, list[Column]], as_of: dt.datetime | None
) -> Grid:
    """Return what every column of every list and of every named table means, a row each."""
    columns = [
        Column("list", "List", description="Last part of the address of the list, or tables/ and that of the table."),
        Column("name", "Name", description="Name of the column in CSV, XLSX and Parquet."),
        Column("type", "Type", description="One of: text, integer, decimal, date, moment, boolean."),
        Column("unit", "Unit", description="What a number counts, unless another currency or year is asked for."),
        Column("field", "Field", description="Where the value stands in JSON and NDJSON, keys joined by a point."),
        Column("label", "Label", description="Name of the column for people."),
        Column("description", "Description", description="What the column says, in a sentence."),
        Column("derived_from", "Derived from", description="Columns that it is worked out of, joined by commas."),
    ]
    every = [(name, one.column, ".".join(one.path)) for name, listed in lists.items() for one in listed]
    every += [(f"tables/{name}", column, column.name) for name, listed in tables.items() for column in listed]
    rows = [
        (name, column.name, column.type, column.unit, field, column.label, column.sentence,
         ",".join(column.derived_from))
        for name, column, field in every
    ]  # fmt: skip
    sentence = _("What the columns of every list, and of every table, mean.")
    return Grid("columns", _("Columns"), columns, rows, description=sentence, as_of=as_of)
