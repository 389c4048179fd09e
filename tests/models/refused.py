"""How a test says which rule of the database refused a row, on SQLite and PostgreSQL alike."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, models, transaction

TRIGGERS = {"share_fractions_at_most_one": "tracker_share", "entry_total_stands_alone": "tracker_entry"}


def named_constraints() -> dict[str, tuple[type[models.Model], models.BaseConstraint]]:
    """Return the constraints of every model by name, each with its model."""
    return {
        constraint.name: (model, constraint)
        for model in apps.get_app_config("tracker").get_models()
        if not model._meta.proxy
        for constraint in model._meta.constraints
    }


def _as_the_database_says(name: str) -> str:
    """Return what an error on SQLite, which names the columns of a broken UNIQUE, says for the rule `name`."""
    if name in TRIGGERS:
        return name
    model, constraint = named_constraints()[name]
    if isinstance(constraint, models.UniqueConstraint):
        if constraint.expressions:
            return f"UNIQUE constraint failed: index '{name}'"
        columns = (model._meta.get_field(field).column for field in constraint.fields)
        return "UNIQUE constraint failed: " + ", ".join(f"{model._meta.db_table}.{column}" for column in columns)
    return f"CHECK constraint failed: {name}"


@contextmanager
def refused(name: str) -> Iterator[None]:
    """Fail unless the block breaks the constraint or trigger `name`, and no other."""
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        yield
    if connection.vendor == "postgresql":
        assert caught.value.__cause__.diag.constraint_name == name
    else:
        assert str(caught.value) == _as_the_database_says(name)
