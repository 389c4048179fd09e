"""What every record of the register has: a public id that never changes, and a name."""

import re
from functools import reduce
from typing import Any, ClassVar, Self, TypeVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from tracker.lib.text import fold
from tracker.models.fields import PUBLIC_ID, FoldedField, FoundByField

_Record = TypeVar("_Record", bound="Record")
_Part = TypeVar("_Part", bound="Part")


def slug(text: str) -> str:
    """Return `text` as a slug of letters, digits and single hyphens."""
    return re.sub("[_-]+", "-", slugify(text)).strip("-")


class RecordManager(models.Manager[_Record]):
    """Finds a record of the desk by its public id, as fixtures do."""

    def get_by_natural_key(self, public_id: str) -> _Record:
        return self.get(public_id=public_id)


class Record(models.Model):
    """A row of the desk that can be published under its public id.

    The public id is given once and never re-used; a rename leaves it alone.
    """

    kind: ClassVar[str]
    """The word for this kind of record in publications and claims, such as `pledge`."""
    ids_are_numbered: ClassVar[bool] = False
    """Whether each public id ends with a running number, not only one whose stem is taken."""

    public_id = models.CharField(
        _("public id"), max_length=100, unique=True, validators=[PUBLIC_ID],
        help_text=_("Given once, never changed. Leave it empty to have one made."),
    )  # fmt: skip
    name = models.CharField(_("name"), max_length=250)
    found_by = FoundByField("name")
    note = models.TextField(
        _("internal note"), blank=True, default="", help_text=_("For the desk alone: it is never published.")
    )

    objects: ClassVar[RecordManager[Self]] = RecordManager()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    def natural_key(self) -> tuple[str, ...]:
        return (self.public_id,)

    def id_stem(self, lead: "Record | None" = None) -> str:
        """Return what the public id of a new record is made of; `lead` is a pledge's first contributor."""
        return slug(self.name) or self.kind

    @classmethod
    def named(cls, public_id: str) -> Self | None:
        """Return the record with this public id, or None."""
        return cls.objects.filter(public_id=public_id).first()


class PartManager(models.Manager[_Part]):
    """Finds a part of a record by what identifies it within the record."""

    def get_by_natural_key(self, *key: Any) -> _Part:
        return self.get(**dict(zip(self.model.identified_by, key, strict=True)))


class Part(models.Model):
    """A row that belongs to one record and is published inside its document."""

    identified_by: ClassVar[tuple[str, ...]]
    """The look-ups that identify it: its record, such as `pledge__public_id`, and what tells it from the others there.

    Natural keys, writing, differences and sheets all go by these.
    """

    objects: ClassVar[PartManager[Self]] = PartManager()

    class Meta:
        abstract = True

    @classmethod
    def owner(cls) -> str:
        """Return the foreign key to the record."""
        return cls.identified_by[0].partition("__")[0]

    @classmethod
    def identity(cls) -> tuple[str, ...]:
        """Return the fields that tell the parts of one record apart, such as `number`."""
        return tuple(path.partition("__")[0] for path in cls.identified_by[1:] or cls.identified_by)

    def natural_key(self) -> tuple[Any, ...]:
        return tuple(reduce(getattr, path.split("__"), self) for path in self.identified_by)


class Alias(Part):
    """Another name by which sources call a record; each belongs to one record of its kind."""

    identified_by = ("folded",)

    name = models.CharField(_("name"), max_length=250)
    folded = FoldedField(
        "name", unique=True, verbose_name=_("name"),
        error_messages={
            "unique": _("This name is given already, perhaps with other accents, dashes, spaces or capitals.")
        },
    )  # fmt: skip

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Refuse the name of another record for a new alias: a name counts before it, so it would never be found."""
        super().clean()
        problem = self.name_problem() if self.pk is None else ""
        if problem:
            raise ValidationError({"name": problem})

    def name_problem(self) -> str:
        """Return which other record has the alias for its name; empty where none has."""
        owner = next(field for field in self._meta.fields if isinstance(field, models.ForeignKey))
        folded = fold(self.name)
        others: Any = owner.related_model
        near = others.objects.filter(found_by__contains=folded).exclude(pk=getattr(self, owner.attname))
        for public_id, name in near.order_by("public_id").values_list("public_id", "name"):
            if fold(name) == folded:
                return _("“%(alias)s” is the name of %(id)s: a record is looked for by names before aliases.") % {
                    "alias": self.name, "id": public_id}  # fmt: skip
        return ""

    def natural_key(self) -> tuple[Any, ...]:
        return (fold(self.name),)
