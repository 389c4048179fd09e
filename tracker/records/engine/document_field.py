"""What every field of a document can be asked. What a kind of field does otherwise, its own class says."""

from collections.abc import Callable, Iterator
from decimal import Decimal, InvalidOperation
from typing import Any, ClassVar

from django.core.exceptions import ValidationError as DjangoValidationError
from rest_framework import serializers
from rest_framework.fields import empty

from tracker.lib.cells import Cell, text
from tracker.lib.column_types import Column

KeyPath = tuple[str, ...]
"""The keys that lead to a value of a document, from the outside in; `*` is each row of a list."""

Fragment = dict[str, Any]
"""A part of an OpenAPI document."""

LEFT_OUT = empty
"""Stands for a value that is not given, so that the register makes one: a number, the id of a claim."""

_LARGEST = 2**63 - 1


class DocumentField(serializers.Field):
    """A field of a document: how it is read from its column, written, described, exported and imported."""

    keys: ClassVar[tuple[str, ...]] = ()
    """The keys of the object by which documents spell a value out; none: it stands there plain."""
    key: ClassVar[str] = ""
    """The one of `keys` by which people write the value."""
    number_format: ClassVar[str] = "@"
    """How a spreadsheet shows the value: as text, unless another is said."""
    tells_rows: ClassVar[bool] = False
    """Whether rows of a list can be told by the value, so that these are edited together."""
    is_written_later: ClassVar[bool] = False
    """Whether its rows need that of the record, and are written by `write_later`."""

    @property
    def row(self) -> Any:
        """The serializer of each row, where the value is a list of parts; else None."""
        return None

    @property
    def each(self) -> Any:
        """The field of each value, where the value is a list of them; else None."""
        return None

    # From the desk

    def column(self, model: Any) -> Any:
        """Return the column of `model` that it is read from; the primary key where it is gathered from other tables."""
        attribute: str = model._meta.get_field(self.source).attname
        return attribute

    def converter(self) -> Callable[[Any], Any] | None:
        """Return what makes a value of the column that of a document; None where they are the same."""
        return None

    def look_up(self, desk: Any, name: str, documents: list[Any]) -> None:
        """Put what a key stands for in its place in `documents`, where the column holds keys."""

    def gather(self, desk: Any, name: str, owners: dict[Any, Any]) -> None:
        """Put what other tables have into the documents of `owners`, by the primary keys of the records."""

    def write_later(self, record: Any, value: Any) -> None:
        """Write the rows of a record that has been saved."""
        raise NotImplementedError

    def own_rows(self, model: Any) -> Any:
        """Return the relation of `model` to rows that are of this field alone, or None."""
        return None

    # On the shelf

    def references(self) -> Iterator[tuple[KeyPath, str]]:
        """Yield where its value refers to other records, and of which kind."""
        yield from ()

    def choices_held(self) -> Iterator[KeyPath]:
        """Yield where its value holds a choice by which records are found."""
        yield from ()

    # In words

    def in_words(self, value: Any) -> str:
        """Return a value of a document as people write it, in their language; empty where nothing is said."""
        if value in (None, "", [], {}):
            return ""
        if isinstance(value, list):
            return ", ".join(map(self.in_words, value))
        return str(self.plain(value))

    # Beside what claims say

    def says(self, value: Any) -> bool:
        """Tell whether a value says anything: what is blank, unknown or not stated says nothing."""
        return self.row is None and self.each is None and value not in (None, "", [], {}, False, "unknown")

    def numbers(self, value: Any) -> set[Decimal] | None:
        """Return the numbers that a value states, for comparing; None where it is none."""
        return None

    def days(self, value: Any) -> tuple[str | None, str | None] | None:
        """Return the first and the last day that a value can mean; None where it is no date."""
        return None

    def names(self, value: Any) -> list[str]:
        """Return what a value is called, where it is a record or a word of a few."""
        return []

    # Telling which rows of a list are meant

    def condition(self, value: Any) -> Any:
        """Return what rows are compared with that have `value` here; raises ValidationError where it is none."""
        return self.run_validation(value)

    # In OpenAPI and in files

    def read_schema(self) -> Fragment | None:
        """Return the OpenAPI schema of what a document has; None is REST framework's own."""
        return None

    def written_schema(self) -> Fragment | None:
        """Return the OpenAPI schema of what can be written; None is that of what is read."""
        return self.read_schema()

    def spelled_out_schema(self, value: Fragment) -> Fragment:
        """Return the schema of the object that a document has, of which only `key` is needed."""
        return {
            "type": "object", "properties": {name: {} for name in self.keys} | {self.key: value},
            "required": [self.key], "additionalProperties": False,
        }  # fmt: skip

    def columns(self, name: str, label: str, sentence: str) -> Iterator[tuple[Column, KeyPath]]:
        """Yield the columns of a value that is spelled out, each with the keys that lead to it."""
        yield from ()

    # In the cells of the register's own workbook

    def plain(self, value: Any) -> Any:
        """Return a value of a document as people write it."""
        return value[self.key] if isinstance(value, dict) and self.key else value

    def cell(self, value: Any) -> Cell:
        """Return the cell for a value of a document."""
        plain = self.plain(value)
        return plain if isinstance(plain, bool | int | str) else str(plain)

    def raw(self, cell: Cell) -> Any:
        """Return a cell as somebody would write it in JSON."""
        return text(cell)

    def entered(self, column: Any, cell: Cell) -> Any:
        """Return what a cell says, in the form in which documents give it: ids, text, numbers as text.

        `column` is the field of the model. What cannot be read is returned as it is, for the serializer to refuse.
        """
        raw = self.raw(cell)
        try:
            value = self.to_internal_value(raw)
            if column is not None:
                value = column.to_python(value)
            value = self.plain(self.to_representation(value))
        except (serializers.ValidationError, DjangoValidationError, InvalidOperation, ValueError, TypeError):
            return raw
        # JSON as we write it has whole numbers of 64 bits.
        return raw if isinstance(value, int) and abs(value) > _LARGEST else value

    def empty(self, column: Any) -> Any:
        """Return what an empty cell says: nothing, or what the register takes where nothing is said."""
        return None if self.allow_null else ""


def any_of(*alternatives: Fragment) -> Fragment:
    """Return the schema of what fits one of several."""
    return {"anyOf": list(alternatives)}


def default_of(column: Any) -> str:
    """Return what the register takes for a column of which nothing is said."""
    return str(column.get_default() if column is not None and column.has_default() else "")


def at_position(position: int, detail: Any) -> serializers.ValidationError:
    """Return the error of one row among the rows before it, which have none."""
    return serializers.ValidationError([{}] * position + [detail])


def fields_of(serializer: Any) -> dict[str, DocumentField]:
    """Return the fields of a serializer of documents, by name; raises TypeError for one that cannot be asked."""
    fields: dict[str, DocumentField] = dict(serializer.fields)
    for name, field in fields.items():
        if not isinstance(field, DocumentField):
            raise TypeError(f"{name}: a {type(field).__name__} is no DocumentField; make one of it in plain_fields.py")
    return fields
