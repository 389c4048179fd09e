"""Initiatives as documents."""

from typing import Any

from tracker.models import Incident, Initiative, InitiativeTarget, Party
from tracker.records.engine.claims import ClaimedSerializer
from tracker.records.engine.fields import Aliases, OwnQuantity, PartialDateField
from tracker.records.engine.parts import RecordPartSerializer
from tracker.records.engine.plain_fields import Choice, OwnNumber
from tracker.records.engine.references import Reference


class TargetPart(RecordPartSerializer):
    """What an initiative aims at."""

    named_by = ("what", "per date")

    number = OwnNumber()
    quantity = OwnQuantity()
    date = PartialDateField()

    class Meta:
        model = InitiativeTarget
        fields = ("number", "what", "amount", "currency", "quantity", "per", "date")


class InitiativeSerializer(ClaimedSerializer):
    """An initiative ⇄ its document."""

    kind = Choice(Initiative.Kind.choices, source="initiative_kind")
    started = PartialDateField()
    ended = PartialDateField()
    leads = Reference(Party, many=True, required=False)
    supplier = Reference(Party, required=False, allow_null=True)
    beneficiary = Reference(Party, required=False, allow_null=True)
    prompted_by = Reference(Incident, required=False, allow_null=True)
    aliases = Aliases()
    targets = TargetPart(many=True, required=False)

    dated_by = "started"

    class Meta:
        model = Initiative
        fields = (
            "id", "name", "kind", "status", "started", "ended", "leads", "supplier", "beneficiary", "prompted_by",
            "aliases", "targets", "description", "claims",
        )  # fmt: skip

    @classmethod
    def arrange(cls, document: dict[str, Any]) -> None:
        # By id: an order by name would change with a rename that is not published.
        document["leads"].sort(key=lambda reference: reference["id"])
