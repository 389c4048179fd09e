"""What changed in a list between two moments: rows that entered it, and rows that left it."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet


def changes(
    then: QuerySet[Any], now: QuerySet[Any], *, identity: Sequence[str], since: dt.datetime | None = None
) -> QuerySet[Any]:
    """Return the rows of `now` that are not in `then`, and those of `then` that no row of `now` has followed.

    Rows of the shelf never change, so that these are all the changes. A row's successor is the one that is like
    it in the columns of `identity`. Each row has `is_gone`: whether it is not in `now`. `since` is the moment of
    `then`, where a row is in the list for as long as it stands, which is found out faster.
    """
    if since is None:
        return _of_sets(then, now, identity[-1])
    # Both bounds begin a range of an index; that `then` stood until later, SQLite cannot look up.
    entered, then = now.filter(recorded_from__gt=since), then.filter(recorded_to__gt=since)
    successor = now.filter(**{name: OuterRef(name) for name in identity})
    left = then.filter(~Exists(successor))
    both = _keys(entered).union(_keys(left), all=True)
    return _all_of(then).filter(pk__in=both).annotate(is_gone=~Exists(now.filter(pk=OuterRef("pk"))))


def _of_sets(then: QuerySet[Any], now: QuerySet[Any], identity: str) -> QuerySet[Any]:
    """Return the same of lists that a filter or other rows narrow: such a list is worked out once, not once a row."""
    entered = _keys(now).difference(_keys(then))
    lost = then.order_by().values(identity).difference(now.order_by().values(identity))
    left = then.filter(**{f"{identity}__in": lost})
    is_gone = ExpressionWrapper(~Q(pk__in=_keys(now)), BooleanField())
    return _all_of(then).filter(Q(pk__in=entered) | Q(pk__in=_keys(left))).annotate(is_gone=is_gone)


def _keys(rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows.order_by().values("pk")


def _all_of(rows: QuerySet[Any]) -> QuerySet[Any]:
    found: QuerySet[Any] = rows.model._default_manager.all()
    return found
