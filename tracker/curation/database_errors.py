"""Saying in words what the database refused: the same sentence in the admin, in REST and in the plan of an import."""

import errno
import re
from functools import cache
from typing import Any

from django.apps import apps
from django.db import IntegrityError, InterfaceError, InternalError, OperationalError, models
from django.utils.text import capfirst
from django.utils.translation import gettext as _

_COLUMNS = re.compile(r"UNIQUE constraint failed: (?P<columns>\w+\.[\w., ]+)")


_UNAVAILABLE = (OperationalError, InterfaceError)
"""What a database raises that is busy for longer than one may wait, not to be reached, or full; SQLite, only read."""
_OF_THE_SERVER = {"25006", "25P03", "25P04"}
"""What PostgreSQL calls a transaction in which nothing can be written, and one that it ended because it stood idle or
took long. Other internal errors are faults."""
RETRY_AFTER = 10
"""Seconds after which to try again: twice as long as a writer waits for another."""


def is_unavailable(error: BaseException | None) -> bool:
    """Tell whether an error says that the database could not be used just now, or that a disk has no room left."""
    is_full = isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT)
    is_of_server = isinstance(error, InternalError) and getattr(error.__cause__, "sqlstate", "") in _OF_THE_SERVER
    return is_full or is_of_server or isinstance(error, _UNAVAILABLE)


def unavailable() -> str:
    """Return what it means that the database could not be used just now."""
    return _(
        "The database is busy with a long piece of work, cannot be reached or written to, or has no room left. Nothing "
        "was written: try again in some seconds."
    )


def in_words(error: IntegrityError) -> str:
    """Return what a refused write means, for the person who asked for it."""
    if isinstance(error, models.ProtectedError):
        names = sorted({str(record) for record in error.protected_objects})
        return _("It cannot be removed: %(names)s still refer to it.") % {"names": ", ".join(names[:5])}
    # What PostgreSQL says further down quotes the row, in which any word may stand.
    text = str(error).partition("\n")[0]
    columns = _COLUMNS.search(text)
    named = [columns["columns"]] if columns else re.findall(r"\w+", text)
    broken = next((_constraints()[name] for name in named if name in _constraints()), None)
    if broken is not None:
        return _broken(*broken)
    return _(
        "The database refused this, because it contradicts what is there already or what somebody saved at the "
        "same moment. Nothing was written: look at the record again and repeat."
    )


_Constraint = tuple[type[models.Model], models.BaseConstraint]


@cache
def _constraints() -> dict[str, _Constraint]:
    """Return the constraints of all tables by name, and the unique ones by their columns too, as SQLite names them."""
    found: dict[str, _Constraint] = {}
    for model in apps.get_app_config("tracker").get_models():
        if model._meta.proxy:
            continue
        for constraint in (*model._meta.constraints, *_unique_columns(model)):
            found[constraint.name] = (model, constraint)
            if isinstance(constraint, models.UniqueConstraint):
                columns = (f"{model._meta.db_table}.{_column(model, name)}" for name in constraint.fields)
                found.setdefault(", ".join(columns), (model, constraint))
    return found


def _unique_columns(model: type[models.Model]) -> list[models.UniqueConstraint]:
    """Return a constraint for each field that is unique by itself, under the name that PostgreSQL gives it."""
    return [
        models.UniqueConstraint(
            fields=[field.name],
            name=f"{model._meta.db_table}_{field.column}_key",
            violation_error_message=_own_words(field),
        )
        for field in model._meta.local_fields
        if field.unique and not field.primary_key
    ]


def _own_words(field: models.Field[Any, Any]) -> Any:
    """Return what a field says where its value is taken; None where it has no words of its own."""
    said = field.error_messages["unique"]
    return None if said == models.Field.default_error_messages["unique"] else said


def _column(model: type[models.Model], field: str) -> str:
    return str(getattr(model._meta.get_field(field), "column", ""))


def _broken(model: type[models.Model], constraint: models.BaseConstraint) -> str:
    """Return the constraint's own sentence, or one about the fields that are taken or the rule that is broken."""
    if constraint.violation_error_message != constraint.default_violation_error_message:
        return str(constraint.get_violation_error_message())
    name = model._meta.verbose_name
    if isinstance(constraint, models.UniqueConstraint) and constraint.fields:
        fields = (str(getattr(model._meta.get_field(field), "verbose_name", field)) for field in constraint.fields)
        return _("There is a %(kind)s with the same %(fields)s already.") % {"kind": name, "fields": ", ".join(fields)}
    return _("%(kind)s: this breaks the rule “%(rule)s”.") % {
        "kind": capfirst(name), "rule": constraint.name.replace("_", " "),
    }  # fmt: skip
