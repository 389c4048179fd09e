"""What records are called by, and what their documents are, before anybody asks which kind."""

from typing import Any

Document = dict[str, Any]
"""A record as JSON: what its serializer gives, and can write back."""

Key = tuple[str, str]
"""Kind and public id: what names one record for good."""
