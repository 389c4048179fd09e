"""Rows of the ledger on their way out, many at once: the database writes the text, and no model is made of a row."""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import Any

from django.db.models import Case, CharField, Expression, F, Func, QuerySet, Value, When
from django.db.models.functions import Cast, Concat, Right

from tracker.exchange.tables import defuse
from tracker.lib import money
from tracker.records.contributions import MILLION

CHUNK = 1000
CENTS = 100

Row = Sequence[Any]
"""The values of a row as text or whole numbers, in the order of the columns asked for; None is unknown."""

_NO_CENTS = [code for code in money.currencies() if money.minor_digits(code) == 0]


class _Trimmed(Func):
    """Text without the noughts at its end."""

    template = "rtrim(%(expressions)s, '0')"
    output_field = CharField()


class _Rate(Func):
    """A rate as text: PostgreSQL writes all of its decimals, SQLite those that it has."""

    template = "cast(%(expressions)s as text)"
    output_field = CharField()

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(compiler, connection, template="rtrim(rtrim(%(expressions)s::text, '0'), '.')", **context)


def _text(expression: Any) -> Expression:
    return Cast(expression, CharField())


def _decimals(column: str, one: int) -> Expression:
    """Return whole parts of `one`, such as 100 cents, as decimal text with all places."""
    places = len(str(one)) - 1
    rest = Right(Concat(Value("0" * places), _text(F(column) % Value(one))), places)
    return Concat(_text(F(column) / Value(one)), Value("."), rest, output_field=CharField())


def _known(column: str, text: Expression, *others: When) -> Expression:
    return Case(When(**{f"{column}__isnull": True}, then=Value(None)), *others, default=text, output_field=CharField())


def _money(column: str) -> Expression:
    return _known(column, _decimals(column, CENTS))


def _units() -> Expression:
    """Return the quantity without noughts after the point."""
    column = "quantity_millionths"
    whole = When(quantity_millionths__in=[0], then=Value("0"))
    even = Case(
        When(even_units=0, then=_text(F(column) / Value(MILLION))), default=_Trimmed(_decimals(column, MILLION)),
        output_field=CharField(),
    )  # fmt: skip
    return _known(column, even, whole)


def _flag(column: str) -> Expression:
    return Case(When(**{column: True}, then=Value("true")), default=Value("false"), output_field=CharField())


def _of_rate(expression: Any) -> Expression:
    """Return what is said of a rate, where there is one."""
    return Case(When(rate_currency__isnull=False, then=expression), default=Value(None), output_field=CharField())


_PLAIN = (
    "pledge", "entry", "item", "contributor", "beneficiary", "host", "supplier", "stock_owner", "manufacturer",
    "nature", "aid_type", "aid_kind", "modality", "category", "platform", "initiative", "package", "meeting", "stage",
    "date", "basis", "gap", "currency", "quantity_qualifier",
)  # fmt: skip

EXPRESSIONS: dict[str, Any] = {name: F(name) for name in _PLAIN} | {
    "id": F("public_id"),
    "date_earliest": _text("earliest"),
    "date_latest": _text("latest"),
    "headline": _flag("is_headline"),
    "netted": _flag("is_netted"),
    "estimated": _flag("is_estimated"),
    "amount": _known("amount_minor", _decimals("amount_minor", CENTS), When(
        currency__in=_NO_CENTS, then=_text("amount_minor"),
    )),
    "eur": _money("eur_cents"),
    "usd": _money("usd_cents"),
    "quantity": _units(),
    "rate_currency": _Rate("rate_currency"),
    "rate_usd": _Rate("rate_usd"),
    "rate_policy": _of_rate(F("rate_policy")),
    "rate_first": _text("rate_from"),
    "rate_last": _text("rate_to"),
    "rate_source": _of_rate(F("rate_source")),
    "rate_provisional": _of_rate(_flag("is_provisional")),
    "recorded_from": _text("recorded_from"),
}  # fmt: skip
"""What the database gives for each column of the list of contributions."""


@lru_cache(maxsize=1000)
def _moment(text: str) -> str:
    """Return a moment as the database writes it in the form of ISO 8601."""
    moment = dt.datetime.fromisoformat(text)
    return (moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)).isoformat()


_CHANGED: dict[str, Callable[[str], str]] = {
    "aid_kind": lru_cache(maxsize=1000)(defuse),
    "rate_source": lru_cache(maxsize=1000)(lambda text: text and defuse(text)),
    "recorded_from": _moment,
}
"""What is done to the text of the database before it is written: few values, many times the same."""


def rows(queryset: QuerySet[Any], columns: Sequence[str]) -> Iterator[Row]:
    """Yield the rows of `queryset`, which is in order, with the values of `columns`."""
    named = {f"said_{name}": EXPRESSIONS[name] for name in columns}
    queryset = queryset.alias(even_units=F("quantity_millionths") % Value(MILLION))
    return iter(queryset.values_list(*named.values()).iterator(chunk_size=CHUNK))


def lines(queryset: QuerySet[Any], columns: Sequence[str]) -> Iterator[Row]:
    """Yield a line of names, then one a row, as CSV has them."""
    yield columns
    # Everything else is ids, words from a list, numbers and days, which no spreadsheet takes for a formula.
    changes = [(columns.index(name), change) for name, change in _CHANGED.items() if name in columns]
    for row in rows(queryset, columns):
        line = list(row)
        for position, change in changes:
            line[position] = change(line[position])
        yield line
