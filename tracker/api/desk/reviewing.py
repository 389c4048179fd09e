"""Work on a change set beside its steps: what it changes, moving and returning its edits, ticks, and who reviews it."""

from typing import Any

from django.contrib.auth.models import User
from django.core.paginator import Paginator
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from tracker.api.desk.base import DeskView
from tracker.api.desk.change_set_schema import DeskChangeSetWithEditsSerializer
from tracker.api.desk.change_sets import find, with_edits
from tracker.api.protocol.parameters import check_parameters
from tracker.api.schema.base import Schema
from tracker.curation.discussion import assigning, publishing_alone, seen
from tracker.curation.publishing import moving, tasks
from tracker.curation.review import change_sets
from tracker.filters.parameters import choice
from tracker.models import ChangeSet, Seen
from tracker.records.registry import KINDS
from tracker.reporting.desk.differences import SHOWN, Difference, differences
from tracker.reporting.desk.largest import edits_by_money, kinds_in, whole
from tracker.reporting.desk.passages import of_path
from tracker.reporting.shelf.paging import parse_whole


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
    revision = serializers.IntegerField(
        required=False,
        min_value=0,
        help_text="As of which they were read: `revision` of `differences/`. A record that was edited since is not "
        "ticked. Only to take ticks back it can be left out.",
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Ask for what was looked at."""
        if attrs["seen"] and "revision" not in attrs:
            raise serializers.ValidationError(
                {"revision": _("Say as of which you read them: `revision` of `differences/`.")}
            )
        return attrs


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
        """Tick records as seen by oneself. A tick goes when the record is edited again.

        Refused where one of them was edited after `revision`: read it again.
        """
        data = self.body(SeenSerializer(data=request.data))
        found = find(number)
        keys = [(record["kind"], record["id"]) for record in data["records"]]
        seen.tick(
            change_set=found, keys=keys, by=self.user, seen=data["seen"], revision=data.get("revision"),
            at=timezone.now(),
        )  # fmt: skip
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
        return self.shown(publishing_alone.state_alone(change_set=find(number), by=self.user, reason=data["reason"]))

    def shown(self, change_set: ChangeSet) -> Response:
        """Return the change set as it stands now."""
        return self.answer(with_edits(change_set))


class SourceSerializer(serializers.Serializer):
    """What a source says of a value, and where: a passage, or a cell of a file that is kept."""

    claim = serializers.CharField()
    document = serializers.CharField(source="document_id")
    quote = serializers.CharField()
    value = serializers.CharField()
    place = serializers.CharField(help_text="Of a passage.")
    support = serializers.CharField()
    verdict = serializers.CharField()
    file = serializers.CharField(help_text="Of a cell; `rows/` of the record has the whole row.")
    sheet = serializers.CharField()
    row = serializers.IntegerField(allow_null=True)
    cell = serializers.CharField()


class ChangedValueSerializer(serializers.Serializer):
    """A value before and after, in the words of the form."""

    field = serializers.CharField(source="what")
    row = serializers.CharField(help_text="What the line is called that it stands in.")
    became = serializers.CharField(help_text="What became of that line: added, removed, moved or changed.")
    before = serializers.CharField()
    after = serializers.CharField()
    sources = SourceSerializer(many=True)


class RecordDifferenceSerializer(serializers.Serializer):
    """What becomes of one record."""

    kind = serializers.CharField()
    id = serializers.CharField()
    name = serializers.CharField()
    what = serializers.CharField(help_text="Such as: is new.")
    reason = serializers.CharField(help_text="Of a withdrawal or a merge; it is public.")
    seen = serializers.BooleanField(help_text="Whether whoever asks has ticked it, as it is.")
    changes = ChangedValueSerializer(many=True)


class KindCountSerializer(serializers.Serializer):
    """How many records of a kind a change set holds."""

    kind = serializers.CharField()
    count = serializers.IntegerField()


class RecordDifferencesSerializer(serializers.Serializer):
    """A page of what a change set changes."""

    revision = serializers.IntegerField(
        help_text="As of which revision of the change set this is: what `seen/` asks for."
    )
    count = serializers.IntegerField()
    pages = serializers.IntegerField()
    kinds = KindCountSerializer(many=True, help_text="Of all that it holds, whichever kind was asked for.")
    results = RecordDifferenceSerializer(many=True)


class DifferenceDesk(DeskView):
    """What a change set changes."""

    permission_model = ChangeSet
    schema = Schema()
    verbs = {"read": "view"}
    problems = {"read": (404,)}

    @extend_schema(
        parameters=[
            OpenApiParameter("kind", str, enum=list(KINDS)),
            OpenApiParameter("page", {"type": "integer", "minimum": 1, "default": 1}),
            OpenApiParameter("limit", {"type": "integer", "minimum": 1, "maximum": SHOWN, "default": SHOWN}),
        ],
        responses={200: RecordDifferencesSerializer},
    )
    def read(self, request: Request, number: int) -> Response:
        """Read what a change set changes, field by field in words: pledges first, the largest of them first."""
        check_parameters(request, ("kind", "page", "limit"))
        change_set = find(number)
        edits = edits_by_money(change_set, choice(request.query_params, "kind", [*KINDS]) or "")
        paginator = Paginator(edits, parse_whole(request.query_params, "limit", SHOWN, SHOWN))
        page = whole(list(paginator.get_page(parse_whole(request.query_params, "page", 1, 10**6))))
        ticked = set(Seen.objects.by(self.user, change_set).values_list("edit", flat=True))
        seen = {(edit.kind, edit.public_id) for edit in page if edit.pk in ticked}
        body = {
            "revision": change_set.revision, "count": paginator.count, "pages": paginator.num_pages,
            "kinds": [{"kind": kind, "count": count} for kind, count in kinds_in(change_set)],
            "results": [_told(one, (one.kind, one.public_id) in seen) for one in differences(change_set, page)],
        }  # fmt: skip
        return self.answer(RecordDifferencesSerializer(body).data)


def _told(difference: Difference, is_seen: bool) -> dict[str, Any]:
    changes = [
        {
            "what": line.what, "row": line.row, "became": line.became, "before": line.before, "after": line.after,
            "sources": of_path(difference.sources, line.path),
        }
        for line in difference.lines
    ]  # fmt: skip
    return {
        "kind": difference.kind, "id": difference.public_id, "name": difference.name, "what": difference.what,
        "reason": difference.reason, "seen": is_seen, "changes": changes,
    }  # fmt: skip
