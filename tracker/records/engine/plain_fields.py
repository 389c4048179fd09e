"""Fields with one plain value: texts, numbers, days, and choices of a few words."""

import datetime as dt
import decimal
from collections.abc import Callable, Iterator
from typing import Any, ClassVar, NoReturn

from django.db.models import ExpressionWrapper, F, Field
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from tracker.lib import money
from tracker.lib.cells import Cell, text
from tracker.lib.text import fold
from tracker.models.fields import AmountField
from tracker.records import words
from tracker.records.engine.document_field import LEFT_OUT, DocumentField, Fragment, KeyPath, any_of, default_of


def as_stored(column: str) -> ExpressionWrapper:
    """Return the values of `column` as the database gives them: Django goes through all rows to make them its own.

    SQLite gives an exact number as an integer or a float, whose text is the same for the 15 digits that columns have.
    """
    return ExpressionWrapper(F(column), output_field=Field())


class TextField(DocumentField, serializers.CharField):
    """A text."""

    tells_rows = True

    def condition(self, value: Any) -> str:
        """Return words that the text is to have, folded."""
        words = fold(value) if isinstance(value, str) else ""
        # Every text holds the empty one, and so would every row be meant.
        if not words:
            raise serializers.ValidationError(_("write words that are in the text."))
        return words

    def raw(self, cell: Cell) -> Any:
        return cell if isinstance(cell, str) else super().raw(cell)


class OwnId(TextField):
    """The public id of a record or a claim; left out, one is made."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**dict[str, Any](source="public_id", required=False, max_length=100) | kwargs)

    def empty(self, column: Any) -> Any:
        return LEFT_OUT


class Address(DocumentField, serializers.URLField):
    """An address on the web."""


class Integer(DocumentField, serializers.IntegerField):
    """A whole number."""

    number_format = "General"

    def empty(self, column: Any) -> Any:
        return LEFT_OUT if not self.allow_null and not self.required else super().empty(column)


class OwnNumber(Integer):
    """The number of a part within its record; left out, it gets the next."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**({"required": False, "min_value": 1, "max_value": 32767} | kwargs))


