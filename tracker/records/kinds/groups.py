"""Groups as documents."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from tracker.models import Group, Membership, Party
from tracker.records.engine.base import PartSerializer, at_position
from tracker.records.engine.claims import ClaimedSerializer
from tracker.records.engine.fields import Reference


class MembershipPart(PartSerializer):
    """A membership inside its group."""

    owner = "group"

    party = Reference(Party)

    class Meta:
        model = Membership
        fields = ("party", "valid_from", "valid_to")

    def write(self, record: Any, rows: list[dict[str, Any]], relation: str) -> None:
        """Make the memberships of `record` those of `rows`; a party may come back after it left."""
        wanted: dict[tuple[str, Any], int] = {}
        for position, row in enumerate(rows):
            key = (row["party"].public_id, row["valid_from"])
            if key in wanted:
                raise at_position(position, {"valid_from": [_("This membership stands here twice.")]})
            wanted[key] = position
        manager = getattr(record, relation)
        existing = {(part.party.public_id, part.valid_from): part for part in manager.select_related("party")}
        for key, part in existing.items():
            if key not in wanted:
                part.delete()
        for key, position in wanted.items():
            try:
                self.save_part(existing.get(key) or Membership(group=record), rows[position])
            except serializers.ValidationError as error:
                raise at_position(position, error.detail) from error


class GroupSerializer(ClaimedSerializer):
    """A group ⇄ its document."""

    memberships = MembershipPart(many=True, required=False)

    class Meta:
        model = Group
        fields = ("id", "name", "description", "memberships", "claims")

    @classmethod
    def arrange(cls, document: dict[str, Any]) -> None:
        # By id: an order by name would change with a rename that is not published.
        document["memberships"].sort(key=lambda row: (row["valid_from"], row["party"]["id"]))
