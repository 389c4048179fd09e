"""Saying in words what the database refused."""

import re
from functools import cache

from django.apps import apps
from django.db import models
from django.utils.translation import gettext as _

_COLUMNS = re.compile(r"UNIQUE constraint failed: (?P<columns>[\w., ]+)")


@cache
def _constraints() -> dict[str, models.BaseConstraint]:
    """Return the named constraints of all tables, and the unique ones by their columns too, as SQLite names them."""
    found: dict[str, models.BaseConstraint] = {}
    for model in apps.get_app_config("tracker").get_models():
        for constraint in model._meta.constraints:
            found[constraint.name] = constraint
            if isinstance(constraint, models.UniqueConstraint):
                columns = (f"{model._meta.db_table}.{_column(model, name)}" for name in constraint.fields)
                found.setdefault(", ".join(columns), constraint)
    return found


def _column(model: type[models.Model], field: str) -> str:
    return str(getattr(model._meta.get_field(field), "column", ""))


def in_words(error: Exception) -> str:
    """Return what a refused save means, for the person who saved."""
    if isinstance(error, models.ProtectedError):
        names = sorted({str(record) for record in error.protected_objects})
        return _("%(names)s still refer to what would be removed.") % {"names": ", ".join(names[:5])}
    text = str(error)
    match = _COLUMNS.search(text)
    named = [match["columns"]] if match else re.findall(r"\w+", text)
    constraint = next((_constraints()[name] for name in named if name in _constraints()), None)
    if constraint is not None and constraint.violation_error_message != constraint.default_violation_error_message:
        return str(constraint.get_violation_error_message())
    return _(
        "The database refused this, because it contradicts what is there already or what somebody saved at the "
        "same moment. Look at the record again and save once more."
    )
