"""What a change set changes, in words, by program: what moves most money first, with what sources say beside it."""

from typing import Any

from django.core.paginator import Paginator
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from tracker.api.desk.base import DeskView
from tracker.api.desk.change_sets import find
from tracker.api.protocol.parameters import check_parameters
from tracker.api.schema.base import Schema
from tracker.filters.parameters import choice, refuse
from tracker.models import ChangeSet, Seen
from tracker.records.registry import KINDS
from tracker.reporting.desk.differences import SHOWN, Difference, differences
from tracker.reporting.desk.largest import edits_by_money, kinds_in
from tracker.reporting.desk.passages import of_path


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
        paginator = Paginator(edits, self._number("limit", SHOWN, SHOWN))
        page = list(paginator.get_page(self._number("page", 1, 10**6)))
        ticked = set(Seen.objects.by(self.user, change_set).values_list("edit", flat=True))
        seen = {(edit.kind, edit.public_id) for edit in page if edit.pk in ticked}
        body = {
            "count": paginator.count, "pages": paginator.num_pages,
            "kinds": [{"kind": kind, "count": count} for kind, count in kinds_in(change_set)],
            "results": [_told(one, (one.kind, one.public_id) in seen) for one in differences(change_set, page)],
        }  # fmt: skip
        return self.answer(RecordDifferencesSerializer(body).data)

    def _number(self, name: str, usual: int, most: int) -> int:
        found = self.request.query_params.get(name, str(usual))
        if not (found.isascii() and found.isdigit() and len(found) < 8 and 1 <= int(found) <= most):
            refuse(name, f"Write a number from 1 to {most}.")
        return int(found)


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
