"""What the OpenAPI document says of the desk's records: the document, and how it stands beside it."""

from typing import Any, ClassVar

from drf_spectacular.plumbing import ResolvedComponent
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers

from tracker.api.protocol import desk_filters
from tracker.api.schema.base import Schema, action_of
from tracker.curation.review.standing import HELD, State
from tracker.filters.claims import BY_PASSAGE
from tracker.models import Claim, Edit, Pledge
from tracker.records.engine.claims import ClaimSerializer
from tracker.records.engine.document_field import Fragment
from tracker.records.engine.references import PUBLIC_ID_SCHEMA
from tracker.records.registry import KINDS
from tracker.reporting.shelf.paging import DEFAULT_LIMIT, MAX_LIMIT

LIMIT = OpenApiParameter(
    "limit", {"type": "integer", "minimum": 1, "maximum": MAX_LIMIT, "default": DEFAULT_LIMIT},
    description="Rows on a page.",
)  # fmt: skip
CURSOR = OpenApiParameter("cursor", str, description="Where the page starts; from `next` or `previous`.")
ORDERINGS = ("id", "-id", "health", "-health")
ORDERING = OpenApiParameter(
    "ordering",
    str,
    enum=ORDERINGS,
    default="id",
    description="By public id, or by health: `-health` begins with the worst.",
)
SEARCH = OpenApiParameter("search", str, description="Words that all have to be found, in any case, accents aside.")
STATE = OpenApiParameter(
    "state", str, enum=[*State.values, HELD],
    description="What the world sees of a record; `held`: an open change set holds it, in whatever state.",
)  # fmt: skip
AMOUNT_FROM, AMOUNT_TO = (
    OpenApiParameter(
        name, str,
        description=f"An amount that an entry comes to, or {more}, such as `EUR 100 million`: what is in another "
        "currency is converted as the ledger does. Without a currency, in that of each entry.",
    )
    for name, more in (("amount_from", "more"), ("amount_to", "less"))
)  # fmt: skip
SAVED = OpenApiParameter(
    "saved", {"type": "integer", "minimum": 1},
    description="A saved filter of this list, by its id; what is given beside it comes before what it says.",
)  # fmt: skip
CHANGE_SET = OpenApiParameter(
    "change_set", {"type": "integer", "minimum": 1},
    description="The change set that the edit goes into: one of yours that is still editable. Left out, the one that "
    "holds the record, else your newest, else a new one.",
)  # fmt: skip
REASON = OpenApiParameter(
    "reason", str, description="Why a record is withdrawn; one that is published needs it. It is public."
)
IF_MATCH = OpenApiParameter(
    "If-Match", str, OpenApiParameter.HEADER, required=True,
    description="The ETag of the record as you read it; `*` for whatever there is.",
)  # fmt: skip
ETAG = OpenApiParameter(
    "ETag", str, OpenApiParameter.HEADER, response=[200, 201, 202], description="Of the document, without `_desk`."
)
LOCATION = OpenApiParameter("Location", str, OpenApiParameter.HEADER, response=[201])
PUBLIC_ID_IN_PATH = OpenApiParameter("public_id", PUBLIC_ID_SCHEMA, OpenApiParameter.PATH)


class CellClaimSerializer(serializers.Serializer):
    """What a claim says that a cell says, held against the cell."""

    claim = serializers.CharField(help_text="The id of the claim.")
    field = serializers.CharField()
    value = serializers.CharField(help_text="As the claim has it.")
    found = serializers.CharField(help_text="As the cell is read now.")
    holds = serializers.BooleanField(help_text="Whether the cell says what the claim says.")
    is_current = serializers.BooleanField(help_text="Whether the record has it so.")


class KeptCellSerializer(serializers.Serializer):
    """A cell of a kept file."""

    column = serializers.CharField(help_text="By the letters of a spreadsheet.")
    head = serializers.CharField()
    read_as = serializers.CharField(help_text="The column of the profile; empty where it is not read.")
    text = serializers.CharField()
    claims = CellClaimSerializer(many=True)


