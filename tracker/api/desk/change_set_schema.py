"""What programs send of a change set of the desk, and what they are answered."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from tracker.api.desk.jobs import CENTS, EffectSerializer, FigureChangesSerializer, JobSerializer
from tracker.api.desk.schema import page_of
from tracker.api.schema.base import Schema, action_of
from tracker.curation import jobs
from tracker.models import ChangeSet, Edit, Job, ReconciliationLine
from tracker.reporting.desk.figures import figure_changes
from tracker.reporting.desk.waiting import moved_by


class EditSerializer(serializers.ModelSerializer):
    """A record that a change set holds or held."""

    id = serializers.CharField(source="public_id")
    seen_by = serializers.SerializerMethodField(help_text="User names of reviewers who ticked it as it is now.")

    class Meta:
        model = Edit
        fields = ("kind", "id", "action", "reason", "edited_at", "released_at", "seen_by")
        extra_kwargs = {"reason": {"help_text": "Why the record is withdrawn; it is public."}}

    def get_seen_by(self, edit: Edit) -> list[str]:
        """Return who has looked at it."""
        ticks = sorted(edit.seen.all(), key=lambda tick: tick.pk)
        return [tick.reviewer.get_username() for tick in ticks if tick.revision == edit.revision]


class DeskChangeSetSerializer(serializers.ModelSerializer):
    """A change set as staff see it."""

    author = serializers.CharField(source="author.username", read_only=True)
    reviewer = serializers.CharField(source="reviewer.username", read_only=True, allow_null=True, default=None)
    assignee = serializers.CharField(
        source="assignee.username", read_only=True, allow_null=True, default=None, help_text="Who is to review it."
    )
    edit_count = serializers.IntegerField(read_only=True)
    moved = serializers.SerializerMethodField(
        help_text="By how many euros the most changed sum moves, of the totals or of the five tables of its effect, "
        "as last worked out. Null where that is not known, as of one that cannot be published as it is."
    )

    class Meta:
        model = ChangeSet
        fields: tuple[str, ...] = (
            "id", "message", "cause", "status", "author", "reviewer", "reason", "assignee", "due", "opened_at",
            "submitted_at", "decided_at", "published_at", "alone_reason", "reverts", "revision", "edit_count", "moved",
        )  # fmt: skip
        read_only_fields = (
            "id", "status", "reason", "alone_reason", "reverts", "revision", "due", "opened_at", "submitted_at",
            "decided_at", "published_at",
        )  # fmt: skip

    @extend_schema_field(serializers.DecimalField(20, 2, allow_null=True))
    def get_moved(self, change_set: ChangeSet) -> str | None:
        """Return its size; a list looks all of its rows up at once."""
        found = self.context.get("moved")
        cents = (moved_by([change_set]) if found is None else found).get(change_set.pk)
        return None if cents is None else str(cents * CENTS)


class DeskChangeSetWithEditsSerializer(DeskChangeSetSerializer):
    """A change set as staff see it, with its edits."""

    edits = EditSerializer(many=True, read_only=True)
    figures = serializers.SerializerMethodField()
    publishing = serializers.SerializerMethodField(help_text="The newest job that publishes it; null without one.")
    discarding = serializers.SerializerMethodField(help_text="The newest job that discards it; null without one.")

    class Meta(DeskChangeSetSerializer.Meta):
        fields = (*DeskChangeSetSerializer.Meta.fields, "publishing", "discarding", "edits", "figures")

    @extend_schema_field(JobSerializer(allow_null=True))
    def get_publishing(self, change_set: ChangeSet) -> dict[str, Any] | None:
        """Return how the publishing stands that was asked for last."""
        return _newest(Job.Kind.PUBLISH, change_set)

    @extend_schema_field(JobSerializer(allow_null=True))
    def get_discarding(self, change_set: ChangeSet) -> dict[str, Any] | None:
        """Return how the discarding stands that was asked for last."""
        return _newest(Job.Kind.DISCARD, change_set)

    @extend_schema_field(FigureChangesSerializer)
    def get_figures(self, change_set: ChangeSet) -> Any:
        """Return the exchange rates and indicators that it proposes or put in force."""
        return FigureChangesSerializer(figure_changes(change_set)).data


def _newest(kind: Job.Kind, change_set: ChangeSet) -> dict[str, Any] | None:
    job = jobs.newest(kind=kind, of=change_set)
    return None if job is None else JobSerializer(job).data


class RejectionSerializer(serializers.Serializer):
    """Why a change set goes back to its author."""

    reason = serializers.CharField(max_length=5000)


class PublishingSerializer(serializers.Serializer):
    """What whoever publishes a change set looked at, and what they publish all the same."""

    revision = serializers.IntegerField(
        required=False, min_value=0,
        help_text="As of which it was looked at: `revision` of `differences/`. Refused where it is another by now.",
    )  # fmt: skip
    confirm = serializers.BooleanField(
        default=False, help_text="Needed where what it does to the sums, as it is now, is not worked out yet."
    )

    differences = serializers.MultipleChoiceField(
        choices=[choice for choice in ReconciliationLine.Cause.choices if choice[0]], required=False, default=set,
        help_text="As the reconciliation of the import names them; not needed where nothing differs.",
    )  # fmt: skip


class SubmissionSerializer(serializers.Serializer):
    """That a change set is submitted although it cannot be published as it is."""

    confirm = serializers.BooleanField(
        default=False,
        help_text="Not needed where nothing is known to stand in the way of publishing; `errors` of the 409 say what.",
    )


class ChangeSetSchema(Schema):
    """Describes the list, which has an answer of its own around the rows."""

    def get_response_serializers(self) -> Any:
        """Return what the operation answers."""
        if action_of(self.view) == "list":
            return {200: page_of(self.resolve_serializer(DeskChangeSetSerializer(), "response").ref)}
        if action_of(self.view) in ("effect", "work_out"):
            return {200: EffectSerializer} | ({202: EffectSerializer} if action_of(self.view) == "work_out" else {})
        code = 201 if action_of(self.view) == "create" else 200
        later = {202: DeskChangeSetWithEditsSerializer} if action_of(self.view) in ("publish", "discard") else {}
        return {code: DeskChangeSetWithEditsSerializer} | later
