"""Parts: rows inside the document of a record, such as shares, and how they are written back."""

from collections.abc import Iterable, Iterator
from typing import Any, ClassVar

from django.core.exceptions import ValidationError as DjangoValidationError
from django.db.models import Model
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from rest_framework.serializers import LIST_SERIALIZER_KWARGS, LIST_SERIALIZER_KWARGS_REMOVE

from tracker.lib.money import unit_problem
from tracker.models.base import Record
from tracker.models.fields import AmountField
from tracker.models.key_lists import Listed
from tracker.records.engine.document_field import DocumentField, KeyPath, at_position
from tracker.records.engine.paths import choice_paths, reference_paths
from tracker.records.engine.plain_fields import FIELD_OF_COLUMN, Choice
from tracker.records.engine.typed_amounts import ReadsAmounts

LEFT_TO_DATABASE = "constraints are left to the database"
"""The key in the context of a serializer that saves many records: a query for each constraint of each row takes longer
than to write it. Whoever sets it catches IntegrityError, and saves anew without it to say what is wrong."""


def validate_model(instance: Model, exclude: Iterable[str] = (), *, constraints: bool = True) -> None:
    """Check `instance` against its fields and named constraints, and its amounts against the units of their currency.

    Without `constraints`, those are left to the database, and so is that what it refers to is there. Raises
    serializers.ValidationError with the message of each field.
    """
    left = set() if constraints else {field.name for field in instance._meta.fields if field.is_relation}
    try:
        instance.full_clean(exclude=left.union(exclude), validate_unique=constraints, validate_constraints=constraints)
    except DjangoValidationError as error:
        raise serializers.ValidationError(serializers.as_serializer_error(error)) from error
    currency = getattr(instance, "currency", "")
    names = [field.name for field in instance._meta.fields if isinstance(field, AmountField)]
    problems = {
        name: [problem]
        for name in names
        if (amount := getattr(instance, name)) is not None and currency and (problem := unit_problem(amount, currency))
    }
    if problems:
        raise serializers.ValidationError(problems)


class PartList(DocumentField, serializers.ListSerializer):
    """The parts of one sort that a record has."""

    is_written_later = True

    @property
    def row(self) -> Any:
        return self.child

    def column(self, model: Any) -> str:
        return "pk"

    def gather(self, desk: Any, name: str, owners: dict[Any, Any]) -> None:
        desk.put_parts(self, name, owners)

    def own_rows(self, model: Any) -> Any:
        return None if self.row.is_published_alone else model._meta.get_field(str(self.source))

    def write_later(self, record: Any, value: Any) -> None:
        self.row.write(record, value, self.source)

    def references(self) -> Iterator[tuple[KeyPath, str]]:
        for path, kind in reference_paths(self.row):
            yield ("*", *path), kind

    def choices_held(self) -> Iterator[KeyPath]:
        if not self.row.is_published_alone:
            for path in choice_paths(self.row):
                yield ("*", *path)


