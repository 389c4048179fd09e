"""Platforms as documents."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from tracker.models import Basis, Category, Party, Platform, PlatformPrice
from tracker.records.engine.base import PartSerializer, at_position
from tracker.records.engine.claims import ClaimedSerializer
from tracker.records.engine.fields import Aliases, Choice, Reference


class PricePart(PartSerializer):
    """A dated price inside its platform."""

    owner = "platform"

    basis = Choice(Basis.priced(), default=Basis.MARKET_PRICE)

    class Meta:
        model = PlatformPrice
        fields = ("basis", "valid_from", "amount", "low", "high", "currency", "source")

    def write(self, record: Any, rows: list[dict[str, Any]], relation: str) -> None:
        """Make the prices of `record` those of `rows`."""
        getattr(record, relation).all().delete()
        seen = set()
        for position, row in enumerate(rows):
            key = (row["basis"], row["valid_from"])
            if key in seen:
                raise at_position(position, {"valid_from": [_("A price on this basis starts that day already.")]})
            seen.add(key)
            try:
                self.save_part(PlatformPrice(platform=record), row)
            except serializers.ValidationError as error:
                raise at_position(position, error.detail) from error


class PlatformSerializer(ClaimedSerializer):
    """A platform ⇄ its document."""

    category = Reference(Category)
    manufacturer = Reference(Party, required=False, allow_null=True)
    aliases = Aliases()
    prices = PricePart(many=True, required=False)

    class Meta:
        model = Platform
        fields = ("id", "name", "category", "manufacturer", "aliases", "prices", "description", "claims")
