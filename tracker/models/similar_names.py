"""Which records to compare with a name that none has: enough to find what was meant, and never a whole large table."""

from typing import TypeVar

from django.db.models import Model, Q, QuerySet

from tracker.lib.text import fold

MOST_COMPARED = 2_000
"""How many names are compared with one: that takes a few milliseconds."""
_BEGINNING = 2

_Row = TypeVar("_Row", bound=Model)


def alike(rows: QuerySet[_Row], found: str, *, names: str = "") -> QuerySet[_Row]:
    """Return the rows to compare with `found`, in order, MOST_COMPARED at most.

    All where they are few; of very many, those whose id, or a word of whose folded name in the column `names`,
    begins alike.
    """
    if rows[MOST_COMPARED:].exists():
        start = fold(found)[:_BEGINNING]
        begins = Q(public_id__istartswith=start)
        if names:
            begins |= Q(**{f"{names}__startswith": start}) | Q(**{f"{names}__contains": f" {start}"})
        rows = rows.filter(begins)
    return rows[:MOST_COMPARED]
