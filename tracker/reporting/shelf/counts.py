"""How many rows a list has: from the stored counts where they say so, else counted; and checking the stored counts."""

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

from django.db.models import QuerySet, Sum
from django.utils.translation import gettext as _

from tracker.ledger import counts
from tracker.models import ListCount
from tracker.reporting.shelf import moments

StoredCount = tuple[QuerySet[Any], str]
"""Stored rows, and the column whose sum is the count."""

Counting = Callable[[], int]
"""What counts the rows of a list when it is called."""


def count(rows: QuerySet[Any], moment: dt.datetime, stored: StoredCount | None = None) -> int:
    """Return how many `rows` stand at `moment`; `stored` says how many do now.

    A stored count says nothing of when: it holds where nothing was published after `moment`, nor while it was read.
    """
    if stored is not None:
        stored_rows, column = stored
        number: int = stored_rows.aggregate(number=Sum(column, default=0))["number"]
        if moments.newest() == moment:
            return number
    return rows.count()


def of_kind(kind: str) -> StoredCount:
    """Return the counts of all records of one kind."""
    return ListCount.objects.filter(kind=kind, contributor="", category=""), "records"


def differences() -> Iterator[str]:
    """Yield where a stored count is not what stands on the shelf."""
    found, right = counts.stored(), counts.computed()
    for row in sorted(found ^ right, key=str):
        *of, number = row
        words = {"list": " ".join(str(each) for each in of if each), "number": number}
        if row in right:
            yield _("count of a list: %(list)s: %(number)s is missing") % words
        else:
            yield _("count of a list: %(list)s: %(number)s should not be there") % words
