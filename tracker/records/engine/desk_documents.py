"""Reading documents from the desk: few queries, and rows instead of objects.

The serializers declare what a document holds. How it comes out of the columns is worked out once for each of them,
as to serialise record by record would be most of the work of a large publishing.
"""

from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from typing import Any

from django.db.models import QuerySet
from rest_framework import serializers

from tracker.lib.chunks import chunked
from tracker.models import Category
from tracker.models.key_lists import Listed
from tracker.records.engine.base import RecordSerializer
from tracker.records.engine.document_field import fields_of
from tracker.records.engine.references import carried_references
from tracker.records.engine.types import Document

_TOGETHER = 800
"""How many records are read together at most: each time takes a query for each table of theirs."""


class _Columns:
    """Which columns of a table make up the rows of one serializer, and what becomes of them."""

    def __init__(self, serializer: serializers.ModelSerializer) -> None:
        self.fields = fields_of(serializer)
        self.names = list(self.fields)
        self.columns = [field.column(serializer.Meta.model) for field in self.fields.values()]
        found = ((name, field.converter()) for name, field in self.fields.items())
        self.converted = [(name, convert) for name, convert in found if convert]

    def documents(self, rows: Iterable[tuple[Any, ...]]) -> list[Document]:
        """Return rows as documents; what a key stands for is not in its place yet."""
        found = [dict(zip(self.names, row, strict=True)) for row in rows]
        for name, convert in self.converted:
            for document in found:
                value = document[name]
                if value is not None:
                    document[name] = convert(value)
        return found


@cache
def _columns(serializer: type[serializers.ModelSerializer]) -> _Columns:
    return _Columns(serializer())


@cache
def _every_row(serializer: type[serializers.ModelSerializer], *keys: str) -> QuerySet[Any]:
    """Return the query for the rows of a serializer, `keys` before its columns, for whoever reads to narrow down.

    It is built once: for one record, to name the columns takes as long as to read them.
    """
    model: Any = serializer.Meta.model
    rows: QuerySet[Any] = model.objects.values_list(*keys, *_columns(serializer).columns)
    return rows


class _References:
    """What documents say of other records, by model and key; each is read once."""

    def __init__(self) -> None:
        self._found: dict[Any, dict[Any, Document]] = defaultdict(dict)
        self._tree: dict[Any, tuple[str, str, Any]] = {}

    def put(self, model: Any, documents: list[Document], name: str) -> None:
        """Put references in the place of keys."""
        keys = {document[name] for document in documents} - {None}
        if not keys:
            # Of most of its fields, an import says nothing.
            return
        known = self.of(model, keys)
        for document in documents:
            key = document[name]
            if key is not None:
                # Each its own: what is published may say of it what the desk does not.
                document[name] = known[key].copy()

    def of(self, model: Any, keys: set[Any]) -> dict[Any, Document]:
        """Return the references by key, with those to `keys` among them."""
        found = self._found[model]
        if model is Category:
            if keys != {None}:
                self._read_categories(found)
            return found
        carried = list(carried_references(model.kind))
        targets = [model._meta.get_field(name).related_model for name in carried]
        columns = ("pk", "public_id", "name", *(f"{name}_id" for name in carried))
        for part in chunked(keys - found.keys() - {None}):
            for key, public_id, name, *others in (
                model.objects.filter(pk__in=Listed(part)).order_by().values_list(*columns)
            ):
                found[key] = {"id": public_id, "name": name}
                for inner, target, other in zip(carried, targets, others, strict=True):
                    found[key][inner] = self.of(target, {other})[other]
        return found

    def _read_categories(self, found: dict[Any, Document]) -> None:
        """Read the whole tree: a path goes up to its root."""
        if found:
            return
        rows = Category.objects.order_by().values_list("pk", "public_id", "name", "parent_id")
        self._tree = {key: (public_id, name, parent) for key, public_id, name, parent in rows}
        for key, (public_id, name, _parent) in self._tree.items():
            found[key] = {"id": public_id, "name": name, "path": self._path(key)}

    def _path(self, key: Any) -> list[str]:
        path: list[str] = []
        while key is not None and self._tree[key][0] not in path:
            path.insert(0, self._tree[key][0])
            key = self._tree[key][2]
        return path


