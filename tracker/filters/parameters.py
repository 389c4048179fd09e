"""Parameters of addresses that are no filters: each is readable, or refused with what would be right."""

from collections.abc import Iterable, Mapping
from typing import NoReturn

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

Params = Mapping[str, str]
"""Parameters of an address, each with one value; several are joined by commas."""


def refuse(parameter: str, message: str) -> NoReturn:
    """Raise the ValidationError that says what is wrong with one parameter."""
    raise ValidationError({parameter: [message]})


def choice(params: Params, name: str, allowed: Iterable[str]) -> str | None:
    """Return the value of a parameter that has few; raises ValidationError for another."""
    value = params.get(name)
    allowed = list(allowed)
    if value is not None and value not in allowed:
        words = {"found": value[:40], "allowed": ", ".join(allowed)}
        refuse(name, _("“%(found)s” is unknown; allowed are: %(allowed)s.") % words)
    return value
