"""Paging by cursor: neither loses nor repeats a row, at any depth, pinned to the moment of the first page."""

import base64
import binascii
import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from django.core.exceptions import ValidationError
from django.db import connection
from django.db.models import F, Model, OrderBy, Q, QuerySet, Value
from django.db.models.functions import Coalesce, Collate
from django.utils.translation import gettext as _

DEFAULT_LIMIT, MAX_LIMIT = 100, 500
MOST_OF_A_FILE = 10_000_000
"""How many rows a file can be cut after; one without a limit has all."""

PUBLIC_ID = "public_id"


@dataclass(frozen=True)
class Cursor:
    """Where a page starts: the sort values of the row before it (or after it, going backwards).

    `moment` is the publishing that the whole crawl reads as of; None only where nothing is published.
    """

    ordering: str
    moment: str
    values: tuple[Any, ...]
    backwards: bool = False

    def encode(self) -> str:
        """Return the cursor as it stands in an address."""
        packed = orjson.dumps([self.ordering, self.moment, list(self.values), self.backwards])
        return base64.urlsafe_b64encode(packed).decode().rstrip("=")


def decode(text: str) -> Cursor:
    """Return the cursor in an address; raises ValidationError where it is none."""
    try:
        packed = base64.urlsafe_b64decode(text.encode("ascii", "replace") + b"=" * (-len(text) % 4))
        ordering, moment, values, backwards = orjson.loads(packed)
        # A moment without a zone, or one that no other zone has, is none that `encode` wrote.
        if dt.datetime.fromisoformat(moment).astimezone(dt.UTC).isoformat() != moment:
            raise ValueError
        if not (isinstance(ordering, str) and isinstance(backwards, bool) and _are_sort_values(values)):
            raise ValueError
    except (ValueError, TypeError, OverflowError, binascii.Error):
        raise ValidationError(
            {"cursor": [_("This is no cursor; take it from `next` or `previous` of an answer.")]}
        ) from None
    return Cursor(ordering, moment, tuple(values), backwards)


def _are_sort_values(values: Any) -> bool:
    return isinstance(values, list) and len(values) == 2 and all(
        isinstance(value, str) and "\0" not in value for value in values
    )  # fmt: skip


def parse_limit(text: str | None, most: int = MAX_LIMIT, hint: str = "") -> int:
    """Return how many rows a page or a file has; raises ValidationError outside 1 to `most`, with `hint`."""
    return parse_whole({} if text is None else {"limit": text}, "limit", DEFAULT_LIMIT, most, hint)


def parse_whole(params: Mapping[str, str], name: str, usual: int, most: int, hint: str = "") -> int:
    """Return the number of a parameter, `usual` where it is not given.

    Raises ValidationError outside 1 to `most`, which says `hint`, too.
    """
    text = params.get(name)
    if text is None:
        return usual
    if not (re.fullmatch(r"[0-9]{1,9}", text) and 1 <= int(text) <= most):
        words = {"most": most, "found": text[:20]}
        message = _("Write a number from 1 to %(most)s; found “%(found)s”.") % words
        raise ValidationError({name: [f"{message}{hint}"]})
    return int(text)


@dataclass(frozen=True)
class Order:
    """One way to order a list: by a column, and by a unique one where that ties.

    `instead` is the column to take where that is null, and `empty` stands in for null, so that
    every row has a place.
    """

    column: str
    instead: str | None = None
    empty: Any = None

    @property
    def key(self) -> Any:
        """The expression to sort by, which is never null."""
        if self.empty is None:
            return F(self.column)
        columns = [self.column] if self.instead is None else [self.column, self.instead]
        return Coalesce(*columns, Value(self.empty))


@dataclass(frozen=True)
class Page:
    """One page of rows, and the cursors to its neighbours."""

    rows: list[Any]
    next: str | None
    previous: str | None


def page_of(
    queryset: QuerySet[Any], *, orders: dict[str, Order], ordering: str, unique: str, limit: int, moment: dt.datetime,
    cursor: Cursor | None, columns: Sequence[str] = (),
) -> Page:  # fmt: skip
    """Return the page of `queryset` at `cursor`, ordered by `ordering` (`-` for descending).

    `unique` is a column in which no two rows of the list are alike. Rows are tuples that have `columns` by
    name, which are read faster than objects; objects where there are none. Raises ValidationError where the
    cursor does not fit.
    """
    backwards = cursor is not None and cursor.backwards
    descending = ordering.startswith("-") != backwards
    order = orders[ordering.lstrip("-")]
    keys = list(dict.fromkeys([order.column, unique]))
    if order.empty is not None:
        keys[0] = "sort_key"
        queryset = queryset.annotate(sort_key=order.key)
    try:
        if cursor is not None:
            queryset = queryset.filter(_beyond(cursor, descending, keys))
        queryset = queryset.order_by(*(f"-{key}" if descending else key for key in keys))
        if columns:
            named = dict.fromkeys([*columns, *keys, *queryset.query.annotation_select])
            queryset = queryset.values_list(*named, named=True)
        rows = list(queryset[: limit + 1])
    except (ValueError, TypeError, ValidationError):
        raise ValidationError({"cursor": [_("This cursor belongs to another list.")]}) from None
    more, rows = len(rows) > limit, rows[:limit]
    if backwards:
        rows.reverse()

    def at(row: Model, going_back: bool) -> str:
        values = (_text(getattr(row, keys[0])), _text(getattr(row, keys[-1])))
        return Cursor(ordering, moment.isoformat(), values, going_back).encode()

    onwards = rows and (more or backwards)
    back = rows and (cursor is not None if not backwards else more)
    return Page(rows, at(rows[-1], False) if onwards else None, at(rows[0], True) if back else None)


def in_order(queryset: QuerySet[Any], *, order: Order, descending: bool, unique: str) -> QuerySet[Any]:
    """Return all rows of a list in their order; public ids by their bytes, whatever the language of the database."""
    keys = [_by_bytes(order.column) if order.column == PUBLIC_ID else order.key, _by_bytes(unique)]
    return queryset.order_by(*(OrderBy(key, descending=descending) for key in keys))


def _by_bytes(column: str) -> Any:
    # SQLite compares bytes anyway; on PostgreSQL the indexes keep the database's own order.
    wants_collation = column == PUBLIC_ID and connection.vendor == "postgresql"
    return Collate(column, "C") if wants_collation else F(column)


def _text(value: Any) -> str:
    return value.isoformat() if isinstance(value, (dt.date, dt.datetime)) else str(value)


def _beyond(cursor: Cursor, descending: bool, keys: list[str]) -> Q:
    """Return the condition that a row comes after the cursor's; raises ValueError for a cursor of other keys."""
    key, last = cursor.values
    word = "lt" if descending else "gt"
    first, unique = keys[0], keys[-1]
    if first == unique:
        if key != last:
            raise ValueError("one key, and two values")
        return Q(**{f"{unique}__{word}": last})
    # The bound alone is what an index can begin at; without it all rows before are read, too.
    bound = Q(**{f"{first}__{word}e": key})
    return bound & (Q(**{f"{first}__{word}": key}) | Q(**{first: key, f"{unique}__{word}": last}))
