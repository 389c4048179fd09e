"""What kinds of records, their fields and their choices are called on pages."""

from functools import cache
from typing import Any

from django.db.models import Model
from rest_framework import serializers

from tracker.models import Claim, Publication
from tracker.records.registry import KINDS
from tracker.records.words import first_capital


def one(kind: str) -> str:
    """Return what a record of a kind is called: `pledge`."""
    return str(_model(kind)._meta.verbose_name)


def many(kind: str) -> str:
    """Return what records of a kind are called: `pledges`."""
    return str(_model(kind)._meta.verbose_name_plural)


def _model(kind: str) -> type[Model]:
    return Claim if kind == Claim.kind else KINDS[kind].model


def kind_of(publication: Publication) -> str:
    """Return what a published record is called, with a capital."""
    return first_capital(one(publication.kind))


@cache
def fields_of(kind: str) -> dict[str, serializers.Field]:
    """Return the fields of a kind's document, by name."""
    return dict(KINDS[kind].published().fields)


def part_fields(field: Any) -> dict[str, serializers.Field]:
    """Return the fields of each row of a list in a document, by name."""
    return dict(field.child.fields)


def label_of(kind: str, name: str) -> str:
    """Return what a field of a document is called."""
    return label_in(KINDS[kind].model, name, fields_of(kind)[name])


def part_label(kind: str, name: str, inner: str) -> str:
    """Return what a field of the rows of a list is called."""
    child: Any = fields_of(kind)[name]
    return label_in(child.child.Meta.model, inner, part_fields(child)[inner])


def label_in(model: type[Model] | None, name: str, field: Any) -> str:
    """Return what a field of a serializer is called: in the words of the model, where that has such a field."""
    source = str(field.source or name)
    names = {each.name for each in model._meta.get_fields()} if model else set[str]()
    if model is None or source not in names:
        return first_capital(str(field.label or name.replace("_", " ")))
    column: Any = model._meta.get_field(source)
    related = column.is_relation and column.auto_created
    return first_capital(str(column.related_model._meta.verbose_name_plural if related else column.verbose_name))


def choice_of(field: Any, value: Any) -> str | None:
    """Return what a value of a field is called; None where the field is no choice."""
    choices = getattr(field, "choices", None)
    return str(choices[value]) if choices and value in choices and not hasattr(field, "child_relation") else None


def field_at(kind: str, steps: tuple[str, ...]) -> Any:
    """Return the field of a document to which keys lead, the second of them a row of a list; None where none is."""
    field: Any = fields_of(kind).get(steps[0]) if steps else None
    if field is None or len(steps) == 1:
        return field
    if len(steps) == 2:
        return getattr(field, "each", None)
    return part_fields(field).get(steps[2]) if hasattr(field, "child") else None
