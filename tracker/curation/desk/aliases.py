"""Aliases that somebody gives: none may be the name of another record, which would be found before it."""

from typing import Any

from rest_framework.serializers import ValidationError

from tracker.records.engine.base import RecordSerializer
from tracker.records.engine.document_field import at_position


def refuse_names_of_others(serializer: RecordSerializer) -> None:
    """Raise ValidationError where a valid serializer gives a record the name of another as a new alias."""
    names = serializer.validated_data.get("aliases")
    relation: Any = getattr(serializer.Meta.model, "aliases", None)
    if not names or relation is None:
        return
    record = serializer.instance
    known = set(record.aliases.values_list("name", flat=True)) if record is not None and record.pk else set()
    model, owner = relation.rel.related_model, relation.rel.field.name
    for position, name in enumerate(names):
        problem = "" if name in known else model(**{owner: record, "name": name}).name_problem()
        if problem:
            raise ValidationError({"aliases": at_position(position, [problem]).detail})
