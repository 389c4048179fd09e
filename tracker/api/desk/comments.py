"""Comments on change sets by program: threads on the whole, on a record, or on a field of one."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers, status
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from tracker.api.desk.base import DeskView
from tracker.api.desk.change_sets import find
from tracker.api.protocol.parameters import check_parameters
from tracker.api.schema.base import Schema, action_of
from tracker.curation.discussion import commenting
from tracker.models import ChangeSet, Comment
from tracker.reporting.desk.threads import Thread, threads


class SaidSerializer(serializers.ModelSerializer):
    """What somebody said, and when."""

    author = serializers.CharField(source="author.username")

    class Meta:
        model = Comment
        fields = ("id", "author", "text", "written_at")


class ThreadSerializer(serializers.Serializer):
    """A comment with the answers to it; kind, record and field are empty where it is on the change set as a whole."""

    id = serializers.IntegerField(source="comment.pk")
    kind = serializers.CharField(source="comment.kind", allow_blank=True)
    record = serializers.CharField(source="comment.public_id", allow_blank=True)
    field = serializers.CharField(source="comment.field", allow_blank=True)
    author = serializers.CharField(source="comment.author.username")
    text = serializers.CharField(source="comment.text")
    written_at = serializers.DateTimeField(source="comment.written_at")
    settled_by = serializers.SerializerMethodField()
    settled_at = serializers.DateTimeField(source="comment.settled_at", allow_null=True)
    answers = SaidSerializer(many=True)

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_settled_by(self, thread: Thread) -> str | None:
        """Return who settled it."""
        return thread.comment.settled_by.get_username() if thread.comment.settled_by else None


class ThreadsSerializer(serializers.Serializer):
    """The threads of a change set, in the order in which they were begun."""

    count = serializers.IntegerField()
    results = ThreadSerializer(many=True)


class WrittenSerializer(serializers.Serializer):
    """A comment: what it is on, or the number of the thread that it answers."""

    text = serializers.CharField(max_length=commenting.LONGEST)
    kind = serializers.CharField(max_length=20, required=False, allow_blank=True, default="")
    record = serializers.CharField(max_length=100, required=False, allow_blank=True, default="")
    field = serializers.CharField(
        max_length=160, required=False, allow_blank=True, default="", help_text="Such as entries[2].amount."
    )
    answers = serializers.IntegerField(min_value=1, required=False, help_text="The thread; it says what it is on.")


class SettledSerializer(serializers.Serializer):
    """The number of a thread."""

    thread = serializers.IntegerField(min_value=1)


class CommentSchema(Schema):
    """Describes the answers: all threads of the change set."""

    def get_response_serializers(self) -> Any:
        """Return what the operation answers."""
        return {201 if action_of(self.view) == "write" else 200: ThreadsSerializer}


class CommentDesk(DeskView):
    """The comments on a change set: read, write, answer, settle."""

    permission_model = ChangeSet
    schema = CommentSchema()
    verbs = {"read": "view", "write": "change", "settle": "change"}
    problems = {"write": (409,), "settle": (409,)}

    def read(self, request: Request, number: int) -> Response:
        """List the threads of a change set."""
        check_parameters(request, ())
        return self._answer(find(number))

    @extend_schema(request=WrittenSerializer)
    def write(self, request: Request, number: int) -> Response:
        """Begin a thread, or answer one."""
        data, found = self.body(WrittenSerializer(data=request.data)), find(number)
        said = {"by": self.user, "text": data["text"], "at": timezone.now()}
        if "answers" in data:
            commenting.answer(comment=_thread(found, data["answers"]), **said)
        else:
            commenting.comment(
                change_set=found, kind=data["kind"], public_id=data["record"], field=data["field"], **said
            )
        return self._answer(found, status.HTTP_201_CREATED)

    @extend_schema(request=SettledSerializer)
    def settle(self, request: Request, number: int) -> Response:
        """Settle a thread; an answer opens it again."""
        data, found = self.body(SettledSerializer(data=request.data)), find(number)
        commenting.settle(comment=_thread(found, data["thread"]), by=self.user, at=timezone.now())
        return self._answer(found)

    def _answer(self, change_set: ChangeSet, code: int = status.HTTP_200_OK) -> Response:
        found = threads(change_set)
        return self.answer(ThreadsSerializer({"count": len(found), "results": found}).data, code)


def _thread(change_set: ChangeSet, number: int) -> Comment:
    comment = change_set.comments.filter(pk=number).first() if number < 10**18 else None
    if comment is None:
        raise NotFound(_("Change set #%(id)s has no comment %(number)s.") % {"id": change_set.pk, "number": number})
    return comment