class KeptRowSerializer(serializers.Serializer):
    """A row of a kept file, with the cells that say anything."""

    number = serializers.IntegerField(help_text="As a spreadsheet counts.")
    cells = KeptCellSerializer(many=True)
    claims = CellClaimSerializer(many=True, help_text="About the row as a whole.")


class KeptRowsSerializer(serializers.Serializer):
    """The rows that the newest import of a record took it from, read from the kept file."""

    imported = serializers.IntegerField(source="imported.pk", help_text="The number of the import.")
    file = serializers.CharField(source="imported.file_name")
    sha256 = serializers.CharField(source="imported.sha256", help_text="Of the file.")
    dataset = serializers.CharField(source="imported.profile")
    release = serializers.CharField(source="imported.release")
    source_id = serializers.CharField(help_text="The id in the dataset.")
    sheet = serializers.CharField()
    rows = KeptRowSerializer(many=True)


PARAMETERS: dict[str, list[OpenApiParameter]] = {
    "list": [SEARCH, STATE, SAVED, ORDERING, LIMIT, CURSOR],
    "retrieve": [PUBLIC_ID_IN_PATH, ETAG],
    "history": [PUBLIC_ID_IN_PATH],
    "rows": [PUBLIC_ID_IN_PATH],
    "create": [CHANGE_SET, ETAG, LOCATION],
    "update": [PUBLIC_ID_IN_PATH, CHANGE_SET, IF_MATCH, ETAG],
    "partial_update": [PUBLIC_ID_IN_PATH, CHANGE_SET, IF_MATCH, ETAG],
    "destroy": [PUBLIC_ID_IN_PATH, CHANGE_SET, REASON, IF_MATCH, ETAG],
}


class CoverageSerializer(serializers.Serializer):
    """How many values a record says, and how many of them a passage or a row supports."""

    values = serializers.IntegerField()
    supported = serializers.IntegerField()


class HealthSerializer(serializers.Serializer):
    """How many findings of the rules of quality stand against a record, waived ones left out."""

    error = serializers.IntegerField()
    warning = serializers.IntegerField()
    notice = serializers.IntegerField()


class StandingSerializer(serializers.Serializer):
    """How a record of the desk stands. Only read."""

    state = serializers.ChoiceField(State.choices)
    version = serializers.IntegerField(allow_null=True, help_text="The newest on the shelf.")
    held_by = serializers.CharField(allow_null=True)
    change_set = serializers.IntegerField(allow_null=True, help_text="The one that holds it.")
    action = serializers.ChoiceField(
        Edit.Action.choices, allow_null=True, help_text="What becomes of it when that is published."
    )
    coverage = CoverageSerializer()
    health = HealthSerializer()


class ChangeSetReferenceSerializer(serializers.Serializer):
    """A change set, by number and message."""

    id = serializers.IntegerField()
    message = serializers.CharField()


class VersionSerializer(serializers.Serializer):
    """One version of a record on the shelf."""

    version = serializers.IntegerField()
    withdrawn = serializers.BooleanField()
    recorded_from = serializers.DateTimeField()
    recorded_to = serializers.DateTimeField(allow_null=True)
    change_set = ChangeSetReferenceSerializer()


class HistorySerializer(serializers.Serializer):
    """What was published of a record, the newest first."""

    count = serializers.IntegerField()
    results = VersionSerializer(many=True)


WITHOUT_RATE: Fragment = {
    "without_rate": {
        "type": "integer",
        "description": "How many entries are left out as they have no rate; only where an amount is asked for.",
    }
}


def page_of(row: Fragment, more: Fragment | None = None) -> Fragment:
    """Return the schema of a list's answer, which may say `more`."""
    address = {"type": "string", "nullable": True, "description": "Address of the neighbouring page."}
    properties = {
        "count": {"type": "integer"}, "next": address, "previous": address,
        "results": {"type": "array", "items": row},
    }  # fmt: skip
    return {"type": "object", "properties": properties | (more or {}), "required": list(properties)}


