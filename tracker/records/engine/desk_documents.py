"""Reading documents from the desk: few queries, and rows instead of objects.

The serializers declare what a document holds. How it comes out of the columns is worked out once for each of them,
as to serialise record by record would be most of the work of a large publishing.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

from rest_framework import serializers

from tracker.lib.chunks import chunked
from tracker.models import Category, Claim
from tracker.records.engine.base import RecordSerializer
from tracker.records.engine.claims import ClaimPart
from tracker.records.engine.fields import (
    Aliases,
    OwnQuantity,
    PartialDate,
    PartNumber,
    Quantity,
    Reference,
    describe_date,
    describe_quantity,
)
from tracker.records.engine.types import Document

Convert = Callable[[Any], Any]

_ELSEWHERE = (
    serializers.ListSerializer, serializers.ManyRelatedField, serializers.SerializerMethodField, Aliases,
)  # fmt: skip
_PLAIN = (serializers.CharField, serializers.ChoiceField, serializers.IntegerField, serializers.BooleanField)


class _Columns:
    """Which columns of a table make up the rows of one serializer, and what becomes of them."""

    def __init__(self, serializer: serializers.ModelSerializer) -> None:
        self.model: Any = serializer.Meta.model
        self.names = list(serializer.fields)
        self.columns: list[str] = []
        self.converted: list[tuple[str, Convert]] = []
        self.references: list[tuple[str, Any]] = []
        self.numbers: list[tuple[str, Any]] = []
        self.later: list[tuple[str, serializers.Field]] = []
        for name, field in serializer.fields.items():
            self.columns.append(self._column(name, field))

    def _column(self, name: str, field: serializers.Field) -> str:
        """Note what becomes of a field; returns its column, the key where it is read from elsewhere."""
        if isinstance(field, _ELSEWHERE):
            self.later.append((name, field))
            return "pk"
        column = self.model._meta.get_field(field.source)
        if isinstance(field, Reference):
            self.references.append((name, field.model))
        elif isinstance(field, PartNumber):
            self.numbers.append((name, column.related_model))
        elif convert := _converter(field):
            self.converted.append((name, convert))
        attribute: str = column.attname
        return attribute

    def documents(self, rows: Iterable[tuple[Any, ...]]) -> list[Document]:
        """Return rows as documents; references and what is read from elsewhere are still keys."""
        found = [dict(zip(self.names, row, strict=True)) for row in rows]
        for name, convert in self.converted:
            for document in found:
                value = document[name]
                if value is not None:
                    document[name] = convert(value)
        return found


def _converter(field: serializers.Field) -> Convert | None:
    """Return what makes a column's value that of a document; None where they are the same."""
    if isinstance(field, serializers.DecimalField):
        return f"{{:.{field.decimal_places}f}}".format
    if isinstance(field, (serializers.DateField, serializers.TimeField)):
        return lambda day: day.isoformat()
    if isinstance(field, PartialDate):
        return describe_date
    if isinstance(field, OwnQuantity):
        return lambda text: describe_quantity(text) if text else None
    if isinstance(field, Quantity):
        return describe_quantity
    if isinstance(field, _PLAIN):
        return None
    raise TypeError(f"{field.field_name}: say here how a {type(field).__name__} is read from its column")


@cache
def _columns(serializer: type[serializers.ModelSerializer]) -> _Columns:
    return _Columns(serializer())


