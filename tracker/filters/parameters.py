"""Parameters of addresses that are no filters: each is readable, or refused with what would be right."""

from collections.abc import Iterable, Mapping
from typing import NoReturn

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from tracker.lib.newcomers import likeliest

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
        refuse(name, unknown_word(value, allowed))
    return value


def unknown_word(found: str, allowed: list[str]) -> str:
    """Return what to say of a word that is none of a few: which was meant, and all that there are."""
    words = {"found": found[:40], "allowed": ", ".join(allowed), "meant": likeliest(found, allowed)}
    if words["meant"]:
        return _("“%(found)s” is unknown; did you mean %(meant)s? Allowed are: %(allowed)s.") % words
    return _("“%(found)s” is unknown; allowed are: %(allowed)s.") % words


def nothing_between(low: object, high: object) -> str:
    """Return what to say of two bounds between which nothing lies, as the first is above the second."""
    return _("Nothing is %(low)s or more and %(high)s or less: swap the two.") % {"low": low, "high": high}
