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

    `identity` names the field that tells the parts of one record apart: a part whose identity is
    already there is changed, another is added, and one that is no longer listed is removed.
    """

    serializer_choice_field = Choice

    identity: ClassVar[str] = "number"
    owner: ClassVar[str]
    """The foreign key to the record."""

    def get_validators(self) -> list[Any]:
        """Return none: the rows that are there are being replaced, and named constraints are checked at saving."""
        return []

    def write(self, record: Record, rows: list[dict[str, Any]], relation: str) -> None:
        """Make the parts of `record` those of `rows`; raises ValidationError with their positions."""
        manager = getattr(record, relation)
        existing = {getattr(part, self.identity): part for part in manager.all()}
        number = max((n for n in existing if isinstance(n, int)), default=0)
        wanted: dict[Any, tuple[int, dict[str, Any]]] = {}
        for position, row in enumerate(rows):
            if self.identity == "number" and not row.get("number"):
                number = max([number, *(n for n in wanted if isinstance(n, int))]) + 1
                row["number"] = number
            if row[self.identity] in wanted:
                raise at_position(position, {self.identity: [_("This stands here twice.")]})
            wanted[row[self.identity]] = (position, row)
        for key, part in existing.items():
            if key not in wanted:
                part.delete()
        for key, (position, row) in self.in_order(existing, wanted):
            part = existing.get(key) or self.model()(**{self.owner: record})
            try:
                self.save_part(part, row)
            except serializers.ValidationError as error:
                raise at_position(position, error.detail) from error

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
            is_other |= getattr(part, column.attname) != (value.pk if isinstance(value, Model) else value)
            setattr(part, str(field.source), value)
        if is_other:
            validate_model(part, exclude=[self.owner])
            part.save()


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
