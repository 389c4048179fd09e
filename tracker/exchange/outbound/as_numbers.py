"""Exact decimals as numbers in JSON, for those who ask: as text, which is the default, no reader rounds them."""

import re
from collections.abc import Callable, Collection
from typing import Any

from orjson import Fragment
from rest_framework import serializers

from tracker.lib import canonical

TEXT, NUMBER = "text", "number"
"""The forms of decimals."""

OF_THE_LEDGER = frozenset({"amount", "eur", "usd", "currency", "adds"})
"""Numbers that rows of the ledger and their rates write as text. A code, such as EUR, is no number and stays."""

OF_CELLS, OF_CHANGES = frozenset({"value", "values"}), frozenset({"before", "after", "difference"})

_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?", re.ASCII)


def decimal_names(serializer: Any) -> frozenset[str]:
    """Return the names of the fields of a document, and of its parts, that write exact decimals as text."""
    found = set[str]()
    for name, field in serializer.fields.items():
        inner = getattr(field, "row", None) or field
        if isinstance(inner, serializers.Serializer):
            found |= decimal_names(inner)
        elif isinstance(field, serializers.DecimalField):
            found.add(name)
    return frozenset(found)


def as_numbers(document: Any, names: Collection[str]) -> Any:
    """Return a document with the texts under `names` as numbers, to the same digits."""
    plain = canonical.load(document if isinstance(document, str) else canonical.pack(document))
    return _converted(plain, names, _same)


def _converted(value: Any, names: Collection[str], of: Callable[[Any], Any]) -> Any:
    if isinstance(value, dict):
        return {name: _converted(inner, names, _number if name in names else _same) for name, inner in value.items()}
    if isinstance(value, list):
        return [_converted(inner, names, of) for inner in value]
    return of(value)


def _same(value: Any) -> Any:
    return value


def _number(value: Any) -> Any:
    """Return a text that is a number as one, in its own digits; all else as it is."""
    return Fragment(value) if isinstance(value, str) and _NUMBER.fullmatch(value) else value