class RecordPartSerializer(ReadsAmounts):
    """A row inside a document, such as a share or an item.

    The model says what tells the parts of one record apart: a part whose identity is already there is changed,
    another is added, and one that is no longer listed is removed.
    """

    serializer_field_mapping = FIELD_OF_COLUMN
    serializer_choice_field = Choice

    is_published_alone: ClassVar[bool] = False
    """Whether the parts are published by themselves, too, and name their record by kind and id."""
    twice: ClassVar[Any] = _("This stands here twice.")
    """What is said of a part whose identity another has already."""
    is_replaced: ClassVar[bool] = False
    """Whether all parts are written anew, in the order given, as nothing points to one of them."""
    numbered: dict[str, dict[int, Any]]
    """The parts of the record that rows name by number, by relation: read once for all rows that are written."""
    named_by: ClassVar[tuple[str, ...]] = ()
    """The fields by which claims name a line (see places.py), what tells them apart best first; some do together."""

    @classmethod
    def many_init(cls, *args: Any, **kwargs: Any) -> PartList:
        """Return the list of parts that `many=True` asks for."""
        of_list = {name: value for name, value in kwargs.items() if name in LIST_SERIALIZER_KWARGS}
        of_list |= {name: kwargs.pop(name) for name in LIST_SERIALIZER_KWARGS_REMOVE if name in kwargs}
        of_list["child"] = cls(*args, **kwargs)
        return PartList(*args, **of_list)

    def rows(self, model: Any, source: str, owners: dict[Any, Any]) -> tuple[str, dict[Any, Any], dict[str, Any]]:
        """Return the column that says of which document a row is, `owners` by it, and what finds their rows."""
        by = model._meta.get_field(source).field.attname
        return by, owners, {f"{by}__in": Listed(owners)}

    @property
    def identity(self) -> tuple[str, ...]:
        """The fields of a row that tell the parts of one record apart, as documents call them."""
        names = {field.source: str(name) for name, field in self.fields.items()}
        return tuple(names[column] for column in self.model().identity())

    def get_validators(self) -> list[Any]:
        """Return none: the rows that are there are being replaced, and named constraints are checked at saving."""
        return []

    def write(self, record: Record, rows: list[dict[str, Any]], relation: str) -> None:
        """Make the parts of `record` those of `rows`; raises ValidationError with their positions."""
        manager = getattr(record, relation)
        self.numbered = {}
        if self.is_replaced:
            manager.all().delete()
            existing, wanted = {}, dict(enumerate(enumerate(rows)))
        else:
            existing = {self._key_of(part): part for part in manager.all()}
            wanted = self._by_key(existing, rows)
        if gone := [part.pk for key, part in existing.items() if key not in wanted]:
            manager.filter(pk__in=gone).delete()
        for key, (position, row) in self.in_order(existing, wanted):
            part = existing.get(key) or self.model()(**{self.model().owner(): record})
            try:
                self.save_part(part, row)
            except serializers.ValidationError as error:
                raise at_position(position, error.detail) from error

    def _key_of(self, part: Any) -> tuple[Any, ...]:
        return tuple(getattr(part, part._meta.get_field(name).attname) for name in part.identity())

    def _by_key(self, existing: Iterable[Any], rows: list[dict[str, Any]]) -> dict[Any, tuple[int, dict[str, Any]]]:
        """Return position and row by identity; one that comes without a number gets the next."""
        identity = self.model().identity()
        number = max((key[0] for key in existing), default=0) if identity == ("number",) else 0
        wanted: dict[Any, tuple[int, dict[str, Any]]] = {}
        for position, row in enumerate(rows):
            if identity == ("number",) and not row.get("number"):
                number = row["number"] = max([number, *(key[0] for key in wanted)]) + 1
            key = tuple(_plain_value(row[name]) for name in identity)
            if key in wanted:
                raise at_position(position, {self.identity[-1]: [self.twice]})
            wanted[key] = (position, row)
        return wanted

    def in_order(self, existing: dict[Any, Any], wanted: dict[Any, Any]) -> Iterable[tuple[Any, Any]]:
        """Return the parts in the order in which to save them."""
        return wanted.items()

    @classmethod
    def model(cls) -> Any:
        """Return the model of the part."""
        return cls.Meta.model

    def save_part(self, part: Any, row: dict[str, Any]) -> None:
        """Write `row` to `part`; what it leaves out takes the field's default. One that is the same is left alone."""
        is_other = part._state.adding
        for field in self.fields.values():
            if field.read_only:
                continue
            column = part._meta.get_field(field.source)
            value = row.get(str(field.source), column.get_default())
            is_other |= getattr(part, column.attname) != _plain_value(value)
            setattr(part, str(field.source), value)
        if is_other:
            asked = LEFT_TO_DATABASE not in self.context
            validate_model(part, exclude=[part.owner()], constraints=asked)
            part.save()


def _plain_value(value: Any) -> Any:
    """Return a value as its column holds it."""
    return value.pk if isinstance(value, Model) else value
