"""Notices by program: what happened to the change sets that concern whoever asks."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from tracker.api.desk.base import DeskView
from tracker.api.protocol.parameters import check_parameters
from tracker.api.schema.base import Schema
from tracker.curation.notices import see
from tracker.models import ChangeSet, Notice

MOST = 200
"""How many notices are listed."""


class NoticeSerializer(serializers.ModelSerializer):
    """That something happened to a change set."""

    change_set = serializers.CharField(source="change_set_id")
    by = serializers.CharField(source="by.username")

    class Meta:
        model = Notice
        fields = ("id", "change_set", "what", "by", "text", "at")


class NoticesSerializer(serializers.Serializer):
    """The notices that are not seen yet, the newest first."""

    count = serializers.IntegerField()
    results = NoticeSerializer(many=True, help_text=f"Up to {MOST}.")


class NoticeSchema(Schema):
    """Describes the answers: the notices that are left."""

    def get_response_serializers(self) -> Any:
        """Return what the operation answers."""
        return {200: NoticesSerializer}


class NoticeDesk(DeskView):
    """One's own notices: read them, and say that they are seen."""

    permission_model = ChangeSet
    schema = NoticeSchema()
    verbs = {"read": "view", "see": "view"}

    def read(self, request: Request) -> Response:
        """List one's notices that are not seen yet."""
        check_parameters(request, ())
        return self._left()

    @extend_schema(request=None)
    def see(self, request: Request) -> Response:
        """Say that one has seen all of them."""
        self.no_body()
        see(user=self.user, at=timezone.now())
        return self._left()

    def _left(self) -> Response:
        found = Notice.objects.filter(recipient=self.user, seen_at__isnull=True).select_related("by")
        return self.answer(NoticesSerializer({"count": found.count(), "results": found[:MOST]}).data)