class RecordSchema(Schema):
    """Describes the desk's endpoints of the kind of record that the view is for."""

    besides: ClassVar[Fragment] = {"_desk": {"description": "Passed over."}}

    def get_override_parameters(self) -> list[Any]:
        """Return what the operation takes besides its body, and the headers of its answers."""
        action = action_of(self.view)
        of_pledges = [AMOUNT_FROM, AMOUNT_TO] if self._lists_pledges(action) else []
        return [
            *PARAMETERS[action],
            *of_pledges,
            *(desk_filters.described(getattr(self.view, "kind", "")) if action == "list" else ()),
        ]

    def _lists_pledges(self, action: str) -> bool:
        return action == "list" and getattr(self.view, "kind", "") == Pledge.kind

    def get_request_serializer(self) -> Any:
        """Return the serializer that reads the body."""
        return self._serializer() if self.method in ("POST", "PUT", "PATCH") else None

    def get_response_serializers(self) -> Any:
        """Return what the operation answers."""
        action = action_of(self.view)
        if action == "history":
            return {200: HistorySerializer}
        if action == "rows":
            return {200: KeptRowsSerializer}
        if action == "list":
            return {200: page_of(self.document(), WITHOUT_RATE if self._lists_pledges(action) else {})}
        if action == "create":
            return {201: self.document()}
        if action == "destroy":
            return {204: None, 202: self.document()}
        return {200: self.document()}

    def _serializer(self) -> serializers.Serializer:
        return KINDS[getattr(self.view, "kind", "")].serializer()

    def document(self) -> Fragment:
        """Return the schema of a document with how its record stands."""
        serializer = self._serializer()
        standing = self.resolve_serializer(StandingSerializer(), "response").ref
        extra = {"type": "object", "properties": {"_desk": standing}, "required": ["_desk"]}
        component = ResolvedComponent(
            name=f"Desk{self._get_serializer_name(serializer, 'response')}",
            type=ResolvedComponent.SCHEMA,
            schema={"allOf": [self.resolve_serializer(serializer, "response").ref, extra]},
            object=serializer.__class__,
        )
        self.registry.register_on_missing(component)
        reference: Fragment = component.ref
        return reference

    def _postprocess_serializer_schema(self, schema: Fragment, serializer: Any, direction: Any) -> Fragment:
        """Add what a body can have besides the fields that are written."""
        schema = super()._postprocess_serializer_schema(schema, serializer, direction)
        if direction == "request" and isinstance(serializer, type(self._serializer())):
            schema["properties"] |= self.besides
        return schema


class ClaimSchema(RecordSchema):
    """Describes the desk's endpoints of claims."""

    besides = {
        "record": {
            "type": "object",
            "description": "What it is about; needed for a new claim, and never changed.",
            "properties": {"kind": {"type": "string", "enum": list(KINDS)}, "id": {"type": "string"}},
            "required": ["kind", "id"],
            "additionalProperties": False,
        }
    }

    def get_override_parameters(self) -> list[Any]:
        """Return what the operation takes besides its body, and the headers of its answers."""
        record = OpenApiParameter(
            "record", str, description="Only claims about this record, such as `pledge:DEU-2025-0001`."
        )
        support = OpenApiParameter("support", str, enum=Claim.Support.values, description="What stands behind them.")
        passage = OpenApiParameter(
            "passage", str, enum=list(BY_PASSAGE),
            description="`dead`: no text that is held has the words, or the field is gone. `moved`: they stand in "
            "another version of the text, or in other words. `gone`: an older text has them, and the newest no more.",
        )  # fmt: skip
        return (
            [SEARCH, record, support, passage, LIMIT, CURSOR]
            if action_of(self.view) == "list"
            else PARAMETERS[action_of(self.view)]
        )

    def get_response_serializers(self) -> Any:
        """Return what the operation answers."""
        found = super().get_response_serializers()
        return {204: None} if action_of(self.view) == "destroy" else found

    def _serializer(self) -> serializers.Serializer:
        return ClaimSerializer()

    def document(self) -> Fragment:
        """Return the schema of a claim."""
        reference: Fragment = self.resolve_serializer(self._serializer(), "response").ref
        return reference
