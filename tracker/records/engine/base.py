"""Serializers that turn a record into its document, and write the document back."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django.core.exceptions import ValidationError as DjangoValidationError
from django.db.models import Model
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from tracker.lib.text import fold
from tracker.models.base import Record
from tracker.records.engine.fields import Aliases, Choice, Reference

_SEARCHED = {"id", "name", "aliases", "description", "short_name", "office", "quote", "publisher"}


def validate_model(instance: Model, exclude: Iterable[str] = ()) -> None:
    """Check `instance` against its fields and named constraints.

    Raises serializers.ValidationError with the message of each field.
    """
    try:
        instance.full_clean(exclude=set(exclude))
    except DjangoValidationError as error:
        raise serializers.ValidationError(serializers.as_serializer_error(error)) from error


class PartSerializer(serializers.ModelSerializer):
    """A row inside a document, such as a share or an item.

    The model says what tells the parts of one record apart: a part whose identity is already there is changed,
    another is added, and one that is no longer listed is removed.
    """

    serializer_choice_field = Choice

    twice: ClassVar[Any] = _("This stands here twice.")
    """What is said of a part whose identity another has already."""
    is_replaced: ClassVar[bool] = False
    """Whether all parts are written anew, in the order given, as nothing points to one of them."""

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
        if self.is_replaced:
            manager.all().delete()
            existing, wanted = {}, dict(enumerate(enumerate(rows)))
        else:
            existing = {self._key_of(part): part for part in manager.all()}
            wanted = self._by_key(existing, rows)
        for key, part in existing.items():
            if key not in wanted:
                part.delete()
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
            validate_model(part, exclude=[part.owner()])
            part.save()


def _plain_value(value: Any) -> Any:
    """Return a value as its column holds it."""
    return value.pk if isinstance(value, Model) else value


def at_position(position: int, detail: Any) -> serializers.ValidationError:
    """Return the error of one row among the rows before it, which have none."""
    return serializers.ValidationError([{}] * position + [detail])


# Written after the record has a row: parts, aliases, many-to-many.
_WRITTEN_LATER = (serializers.ListSerializer, Aliases, serializers.ManyRelatedField)


class RecordSerializer(serializers.ModelSerializer):
    """A record ⇄ its document."""

    serializer_choice_field = Choice

    id = serializers.CharField(
        source="public_id", required=False, max_length=100,
        validators=Record._meta.get_field("public_id").validators,
        help_text=_("Given once, never changed. Left out, one is made."),
    )  # fmt: skip

    dated_by: ClassVar[str | None] = None
    """The field whose date orders and filters records of this kind."""

    def validate_id(self, value: str) -> str:
        if self.instance is not None and value != self.instance.public_id:
            raise serializers.ValidationError(
                _("A public id never changes; this record is %s.") % self.instance.public_id
            )
        model: Any = self.Meta.model
        if self.instance is None and model.named(value):
            raise serializers.ValidationError(_("The id %s is taken.") % value)
        return value

    def create(self, validated_data: dict[str, Any]) -> Any:
        model: Any = self.Meta.model
        return self.update(model(), validated_data)

    def update(self, instance: Any, validated_data: dict[str, Any]) -> Any:
        later = [
            (field, validated_data.pop(field.source))
            for field in self.fields.values()
            if field.source in validated_data and isinstance(field, _WRITTEN_LATER)
        ]
        for name, value in validated_data.items():
            setattr(instance, name, value)
        validate_model(instance)
        instance.save()
        for field, value in later:
            self._write_later(instance, field, value)
        # What was read before the parts were written is stale.
        getattr(instance, "_prefetched_objects_cache", {}).clear()
        return instance

    def _write_later(self, instance: Any, field: Any, value: Any) -> None:
        try:
            if isinstance(field, Aliases):
                self._write_aliases(getattr(instance, str(field.source)), value)
            elif isinstance(field, serializers.ManyRelatedField):
                getattr(instance, str(field.source)).set(value)
            else:
                field.child.write(instance, value, field.source)
        except serializers.ValidationError as error:
            raise serializers.ValidationError({field.field_name: error.detail}) from error

    @staticmethod
    def _write_aliases(manager: Any, names: list[str]) -> None:
        wanted = {fold(name): name for name in names}
        for alias in manager.all():
            if wanted.get(alias.folded) != alias.name:
                alias.delete()
        present = set(manager.values_list("name", flat=True))
        for position, name in enumerate(names):
            if name in present:
                continue
            if manager.model.objects.filter(folded=fold(name)).exists():
                raise at_position(position, [_("“%s” is already an alias of another record.") % name])
            manager.create(name=name)

    @classmethod
    def arrange(cls, document: dict[str, Any]) -> None:
        """Put the lists of a document that was read from the desk in their order; `document` itself is changed."""

    @classmethod
    def complete(cls, document: dict[str, Any]) -> dict[str, Any]:
        """Fill in what a document derives from its own references; `document` itself is changed."""
        return document


Step = tuple[str, ...]


def reference_paths(serializer: serializers.BaseSerializer) -> list[tuple[Step, str]]:
    """Return where documents of `serializer` refer to other records: path and kind; `*` is each row."""
    paths: list[tuple[Step, str]] = []
    for name, field in serializer.fields.items():  # type: ignore[attr-defined]
        if isinstance(field, Reference):
            paths.append(((name,), field.kind))
            if field.kind == "platform":
                paths.append(((name, "category"), "category"))
        elif isinstance(field, serializers.ManyRelatedField):
            paths.append(((name, "*"), field.child_relation.kind))  # type: ignore[attr-defined]
        elif isinstance(field, serializers.ListSerializer):
            paths += [((name, "*", *path), kind) for path, kind in reference_paths(field.child)]  # type: ignore[arg-type]
    return paths


def part_identities(serializer: serializers.BaseSerializer) -> dict[str, tuple[str, ...]]:
    """Return the fields that tell the rows of each list of parts apart, by the name of the list."""
    lists = {name: field for name, field in serializer.fields.items() if isinstance(field, serializers.ListSerializer)}  # type: ignore[attr-defined]
    return {name: field.child.identity for name, field in lists.items()}  # type: ignore[union-attr]


def choice_paths(serializer: serializers.BaseSerializer) -> list[Step]:
    """Return where documents of `serializer` hold a choice, such as `nature` or each entry's `stage`."""
    paths: list[Step] = []
    for name, field in serializer.fields.items():  # type: ignore[attr-defined]
        if isinstance(field, serializers.ChoiceField):
            paths.append((name,))
        elif isinstance(field, serializers.ListSerializer) and name != "claims":
            paths += [(name, "*", *path) for path in choice_paths(field.child)]  # type: ignore[arg-type]
    return paths


def searched_text(document: Any) -> str:
    """Return the folded words of `document` that a search looks at."""
    words: dict[str, None] = {}

    def gather(place: dict[str, Any]) -> None:
        for key, value in place.items():
            if isinstance(value, str):
                if key in _SEARCHED:
                    words[value] = None
            elif isinstance(value, dict):
                gather(value)
            elif isinstance(value, list):
                for row in value:
                    # A list of names, such as aliases, is gathered under its own.
                    gather(row if isinstance(row, dict) else {key: row})

    gather(document)
    return fold("\n".join(words))
