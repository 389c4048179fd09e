"""Fields whose values documents spell out: dates, quantities, and the other names of a record."""

from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from tracker.lib import partial_dates, quantities
from tracker.lib.cells import Cell
from tracker.lib.column_types import DATE, DECIMAL, Column
from tracker.lib.text import fold
from tracker.records import words
from tracker.records.engine.document_field import (
    DocumentField,
    Fragment,
    KeyPath,
    any_of,
    at_position,
    default_of,
)
from tracker.records.engine.plain_fields import TextField, typed_number

_DATE_SCHEMA = {
    "type": "object",
    "nullable": True,
    "description": "An EDTF date and the first and last day it can mean. Write it as text: `Sept 2025`, `2025-09`.",
    "properties": {
        "edtf": {"type": "string", "examples": ["2025-09"]},
        "earliest": {"type": "string", "format": "date", "nullable": True},
        "latest": {"type": "string", "format": "date", "nullable": True},
    },
    "required": ["edtf", "earliest", "latest"],
}
_QUANTITY_SCHEMA = {
    "type": "object",
    "description": "A number of units and how it is meant. Write it as text: `4`, `about 40`, `10 to 20`, `unknown`.",
    "properties": {
        "qualifier": {"type": "string", "enum": list(quantities.QUALIFIERS)},
        "low": {"type": "number", "nullable": True},
        "high": {"type": "number", "nullable": True},
        "text": {"type": "string", "examples": ["about 40"]},
    },
    "required": ["qualifier", "low", "high", "text"],
}


def _plain(number: Any) -> int | float | None:
    """Return a Decimal as a JSON number; six decimals of nine digits survive as a float."""
    if number is None:
        return None
    return int(number) if number == int(number) else float(number)


def describe_date(edtf: str) -> dict[str, Any] | None:
    """Return what a document says of a partial date; None where it is unknown."""
    return _date(edtf).copy() or None


@lru_cache(maxsize=10_000)
def _date(edtf: str) -> dict[str, Any]:
    partial = partial_dates.stored(edtf)
    if not partial.edtf:
        return {}
    days = (day.isoformat() if day else None for day in (partial.earliest, partial.latest))
    return dict(zip(("edtf", "earliest", "latest"), (partial.edtf, *days), strict=True))


def describe_quantity(text: str) -> dict[str, Any]:
    """Return what a document says of a quantity."""
    return _quantity(text).copy()


@lru_cache(maxsize=10_000)
def _quantity(text: str) -> dict[str, Any]:
    quantity = quantities.stored(text)
    return {
        "qualifier": quantity.qualifier, "low": _plain(quantity.low), "high": _plain(quantity.high),
        "text": str(quantity),
    }  # fmt: skip


class _TextField(DocumentField):
    """A value that people write as text, and documents spell out as an object."""

    def to_internal_value(self, data: Any) -> str:
        text = data.get(self.key) if isinstance(data, dict) else data
        if isinstance(text, bool) or not isinstance(text, (str, int, float, Decimal)):
            raise serializers.ValidationError(
                _("Write this as text; found %(found)s.") % {"found": type(text).__name__}
            )
        # What a document spells out, and a number of JSON, has one reading whatever it looks like.
        try:
            return self.parse(str(text)) if isinstance(data, str) else self.kept(str(text))
        except ValueError as error:
            raise serializers.ValidationError(str(error)) from error

    def parse(self, text: str) -> str:
        """Return what somebody wrote as it is stored. Raises ValueError."""
        raise NotImplementedError

    def kept(self, text: str) -> str:
        """Return what a document or a number says as it is stored. Raises ValueError."""
        raise NotImplementedError


@extend_schema_field(_DATE_SCHEMA)
class PartialDateField(_TextField):
    """A partial date; null is unknown."""

    keys = ("edtf", "earliest", "latest")
    key = "edtf"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**({"required": False, "allow_null": True} | kwargs))

    def to_representation(self, value: str) -> dict[str, Any] | None:
        return describe_date(value)

    def validate_empty_values(self, data: Any) -> tuple[bool, Any]:
        if data is None or data == "":
            return True, ""
        return super().validate_empty_values(data)

    def parse(self, text: str) -> str:
        return partial_dates.parse(text).edtf

    def kept(self, text: str) -> str:
        return partial_dates.kept(text).edtf

    def converter(self) -> Callable[[Any], Any]:
        return describe_date

    def written_schema(self) -> Fragment:
        text = {"type": "string", "maxLength": partial_dates.MAX_LENGTH, "examples": ["Sept 2025"]}
        year = {"type": "integer", "minimum": 1, "maximum": 9999}
        return any_of(text, year, self.spelled_out_schema(text))

    def days(self, value: Any) -> tuple[str | None, str | None]:
        return value["earliest"], value["latest"]

    def columns(self, name: str, label: str, sentence: str) -> Iterator[tuple[Column, KeyPath]]:
        first, last = gettext("First day it can mean."), gettext("Last day it can mean.")
        yield Column(name, label, description=sentence or gettext("EDTF (ISO 8601-2), such as 2025-09.")), ("edtf",)
        yield Column(f"{name}_earliest", gettext("%s, earliest") % label, DATE, description=first), ("earliest",)
        yield Column(f"{name}_latest", gettext("%s, latest") % label, DATE, description=last), ("latest",)

    def in_words(self, value: Any) -> str:
        return words.partial_date(value) if value else ""


