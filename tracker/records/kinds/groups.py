"""Groups as documents."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from tracker.models import Group, Membership, Party
from tracker.records.engine.claims import ClaimedSerializer
from tracker.records.engine.parts import RecordPartSerializer
from tracker.records.engine.references import Reference


class MembershipPart(RecordPartSerializer):
    """A membership inside its group."""

    named_by = ("party", "party valid_from")
    twice = _("This membership stands here twice.")

    party = Reference(Party)

    class Meta:
        model = Membership
        fields = ("party", "valid_from", "valid_to")


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
