"""References to other records: what a document says of them beside id and name, how they are read and written."""

import re
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.relations import MANY_RELATION_KWARGS

from tracker.lib.cells import Cell, text
from tracker.lib.column_types import Column
from tracker.lib.text import nearest
from tracker.models.base import Record
from tracker.models.fields import PUBLIC_ID
from tracker.models.similar_names import alike
from tracker.records.engine.document_field import DocumentField, Fragment, KeyPath, any_of

# In the dialect of JSON Schema.
PUBLIC_ID_SCHEMA: Fragment = {
    "type": "string", "maxLength": 100, "pattern": re.compile(PUBLIC_ID.regex).pattern.replace(r"\Z", "$"),
}  # fmt: skip

_PATH_SCHEMA: Fragment = {"type": "array", "items": {"type": "string"}}

READ_ONCE = "records that were referred to"
"""The key in the context of a serializer that saves many records: those that they refer to, each read once, by model
and public id."""

CARRIED: dict[str, dict[str, str | None]] = {"category": {"path": None}, "platform": {"category": "category"}}
"""What references to a kind say beside id and name: a reference to another kind, or ids from the root of a tree."""


def keys_of(kind: str) -> tuple[str, ...]:
    """Return the keys of a reference to a record of `kind`."""
    return ("id", "name", *CARRIED.get(kind, ()))


def carried_references(kind: str) -> dict[str, str]:
    """Return the references that a reference to a record of `kind` carries, and their kinds."""
    return {key: target for key, target in CARRIED.get(kind, {}).items() if target}


def reference_to(record: Any) -> dict[str, Any]:
    """Return what a document says of another record."""
    reference: dict[str, Any] = {"id": record.public_id, "name": record.name}
    for key, target in CARRIED.get(record.kind, {}).items():
        reference[key] = reference_to(getattr(record, key)) if target else category_path(record)
    return reference


def reference_from(kind: str, document: dict[str, Any]) -> dict[str, Any]:
    """Return what other documents say of the record that `document` describes."""
    return {key: document[key] for key in keys_of(kind)}


def is_reference(value: dict[str, Any]) -> bool:
    """Tell whether an object in a document is a reference to a record."""
    others = set(value) - {"id", "name"}
    return {"id", "name"} <= set(value) and any(others <= set(keys) for keys in ({}, *CARRIED.values()))


def without_names(value: Any) -> Any:
    """Return what stands in a document with references as ids alone, which no rename of another record changes."""
    if isinstance(value, list):
        return [without_names(row) for row in value]
    if not isinstance(value, dict):
        return value
    if is_reference(value):
        return value["id"]
    return {key: without_names(inner) for key, inner in value.items()}


def reference_schema(kind: str) -> Fragment:
    """Return the OpenAPI schema of a reference to a record of `kind`."""
    properties: Fragment = {"id": {"type": "string"}, "name": {"type": "string"}}
    for key, target in CARRIED.get(kind, {}).items():
        properties[key] = reference_schema(target) if target else _PATH_SCHEMA
    return {"type": "object", "properties": properties, "required": list(properties)}


def category_path(category: Any) -> list[str]:
    """Return the public ids from the root of the tree down to `category`."""
    path: list[str] = []
    while category is not None and category.public_id not in path:
        path.insert(0, category.public_id)
        category = category.parent
    return path


