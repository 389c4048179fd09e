"""Rows as CSV that the database writes: PostgreSQL by COPY, SQLite a line at a time. No row becomes an object here."""

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import CharField, Func, QuerySet, Value

from tracker.lib.chunks import chunked

CHUNK = 200
"""How many lines are sent at once."""


def csv_of_query(queryset: QuerySet[Any], columns: dict[str, Any], *, moment: str) -> Iterator[bytes]:
    """Yield the rows of `queryset` as CSV: a line of names, then a line a row, all as of one moment.

    `columns` are expressions by the names of columns. On SQLite each gives the text that stands in the file, in quotes
    where it needs them; on PostgreSQL any type will do, but nothing for an empty text, and a moment as it is, in the
    column that is named `moment` and the last.
    """
    yield f"{','.join(columns)}\r\n".encode()
    if connection.vendor == "postgresql":
        yield from _copied(queryset.values_list(*columns.values()), _dated if moment in columns else _ended)
    else:
        # The whole line is one value: values for each column would take Python three times as long.
        form = Value(f"{','.join(['%s'] * len(columns))}\r\n")
        line = Func(form, *columns.values(), function="PRINTF", output_field=CharField())
        lines = queryset.values_list(line, flat=True).iterator(chunk_size=CHUNK)
        yield from ("".join(part).encode() for part in chunked(lines, CHUNK))


def _copied(queryset: QuerySet[Any], finish: Callable[[memoryview], bytes]) -> Iterator[bytes]:
    try:
        sql, params = queryset.query.sql_with_params()
    except EmptyResultSet:
        return
    # Lasts as long as the slowest reader takes for the file.
    with without_statement_timeout(), connection.cursor() as cursor:
        # COPY takes no parameters: the driver sets them into the text, each in quotes.
        operations: Any = connection.ops
        query = operations.compose_sql(sql, params)
        with connection.wrap_database_errors, cursor.copy(f"COPY ({query}) TO STDOUT (FORMAT csv)") as copy:
            # PostgreSQL sends a message for each row.
            for rows in chunked(copy, CHUNK):
                yield b"".join(map(finish, rows))


@contextmanager
def without_statement_timeout() -> Iterator[None]:
    """Let a statement of PostgreSQL take as long as it does."""
    with connection.cursor() as cursor:
        # What stands in FROM is read before anything is set.
        cursor.execute(
            "SELECT before, set_config('statement_timeout', '0', false) "
            "FROM current_setting('statement_timeout') AS before"
        )
        before, _now = cursor.fetchone()
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('statement_timeout', %s, false)", [before])


def _ended(row: memoryview) -> bytes:
    """Return a row that ends as lines of CSV do."""
    return bytes(row[:-1]) + b"\r\n"


def _dated(row: memoryview) -> bytes:
    """Return a row whose moment, its last value, is in the form of ISO 8601: in SQL that takes longer."""
    values, _comma, moment = bytes(row).rpartition(b",")
    return values + _moment(moment)


@lru_cache(maxsize=1000)
def _moment(text: bytes) -> bytes:
    return f",{dt.datetime.fromisoformat(text.decode().strip()).isoformat()}\r\n".encode()
