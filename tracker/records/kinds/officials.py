"""Officials as documents."""

from tracker.models import Official, Party
from tracker.records.engine.claims import ClaimedSerializer
from tracker.records.engine.fields import PartialDateField
from tracker.records.engine.references import Reference


class OfficialSerializer(ClaimedSerializer):
    """An official ⇄ their document."""

    party = Reference(Party)
    held_from = PartialDateField()
    held_to = PartialDateField()

    dated_by = "held_from"

    class Meta:
        model = Official
        fields = ("id", "name", "office", "party", "held_from", "held_to", "description", "claims")
