"""Inserting very many plain rows: Django's own bulk_create spends most of its time on making SQL."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connections, models, router

from tracker.lib.chunks import chunked

_PLAIN = (str, int, bool, type(None))
_BATCH = 5_000


def insert_rows(model: type[models.Model], names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Insert `rows`, each with values for the columns `names`; every other column must have a default in the database.

    For columns that keep text and numbers as they are given. Primary keys are not returned, and nothing is
    checked but by the database: constraints hold, `full_clean` is not called.
    """
    connection = connections[router.db_for_write(model)]
    fields = [model._meta.get_field(name) for name in names]
    quote = connection.ops.quote_name
    columns = ", ".join(quote(str(getattr(field, "column", ""))) for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    sql = f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES ({marks})"
    with connection.cursor() as cursor:
        for part in chunked(rows, _BATCH):
            cursor.executemany(
                sql,
                [
                    tuple(
                        value if type(value) in _PLAIN else _prepared(field, value, connection)
                        for field, value in zip(fields, row, strict=True)
                    )
                    for row in part
                ],
            )


def _prepared(field: Any, value: Any, connection: Any) -> Any:
    return field.get_db_prep_save(value, connection)


def insert_plain(instances: Sequence[models.Model]) -> None:
    """Insert unsaved instances of one model, whose columns keep text and numbers as they are given."""
    if not instances:
        return
    model = type(instances[0])
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    attributes = [field.attname for field in fields]
    rows = ([getattr(instance, name) for name in attributes] for instance in instances)
    insert_rows(model, [field.name for field in fields], rows)
