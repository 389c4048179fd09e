"""Incidents as documents."""

from tracker.models import Incident, IncidentItem, Party, Platform
from tracker.records.engine.claims import ClaimedSerializer
from tracker.records.engine.fields import PartialDateField, QuantityField
from tracker.records.engine.parts import RecordPartSerializer
from tracker.records.engine.plain_fields import Choice, OwnNumber
from tracker.records.engine.references import Reference


class IncidentItemPart(RecordPartSerializer):
    """What took part in an incident."""

    named_by = ("platform", "description")

    number = OwnNumber()
    platform = Reference(Platform, required=False, allow_null=True)
    quantity = QuantityField()

    class Meta:
        model = IncidentItem
        fields = ("number", "platform", "description", "quantity", "quantity_words")


class IncidentSerializer(ClaimedSerializer):
    """An incident ⇄ its document."""

    kind = Choice(Incident.Kind.choices, source="incident_kind")
    date = PartialDateField()
    actor = Reference(Party, required=False, allow_null=True)
    place = Reference(Party, required=False, allow_null=True)
    follows = Reference(Incident, required=False, allow_null=True)
    items = IncidentItemPart(many=True, required=False)

    dated_by = "date"

    class Meta:
        model = Incident
        fields = (
            "id", "name", "kind", "intent", "date", "actor", "place", "follows", "items", "description", "claims",
        )  # fmt: skip
