"""How dates, quantities, references and aliases look in a document, and how they are written back."""

from typing import Any, NoReturn

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from tracker.lib import partial_dates, quantities
from tracker.lib.text import fold, nearest
from tracker.models.base import Record

_DATE_SCHEMA = {
    "type": "object",
    "nullable": True,
    "description": "An EDTF date and the first and last day it can mean. Write it as text: `Sept 2025`, `2025-09`.",
    "properties": {
        "edtf": {"type": "string", "example": "2025-09"},
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
        "text": {"type": "string", "example": "about 40"},
    },
    "required": ["qualifier", "low", "high", "text"],
}


def reference_schema(kind: str) -> dict[str, Any]:
    """Return the OpenAPI schema of a reference to a record of `kind`."""
    properties: dict[str, Any] = {"id": {"type": "string"}, "name": {"type": "string"}}
    if kind == "category":
        properties["path"] = {"type": "array", "items": {"type": "string"}}
    if kind == "platform":
        properties["category"] = reference_schema("category")
    return {"type": "object", "properties": properties, "required": list(properties)}


def _plain(number: Any) -> int | float | None:
    """Return a Decimal as a JSON number; six decimals of nine digits survive as a float."""
    if number is None:
        return None
    return int(number) if number == int(number) else float(number)


def describe_date(edtf: str) -> dict[str, Any] | None:
    """Return what a document says of a partial date; None where it is unknown."""
    partial = partial_dates.parse(edtf)
    if not partial.edtf:
        return None
    days = (day.isoformat() if day else None for day in (partial.earliest, partial.latest))
    return dict(zip(("edtf", "earliest", "latest"), (partial.edtf, *days), strict=True))


def describe_quantity(text: str) -> dict[str, Any]:
    """Return what a document says of a quantity."""
    quantity = quantities.parse(text)
    return {
        "qualifier": quantity.qualifier, "low": _plain(quantity.low), "high": _plain(quantity.high),
        "text": str(quantity),
    }  # fmt: skip


class _TextField(serializers.Field):
    """A value that people write as text, and documents spell out as an object."""

    key = ""

    def to_internal_value(self, data: Any) -> str:
        text = data.get(self.key) if isinstance(data, dict) else data
        if isinstance(text, bool) or not isinstance(text, (str, int, float)):
            raise serializers.ValidationError(
                _("Write this as text; found %(found)s.") % {"found": type(text).__name__}
            )
        return self.parse(str(text))

    def parse(self, text: str) -> str:
        raise NotImplementedError


@extend_schema_field(_DATE_SCHEMA)
class PartialDate(_TextField):
    """A partial date; null is unknown."""

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
        try:
            return partial_dates.parse(text).edtf
        except partial_dates.DateError as error:
            raise serializers.ValidationError(str(error)) from error


@extend_schema_field(_QUANTITY_SCHEMA)
class Quantity(_TextField):
    """A quantity with its qualifier."""

    key = "text"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**({"required": False} | kwargs))

    def to_representation(self, value: str) -> dict[str, Any]:
        return describe_quantity(value)

    def parse(self, text: str) -> str:
        try:
            return str(quantities.parse(text))
        except quantities.QuantityError as error:
            raise serializers.ValidationError(str(error)) from error


@extend_schema_field({**_QUANTITY_SCHEMA, "nullable": True})
class OwnQuantity(Quantity):
    """A quantity that may be left to the item; null is not stated here."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**({"allow_null": True} | kwargs))

    def to_representation(self, value: str) -> dict[str, Any] | None:  # type: ignore[override]
        return describe_quantity(value) if value else None

    def validate_empty_values(self, data: Any) -> tuple[bool, Any]:
        if data is None or data == "":
            return True, ""
        return super().validate_empty_values(data)


class PartNumber(serializers.IntegerField):
    """An item or entry of the same pledge, by its number."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**(kwargs | {"required": False, "allow_null": True, "min_value": 1, "max_value": 32767}))


class Choice(serializers.ChoiceField):
    """One of a few words; the error for another names them."""

    def fail(self, key: str, **kwargs: Any) -> NoReturn:
        """Raise the error `key`."""
        if key == "invalid_choice":
            words = {"found": str(kwargs["input"])[:40], "allowed": ", ".join(map(str, self.choices))}
            raise serializers.ValidationError(_("“%(found)s” is unknown; allowed are: %(allowed)s.") % words)
        super().fail(key, **kwargs)


class Reference(serializers.RelatedField):
    """Another record, by public id and name. Written as `"DEU"` or `{"id": "DEU"}`."""

    def __init__(self, model: type[Record] | None = None, **kwargs: Any) -> None:
        # DRF makes the child of a many=True field from the keyword arguments alone.
        self.model = model
        if model is not None and not kwargs.get("read_only"):
            kwargs["queryset"] = model._default_manager.all()
        super().__init__(**kwargs)

    @property
    def kind(self) -> str:
        assert self.model is not None
        return self.model.kind

    def use_pk_only_optimization(self) -> bool:
        return False

    def to_representation(self, value: Any) -> dict[str, Any]:
        return reference_to(value)

    def to_internal_value(self, data: Any) -> Record:
        assert self.model is not None
        found = data.get("id") if isinstance(data, dict) else data
        if not isinstance(found, str) or "\0" in found:
            raise serializers.ValidationError(
                _("Name a %(kind)s by its id; found %(found)s.")
                % {"kind": self.model._meta.verbose_name, "found": str(found)[:60].replace("\0", "")}
            )
        record = self.model.named(found)
        if record is None:
            raise serializers.ValidationError(self._unknown(found))
        return record

    def _unknown(self, found: str) -> str:
        assert self.model is not None
        known = dict(self.model._default_manager.values_list("public_id", "name"))
        labels = [f"{name} ({public_id})" for public_id, name in known.items()]
        message = _("There is no %(kind)s “%(found)s”.") % {
            "kind": self.model._meta.verbose_name, "found": found[:60],
        }  # fmt: skip
        near = nearest(found[:60], labels)
        return f"{message} " + _("Nearest: %(near)s.") % {"near": ", ".join(near)} if near else message


def category_path(category: Any) -> list[str]:
    """Return the public ids from the root of the tree down to `category`."""
    path: list[str] = []
    while category is not None and category.public_id not in path:
        path.insert(0, category.public_id)
        category = category.parent
    return path


def reference_to(record: Any) -> dict[str, Any]:
    """Return what a document says of another record: id and name, and where it stands in the tree."""
    reference: dict[str, Any] = {"id": record.public_id, "name": record.name}
    if record.kind == "category":
        reference["path"] = category_path(record)
    if record.kind == "platform":
        reference["category"] = reference_to(record.category)
    return reference


def reference_from(kind: str, document: dict[str, Any]) -> dict[str, Any]:
    """Return what other documents say of the record that `document` describes."""
    keys = {"category": ("path",), "platform": ("category",)}.get(kind, ())
    return {key: document[key] for key in ("id", "name", *keys)}


class Aliases(serializers.ListField):
    """The other names of a record, in alphabetical order."""

    child = serializers.CharField(max_length=250)

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**({"required": False, "max_length": 200} | kwargs))

    def to_representation(self, data: Any) -> list[str]:
        return sorted(alias.name for alias in data.all())

    def to_internal_value(self, data: Any) -> list[str]:
        names = super().to_internal_value(data)
        if len({fold(name) for name in names}) != len(names):
            raise serializers.ValidationError(_("The same alias stands here twice."))
        return names