@extend_schema_field(_QUANTITY_SCHEMA)
class QuantityField(_TextField):
    """A quantity with its qualifier."""

    keys = ("qualifier", "low", "high", "text")
    key = "text"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**({"required": False} | kwargs))

    def to_representation(self, value: str) -> dict[str, Any]:
        return describe_quantity(value)

    def parse(self, text: str) -> str:
        return str(quantities.parse(text))

    def kept(self, text: str) -> str:
        return str(quantities.stored(text))

    def raw(self, cell: Cell) -> Any:
        return typed_number(cell)

    def converter(self) -> Callable[[Any], Any]:
        return describe_quantity

    def written_schema(self) -> Fragment:
        text = {"type": "string", "maxLength": quantities.MAX_LENGTH, "examples": ["about 40"]}
        number = {"type": "number", "minimum": 0, "maximum": int(quantities.MAX_QUANTITY)}
        return any_of(text, number, self.spelled_out_schema(text))

    def says(self, value: Any) -> bool:
        return bool(value) and value["qualifier"] not in ("unknown", "withheld")

    def numbers(self, value: Any) -> set[Decimal]:
        return {Decimal(str(value[end])).normalize() for end in ("low", "high") if value[end] is not None}

    def columns(self, name: str, label: str, sentence: str) -> Iterator[tuple[Column, KeyPath]]:
        yield Column(name, label, description=sentence or gettext("A quantity in words, such as about 40.")), ("text",)
        yield Column(f"{name}_low", gettext("%s, at least") % label, DECIMAL, gettext("units")), ("low",)
        yield Column(f"{name}_high", gettext("%s, at most") % label, DECIMAL, gettext("units")), ("high",)

    def empty(self, column: Any) -> Any:
        return None if self.allow_null else default_of(column)

    def in_words(self, value: Any) -> str:
        return words.quantity(value) if value else ""


@extend_schema_field({**_QUANTITY_SCHEMA, "nullable": True})
class OwnQuantity(QuantityField):
    """A quantity that may be left to the item; null is not stated here."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**({"allow_null": True} | kwargs))

    def to_representation(self, value: str) -> dict[str, Any] | None:  # type: ignore[override]  # worked out where the class has it fixed
        return describe_quantity(value) if value else None

    def validate_empty_values(self, data: Any) -> tuple[bool, Any]:
        if data is None or data == "":
            return True, ""
        return super().validate_empty_values(data)

    def converter(self) -> Callable[[Any], Any]:
        return lambda text: describe_quantity(text) if text else None


class Aliases(DocumentField, serializers.ListField):
    """The other names of a record, in alphabetical order."""

    child = TextField(max_length=250)
    is_written_later = True

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**({"required": False, "max_length": 200} | kwargs))

    def to_representation(self, data: Any) -> list[str]:
        return sorted(alias.name for alias in data.all())

    def to_internal_value(self, data: Any) -> list[str]:
        names = super().to_internal_value(data)
        if len({fold(name) for name in names}) != len(names):
            raise serializers.ValidationError(_("The same alias stands here twice."))
        return names

    @property
    def each(self) -> Any:
        return self.child

    def column(self, model: Any) -> str:
        return "pk"

    def gather(self, desk: Any, name: str, owners: dict[Any, Any]) -> None:
        desk.put_aliases(self, name, owners)

    def own_rows(self, model: Any) -> Any:
        return model._meta.get_field(str(self.source))

    def write_later(self, record: Any, value: Any) -> None:
        manager = getattr(record, str(self.source))
        wanted = {fold(name): name for name in value}
        for alias in manager.all():
            if wanted.get(alias.folded) != alias.name:
                alias.delete()
        present = set(manager.values_list("name", flat=True))
        for position, name in enumerate(value):
            if name in present:
                continue
            if manager.model.objects.filter(folded=fold(name)).exists():
                raise at_position(position, [_("“%s” is already an alias of another record.") % name])
            manager.create(name=name)
