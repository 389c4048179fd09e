"""Platforms as documents."""

from django.utils.translation import gettext_lazy as _

from tracker.models import Basis, Category, Party, Platform, PlatformPrice
from tracker.records.engine.claims import ClaimedSerializer
from tracker.records.engine.fields import Aliases
from tracker.records.engine.parts import RecordPartSerializer
from tracker.records.engine.plain_fields import Choice
from tracker.records.engine.references import Reference


class PricePart(RecordPartSerializer):
    """A dated price inside its platform."""

    named_by = ("basis valid_from", "basis")
    twice = _("A price on this basis starts that day already.")

    basis = Choice(Basis.priced(), default=Basis.MARKET_PRICE)

    class Meta:
        model = PlatformPrice
        fields = ("basis", "valid_from", "amount", "low", "high", "currency", "source")


class PlatformSerializer(ClaimedSerializer):
    """A platform ⇄ its document."""

    category = Reference(Category)
    manufacturer = Reference(Party, required=False, allow_null=True)
    aliases = Aliases()
    prices = PricePart(many=True, required=False)

    class Meta:
        model = Platform
        fields = ("id", "name", "category", "manufacturer", "aliases", "prices", "description", "claims")
