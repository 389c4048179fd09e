"""What REST framework refuses, as one text."""

from typing import Any


def in_words(detail: Any) -> str:
    """Return the messages of a refusal of REST framework, one after the other, without the names of fields."""
    if isinstance(detail, dict):
        return " ".join(filter(None, map(in_words, detail.values())))
    return " ".join(filter(None, map(in_words, detail))) if isinstance(detail, list) else str(detail)
