"""The columns of a list: those that it comes with, those that it could have, and those that somebody chose."""

from typing import Any

from django.contrib.admin.utils import label_for_field
from django.db import models
from django.utils.text import capfirst

from tracker.models import ListColumns

ALWAYS = ("public_id", "name")
"""Columns that no list is without: what a record is, and the links to it."""
BESIDE = "health"
"""What every list can show besides what it comes with."""
MOST = 12


def offered(model_admin: Any) -> list[str]:
    """Return the columns that a list can have: those that it comes with, then the other fields of the model."""
    fields = [
        field.name
        for field in model_admin.model._meta.concrete_fields
        if field.editable and not field.primary_key and not isinstance(field, models.JSONField)
    ]
    # What a list says in words of its own, such as a date, is not offered as the bare field as well.
    names = dict.fromkeys([*model_admin.list_display, BESIDE, *fields])
    by_label: dict[str, str] = {}
    for name in names:
        by_label.setdefault(label_of(model_admin, name), name)
    return [*by_label.values()]


def label_of(model_admin: Any, name: str) -> str:
    """Return what a column is called."""
    return str(capfirst(str(label_for_field(name, model_admin.model, model_admin))))


def labelled(model_admin: Any, shown: Any) -> list[tuple[str, str, bool, bool]]:
    """Return each column that a list can have, its label, whether it is shown, and whether it always is."""
    return [(name, label_of(model_admin, name), name in shown, name in ALWAYS) for name in offered(model_admin)]


def chosen(model_admin: Any, request: Any) -> tuple[str, ...]:
    """Return the columns of a list for the person who asks, looked up once for a request."""
    if not hasattr(request, "chosen_columns"):
        kept = ListColumns.objects.filter(user=request.user.pk, listed=model_admin.opts.model_name).first()
        request.chosen_columns = kept.columns if kept else None
    if not request.chosen_columns:
        return (*model_admin.list_display, BESIDE)
    known = offered(model_admin)
    return tuple(name for name in known if name in request.chosen_columns or name in ALWAYS)


def joins(model_admin: Any, shown: tuple[str, ...]) -> list[str]:
    """Return the foreign keys that the columns show, which are read together with the rows."""
    keys = {field.name for field in model_admin.model._meta.concrete_fields if field.is_relation}
    own = model_admin.list_select_related or ()
    return [*own, *(name for name in shown if name in keys and name not in own)]
