"""Parties as documents."""

from tracker.models import Party
from tracker.records.engine.claims import ClaimedSerializer
from tracker.records.engine.fields import Aliases
from tracker.records.engine.plain_fields import Choice
from tracker.records.engine.references import Reference


class PartySerializer(ClaimedSerializer):
    """A party ⇄ its document."""

    kind = Choice(Party.Kind.choices, source="party_kind", default=Party.Kind.STATE)
    part_of = Reference(Party, source="parent", required=False, allow_null=True)
    aliases = Aliases()

    class Meta:
        model = Party
        fields = ("id", "name", "kind", "iso_alpha2", "part_of", "aliases", "description", "claims")
