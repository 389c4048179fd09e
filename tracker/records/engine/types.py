"""The types that code for every kind of record shares: a record as a document, and the key that names it."""

from collections.abc import Iterable
from typing import Any

Document = dict[str, Any]
"""A record as JSON: what its serializer gives, and can write back."""

Key = tuple[str, str]
"""Kind and public id: what names one record for good."""


def by_kind(keys: Iterable[Key]) -> dict[str, list[str]]:
    """Return the public ids of each kind, in order."""
    found: dict[str, list[str]] = {}
    for kind, public_id in sorted(set(keys)):
        found.setdefault(kind, []).append(public_id)
    return found
