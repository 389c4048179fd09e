"""Parameters of addresses that are no filters: each is readable, or refused with what would be right."""

from collections.abc import Callable, Container, Iterable, Mapping, Set
from typing import NoReturn

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from tracker.lib.accepted_spellings import likeliest, parameters_meant
from tracker.lib.text import nearest

Params = Mapping[str, str]
"""Parameters of an address, each with one value; several are joined by commas."""


def refuse(parameter: str, message: str) -> NoReturn:
    """Raise the ValidationError that says what is wrong with one parameter."""
    raise ValidationError({parameter: [message]})


def others_meant(name: str, allowed: Set[str]) -> str:
    """Return what to ask in place of a parameter that there is not; nothing where nobody can tell."""
    meant = parameters_meant(name, allowed)
    return _("Ask for %s instead.") % _(" and ").join(meant) if meant else ""


def check_once(name: str, values: list[str]) -> None:
    """Raise ValidationError for a parameter of one value that is given several times: none of them goes before."""
    if len(values) > 1:
        refuse(name, _("Given twice; it takes one value."))


def check_given(
    given: Mapping[str, list[str]], allowed: Iterable[str], *, lists: Container[str] = (),
    instead: Callable[[str, Set[str]], str] = others_meant,
) -> None:  # fmt: skip
    """Raise ValidationError for a parameter that is not among `allowed`, given twice, or has a null character.

    Those of `lists` may be given several times. `instead` says what to ask in place of one that there is not.
    """
    allowed = set(allowed)
    for name, values in given.items():
        if name not in allowed:
            refuse(name[:60].replace("\0", ""), _unknown_name(name, allowed, instead(name, allowed)))
        if name not in lists:
            check_once(name, values)
        if any("\0" in value for value in values):
            refuse(name, _("Null characters are not allowed."))


def _unknown_name(name: str, allowed: Set[str], instead: str) -> str:
    """Return what to say of a parameter that there is not."""
    if instead:
        return _("Unknown parameter. %s") % instead
    near = nearest(name[:60], sorted(allowed), limit=1)
    hint = _(" Did you mean %s?") % near[0] if near else ""
    words = {"hint": hint, "allowed": ", ".join(sorted(allowed)) or _("none")}
    return _("Unknown parameter.%(hint)s Allowed are: %(allowed)s.") % words


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
