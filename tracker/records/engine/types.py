"""The types that code for every kind of record shares: a record as a document, and the key that names it."""

from typing import Any

Document = dict[str, Any]
"""A record as JSON: what its serializer gives, and can write back."""

Key = tuple[str, str]
"""Kind and public id: what names one record for good."""
