"""Keeping roll-ups in step with the ledger: what a publishing opens is added, and what it closes is taken away."""

import datetime as dt
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import Expression, F, Q, QuerySet, Sum, Value

from tracker.lib import quantities
from tracker.models import ROLL_UPS, Contribution, RollUp

UNKNOWN_QUANTITY = Q(quantity_qualifier__in=(quantities.UNKNOWN, quantities.WITHHELD))
INEXACT_QUANTITY = Q(quantity_qualifier__in=(quantities.ABOUT, quantities.AT_LEAST, quantities.UP_TO, quantities.RANGE))


def no_rate(cents: str) -> Q:
    """Return what rows fulfil that state an amount and have none in the column `cents`, for lack of a rate."""
    return Q(amount_minor__isnull=False) & Q(**{f"{cents}__isnull": True})


_COUNTED = {
    "contributions": Q(),
    "eur_known": Q(eur_cents__isnull=False),
    "eur_no_rate": no_rate("eur_cents"),
    "usd_known": Q(usd_cents__isnull=False),
    "usd_no_rate": no_rate("usd_cents"),
    "quantity_known": Q(quantity_millionths__isnull=False),
    "unknown_quantity": UNKNOWN_QUANTITY,
    "estimated": Q(is_estimated=True),
    "provisional": Q(is_provisional=True),
    "inexact": INEXACT_QUANTITY,
    "no_month": Q(month=""),
}
_MARK = dt.datetime(2, 2, 2, 2, 2, 2, tzinfo=dt.UTC)
"""Stands in statements that are made once for the moment of a publishing."""

_SUMMED = ("eur_cents", "usd_cents", "quantity_millionths")
SUMS = (*_COUNTED, *_SUMMED)
"""The columns of a roll-up that are not its keys."""


def _sums(rows: QuerySet[Contribution], keys: tuple[str, ...], sign: int) -> QuerySet[Any]:
    """Return the sums of rows of the ledger by `keys`, each row times `sign`, as tuples of keys and SUMS."""
    sums: dict[str, Expression] = {name: Sum(Value(sign), filter=which, default=0) for name, which in _COUNTED.items()}
    sums |= {name: Sum(F(name) * sign, default=0) for name in _SUMMED}
    # An alias that is the name of a column would hide it.
    named = {f"sum_{name}": each for name, each in sums.items()}
    return rows.filter(is_headline=True).order_by().values_list(*keys).annotate(**named).values_list(*keys, *named)


def computed(roll_up: type[RollUp]) -> QuerySet[Any]:
    """Return what a roll-up should hold, from the ledger as it stands: tuples of its keys and SUMS."""
    return _sums(Contribution.objects.as_of(None), roll_up.KEYS, 1)


def stored(roll_up: type[RollUp]) -> QuerySet[Any]:
    """Return what a roll-up holds: tuples of its keys and SUMS."""
    return roll_up.objects.nonempty().order_by().values_list(*roll_up.KEYS, *SUMS)


def keep(moment: dt.datetime) -> None:
    """Bring all roll-ups to what the ledger is after the publishing at `moment`, whose rows are posted."""
    marked, given = map(connection.ops.adapt_datetimefield_value, (_MARK, moment))
    with connection.cursor() as cursor:
        for roll_up in ROLL_UPS:
            # Apart, as each has an index; with an OR, SQLite goes through the whole ledger.
            for column, sign in (("recorded_from", 1), ("recorded_to", -1)):
                statement, params = _keeping(connection.vendor, roll_up, column, sign)
                cursor.execute(statement, [given if param == marked else param for param in params])


@cache
def _keeping(_vendor: str, roll_up: type[RollUp], column: str, sign: int) -> tuple[str, tuple[Any, ...]]:
    """Return the statement that adds rows recorded from or to `_MARK`, whose making takes longer than its work."""
    return _adding(roll_up, _sums(Contribution.objects.changed(**{column: _MARK}), roll_up.KEYS, sign))


def rebuild() -> None:
    """Make all roll-ups anew from the ledger, in a transaction of the caller's."""
    for roll_up in ROLL_UPS:
        roll_up.objects.all().delete()
        with connection.cursor() as cursor:
            cursor.execute(*_adding(roll_up, computed(roll_up)))


def _adding(roll_up: type[RollUp], sums: QuerySet[Any]) -> tuple[str, tuple[Any, ...]]:
    """Return the statement that adds sums to the stored ones, and its parameters."""
    quote = connection.ops.quote_name
    table = quote(roll_up._meta.db_table)
    query, params = sums.query.sql_with_params()
    columns = ", ".join(map(quote, (*roll_up.KEYS, *SUMS)))
    # The expressions of the constraint that keys stand once; in no order.
    once = ", ".join('COALESCE("year", 0)' if name == "year" else quote(name) for name in roll_up.KEYS)
    added = ", ".join(f"{quote(name)} = {table}.{quote(name)} + excluded.{quote(name)}" for name in SUMS)
    return f"INSERT INTO {table} ({columns}) {query} ON CONFLICT ({once}) DO UPDATE SET {added}", tuple(params)
