"""What takes long to build is built once for each process; later its rows are put back as they were."""

import copy
from collections.abc import Callable
from typing import Any, TypeVar

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, models, transaction

Built = TypeVar("Built")

_built: dict[str, tuple[Any, list[list[models.Model]]]] = {}


def again(name: str, build: Callable[[], Built]) -> Built:
    """Return what `build` returns, and leave in the database the rows that it adds there.

    It must start from what migrations make and nothing else, and use no factory that numbers its objects: what it
    builds is then the same whichever test asks first.
    """
    if name in _built:
        result, tables = _built[name]
        _put_back(tables)
    else:
        before = {model: {row.pk for row in rows} for model, rows in _tables().items()}
        # Where earlier tests were rolled back, PostgreSQL goes on counting from their rows.
        _continue_numbers(list(before))
        result = build()
        tables = [[row for row in rows if row.pk not in before[model]] for model, rows in _tables().items()]
        _built[name] = result, [rows for rows in tables if rows]
    return copy.deepcopy(result)


def _tables() -> dict[type[models.Model], list[models.Model]]:
    every = apps.get_models(include_auto_created=True)
    return {model: list(model._base_manager.all()) for model in every if not model._meta.proxy}


def _put_back(tables: list[list[Any]]) -> None:
    # References between tables are checked at the end of the transaction, so any order will do.
    with transaction.atomic():
        for rows in tables:
            type(rows[0])._base_manager.bulk_create(copy.deepcopy(rows))
        _continue_numbers([type(rows[0]) for rows in tables])


def _continue_numbers(tables: list[type[models.Model]]) -> None:
    """Have the keys of new rows follow those that are there."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), tables):
            cursor.execute(statement)
