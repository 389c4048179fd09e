"""The least that writing rows can take: the rows that an import wrote, inserted again by a bare `executemany`."""

import time
from typing import Any

from django.apps import apps
from django.db import connection, models


def _tables() -> dict[str, str]:
    """Return the tables of the register and the column of their key, those that others refer to first."""
    every = [*apps.get_app_config("tracker").get_models(include_auto_created=True)]
    tables: dict[str, str] = {}

    def add(model: type[models.Model]) -> None:
        for field in model._meta.concrete_fields:
            other: Any = field.related_model
            if other in every and other is not model and other._meta.db_table not in tables:
                add(other)
        if not model._meta.proxy and model._meta.db_table not in tables:
            tables[model._meta.db_table] = str(model._meta.pk.column)

    for model in every:
        add(model)
    return tables


def newest() -> dict[str, int]:
    """Return the highest key in each table."""
    with connection.cursor() as cursor:
        found = {}
        for table, key in _tables().items():
            cursor.execute(f"SELECT COALESCE(MAX({key}), 0) FROM {table}")
            found[table] = cursor.fetchone()[0]
    return found


def insert_again(before: dict[str, int]) -> tuple[int, float]:
    """Take out every row newer than `before` and insert it again; returns how many, and the seconds of inserting.

    Into the same tables, with the same constraints, indexes and triggers.
    """
    written: dict[str, list[tuple[Any, ...]]] = {}
    keys = _tables()
    seconds = 0.0
    with connection.cursor() as cursor:
        for table, last in before.items():
            cursor.execute(f"SELECT * FROM {table} WHERE {keys[table]} > %s ORDER BY 1", [last])
            written[table] = cursor.fetchall()
        for table in reversed(before):
            cursor.execute(f"DELETE FROM {table} WHERE {keys[table]} > %s", [before[table]])
        for table, rows in written.items():
            if rows:
                sql = f"INSERT INTO {table} VALUES ({', '.join(['%s'] * len(rows[0]))})"
                start = time.process_time()
                cursor.executemany(sql, rows)
                seconds += time.process_time() - start
    return sum(map(len, written.values())), seconds