class PartNumber(OwnNumber):
    """Another part of the same record, by its number."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**({"allow_null": True} | kwargs))

    def get_attribute(self, instance: Any) -> Any:
        return getattr(getattr(instance, str(self.source)), "number", None)

    def look_up(self, desk: Any, name: str, documents: list[Any]) -> None:
        desk.put_numbers(self, name, documents)


class Decimal(DocumentField, serializers.DecimalField):
    """An exact number, written as text."""

    @property
    def number_format(self) -> str:  # type: ignore[override]  # worked out where the class has it fixed
        """How a spreadsheet shows it: amounts with their cents."""
        return "#,##0.00" if self.decimal_places == 2 else "General"

    def column(self, model: Any) -> Any:
        return as_stored(super().column(model))

    def converter(self) -> Callable[[Any], Any]:
        return f"{{:.{self.decimal_places}f}}".format

    def numbers(self, value: Any) -> set[decimal.Decimal]:
        return {decimal.Decimal(str(value)).normalize()}

    def written_schema(self) -> Fragment:
        return any_of({"type": "string", "format": "decimal"}, {"type": "number"})

    def cell(self, value: Any) -> Cell:
        return decimal.Decimal(str(value))

    def in_words(self, value: Any) -> str:
        places = self.decimal_places if self.decimal_places == 2 else None
        return words.number(decimal.Decimal(str(value)), places) if value not in (None, "") else ""


class Amount(Decimal):
    """An amount of money, as text or as a number; its currency stands in a field of its own."""

    def to_internal_value(self, data: Any) -> decimal.Decimal:
        """Return the exact amount. Text is read as everywhere: `1.500`, which can be two amounts, is asked about."""
        if not isinstance(data, str):
            return super().to_internal_value(data)
        try:
            amount, currency = money.parse_amount(data)
        except money.AmountError as error:
            raise serializers.ValidationError(str(error)) from error
        if currency:
            named = _("a dollar such as USD") if money.is_bare_dollar(data) else currency
            raise serializers.ValidationError(
                _("“%(found)s”: name the currency %(currency)s in its own field.")
                % {"found": data.strip()[:60], "currency": named}
            )
        return amount

    def written_schema(self) -> Fragment:
        words = (
            "As people write it, too: `500 million`; `EUR 2bn`, where `currency` stands beside it, says that as well."
        )
        return any_of({"type": "string", "examples": ["500 million"], "description": words}, {"type": "number"})

    def raw(self, cell: Cell) -> Any:
        return typed_number(cell)


def typed_number(cell: Cell) -> Any:
    """Return a number that a program typed as it is: it has one reading, whatever its text looks like."""
    return cell if isinstance(cell, int | decimal.Decimal) and not isinstance(cell, bool) else text(cell)


class Flag(DocumentField, serializers.BooleanField):
    """Yes or no."""

    number_format: ClassVar[str] = "General"

    def column(self, model: Any) -> Any:
        return as_stored(super().column(model))

    def converter(self) -> Callable[[Any], Any]:
        return bool

    def raw(self, cell: Cell) -> Any:
        return cell if isinstance(cell, bool) else super().raw(cell)

    def empty(self, column: Any) -> Any:
        return None if self.allow_null else False

    def in_words(self, value: Any) -> str:
        return "" if value is None else str(_("yes") if value else _("no"))


class Day(DocumentField, serializers.DateField):
    """A day that is known as such."""

    def converter(self) -> Callable[[Any], Any]:
        return lambda day: day.isoformat()

    def in_words(self, value: Any) -> str:
        return words.day(dt.date.fromisoformat(str(value))) if value else ""


class Time(DocumentField, serializers.TimeField):
    """A time of day, without a zone."""

    def converter(self) -> Callable[[Any], Any]:
        return lambda time: time.isoformat()

    def read_schema(self) -> Fragment:
        # No `time` of JSON Schema: that has a zone.
        return {"type": "string", "pattern": "^[0-2][0-9]:[0-5][0-9]:[0-5][0-9]$", "examples": ["09:00:00"]}

    def written_schema(self) -> Fragment:
        return {"type": "string", "pattern": "^([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?$", "examples": ["09:00"]}


class Choice(DocumentField, serializers.ChoiceField):
    """One of a few words; the error for another names them."""

    tells_rows = True

    def fail(self, key: str, **kwargs: Any) -> NoReturn:
        """Raise the error `key`."""
        if key == "invalid_choice":
            words = {"found": str(kwargs["input"])[:40], "allowed": ", ".join(map(str, self.choices))}
            raise serializers.ValidationError(_("“%(found)s” is unknown; allowed are: %(allowed)s.") % words)
        super().fail(key, **kwargs)

    def choices_held(self) -> Iterator[KeyPath]:
        yield ()

    def names(self, value: Any) -> list[str]:
        return [str(value).replace("_", " "), str(self.choices.get(value, value))]

    def in_words(self, value: Any) -> str:
        return str(self.choices.get(value, value or ""))

    def empty(self, column: Any) -> Any:
        return super().empty(column) if self.allow_null or self.allow_blank else default_of(column)


_PLAIN: dict[Any, type[DocumentField]] = {
    serializers.CharField: TextField, serializers.URLField: Address, serializers.IntegerField: Integer,
    serializers.DecimalField: Decimal, serializers.BooleanField: Flag, serializers.DateField: Day,
    serializers.TimeField: Time,
}  # fmt: skip

FIELD_OF_COLUMN: dict[Any, Any] = {
    column: _PLAIN.get(field, field) for column, field in serializers.ModelSerializer.serializer_field_mapping.items()
} | {AmountField: Amount}
"""What becomes of a column that a serializer names without saying more."""
