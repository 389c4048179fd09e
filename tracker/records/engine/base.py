"""Serializers that turn a record into its document, and write the document back."""

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from tracker.lib.text import fold
from tracker.models.base import Record
from tracker.records.engine.document_field import fields_of
from tracker.records.engine.parts import LEFT_TO_DATABASE, validate_model
from tracker.records.engine.plain_fields import FIELD_OF_COLUMN, Choice, OwnId
from tracker.records.engine.typed_amounts import ReadsAmounts

WITHOUT_WORDS = frozenset({"cells", "entries", "valuations", "announced", "date", "quantity"})
"""What holds none of them: dates, quantities and amounts, and what an import read in cells."""
SEARCHED = {"id", "name", "aliases", "description", "short_name", "office", "quote", "publisher"}


class RecordSerializer(ReadsAmounts):
    """A record ⇄ its document.

    The desk reads and writes all fields. What is published, exported and put back knows nothing of those that are the
    desk's alone: they stay as they are on the record.
    """

    serializer_field_mapping = FIELD_OF_COLUMN
    serializer_choice_field = Choice

    id = OwnId(
        validators=Record._meta.get_field("public_id").validators,
        help_text=_("Given once, never changed. Left out, one is made."),
    )

    dated_by: ClassVar[str | None] = None
    """The field whose date orders and filters records of this kind."""
    desk_only: ClassVar[tuple[str, ...]] = ("note",)
    """The fields that are the desk's alone; a kind that has more adds them to these."""
    is_published_form: ClassVar[bool] = False
    """Whether this is the published form, without the fields that are the desk's alone."""

    @classmethod
    def published_form(cls) -> "type[RecordSerializer]":
        """Return the serializer of the published form."""
        return type(f"Published{cls.__name__}", (cls,), {"__doc__": cls.__doc__, "is_published_form": True})

    def get_field_names(self, declared_fields: Any, info: Any) -> list[str]:
        """Return the fields that `Meta.fields` names, and on the desk those of its own after them."""
        named = {name: field for name, field in declared_fields.items() if name not in self.desk_only}
        names = [name for name in super().get_field_names(named, info) if name not in self.desk_only]
        return names if self.is_published_form else [*names, *self.desk_only]

    def take(self, instance: Any, data: dict[str, Any]) -> None:
        """Be about another record: to make the fields of a serializer takes as long as to check what they are given."""
        self.instance, self.initial_data = instance, data
        for name in ("_validated_data", "_errors"):
            vars(self).pop(name, None)

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
            for field in fields_of(self).values()
            if field.is_written_later and field.source in validated_data
        ]
        for name, value in validated_data.items():
            setattr(instance, name, value)
        validate_model(instance, constraints=LEFT_TO_DATABASE not in self.context)
        is_new = instance._state.adding
        instance.save()
        for field, value in later:
            if is_new and not value:
                continue
            try:
                field.write_later(instance, value)
            except serializers.ValidationError as error:
                raise serializers.ValidationError({str(field.field_name): error.detail}) from error
        # What was read before the parts were written is stale.
        getattr(instance, "_prefetched_objects_cache", {}).clear()
        return instance

    @classmethod
    def arrange(cls, document: dict[str, Any]) -> None:
        """Put the lists of a document that was read from the desk in their order; `document` itself is changed."""

    @classmethod
    def complete(cls, document: dict[str, Any]) -> dict[str, Any]:
        """Fill in what a document derives from its own references; `document` itself is changed."""
        return document


def searched_text(document: Any) -> str:
    """Return the folded words of `document` that a search looks at, a text a line, so that no phrase spans two."""
    words: dict[str, None] = {}

    def gather(place: dict[str, Any]) -> None:
        for key, value in place.items():
            if not value or key in WITHOUT_WORDS:
                # Nearly half of what a document holds is blank.
                continue
            kind = type(value)
            if kind is str:
                if key in SEARCHED:
                    words[value] = None
            elif kind is dict:
                gather(value)
            elif kind is list:
                for row in value:
                    # A list of names, such as aliases, is gathered under its own.
                    gather(row if type(row) is dict else {key: row})

    gather(document)
    return "\n".join(dict.fromkeys(filter(None, map(fold, words))))
