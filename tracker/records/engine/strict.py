"""Refusing what a serializer would pass over in silence: misspelt keys, and values of another type."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from rest_framework import serializers

from tracker.lib.column_types import BOOLEAN, INTEGER, TEXT
from tracker.records.engine.value_types import each_of, type_of


def refuse_unknown(serializer: serializers.BaseSerializer, data: Any, also: tuple[str, ...] = ()) -> None:
    """Raise ValidationError where `data` is no object, or has what `serializer` would not look at.

    What is only read, and the keys in `also`, may be there. The error names each place by its path.
    """
    if not isinstance(data, dict):
        raise serializers.ValidationError(_("Write an object."))
    problems = _in_object(serializer, data, also)
    if problems:
        raise serializers.ValidationError(problems)


def _in_object(serializer: Any, data: Any, also: tuple[str, ...] = ()) -> dict[str, Any]:
    if not isinstance(data, dict):
        return {}
    problems: dict[str, Any] = {}
    for key, value in data.items():
        field = serializer.fields.get(key)
        if field is None and key not in also:
            problems[key[:60]] = [_unknown(serializer.fields)]
        elif field is not None and not field.read_only and value is not None:
            found = _in_value(field, value)
            if found:
                problems[key] = found
    return problems


def _in_value(field: serializers.Field, value: Any) -> Any:
    """Return what is wrong with the type or the keys of one value; something empty where nothing is."""
    each = each_of(field)
    if each is not None:
        return _in_rows([_in_value(each, row) for row in value] if isinstance(value, list) else [])
    if hasattr(field, "fields"):
        return _in_object(field, value)
    known: tuple[str, ...] = getattr(field, "keys", ())
    if isinstance(value, dict) and known:
        return {key[:60]: [_unknown(known)] for key in value if key not in known}
    right, words = _TYPES.get(type_of(field) or "", (object, None))
    if words and (not isinstance(value, right) or (isinstance(value, bool) and right is not bool)):
        return [_("Write %(right)s; found %(found)s.") % {"right": words, "found": _shown(value)}]
    return None


def _in_rows(rows: list[Any]) -> list[Any]:
    """Return the problems of rows, up to the last that has one."""
    if not any(rows):
        return []
    last = max(position for position, row in enumerate(rows) if row)
    return [row or {} for row in rows[: last + 1]]


# REST framework would take the text "4" for a number, and the number 4 for a text.
_TYPES: dict[str, tuple[Any, Any]] = {
    INTEGER: ((int, float), gettext_lazy("a number")),
    BOOLEAN: (bool, gettext_lazy("true or false")),
    TEXT: (str, gettext_lazy("text")),
}


def _unknown(known: Any) -> str:
    if not known:
        return _("There is no such field; none is taken here.")
    return _("There is no such field; known are: %(known)s.") % {"known": ", ".join(known)}


def _shown(value: Any) -> str:
    names = {dict: _("an object"), list: _("a list"), bool: _("true or false"), str: _("text"), type(None): "null"}
    return str(names.get(type(value), _("a number")))
