"""Requirements as documents."""

from tracker.models import Category, Initiative, Party, Platform, Requirement
from tracker.records.engine.claims import ClaimedSerializer
from tracker.records.engine.fields import PartialDateField, QuantityField
from tracker.records.engine.references import Reference


class RequirementSerializer(ClaimedSerializer):
    """A requirement ⇄ its document."""

    beneficiary = Reference(Party)
    platform = Reference(Platform, required=False, allow_null=True)
    category = Reference(Category, required=False, allow_null=True)
    initiative = Reference(Initiative, required=False, allow_null=True)
    quantity = QuantityField()
    stated = PartialDateField()

    dated_by = "stated"

    class Meta:
        model = Requirement
        fields = (
            "id", "name", "beneficiary", "platform", "category", "initiative", "quantity", "quantity_words",
            "priority", "stated", "description", "claims",
        )  # fmt: skip