class Reference(DocumentField, serializers.RelatedField):
    """Another record, by public id and name. Written as `"DEU"` or `{"id": "DEU"}`."""

    key = "id"
    tells_rows = True

    def __init__(self, model: type[Record] | None = None, **kwargs: Any) -> None:
        # DRF makes the child of a many=True field from the keyword arguments alone.
        self.model = model
        if model is not None and not kwargs.get("read_only"):
            kwargs["queryset"] = model._default_manager.all()
        super().__init__(**kwargs)

    def condition(self, value: Any) -> Any:
        """Return the public id of the record that rows are to name."""
        record = self.run_validation(value)
        return None if record is None else record.public_id

    @classmethod
    def many_init(cls, *args: Any, **kwargs: Any) -> "References":
        """Return the list of references that `many=True` asks for."""
        of_list = {name: value for name, value in kwargs.items() if name in MANY_RELATION_KWARGS}
        return References(child_relation=cls(*args, **kwargs), **of_list)

    @property
    def kind(self) -> str:
        assert self.model is not None
        return self.model.kind

    @property
    def keys(self) -> tuple[str, ...]:  # type: ignore[override]  # worked out where the class has it fixed
        return keys_of(self.kind)

    def use_pk_only_optimization(self) -> bool:
        return False

    def to_representation(self, value: Any) -> dict[str, Any]:
        return reference_to(value)

    def to_internal_value(self, data: Any) -> Record:
        assert self.model is not None
        found = data.get("id") if isinstance(data, dict) else data
        if not isinstance(found, str) or "\0" in found:
            raise serializers.ValidationError(
                _("Name a %(kind)s by its id; found %(found)s.")
                % {"kind": self.model._meta.verbose_name, "found": _found_in_words(found)}
            )
        known: dict[tuple[type[Record], str], Record] = self.context.get(READ_ONCE, {})
        record = known.get((self.model, found)) or self.model.named(found)
        if record is None:
            raise serializers.ValidationError(self._unknown(found))
        known[self.model, found] = record
        return record

    def _unknown(self, found: str) -> str:
        assert self.model is not None
        records = alike(self.model._default_manager.order_by("found_by", "pk"), found[:60], names="found_by")
        labels = [f"{name} ({public_id})" for public_id, name in records.values_list("public_id", "name")]
        message = _("There is no %(kind)s “%(found)s”.") % {
            "kind": self.model._meta.verbose_name, "found": found[:60],
        }  # fmt: skip
        near = nearest(found[:60], labels)
        return f"{message} " + _("Nearest: %(near)s.") % {"near": ", ".join(near)} if near else message

    def look_up(self, desk: Any, name: str, documents: list[Any]) -> None:
        desk.put_references(self, name, documents)

    def references(self) -> Iterator[tuple[KeyPath, str]]:
        yield (), self.kind
        for key, target in carried_references(self.kind).items():
            yield (key,), target

    def names(self, value: Any) -> list[str]:
        return [value["id"], value["name"]]

    def read_schema(self) -> Fragment:
        return reference_schema(self.kind)

    def written_schema(self) -> Fragment:
        return any_of(PUBLIC_ID_SCHEMA, self.spelled_out_schema(PUBLIC_ID_SCHEMA))

    def columns(self, name: str, label: str, sentence: str) -> Iterator[tuple[Column, KeyPath]]:
        yield Column(f"{name}_id", f"{label} (id)", description=_("Public id of the %s.") % self.kind), ("id",)
        yield Column(name, label, description=sentence or _("Name of the %s.") % self.kind), ("name",)

    def in_words(self, value: Any) -> str:
        return str(value["name"]) if value else ""

    def entered(self, column: Any, cell: Cell) -> Any:
        # Whether there is such a record is asked when all of the file has been read.
        return text(cell)


class References(DocumentField, serializers.ManyRelatedField):
    """Several other records."""

    is_written_later = True

    @property
    def each(self) -> Any:
        return self.child_relation

    def column(self, model: Any) -> str:
        return "pk"

    def gather(self, desk: Any, name: str, owners: dict[Any, Any]) -> None:
        desk.put_listed(self, name, owners)

    def write_later(self, record: Any, value: Any) -> None:
        getattr(record, str(self.source)).set(value)

    def references(self) -> Iterator[tuple[KeyPath, str]]:
        yield ("*",), self.each.kind

    def in_words(self, value: Any) -> str:
        return ", ".join(map(self.each.in_words, value or ()))


@extend_schema_field(_PATH_SCHEMA | {"description": "Return the ids from the root down to this category."})
class CategoryPath(DocumentField):
    """The public ids from the root of the tree down to a category; only read."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**(kwargs | {"source": "*", "read_only": True}))

    def to_representation(self, value: Any) -> list[str]:
        return category_path(value)

    def column(self, model: Any) -> str:
        return "pk"

    def gather(self, desk: Any, name: str, owners: dict[Any, Any]) -> None:
        desk.put_paths(name, owners)


def _found_in_words(found: Any) -> str:
    """Say what stood where an id should; an object that has none is said to have none."""
    return _("an object without an id") if found is None else str(found)[:60].replace("\0", "")