def read(serializer: type[RecordSerializer], public_ids: Iterable[str]) -> list[Document]:
    """Return the documents of the records of the desk that have one of `public_ids`, by public id."""
    references = _References()
    found: list[Document] = []
    for part in chunked(sorted(set(public_ids)), _TOGETHER):
        found += _Reading(serializer, references).documents(part)
    return found


class _Reading:
    """Reads records of one kind, as many as one query can name."""

    def __init__(self, serializer: type[RecordSerializer], references: _References) -> None:
        self.serializer = serializer
        self.model: Any = serializer.Meta.model
        self.references = references
        self.numbers: dict[Any, dict[Any, int]] = {}
        """The number of each part, by model and key."""

    def documents(self, public_ids: list[str]) -> list[Document]:
        """Return the documents of the records."""
        columns = _columns(self.serializer)
        found = _every_row(self.serializer, "pk").filter(public_id__in=Listed(public_ids))
        rows = list(found.order_by("public_id"))
        if not rows:
            return []
        documents = columns.documents(row[1:] for row in rows)
        owners = {row[0]: document for row, document in zip(rows, documents, strict=True)}
        for name, field in columns.fields.items():
            field.look_up(self, name, documents)
        for name, field in columns.fields.items():
            field.gather(self, name, owners)
        for document in documents:
            self.serializer.arrange(document)
        return documents

    def put_references(self, field: Any, name: str, documents: list[Document]) -> None:
        """Put references in the place of keys."""
        self.references.put(field.model, documents, name)

    def put_numbers(self, field: Any, name: str, documents: list[Document]) -> None:
        """Put the numbers of parts in the place of keys."""
        known = self.numbers[field.parent.Meta.model._meta.get_field(field.source).related_model]
        for document in documents:
            document[name] = known[document[name]] if document[name] is not None else None

    def put_parts(self, field: Any, name: str, owners: dict[Any, Document]) -> None:
        """Put the parts in each document, in the order of their table."""
        declared: Any = type(field.row)
        columns = _columns(declared)
        by, named, condition = field.row.rows(self.model, field.source, owners)
        rows = list(_every_row(declared, by, "pk").filter(**condition))
        parts = columns.documents(row[2:] for row in rows)
        if "number" in columns.names:
            self.numbers[declared.Meta.model] = {row[1]: part["number"] for row, part in zip(rows, parts, strict=True)}
        for inner, inner_field in columns.fields.items():
            inner_field.look_up(self, inner, parts)
        for document in owners.values():
            document[name] = []
        for row, part in zip(rows, parts, strict=True):
            named[row[0]][name].append(part)

    def put_listed(self, listed: Any, name: str, owners: dict[Any, Document]) -> None:
        """Put references to the records that each record lists."""
        field = self.model._meta.get_field(listed.source)
        by, to = field.m2m_column_name(), field.m2m_reverse_name()
        through = field.remote_field.through.objects.filter(**{f"{by}__in": Listed(owners)})
        pairs = list(through.values_list(by, to))
        known = self.references.of(field.related_model, {key for _owner, key in pairs})
        for document in owners.values():
            document[name] = []
        for owner, key in pairs:
            owners[owner][name].append(known[key].copy())

    def put_aliases(self, field: Any, name: str, owners: dict[Any, Document]) -> None:
        """Put the other names of each record, in alphabetical order."""
        relation = field.own_rows(self.model)
        by = relation.field.attname
        for document in owners.values():
            document[name] = []
        rows = relation.related_model.objects.filter(**{f"{by}__in": Listed(owners)})
        for owner, alias in sorted(rows.values_list(by, "name"), key=lambda pair: pair[1]):
            owners[owner][name].append(alias)

    def put_paths(self, name: str, owners: dict[Any, Document]) -> None:
        """Put the ids from the root of the tree down to each category."""
        known = self.references.of(Category, set(owners))
        for key, document in owners.items():
            document[name] = known[key]["path"]
