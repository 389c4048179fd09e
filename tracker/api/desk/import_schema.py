"""What imports take, and what the OpenAPI document says of them."""

from typing import Any, NoReturn

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiExample, extend_schema_field, extend_schema_serializer
from rest_framework import serializers

from tracker.api.desk.import_answers import DeskImportSerializer, MappedSerializer, PlanSerializer
from tracker.api.desk.schema import page_of
from tracker.api.protocol.renderers import TooLarge
from tracker.api.schema.base import Schema, action_of
from tracker.curation.importing.serializers import (
    ImportLabelSerializer,
    ImportRowSerializer,
    ImportSerializer,
    ImportStepSerializer,
    ImportTwinSerializer,
    ReconciliationLineSerializer,
)
from tracker.exchange.inbound.workbook_types import MAX_FILE_BYTES, MIB
from tracker.exchange.profiles import PROFILES
from tracker.models import ImportStep, ImportTwin
from tracker.records.registry import KINDS

MOST_MAPPINGS = 500
"""How many labels are mapped at once."""

ALL = "all"
"""Means all that is gone from the file."""

_LAST_POSITION = 2**31 - 1
WITH_ALIASES = [name for name, kind in KINDS.items() if hasattr(kind.model, "aliases")]


def too_large() -> TooLarge:
    """Return the refusal of a file of more bytes than are read."""
    return TooLarge(gettext("The file is too large: at most %s MiB are read.") % (MAX_FILE_BYTES // MIB))


class ProfileField(serializers.ChoiceField):
    """The name of a profile; another is told which there are."""

    default_error_messages = {"invalid_choice": _("“{input}” is unknown; allowed are: {allowed}.")}

    def fail(self, key: str, **words: Any) -> NoReturn:
        """Raise ValidationError with the profiles that there are."""
        super().fail(key, allowed=", ".join(self.choices), **words)


class UploadSerializer(serializers.Serializer):
    """A file and how to read it, as the parts of a form."""

    file = serializers.FileField(help_text=f"XLSX, XLS, ODS or CSV, of at most {MAX_FILE_BYTES // MIB} MiB.")
    profile = ProfileField(sorted(PROFILES), help_text="What kind of file it is.")
    release = serializers.CharField(
        max_length=40, required=False, allow_blank=True,
        help_text="Which release of its dataset it is, such as `21`; the register's own workbook has none.",
    )  # fmt: skip
    sheet = serializers.CharField(
        max_length=100, required=False, allow_blank=True,
        help_text="The sheet to read; left out, the one that has the header, among all that are shown.",
    )  # fmt: skip

    def validate_file(self, file: UploadedFile) -> UploadedFile:
        """Raise TooLarge where the file has more bytes than are read."""
        if (file.size or 0) > MAX_FILE_BYTES:
            raise too_large()
        return file

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Raise ValidationError where the profile needs a release and none is named."""
        if PROFILES[attrs["profile"]].needs_release and not attrs.get("release"):
            raise serializers.ValidationError(
                {"release": [gettext("Name the release of %s that the file is, such as 21.") % attrs["profile"]]}
            )
        return attrs


class MappingSerializer(serializers.Serializer):
    """A label of the file, and the record that it means."""

    kind = serializers.ChoiceField(WITH_ALIASES)
    label = serializers.CharField(max_length=500, trim_whitespace=False)  # type: ignore[assignment]  # a field, named like an attribute of serializers
    record = serializers.CharField(max_length=100, help_text="The public id of the record.")


class MappingsSerializer(serializers.Serializer):
    """Labels to be mapped: all of them or none."""

    mappings = MappingSerializer(many=True, allow_empty=False, max_length=MOST_MAPPINGS)  # type: ignore[call-arg]  # the stubs know no bounds of lists


class LeavingSerializer(serializers.Serializer):
    """Which labels mean no record."""

    below = serializers.IntegerField(
        min_value=0, max_value=101, help_text="Those whose nearest name reads less like them than this, of 100."
    )
    kind = serializers.ChoiceField(
        WITH_ALIASES, required=False, allow_blank=True, default="", help_text="Of one kind; left out, of all."
    )


class ChoiceSerializer(serializers.Serializer):
    """An id in the file, and the record that it means; null: it is a new one."""

    source_id = serializers.CharField(max_length=150)
    record = serializers.CharField(max_length=100, allow_null=True, help_text="Its public id, or null.")


class TwinDecisionSerializer(serializers.Serializer):
    """A pair of likely twins, as `twins/` lists it, and what the new pledge is to the other one."""

    source_id = serializers.CharField(max_length=150)
    other = serializers.CharField(max_length=100, required=False, allow_blank=True, default="")
    other_source_id = serializers.CharField(max_length=150, required=False, allow_blank=True, default="")
    decision = serializers.ChoiceField(
        ImportTwin.Decision.choices, allow_blank=True, help_text="Left empty, it is undecided again."
    )


class TwinDecisionsSerializer(serializers.Serializer):
    """What likely twins are to each other: all of it or none."""

    twins = TwinDecisionSerializer(many=True, allow_empty=False, max_length=MOST_MAPPINGS)  # type: ignore[call-arg]  # the stubs know no bounds of lists


class ChoicesSerializer(serializers.Serializer):
    """Records chosen by hand: all of them or none."""

    matches = ChoiceSerializer(many=True, required=False, default=[], max_length=MOST_MAPPINGS)  # type: ignore[call-arg]  # the stubs know no bounds of lists
    likeliest = serializers.BooleanField(
        required=False, default=False, help_text="For all others that are asked about, the likeliest is right."
    )


class SideSerializer(serializers.Serializer):
    """A record that staff and the file have both changed, and whose fields stay."""

    source_id = serializers.CharField(max_length=150, help_text="Its id in the file.")
    side = serializers.ChoiceField(ImportStep.Side.choices)


class SidesSerializer(serializers.Serializer):
    """Conflicts decided: all of them or none."""

    records = SideSerializer(many=True, required=False, default=[], max_length=MOST_MAPPINGS)  # type: ignore[call-arg]  # the stubs know no bounds of lists
    all = serializers.ChoiceField(
        ImportStep.Side.choices, required=False, allow_null=True, default=None,
        help_text="For every record that is not named.",
    )  # fmt: skip


class ConventionsSerializer(serializers.Serializer):
    """How columns are written that can be read in two ways: all of them or none."""

    conventions = serializers.DictField(
        child=serializers.CharField(max_length=40), allow_empty=False,
        help_text="By column, one of the choices of its question: `{\"part_eur\": \"comma\"}`.",
    )  # fmt: skip


@extend_schema_field(
    {
        "nullable": True,
        "anyOf": [
            {"type": "string", "enum": [ALL]},
            {"type": "array", "items": {"type": "integer", "minimum": 0, "maximum": _LAST_POSITION}},
        ],
    }
)
class GoneField(serializers.Field):
    """Some of the records that are gone from the file: `all`, or positions of their steps."""

    default_error_messages = {"wrong": _("Write “all”, a list of the positions of steps, or null.")}

    def to_internal_value(self, data: Any) -> Any:
        """Return `all` or a list of positions."""
        if data == ALL:
            return ALL
        if not isinstance(data, list) or not all(type(each) is int and 0 <= each <= _LAST_POSITION for each in data):
            self.fail("wrong")
        return data


@extend_schema_serializer(
    examples=[
        OpenApiExample("What is gone stays", value={"message": "Release 21"}, request_only=True),
        OpenApiExample("Withdraw two", value={"message": "Release 21", "withdraw": [1204, 1207]}, request_only=True),
        OpenApiExample("Withdraw all but two", value={"withdraw": "all", "keep": [1204, 1207]}, request_only=True),
    ]
)
class AcceptanceSerializer(serializers.Serializer):
    """Acceptance of a plan as it was read."""

    message = serializers.CharField(
        max_length=300, required=False, allow_blank=True, default="",
        help_text="What the change set is about; left out, which import it is.",
    )  # fmt: skip
    withdraw = GoneField(
        required=False, allow_null=True, default=None,
        help_text="Which records that are gone from the file are withdrawn; left out, none.",
    )  # fmt: skip
    keep = GoneField(
        required=False, allow_null=True, default=None,
        help_text="Which of them are kept, and marked as gone. Positions count before `all`.",
    )  # fmt: skip
    ask = GoneField(
        required=False, allow_null=True, default=None,
        help_text="Which of them are not decided about, and asked about at the next release; what is left out is.",
    )  # fmt: skip

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Raise ValidationError where two answers are given for all, or for one record."""
        answers = [(name, attrs[name]) for name in ImportStep.Decision.values if attrs[name] is not None]
        if sum(1 for _name, answer in answers if answer == ALL) > 1:
            raise serializers.ValidationError({"withdraw": [gettext("One decision can be for all.")]})
        positions = [position for _name, answer in answers if answer != ALL for position in answer]
        twice = sorted({position for position in positions if positions.count(position) > 1})[:1]
        if twice:
            raise serializers.ValidationError({"withdraw": [gettext("Step %s is decided about twice.") % twice[0]]})
        return attrs

    def decisions(self) -> tuple[str, dict[int, str]]:
        """Return the decision for all that is gone, and those that differ, by position. Of valid data."""
        given = {name: self.validated_data[name] for name in ImportStep.Decision.values}
        everything = [name for name, answer in given.items() if answer == ALL]
        exceptions = {
            position: name for name, answer in given.items() if isinstance(answer, list) for position in answer
        }  # fmt: skip
        return (everything[0] if everything else ImportStep.Decision.ASK.value), exceptions


_ROWS: dict[str, type[serializers.Serializer]] = {
    "list": ImportSerializer, "steps": ImportStepSerializer,
    "rows": ImportRowSerializer, "reconciliation": ReconciliationLineSerializer,
    "labels": ImportLabelSerializer, "twins": ImportTwinSerializer,
}  # fmt: skip


class ImportSchema(Schema):
    """Describes imports: pages of rows, and what can take long enough to be done later."""

    def get_response_serializers(self) -> Any:
        """Return what the operation answers."""
        action = action_of(self.view)
        if action in _ROWS:
            return {200: page_of(self.resolve_serializer(_ROWS[action](), "response").ref)}
        if action == "report":
            return {(200, "text/csv"): str}
        if action == "destroy":
            return {204: None}
        if action in ("replan", "accept"):
            return {200: DeskImportSerializer, 202: DeskImportSerializer}
        if action == "create":
            return {201: DeskImportSerializer}
        return {"plan": PlanSerializer, "map_labels": MappedSerializer}.get(action, DeskImportSerializer)
