"""What records are called in the language of the page: states as the CLDR has them, all else as the register does."""

from typing import Any

from babel.core import get_global
from django.conf import settings
from django.utils.translation import get_language

from tracker.records import words

_TERRITORIES: Any = get_global("territory_aliases")


def name_of(kind: str, public_id: str, name: str) -> str:
    """Return the name of a record: the register's own is English, and of a state, by its letters, there are others."""
    if kind != "party" or get_language() == settings.LANGUAGE_CODE:
        return name
    code = (_TERRITORIES.get(public_id) or [public_id])[0]
    return str(words.locale().territories.get(code, name))


def of_party(reference: dict[str, Any] | None) -> str:
    """Return the name of a party that a document refers to; empty where it refers to none."""
    return name_of("party", reference["id"], reference["name"]) if reference else ""
