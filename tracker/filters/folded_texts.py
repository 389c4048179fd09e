"""Searching columns that hold texts as people wrote them, whatever the case and the accents."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Q, QuerySet

from tracker.lib.text import fold
from tracker.models.key_lists import Listed

_ACCENTED = r"[^ -_a-~]|  "
"""What folding changes but for case: all but ASCII, of which it changes the backtick, and spaces in a row."""


def holding(queryset: QuerySet[Any], fields: Sequence[str], words: Sequence[str]) -> QuerySet[Any]:
    """Return the rows that hold each of the folded `words` in one of the text columns `fields`.

    A database folds no accents: the rows that have any are folded here. For tables where these are few.
    """
    if not words:
        return queryset
    accented = Q()
    for field in fields:
        accented |= Q(**{f"{field}__regex": _ACCENTED})
    rows = queryset.filter(accented).order_by().values_list("pk", *fields)
    folded = [(pk, [fold(text or "") for text in texts]) for pk, *texts in rows]
    for word in words:
        found = Q(pk__in=Listed(pk for pk, texts in folded if any(word in text for text in texts)))
        for field in fields:
            found |= Q(**{f"{field}__icontains": word})
        queryset = queryset.filter(found)
    return queryset
