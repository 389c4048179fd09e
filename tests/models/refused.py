"""How a test says which rule of the database refused a row, on SQLite and PostgreSQL alike."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, models, transaction

from tracker.models.triggers import Trigger


def named_constraints() -> dict[str, tuple[type[models.Model], models.BaseConstraint]]:
    """Return the constraints of every model by name, each with its model."""
    return {
        constraint.name: (model, constraint)
        for model in apps.get_app_config("tracker").get_models()
        if not model._meta.proxy
        for constraint in model._meta.constraints
    }


def declared_triggers() -> set[tuple[str, str]]:
    """Return the triggers that the models declare, as the database names them, each with its table."""
    is_sqlite = connection.vendor == "sqlite"
    return {
        (f"{name}_{event.lower()}" if is_sqlite else name, model._meta.db_table)
        for name, (model, constraint) in named_constraints().items()
        if isinstance(constraint, Trigger)
        for event in constraint.events
    }


def triggers_in_the_database() -> set[tuple[str, str]]:
    """Return the triggers that there are, each with its table."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger'")
        else:
            cursor.execute("SELECT tgname, tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal")
        return set(cursor.fetchall())


def _as_the_database_says(name: str) -> str:
    """Return what an error on SQLite, which names the columns of a broken UNIQUE, says for the rule `name`."""
    model, constraint = named_constraints()[name]
    if isinstance(constraint, Trigger):
        return name
    if isinstance(constraint, models.UniqueConstraint):
        if constraint.expressions:
            return f"UNIQUE constraint failed: index '{name}'"
        columns = (model._meta.get_field(field).column for field in constraint.fields)
        return "UNIQUE constraint failed: " + ", ".join(f"{model._meta.db_table}.{column}" for column in columns)
    return f"CHECK constraint failed: {name}"


@contextmanager
def refused(name: str) -> Iterator[pytest.ExceptionInfo[IntegrityError]]:
    """Fail unless the block breaks the constraint or trigger `name`, and no other; gives what was raised."""
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        yield caught
    if connection.vendor == "postgresql":
        assert caught.value.__cause__.diag.constraint_name == name
    else:
        assert str(caught.value) == _as_the_database_says(name)
