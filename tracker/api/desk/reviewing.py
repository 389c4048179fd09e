"""Work on a change set beside its steps: moving its edits, sending some back, ticks, and who reviews it."""

from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from tracker.api.desk.base import DeskView
from tracker.api.desk.change_sets import DeskChangeSetWithEditsSerializer, find, with_edits
from tracker.api.schema.base import Schema
from tracker.curation.discussion import alone, assigning, seeing
from tracker.curation.review import change_sets, moving, tasks
from tracker.models import ChangeSet


class KeySerializer(serializers.Serializer):
    """A record that a change set holds."""

    kind = serializers.CharField(max_length=20)
    id = serializers.CharField(max_length=100)


class MoveSerializer(serializers.Serializer):
    """Which records go where: into an open change set of the same person, or into a new one."""

    records = KeySerializer(many=True, allow_empty=False)
    to = serializers.IntegerField(min_value=1, required=False, help_text="The change set; left out, a new one.")
    message = serializers.CharField(max_length=300, required=False, help_text="What the new one is about.")
    cause = serializers.ChoiceField(ChangeSet.Cause.choices, required=False, help_text="The cause of the new one.")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Ask for a message where a new change set is opened, and for none where it is not."""
        if "to" not in attrs and "message" not in attrs:
            raise serializers.ValidationError({"message": "Say what the new change set is about, or name one in `to`."})
        for name in ("message", "cause"):
            if "to" in attrs and name in attrs:
                raise serializers.ValidationError({name: "This is of a new change set, and `to` names another."})
        return attrs


class SeenSerializer(serializers.Serializer):
    """Which records the one who asks has looked at, or has not after all."""

    records = KeySerializer(many=True, allow_empty=False)
    seen = serializers.BooleanField(default=True)


class SendBackSerializer(serializers.Serializer):
    """Which records go back to their author, and why."""

    records = KeySerializer(many=True, allow_empty=False)
    reason = serializers.CharField(max_length=5000)


class AssignmentSerializer(serializers.Serializer):
    """Who is to review a change set, and until which day; null: anybody, or no day."""

    assignee = serializers.CharField(max_length=150, allow_null=True, help_text="A user name.")
    due = serializers.DateField(allow_null=True)


class AloneSerializer(serializers.Serializer):
    """Why an author publishes their own change set; it is public."""

    reason = serializers.CharField(max_length=5000)


class ReviewSchema(Schema):
    """Describes the answers: each is the change set."""

    def get_response_serializers(self) -> Any:
        """Return what the operation answers."""
        return {200: DeskChangeSetWithEditsSerializer}


class ReviewDesk(DeskView):
    """What is done with a change set beside its steps."""

    permission_model = ChangeSet
    schema = ReviewSchema()
    verbs = {"move": "change", "tick": "publish", "send_back": "publish", "assign": "change", "alone": "publish"}
    problems = {"move": (409,), "tick": (409,), "send_back": (409,), "assign": (409,), "alone": (409,)}

    @extend_schema(request=MoveSerializer)
    def move(self, request: Request, number: int) -> Response:
        """Move edits into another open change set of one's own, or into a new one."""
        data = self.body(MoveSerializer(data=request.data))
        at, found = timezone.now(), find(number)
        keys = [(record["kind"], record["id"]) for record in data["records"]]
        with transaction.atomic():
            to = find(data["to"]) if "to" in data else change_sets.open_change_set(
                author=self.user, message=data["message"], cause=data.get("cause", found.cause), at=at
            )  # fmt: skip
            moving.move(change_set=found, keys=keys, to=to, by=self.user, at=at)
        return self.shown(found)

    @extend_schema(request=SeenSerializer)
    def tick(self, request: Request, number: int) -> Response:
        """Tick records as seen by oneself. A tick goes when the record is edited again."""
        data = self.body(SeenSerializer(data=request.data))
        found = find(number)
        keys = [(record["kind"], record["id"]) for record in data["records"]]
        seeing.tick(change_set=found, keys=keys, by=self.user, seen=data["seen"], at=timezone.now())
        return self.shown(found)

    @extend_schema(request=SendBackSerializer)
    def send_back(self, request: Request, number: int) -> Response:
        """Give some records of a submitted change set back to their author, in a change set of their own.

        What stays waits on; it must be publishable without them, else the answer says what it would lack. The change
        set that holds what goes back is the newest rejected one of the author.
        """
        data = self.body(SendBackSerializer(data=request.data))
        found = find(number)
        keys = [(record["kind"], record["id"]) for record in data["records"]]
        tasks.send_back(change_set=found, keys=keys, by=self.user, reason=data["reason"], at=timezone.now())
        return self.shown(found)

    @extend_schema(request=AssignmentSerializer)
    def assign(self, request: Request, number: int) -> Response:
        """Say who is to review a change set, and until when."""
        data = self.body(AssignmentSerializer(data=request.data))
        found, name = find(number), data["assignee"]
        to = User.objects.filter(username=name).first() if name else None
        if name and to is None:
            raise serializers.ValidationError({"assignee": _("There is no user “%s”.") % name[:100]})
        assigning.assign(change_set=found, to=to, due=data["due"], by=self.user, at=timezone.now())
        return self.shown(found)

    @extend_schema(request=AloneSerializer)
    def alone(self, request: Request, number: int) -> Response:
        """State why an administrator, as nobody else could review it, publishes their own change set afterwards."""
        data = self.body(AloneSerializer(data=request.data))
        return self.shown(alone.state_alone(change_set=find(number), by=self.user, reason=data["reason"]))

    def shown(self, change_set: ChangeSet) -> Response:
        """Return the change set as it stands now."""
        return self.answer(with_edits(change_set))