class _References:
    """What documents say of other records, by model and key; each is read once."""

    def __init__(self) -> None:
        self._found: dict[Any, dict[Any, Document]] = defaultdict(dict)
        self._tree: dict[Any, tuple[str, str, Any]] = {}

    def put(self, model: Any, documents: list[Document], name: str) -> None:
        """Put references in the place of keys."""
        known = self.of(model, {document[name] for document in documents})
        for document in documents:
            key = document[name]
            if key is not None:
                # Each its own: what is published may say of it what the desk does not.
                document[name] = known[key].copy()

    def of(self, model: Any, keys: set[Any]) -> dict[Any, Document]:
        """Return the references by key, with those to `keys` among them."""
        found = self._found[model]
        if model is Category:
            self._read_categories(found)
            return found
        extra = ("category_id",) if model.kind == "platform" else ()
        for part in chunked(keys - found.keys() - {None}):
            rows = model.objects.filter(pk__in=part).order_by().values_list("pk", "public_id", "name", *extra)
            for key, public_id, name, *category in rows:
                found[key] = {"id": public_id, "name": name}
                if category:
                    found[key]["category"] = self.of(Category, set(category))[category[0]]
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
    for part in chunked(sorted(set(public_ids))):
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
        queryset = columns.model.objects.filter(public_id__in=public_ids).order_by("public_id")
        rows = list(queryset.values_list("pk", *columns.columns))
        documents = columns.documents(row[1:] for row in rows)
        owners = {row[0]: document for row, document in zip(rows, documents, strict=True)}
        self._refer(columns, documents)
        for name, field in columns.later:
            if isinstance(field, serializers.ListSerializer):
                self._parts(name, field, owners)
            elif isinstance(field, serializers.ManyRelatedField):
                self._listed(name, str(field.source), owners)
            elif isinstance(field, Aliases):
                self._aliases(name, str(field.source), owners)
            else:
                known = self.references.of(Category, set(owners))
                for key, document in owners.items():
                    document[name] = known[key]["path"]
        for document in documents:
            self.serializer.arrange(document)
        return documents

    def _refer(self, columns: _Columns, documents: list[Document]) -> None:
        for name, model in columns.references:
            self.references.put(model, documents, name)
        for name, model in columns.numbers:
            known = self.numbers[model]
            for document in documents:
                document[name] = known[document[name]] if document[name] is not None else None

    def _parts(self, name: str, field: serializers.ListSerializer, owners: dict[Any, Document]) -> None:
        """Put the parts in each document, in the order of their table."""
        child: Any = field.child
        declared: Any = type(child)
        columns = _columns(declared)
        if isinstance(child, ClaimPart):
            by, named = "record_id", {document["id"]: document for document in owners.values()}
            queryset = Claim.objects.filter(record_kind=self.model.kind, record_id__in=named)
        else:
            relation = self.model._meta.get_field(field.source)
            by, named = relation.field.attname, owners
            queryset = columns.model.objects.filter(**{f"{by}__in": list(owners)})
        rows = list(queryset.values_list(by, "pk", *columns.columns))
        parts = columns.documents(row[2:] for row in rows)
        if "number" in columns.names:
            self.numbers[columns.model] = {row[1]: part["number"] for row, part in zip(rows, parts, strict=True)}
        self._refer(columns, parts)
        for document in owners.values():
            document[name] = []
        for row, part in zip(rows, parts, strict=True):
            named[row[0]][name].append(part)

    def _listed(self, name: str, source: str, owners: dict[Any, Document]) -> None:
        """Put references to the records that each record lists."""
        field = self.model._meta.get_field(source)
        by, to = field.m2m_column_name(), field.m2m_reverse_name()
        pairs = list(field.remote_field.through.objects.filter(**{f"{by}__in": list(owners)}).values_list(by, to))
        known = self.references.of(field.related_model, {key for _owner, key in pairs})
        for document in owners.values():
            document[name] = []
        for owner, key in pairs:
            owners[owner][name].append(known[key].copy())

    def _aliases(self, name: str, source: str, owners: dict[Any, Document]) -> None:
        relation = self.model._meta.get_field(source)
        by = relation.field.attname
        for document in owners.values():
            document[name] = []
        rows = relation.related_model.objects.filter(**{f"{by}__in": list(owners)})
        for owner, alias in sorted(rows.values_list(by, "name"), key=lambda pair: pair[1]):
            owners[owner][name].append(alias)
