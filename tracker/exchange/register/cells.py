"""Cells of the register's own workbook: how a field of a document stands in one, and how it is read again.

What programs do to cells on the way is undone where it can be: dates typed as such, numbers with a decimal
point too many, TRUE and FALSE, line ends, spaces that do not break.
"""

import datetime as dt
import re
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError as DjangoValidationError
from rest_framework import serializers

from tracker.exchange.inbound.sheets import MAX_TEXT
from tracker.lib import partial_dates
from tracker.lib.cells import Cell, text
from tracker.records.engine.fields import PartialDate, Quantity, Reference

LEFT_OUT = object()
"""Stands for a value that is not given, so that the register makes one: a number, the id of a claim."""


class StandIn(str):
    """What a cell shows of a text that it cannot hold; left as it is, it means the `whole` text."""

    whole: str


_LARGEST = 2**63 - 1
_NO_CHARACTERS = re.compile("[\ufffe\uffff]")


def shown(field: serializers.Field, value: Any) -> Cell:
    """Return the cell for the value of a field in a document; None where it says nothing."""
    if value in (None, "", False):
        return None
    if isinstance(value, dict):
        value = value.get("edtf", value.get("text", value.get("id")))
    if isinstance(field, serializers.DecimalField):
        return Decimal(str(value))
    if isinstance(value, str):
        return _storable(value)
    return value if isinstance(value, bool | int) else str(value)


def _storable(value: str) -> str:
    """Return a text as a cell can hold it: one that is too long, or has what no file can, has a stand-in."""
    held = _NO_CHARACTERS.sub("\ufffd", value)
    if len(value) > MAX_TEXT:
        held = f"({len(value):,} characters are too long for a cell; left like this, the text stays as it is.)"
    if held == value:
        return value
    stand_in = StandIn(held)
    stand_in.whole = value
    return stand_in


def same(cell: Cell, exported: Cell) -> bool:
    """Tell whether a cell still says what was exported, whatever a spreadsheet made of it."""
    if cell == exported and isinstance(cell, bool) == isinstance(exported, bool):
        return True
    if not isinstance(exported, str):
        return False
    if isinstance(cell, dt.date):
        return _is_month_of(cell, exported) or text(cell) == exported
    return isinstance(cell, str) and _loose(cell) == _loose(exported)


def _loose(words: str) -> str:
    return words.replace("\r\n", "\n").replace("\r", "\n").strip()


def _is_month_of(day: dt.date, exported: str) -> bool:
    """Tell whether a day is what a program made of an exported month or year: its first."""
    first = day.date() if isinstance(day, dt.datetime) else day
    try:
        partial = partial_dates.parse(exported)
    except partial_dates.DateError:
        return False
    return re.fullmatch(r"\d{4}(-\d\d)?", exported) is not None and partial.earliest == first


def entered(field: serializers.Field, column: Any, cell: Cell) -> Any:
    """Return what a cell says, in the form in which the serializer's `field` gives it: ids, text, numbers as text.

    `column` is the column of the model. What cannot be read is returned as it is, for the serializer to refuse.
    """
    if cell is None:
        return _empty(field, column)
    if isinstance(cell, StandIn):
        return cell.whole
    if isinstance(field, Reference):
        return text(cell)
    raw = _raw(field, cell)
    try:
        value = field.to_internal_value(raw)
        if column is not None:
            value = column.to_python(value)
        value = field.to_representation(value)
    except (serializers.ValidationError, DjangoValidationError, InvalidOperation, ValueError, TypeError):
        return raw
    if isinstance(value, dict):
        return value["edtf" if isinstance(field, PartialDate) else "text"]
    # JSON as we write it has whole numbers of 64 bits.
    return raw if isinstance(value, int) and abs(value) > _LARGEST else value


def _raw(field: serializers.Field, cell: Cell) -> Any:
    """Return a cell as somebody would write it in JSON."""
    if isinstance(cell, bool) and isinstance(field, serializers.BooleanField):
        return cell
    if isinstance(cell, str) and type(field) is serializers.CharField:
        return cell
    return text(cell)


def _empty(field: serializers.Field, column: Any) -> Any:
    """Return what an empty cell says: nothing, or what the register takes where nothing is said."""
    if isinstance(field, PartialDate) or field.allow_null:
        return None
    if isinstance(field, Quantity) or (isinstance(field, serializers.ChoiceField) and not field.allow_blank):
        default = column.get_default() if column is not None and column.has_default() else ""
        return str(default)
    if isinstance(field, serializers.BooleanField):
        return False
    if isinstance(field, serializers.IntegerField) and not field.required:
        return LEFT_OUT
    return LEFT_OUT if field.source == "public_id" else ""
