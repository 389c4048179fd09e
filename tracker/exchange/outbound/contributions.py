"""Rows of the ledger on their way out as CSV, many at once: the database writes every column."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import Case, CharField, Expression, F, Func, QuerySet, When

from tracker.exchange.outbound.csv_from_database import csv_of_query
from tracker.exchange.outbound.formulas import BLANKS, FORMULA_STARTS
from tracker.lib import money


class _Sql(Func):
    """SQL of a column, `{}`, for each database. A per cent sign stands twice, as in all SQL with parameters."""

    output_field = CharField()

    def __init__(self, column: str, *, sqlite: str = "{}", postgresql: str = "{}") -> None:
        super().__init__(F(column), sqlite=sqlite, postgresql=postgresql)

    def as_sqlite(self, compiler: Any, connection: Any, **_context: Any) -> Any:
        return self._written(compiler, connection)

    def as_postgresql(self, compiler: Any, connection: Any, **_context: Any) -> Any:
        return self._written(compiler, connection)

    def _written(self, compiler: Any, connection: Any) -> Any:
        sql, params = compiler.compile(self.get_source_expressions()[0])
        return self.extra[connection.vendor].replace("{}", sql), params


def _words(column: str) -> Expression:
    """Return an id, a word from a list or a date, in which is nothing that CSV quotes or a spreadsheet runs."""
    # PostgreSQL tells what is empty from what is null, and quotes it.
    return _Sql(column, postgresql="NULLIF({}, '')")


def _quoted(sql: str) -> str:
    return f"CASE WHEN {sql} GLOB '*[\",\r\n]*' THEN '\"' || REPLACE({sql}, '\"', '\"\"') || '\"' ELSE {sql} END"


_STARTS = ", ".join(f"'{start}'" for start in FORMULA_STARTS)
_DEFUSED = f"CASE WHEN SUBSTR(LTRIM({{}}, '{BLANKS}'), 1, 1) IN ({_STARTS}) THEN '''' || {{}} ELSE {{}} END"


def _free(column: str) -> Expression:
    """Return what people wrote. See `defuse`; PostgreSQL sets quotes of its own."""
    return _Sql(
        column, sqlite=f"CASE WHEN {{}} = '' THEN '' ELSE {_quoted(_DEFUSED)} END",
        postgresql=f"CASE WHEN {{}} = '' THEN NULL ELSE {_DEFUSED} END",
    )  # fmt: skip


def _cents(column: str) -> Expression:
    return _Sql(
        column,
        sqlite="CASE WHEN {} IS NOT NULL THEN PRINTF('%%s%%d.%%02d', CASE WHEN {} < 0 THEN '-' ELSE '' END,"
        " ABS({}) / 100, ABS({}) %% 100) END",
        postgresql="({} * 0.01)",
    )  # fmt: skip


def _units(column: str) -> Expression:
    """Return the quantity without noughts after the point."""
    return _Sql(
        column,
        sqlite="CASE WHEN {} IS NULL THEN NULL WHEN {} %% 1000000 = 0 THEN {} / 1000000"
        " ELSE RTRIM(PRINTF('%%d.%%06d', {} / 1000000, {} %% 1000000), '0') END",
        postgresql="CASE WHEN {} %% 1000000 = 0 THEN {} / 1000000 ELSE TRIM_SCALE({} * 0.000001) END",
    )


def _flag(column: str) -> Expression:
    sql = "CASE WHEN {} THEN 'true' ELSE 'false' END"
    return _Sql(column, sqlite=sql, postgresql=sql)


def _rate(column: str) -> Expression:
    """Return a rate: PostgreSQL writes all of its decimals, SQLite those that it has."""
    return _Sql(column, sqlite="CAST({} AS text)", postgresql="TRIM_SCALE({})")


def _of_rate(expression: Expression) -> Expression:
    """Return what is said of a rate, where there is one."""
    return Case(When(rate_currency__isnull=False, then=expression), output_field=CharField())


_WORDS = (
    "contributor", "beneficiary", "host", "supplier", "stock_owner", "manufacturer", "nature", "aid_type", "modality",
    "condition", "category", "platform", "initiative", "package", "meeting", "stage", "basis", "gap", "currency",
    "quantity_qualifier",
)  # fmt: skip
_NEGATIVE = "CASE WHEN {} < 0 THEN 'true' ELSE 'false' END"
_NO_CENTS = [code for code in money.currencies() if money.minor_digits(code) == 0]

EXPRESSIONS: dict[str, Any] = {name: _words(name) for name in _WORDS} | {
    "id": F("public_id"),
    "pledge": F("pledge"),
    "entry": F("entry"),
    "item": F("item"),
    "aid_kind": _free("aid_kind"),
    "date": _words("date"),
    "date_earliest": F("earliest"),
    "date_latest": F("latest"),
    "announced_year": F("announced_year"),
    "headline": _flag("is_headline"),
    "netted": _flag("is_netted"),
    "estimated": _flag("is_estimated"),
    "correction": _Sql("amount_minor", **dict.fromkeys(("sqlite", "postgresql"), _NEGATIVE)),
    "amount": Case(
        When(currency__in=_NO_CENTS, then=F("amount_minor")), default=_cents("amount_minor"), output_field=CharField()
    ),
    "eur": _cents("eur_cents"),
    "usd": _cents("usd_cents"),
    "quantity": _units("quantity_millionths"),
    "rate_currency": _rate("rate_currency"),
    "rate_usd": _rate("rate_usd"),
    "rate_policy": _of_rate(_words("rate_policy")),
    "rate_first": F("rate_from"),
    "rate_last": F("rate_to"),
    "rate_source": _of_rate(_free("rate_source")),
    "rate_provisional": _of_rate(_flag("is_provisional")),
    "recorded_from": _Sql("recorded_from", sqlite="REPLACE({}, ' ', 'T') || '+00:00'"),
}  # fmt: skip
"""What the database writes for each column of the list of contributions."""


def csv_of_contributions(queryset: QuerySet[Any], columns: Sequence[str]) -> Iterator[bytes]:
    """Yield the rows of `queryset`, which is in order, as CSV with `columns`, the same as `csv_of` yields of a grid."""
    return csv_of_query(queryset, {name: EXPRESSIONS[name] for name in columns}, moment="recorded_from")
