"""Packages as documents."""

from tracker.models import Initiative, Package
from tracker.records.engine.claims import ClaimedSerializer
from tracker.records.engine.fields import PartialDateField
from tracker.records.engine.references import Reference


class PackageSerializer(ClaimedSerializer):
    """A package ⇄ its document."""

    initiative = Reference(Initiative)
    announced = PartialDateField()

    dated_by = "announced"

    class Meta:
        model = Package
        fields = (
            "id", "name", "initiative", "number", "announced", "amount", "currency", "description", "claims",
        )  # fmt: skip
        # The named constraint package_number_once is checked with all the others.
        validators: list[object] = []
