"""Query parameters: each is known, given once, and readable, or the answer is a 400 that says what would be."""

from collections.abc import Iterable
from functools import partial

from rest_framework.request import Request

from tracker.api.protocol.mistakes import instead_of
from tracker.filters.parameters import check_given

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
        request._request.GET = joined  # type: ignore[assignment]  # as good, and not yet frozen


def check_parameters(request: Request, allowed: Iterable[str]) -> None:
    """Raise ValidationError for a parameter that is not among `allowed`, given twice, or has a null character."""
    check_given(dict(request.query_params.lists()), allowed, instead=partial(instead_of, request))
