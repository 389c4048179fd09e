"""What changed in a list between two moments: rows that entered it, and rows that left it."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet


def changes(
    then: QuerySet[Any], now: QuerySet[Any], *, identity: Sequence[str], since: dt.datetime | None = None
) -> QuerySet[Any]:
    """Return the rows of `now` that are not in `then`, and those of `then` that no row of `now` has followed.

    Rows of the shelf never change, so that these are all the changes. A row's successor is the one that is like
    it in the columns of `identity`. Each row has `is_gone`: whether it is not in `now`. `since` is the moment of
    `then`, where a row is in the list for as long as it stands, which is found out faster.
    """
    if since is None:
        entered = now.filter(~Exists(then.filter(pk=OuterRef("pk"))))
    else:
        entered, then = now.filter(recorded_from__gt=since), then.filter(recorded_to__isnull=False)
    successor = now.filter(**{name: OuterRef(name) for name in identity})
    left = then.filter(~Exists(successor))
    both = entered.order_by().values("pk").union(left.order_by().values("pk"), all=True)
    return then.model._default_manager.filter(pk__in=both).annotate(is_gone=~Exists(now.filter(pk=OuterRef("pk"))))
