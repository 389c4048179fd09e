"""Query parameters: each is known, given once, and readable, or the answer is a 400 that says what would be."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from rest_framework.request import Request

from tracker.api.protocol.mistakes import instead_of
from tracker.filters.parameters import refuse
from tracker.lib.text import nearest

LISTS = frozenset({"fields", "rows", "columns"})
"""The parameters that take several values, beside filters that do."""


def join_lists(request: Request, lists: Iterable[str]) -> None:
    """Make one value, with commas, of those of a parameter that takes several: `a=1&a=2` asks what `a=1,2` asks."""
    given = request.query_params
    several = [name for name in lists if len(given.getlist(name)) > 1]
    if several:
        joined = given.copy()
        for name in several:
            joined[name] = ",".join(given.getlist(name))
        request._request.GET = joined  # type: ignore[assignment]


def check_parameters(request: Request, allowed: Iterable[str]) -> None:
    """Raise ValidationError for a parameter that is not among `allowed`, given twice, or has a null character."""
    allowed = set(allowed)
    for name, values in request.query_params.lists():
        if name not in allowed:
            allowed = sorted(allowed)
            if instead := instead_of(request, name, allowed):
                refuse(name[:60].replace("\0", ""), _("Unknown parameter. %s") % instead)
            near = nearest(name[:60], allowed, limit=1)
            hint = _(" Did you mean %s?") % near[0] if near else ""
            words = {"hint": hint, "allowed": ", ".join(allowed) or _("none")}
            refuse(name[:60].replace("\0", ""), _("Unknown parameter.%(hint)s Allowed are: %(allowed)s.") % words)
        if len(values) > 1:
            refuse(name, _("Given twice; it takes one value."))
        if "\0" in values[0]:
            refuse(name, _("Null characters are not allowed."))
