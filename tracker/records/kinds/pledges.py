"""Pledges as documents, with shares, items, entries, valuations and links."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from tracker.models import (
    Category,
    Condition,
    Document,
    Entry,
    Initiative,
    Item,
    Meeting,
    Package,
    Party,
    Platform,
    Pledge,
    PledgeLink,
    Requirement,
    Share,
    Valuation,
)
from tracker.models.desk.entries import totals_problem
from tracker.models.desk.pledges import fractions_problem, in_saving_order
from tracker.records.engine.claims import ClaimedSerializer
from tracker.records.engine.document_field import at_position
from tracker.records.engine.fields import OwnQuantity, PartialDateField, QuantityField
from tracker.records.engine.parts import RecordPartSerializer
from tracker.records.engine.plain_fields import OwnNumber, PartNumber
from tracker.records.engine.references import Reference


class SharePart(RecordPartSerializer):
    """A contributor and its share inside a pledge. Its note keeps the words of a round amount."""

    named_by = ("contributor",)
    about_kept_in = "note"

    contributor = Reference(Party)

    class Meta:
        model = Share
        fields = ("contributor", "fraction", "amount", "currency", "note")

    def in_order(self, existing: dict[Any, Any], wanted: dict[Any, Any]) -> Iterable[tuple[Any, Any]]:
        return in_saving_order(
            wanted.items(),
            before=lambda pair: getattr(existing.get(pair[0]), "fraction", None),
            after=lambda pair: pair[1][1].get("fraction"),
        )


class ItemPart(RecordPartSerializer):
    """A line of a pledge."""

    named_by = ("platform", "category", "description")

    number = OwnNumber()
    part_of = PartNumber()
    platform = Reference(Platform, required=False, allow_null=True)
    category = Reference(Category, required=False, allow_null=True)
    quantity = QuantityField()
    supplier = Reference(Party, required=False, allow_null=True)
    stock_owner = Reference(Party, required=False, allow_null=True)
    requirement = Reference(Requirement, required=False, allow_null=True)

    class Meta:
        model = Item
        fields = (
            "number", "part_of", "platform", "category", "description", "quantity", "quantity_words", "modality",
            "condition", "supplier", "stock_owner", "requirement",
        )  # fmt: skip

    def in_order(self, existing: dict[Any, Any], wanted: dict[Any, Any]) -> Iterable[tuple[Any, Any]]:
        """Save what others are part of before these."""
        return sorted(wanted.items(), key=lambda pair: pair[1][1].get("part_of") is not None)

    def save_part(self, part: Any, row: dict[str, Any]) -> None:
        # Of those that it names, none is written after it.
        super().save_part(part, find_parts(part.pledge, row, self.numbered, part_of="items"))


class ConditionPart(RecordPartSerializer):
    """What a pledge depends on."""

    named_by = ("words",)

    number = OwnNumber()
    due = PartialDateField()
    settled = PartialDateField()
    settled_by = Reference(Document, required=False, allow_null=True)

    class Meta:
        model = Condition
        fields = ("number", "words", "met_by", "due", "state", "settled", "settled_by")


def find_parts(
    pledge: Any, row: dict[str, Any], known: dict[str, dict[int, Any]], **relations: str
) -> dict[str, Any]:  # fmt: skip
    """Return `row` with the part of `pledge` in place of each number; `known` holds those that were read."""
    found: dict[str, Any] = {}
    for name, relation in relations.items():
        number = row.get(name)
        if number is None:
            continue
        if relation not in known:
            known[relation] = {part.number: part for part in getattr(pledge, relation).order_by()}
        found[name] = known[relation].get(number)
        if found[name] is None:
            raise serializers.ValidationError(
                {name: [_("There is no number %(number)s among the %(parts)s.")
                        % {"number": number, "parts": relation}]}
            )  # fmt: skip
    return row | found


class EntryPart(RecordPartSerializer):
    """A dated step of a pledge. Its note keeps the words of a round amount, as `about EUR 2 bn`."""

    named_by = ("stage date", "stage")
    about_kept_in = "note"

    number = OwnNumber()
    item = PartNumber()
    date = PartialDateField()
    quantity = OwnQuantity()

    class Meta:
        model = Entry
        fields = ("number", "stage", "item", "date", "amount", "currency", "quantity", "is_total", "note")

    def save_part(self, part: Any, row: dict[str, Any]) -> None:
        super().save_part(part, find_parts(part.pledge, row, self.numbered, item="items"))


class ValuationPart(RecordPartSerializer):
    """An amount on another basis, of an entry or of an item."""

    named_by = ("basis",)
    is_replaced = True

    entry = PartNumber()
    item = PartNumber()

    class Meta:
        model = Valuation
        fields = ("entry", "item", "basis", "amount", "low", "high", "currency", "source")

    def save_part(self, part: Any, row: dict[str, Any]) -> None:
        super().save_part(part, find_parts(part.pledge, row, self.numbered, entry="entries", item="items"))


class LinkPart(RecordPartSerializer):
    """An overlap with another pledge."""

    named_by = ("target", "link target")
    is_replaced = True

    target = Reference(Pledge)

    class Meta:
        model = PledgeLink
        fields = ("link", "target", "note")


class PledgeSerializer(ClaimedSerializer):
    """A pledge ⇄ its document."""

    beneficiary = Reference(Party, required=False, allow_null=True)
    host = Reference(Party, required=False, allow_null=True)
    base_state = Reference(Party, required=False, allow_null=True)
    initiative = Reference(Initiative, required=False, allow_null=True)
    package = Reference(Package, required=False, allow_null=True)
    meeting = Reference(Meeting, required=False, allow_null=True)
    announced = PartialDateField()
    shares = SharePart(many=True, required=False)
    items = ItemPart(many=True, required=False)
    # Entries name items, and valuations name both: they are written in this order.
    entries = EntryPart(many=True, required=False)
    valuations = ValuationPart(many=True, required=False)
    links = LinkPart(many=True, required=False)
    conditions = ConditionPart(many=True, required=False)

    dated_by = "announced"

    class Meta:
        model = Pledge
        fields = (
            "id", "name", "nature", "aid_type", "aid_kind", "beneficiary", "host", "base", "base_state",
            "area", "initiative", "package", "meeting", "announced", "rate_policy", "shares", "items", "entries",
            "valuations", "links", "conditions", "description", "claims",
        )  # fmt: skip

    def update(self, instance: Any, validated_data: dict[str, Any]) -> Any:
        if instance.pk and "items" in validated_data:
            self._detach_entries(instance, validated_data)
        return super().update(instance, validated_data)

    @staticmethod
    def _detach_entries(pledge: Pledge, data: dict[str, Any]) -> None:
        """Clear the item of each entry whose item is about to be deleted, as the database would refuse that.

        The entries are written after the items, and name theirs again. Raises ValidationError where `data` has no
        entries: one would lose its item for good.
        """
        listed = [row["number"] for row in data["items"] if row.get("number")]
        naming = pledge.entries.filter(item__isnull=False).exclude(item__number__in=listed)
        if "entries" in data:
            naming.update(item=None)
            return
        entry = naming.order_by("number").first()
        if entry is not None and entry.item is not None:
            raise serializers.ValidationError(
                {
                    "items": [
                        _("Entry %(entry)s names item %(item)s, which is not listed: list it, or write the entries.")
                        % {"entry": entry.number, "item": entry.item.number}
                    ]
                }
            )

    def validate_items(self, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Refuse an item that is part of one that is itself part of another, or of itself."""
        parts = {row["number"] for row in rows if row.get("number") and row.get("part_of")}
        for position, row in enumerate(rows):
            if row.get("part_of") and row["part_of"] == row.get("number"):
                raise at_position(position, {"part_of": [_("An item is no part of itself: name another, or none.")]})
            if row.get("part_of") and row["part_of"] in parts:
                raise at_position(position, {"part_of": [_("That item is itself part of another: name the whole.")]})
        return rows

    def validate_shares(self, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Refuse fractions that come to more than one."""
        problem = fractions_problem([row.get("fraction") or Decimal(0) for row in rows])
        if problem:
            raise at_position(len(rows) - 1, {"fraction": [problem]})
        return rows

    def validate_entries(self, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Refuse an entry beside the total of its stage."""
        steps = [(row.get("stage", ""), row.get("item"), bool(row.get("is_total"))) for row in rows]
        problem = totals_problem(steps)
        if problem:
            position, message = problem
            raise at_position(position, {"is_total": [message]})
        return rows

    def validate_links(self, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Refuse a link to the pledge itself, one that stands there twice, and a second umbrella."""
        seen: set[Any] = set()
        for position, row in enumerate(rows):
            if row["target"] == self.instance:
                raise at_position(position, {"target": [_("A pledge cannot be linked to itself.")]})
            key = row["link"] if row["link"] == PledgeLink.Link.TRANCHE_OF else (row["link"], row["target"].pk)
            if key in seen:
                raise at_position(
                    position, {"link": [_("This stands here already; a pledge is a tranche of one other at most.")]}
                )
            seen.add(key)
        return rows
