"""Keeping how people look at lists: the columns that they choose, and filters under a name."""

from collections.abc import Sequence
from urllib.parse import parse_qsl, urlencode

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from tracker.curation.errors import CurationError, NotAllowed
from tracker.models import ListColumns, SavedFilter
from tracker.models.review.lists import QUERY_LENGTH

NOT_KEPT = frozenset({"p", "e", "all", "_popup", "_to_field", "_facets", "_changelist_filters"})
"""Parameters of the address of a list that filter nothing: its page, and how it was opened."""
MOST_FILTERS = 50
"""How many filters one person keeps for one list."""


@transaction.atomic
def choose_columns(*, user: User, listed: str, columns: Sequence[str]) -> None:
    """Keep the columns that a person chose for a list; without any, the list has those that it comes with."""
    if columns:
        ListColumns.objects.update_or_create(user=user, listed=listed, defaults={"columns": list(columns)})
    else:
        ListColumns.objects.filter(user=user, listed=listed).delete()


@transaction.atomic
def save_filter(*, owner: User, listed: str, name: str, query: str, is_shared: bool) -> SavedFilter:
    """Keep a filter under a name; one of the same name and owner is replaced. Raises CurationError."""
    query = kept_query(query)
    name = _named(name, query)
    own = SavedFilter.objects.filter(owner=owner, listed=listed)
    if own.exclude(name=name).count() >= MOST_FILTERS:
        raise CurationError(_("You keep %s filters in this list: remove one first.") % MOST_FILTERS)
    saved, _created = SavedFilter.objects.update_or_create(
        owner=owner, listed=listed, name=name, defaults={"query": query, "is_shared": is_shared}
    )
    return saved


def kept_query(query: str) -> str:
    """Return the query of a list with what it is filtered, searched and ordered by, and nothing else."""
    return urlencode([(name, value) for name, value in parse_qsl(query) if name not in NOT_KEPT])


def _named(name: str, query: str) -> str:
    """Return the name of a filter as it is kept; raises CurationError without one, and where nothing is asked."""
    name = " ".join(name.split())[:60]
    if not name:
        raise CurationError(_("Give the filter a name."))
    if not query or len(query) > QUERY_LENGTH:
        raise CurationError(_("Filter, search or order the list first: that is what is saved."))
    return name


@transaction.atomic
def change_filter(
    *, saved: SavedFilter, by: User, name: str | None = None, query: str | None = None, is_shared: bool | None = None
) -> SavedFilter:  # fmt: skip
    """Change what is given of a filter that is kept under a name. Raises NotAllowed or CurationError."""
    found = SavedFilter.objects.select_for_update(of=("self",)).select_related("owner").filter(pk=saved.pk).first()
    if found is None:
        raise CurationError(_("The filter “%s” was removed meanwhile.") % saved.name)
    saved = found
    if saved.owner_id != by.pk:
        raise NotAllowed(_("Only %s changes this filter.") % saved.owner)
    saved.query = saved.query if query is None else kept_query(query)
    saved.name = _named(saved.name if name is None else name, saved.query)
    saved.is_shared = saved.is_shared if is_shared is None else is_shared
    same = SavedFilter.objects.filter(owner=by, listed=saved.listed, name=saved.name).exclude(pk=saved.pk)
    if same.exists():
        raise CurationError(_("You have a filter of this name in this list."))
    saved.save(update_fields=["name", "query", "is_shared"])
    return saved


@transaction.atomic
def remove_filter(*, saved: SavedFilter, by: User) -> None:
    """Remove a filter that is kept under a name. Raises NotAllowed where it is somebody else's."""
    if saved.owner_id != by.pk:
        raise NotAllowed(_("Only %s removes this filter.") % saved.owner)
    saved.delete()
