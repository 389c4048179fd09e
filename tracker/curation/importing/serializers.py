"""Imports as staff read them: the file, and the steps, rows and labels of its plan. Only read."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from tracker.lib import money
from tracker.models import Import, ImportLabel, ImportRow, ImportStep, ImportTwin, ReconciliationLine


class QuestionSerializer(serializers.Serializer):
    """A column whose cells can be read in two ways: nothing is written before somebody says in which."""

    column = serializers.CharField(help_text="Its name in the profile.")
    head = serializers.CharField(help_text="How the file calls it.")
    text = serializers.CharField(help_text="Its first cells, what they can be, and why nothing tells.")
    choices = serializers.ListField(child=serializers.CharField(), help_text="The answers to choose from.")


class ImportSerializer(serializers.ModelSerializer):
    """A file that somebody brought, and what became of it."""

    author = serializers.CharField(source="author.username", read_only=True)
    change_set = serializers.IntegerField(
        source="change_set_id", read_only=True, allow_null=True,
        help_text="What it was applied into; null before that, and where nothing was to be written.",
    )  # fmt: skip
    merging = serializers.IntegerField(
        source="merging_id", read_only=True, allow_null=True,
        help_text="The change set in which pledges of the file were merged into others; null where none was.",
    )  # fmt: skip

    questions = QuestionSerializer(many=True, read_only=True)
    conventions = serializers.DictField(
        child=serializers.CharField(), read_only=True, help_text="How columns are written, as somebody said."
    )

    sides = serializers.DictField(
        child=serializers.ChoiceField(ImportStep.Side.choices), read_only=True,
        help_text="Conflicts decided, by the id of a record in the file; an empty one stands for all others.",
    )  # fmt: skip

    class Meta:
        model = Import
        fields: tuple[str, ...] = (
            "id", "status", "profile", "release", "sheet", "file_name", "size", "sha256", "author", "title", "message",
            "problem", "digest", "questions", "conventions", "likeliest", "sides", "change_set", "merging",
            "received_at", "planned_at", "applied_at",
        )  # fmt: skip
        read_only_fields = fields


class ChangeSerializer(serializers.Serializer):
    """A field as the desk has it, and as the file does."""

    before = serializers.JSONField(allow_null=True)
    after = serializers.JSONField(allow_null=True)


@extend_schema_field(serializers.ListField(child=serializers.ChoiceField(ImportStep.Cause.choices)))
class CausesField(serializers.Field):
    """The causes of a step, as a list."""

    def to_representation(self, value: str) -> list[str]:
        return value.split()


@extend_schema_field(serializers.CharField())
class PlannedAmountField(serializers.Field):
    """Minor units as an amount in the currency of their line."""

    def get_attribute(self, instance: ReconciliationLine) -> Any:
        minor = getattr(instance, str(self.source))
        return None if minor is None else money.from_minor(minor, instance.currency)

    def to_representation(self, value: Any) -> str:
        return f"{value:f}"


@extend_schema_field(serializers.ListField(child=serializers.CharField()))
class NotesField(serializers.Field):
    """What was odd in a row, as a list."""

    def to_representation(self, value: str) -> list[str]:
        return value.splitlines()


class LikelySerializer(serializers.Serializer):
    """A record that a draft could be, how much speaks for it, and what."""

    id = serializers.CharField()
    name = serializers.CharField()
    score = serializers.IntegerField()
    reasons = serializers.ListField(child=serializers.CharField())


class ImportStepSerializer(serializers.ModelSerializer):
    """What a plan does to one record; or that the file no longer has it."""

    causes = CausesField(read_only=True)
    record = serializers.CharField(
        source="public_id", read_only=True, help_text="Its public id; empty for a new one that is not written yet."
    )
    recognised_by = serializers.CharField(read_only=True)
    changes = serializers.DictField(child=ChangeSerializer(), read_only=True)
    conflicts = serializers.ListField(
        child=serializers.CharField(), read_only=True,
        help_text="Of the fields in `changes`, those that staff have changed too; they stay as they are.",
    )  # fmt: skip
    others = serializers.SerializerMethodField(help_text="Records that it could be as well, the likeliest first.")
    decision = serializers.CharField(read_only=True, help_text="About a record that is gone from the file.")

    class Meta:
        model = ImportStep
        fields = (
            "position", "outcome", "causes", "kind", "name", "source_id", "record", "recognised_by", "changes",
            "conflicts", "reason", "evidence", "others", "decision",
        )  # fmt: skip
        read_only_fields = fields

    @extend_schema_field(LikelySerializer(many=True))
    def get_others(self, step: ImportStep) -> list[dict[str, Any]]:
        """Return the records that it could be as well."""
        names = ("id", "name", "score", "reasons")
        return [dict(zip(names, other, strict=True)) for other in step.others]


class ReconciliationLineSerializer(serializers.ModelSerializer):
    """What the file and the register come to for one record at one stage, in the currency of the file."""

    record = serializers.CharField(source="public_id", read_only=True)
    in_file = PlannedAmountField(read_only=True, allow_null=True)
    in_register = PlannedAmountField(read_only=True, allow_null=True)
    difference = PlannedAmountField(read_only=True, help_text="Register less file.")

    class Meta:
        model = ReconciliationLine
        fields = (
            "position", "stage", "basis", "currency", "source_id", "record", "contributor", "aid_type", "rows",
            "in_file", "in_register", "difference", "cause", "reason",
        )  # fmt: skip
        read_only_fields = fields


class ImportRowSerializer(serializers.ModelSerializer):
    """What becomes of one row of the file."""

    row = serializers.IntegerField(source="number", read_only=True, help_text="As a spreadsheet numbers it.")
    step = serializers.IntegerField(
        source="step_position", read_only=True, allow_null=True, help_text="Position of the step it belongs to."
    )
    notes = NotesField(read_only=True, help_text="What could not be read, or was read otherwise than written.")

    class Meta:
        model = ImportRow
        fields = ("position", "sheet", "row", "outcome", "step", "reason", "notes")
        read_only_fields = fields


class NearSerializer(serializers.Serializer):
    """A record that is called much like a label."""

    id = serializers.CharField()
    name = serializers.CharField()


class ImportLabelSerializer(serializers.ModelSerializer):
    """A name in the file that no record goes by, and those that are called most alike, the likest first."""

    nearest = serializers.SerializerMethodField()
    record = serializers.CharField(source="mapped_to", read_only=True, help_text="What it was mapped to, or empty.")

    class Meta:
        model = ImportLabel
        fields = ("kind", "label", "rows", "first_row", "nearest", "likeness", "group", "is_left", "record")
        read_only_fields = fields

    @extend_schema_field(NearSerializer(many=True))
    def get_nearest(self, label: ImportLabel) -> list[dict[str, Any]]:
        """Return the nearest records, by id and name."""
        return [{"id": public_id, "name": name} for public_id, name in label.nearest]


class SaidInFileSerializer(serializers.Serializer):
    """What the file says of a pledge; empty where it is in the register."""

    contributors = serializers.ListField(child=serializers.CharField(), required=False)
    announced = serializers.CharField(required=False)
    amounts = serializers.ListField(
        child=serializers.ListField(child=serializers.CharField()), required=False,
        help_text="Stage, currency and amount of each.",
    )  # fmt: skip
    description = serializers.CharField(required=False)


class ImportTwinSerializer(serializers.ModelSerializer):
    """A new pledge of a plan that is likely to be one with a pledge of the register, or with another of the file."""

    rows = serializers.ListField(child=serializers.IntegerField(), help_text="Of the new pledge, in the file.")
    said = SaidInFileSerializer(help_text="What the file says of the new pledge.")
    other_rows = serializers.ListField(child=serializers.IntegerField(), help_text="Where the file has it, too.")
    other_said = SaidInFileSerializer(help_text="What the file says of the other one, where that is new.")
    reasons = serializers.ListField(child=serializers.CharField())
    decision = serializers.CharField(read_only=True, help_text="What the new one is to the other; empty: undecided.")

    class Meta:
        model = ImportTwin
        fields = (
            "position", "source_id", "name", "rows", "said", "other", "other_source_id", "other_name", "other_rows",
            "other_said", "score", "reasons", "decision",
        )  # fmt: skip
        read_only_fields = fields
