"""Claims in documents: inside the record they are about, and by themselves."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import TextField
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from tracker.lib import canonical
from tracker.lib.numbering import next_number
from tracker.models import Claim, Document, PublicId
from tracker.models.base import Record
from tracker.models.key_lists import Listed
from tracker.records.engine.base import RecordSerializer
from tracker.records.engine.document_field import DocumentField, at_position
from tracker.records.engine.parts import LEFT_TO_DATABASE, RecordPartSerializer, validate_model
from tracker.records.engine.plain_fields import OwnId
from tracker.records.engine.references import Reference

FIELDS = (
    "id", "field", "value", "document", "passage_start", "passage_end", "locator", "quote", "verdict", "reason",
)  # fmt: skip
COMPUTED = ("support", "score", "text_sha256", "cells", "differs")
"""What nobody writes: curation works it out (see curation/evidence/support.py)."""


class ReadCell(serializers.Serializer):
    """What an import read in one cell."""

    field = serializers.CharField(help_text="By number: `items[1].quantity`, `entries[2].value (dataset)`.")
    value = serializers.CharField(help_text="As the register holds it.")
    cell = serializers.CharField(help_text="Such as D2; a number alone is a row as a whole.")
    found = serializers.CharField(required=False, help_text="What the kept file says there, where that is another.")


@extend_schema_field(ReadCell(many=True))
class ReadCells(DocumentField, serializers.JSONField):
    """What an import read in the cells of its rows. Only an import writes it."""

    def column(self, model: Any) -> Any:
        # As text: what Python makes of JSON takes a seventh of the time of reading documents.
        return Cast(super().column(model), TextField())

    def converter(self) -> Callable[[Any], Any]:
        return canonical.load


class ClaimPart(RecordPartSerializer):
    """A claim inside the document of its record."""

    is_published_alone = True

    id = OwnId(validators=Claim._meta.get_field("public_id").validators)
    document = Reference(Document)
    cells = ReadCells(read_only=True)

    class Meta:
        model = Claim
        fields = (*FIELDS, *COMPUTED)
        read_only_fields = COMPUTED

    def rows(self, model: Any, source: str, owners: dict[Any, Any]) -> tuple[str, dict[Any, Any], dict[str, Any]]:
        by_id = {document["id"]: document for document in owners.values()}
        return "record_id", by_id, {"record_kind": model.kind, "record_id__in": Listed(by_id)}

    def write(self, record: Record, rows: list[dict[str, Any]], relation: str) -> None:
        """Make the claims about `record` those of `rows`."""
        existing = {claim.public_id: claim for claim in claims_of([record])[record.public_id]}
        listed = {row.get("public_id") for row in rows}
        if gone := existing.keys() - listed:
            Claim.objects.filter(public_id__in=gone).delete()
        for position, row in enumerate(rows):
            public_id = row.get("public_id") or next_id(row["document"])
            claim = existing.get(public_id) or Claim(
                public_id=public_id, record_kind=record.kind, record_id=record.public_id
            )
            try:
                self.save_part(claim, row | {"public_id": public_id})
            except serializers.ValidationError as error:
                raise at_position(position, error.detail) from error

    def save_part(self, part: Any, row: dict[str, Any]) -> None:
        for name in ("public_id", *FIELDS[1:]):
            setattr(part, name, row.get(name, part._meta.get_field(name).get_default()))
        validate_model(part, constraints=LEFT_TO_DATABASE not in self.context)
        part.save()


class ClaimSerializer(ClaimPart):
    """A claim by itself, with the record that it is about."""

    record = serializers.SerializerMethodField()

    class Meta:
        model = Claim
        fields = (*FIELDS, *COMPUTED, "record")
        read_only_fields = COMPUTED

    def get_record(self, claim: Claim) -> dict[str, str]:
        """Return kind and id of the record; both never change."""
        return {"kind": claim.record_kind, "id": claim.record_id}


def next_id(document: Document) -> str:
    """Return a public id for one more claim from `document`, its own and a running number, and note it as given."""
    prefix = document.public_id[:90]

    def used_of(numbers: list[int]) -> list[int]:
        named = {f"{prefix}-{number:04d}": number for number in numbers}
        present = Claim.objects.filter(public_id__in=named).order_by().values_list("public_id", flat=True)
        given = PublicId.objects.filter(kind=Claim.kind, public_id__in=named).order_by()
        return [named[public_id] for public_id in given.values_list("public_id", flat=True).union(present)]

    return PublicId.give_unused(Claim.kind, lambda: f"{prefix}-{next_number(used_of):04d}")


def claims_of(records: Iterable[Any]) -> dict[str, list[Claim]]:
    """Return the claims about `records`, which are of one kind, by public id of the record."""
    found: dict[str, list[Claim]] = defaultdict(list)
    by_id = {record.public_id: record for record in records}
    if by_id:
        kind = next(iter(by_id.values())).kind
        claims = Claim.objects.filter(record_kind=kind, record_id__in=by_id).select_related("document")
        for claim in claims.order_by("public_id"):
            found[claim.record_id].append(claim)
    return found


class ClaimedSerializer(RecordSerializer):
    """A record with the claims about it."""

    claims = ClaimPart(many=True, required=False, source="attached_claims")

    def validate_claims(self, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Refuse a claim id that is another record's, or stands here twice."""
        seen: set[str] = set()
        for position, row in enumerate(rows):
            public_id = row.get("public_id")
            if not public_id:
                continue
            claim = Claim.objects.filter(public_id=public_id).first()
            own = self.instance is not None and claim is not None and (
                (claim.record_kind, claim.record_id) == (self.instance.kind, self.instance.public_id)
            )  # fmt: skip
            if public_id in seen or (claim is not None and not own):
                raise at_position(position, {"id": [_("The id %s is taken by another claim.") % public_id]})
            seen.add(public_id)
        return rows
