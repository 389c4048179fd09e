"""What type of value a field of a serializer has, ours and REST framework's own alike, whose classes are not ours."""

from typing import Any

from rest_framework import serializers

from tracker.lib.column_types import BOOLEAN, DATE, DECIMAL, INTEGER, MOMENT, TEXT

_TYPES: tuple[tuple[type[serializers.Field], str], ...] = (
    (serializers.IntegerField, INTEGER), (serializers.FloatField, DECIMAL), (serializers.DecimalField, DECIMAL),
    (serializers.BooleanField, BOOLEAN), (serializers.DateTimeField, MOMENT), (serializers.DateField, DATE),
    (serializers.CharField, TEXT),
)  # fmt: skip


def type_of(field: Any) -> str | None:
    """Return the type of a field's values, such as `integer`; None for what is none of these, such as a choice.

    `field` is one, or its class.
    """
    class_ = field if isinstance(field, type) else type(field)
    return next((type_ for each, type_ in _TYPES if issubclass(class_, each)), None)


def each_of(field: Any) -> Any:
    """Return the field of each value where a field has a list of them, else None."""
    return getattr(field, "child_relation", None) or getattr(field, "child", None)
