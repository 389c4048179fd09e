"""Categories as documents."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from tracker.models import Category
from tracker.records.engine.claims import ClaimedSerializer
from tracker.records.engine.fields import Aliases
from tracker.records.engine.references import CategoryPath, Reference, category_path


class CategorySerializer(ClaimedSerializer):
    """A category ⇄ its document, with the path from the root of the tree."""

    parent = Reference(Category, required=False, allow_null=True)  # type: ignore[assignment]  # a field, named like an attribute of serializers
    path = CategoryPath()
    aliases = Aliases()

    class Meta:
        model = Category
        fields = ("id", "name", "parent", "path", "aliases", "description", "claims")

    def validate_parent(self, parent: Category | None) -> Category | None:
        """Refuse a parent that stands below the category itself."""
        if self.instance is not None and parent is not None and self.instance.public_id in category_path(parent):
            raise serializers.ValidationError(
                _("%(parent)s stands within %(category)s already.")
                % {"parent": parent.name, "category": self.instance.name}
            )
        return parent

    @classmethod
    def complete(cls, document: dict[str, Any]) -> dict[str, Any]:
        above = document["parent"]["path"] if document["parent"] else []
        document["path"] = [*above, document["id"]]
        return document
