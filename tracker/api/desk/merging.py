"""Merging by program: two records beside each other, the merge, and a revert of any published change set."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers, status
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from tracker.api.desk.base import DeskView, etag_of, if_match
from tracker.api.desk.change_set_schema import DeskChangeSetWithEditsSerializer
from tracker.api.desk.change_sets import find, with_edits
from tracker.api.desk.schema import CHANGE_SET, ETAG, IF_MATCH, PUBLIC_ID_IN_PATH
from tracker.api.protocol.errors import PreconditionFailed
from tracker.api.protocol.parameters import check_parameters
from tracker.api.schema.base import Schema
from tracker.curation.merging.effect import effect_of
from tracker.curation.merging.merging import Sides, compare, merge_record
from tracker.curation.review import reverting
from tracker.curation.review.holding import lock_records
from tracker.filters.parameters import refuse
from tracker.models import ChangeSet
from tracker.models.base import Record
from tracker.records.engine.merging import SIDES
from tracker.records.registry import KINDS

INTO = OpenApiParameter("into", str, required=True, description="The record that stays, of the same kind, by its id.")


def _paths(**options: Any) -> serializers.ListField:
    return serializers.ListField(
        child=serializers.CharField(max_length=200), max_length=1000, required=False, **options
    )  # fmt: skip


class LeftOutSerializer(serializers.Serializer):
    """Lines that the merged record is not to have, by their paths on either side."""

    into = _paths()
    record = _paths()


class MergeSerializer(serializers.Serializer):
    """Into which record to merge this one, and what of each is kept."""

    into = serializers.CharField(max_length=100, help_text="The record that stays.")
    take = _paths(help_text="Paths of `choices` in which the value of the record that goes is kept.")
    leave_out = LeftOutSerializer(required=False)
    reason = serializers.CharField(
        required=False, allow_blank=True, max_length=5000, help_text="Why they are one; it is public."
    )


class ChoiceSerializer(serializers.Serializer):
    """A field, or a line that both have, of which each says something else."""

    path = serializers.CharField()
    into = serializers.JSONField()
    record = serializers.JSONField()
    taken = serializers.ChoiceField(SIDES)


class LineSerializer(serializers.Serializer):
    """A line of one side, and the line of the other that says the same, if there is one."""

    side = serializers.ChoiceField(SIDES)
    path = serializers.CharField()
    same_as = serializers.CharField()
    row = serializers.JSONField()


class MovedSumSerializer(serializers.Serializer):
    """A sum of the two, net and on the headline basis, that the merge would change; in EUR cents."""

    contributor = serializers.CharField()
    stage = serializers.CharField()
    before = serializers.IntegerField()
    after = serializers.IntegerField()


class ComparisonSerializer(serializers.Serializer):
    """Two records beside each other, and what they become unless something else is chosen."""

    choices = ChoiceSerializer(many=True)
    lines = LineSerializer(many=True)
    document = serializers.JSONField(help_text="The merged record, without its claims.")
    effect = MovedSumSerializer(many=True)


class MergeDesk(DeskView):
    """Records of one kind, merged into others."""

    kind = ""
    schema = Schema()
    verbs = {"compare": "view", "merge": "delete"}
    problems = {"compare": (404, 409), "merge": (404, 409, 412, 428)}

    @property
    def permission_model(self) -> type[Record]:
        return KINDS[self.kind].model

    @extend_schema(parameters=[PUBLIC_ID_IN_PATH, INTO, ETAG], responses={200: ComparisonSerializer})
    def compare(self, request: Request, public_id: str) -> Response:
        """Show two records beside each other, and what they would become; writes nothing."""
        check_parameters(request, ("into",))
        other = request.query_params.get("into")
        if not other:
            refuse("into", _("Name the record that stays."))
        sides = compare(record=self._find(public_id), into=self._find(str(other)))
        effect = effect_of(sides, day=timezone.now().date())
        shown = {
            "choices": sides.found.choices, "lines": sides.found.lines, "document": sides.document, "effect": effect,
        }  # fmt: skip
        return self.answer(ComparisonSerializer(shown).data, ETag=_etag(sides))

    @extend_schema(
        parameters=[PUBLIC_ID_IN_PATH, CHANGE_SET, IF_MATCH], request=MergeSerializer,
        responses={201: DeskChangeSetWithEditsSerializer},
    )  # fmt: skip
    def merge(self, request: Request, public_id: str) -> Response:
        """Merge a record into another. `If-Match` takes the ETag of the two beside each other."""
        said, tags = self.body(MergeSerializer(data=request.data), ("change_set",)), if_match(request)
        choices = {"take": said.get("take", []), "leave_out": said.get("leave_out", {})}
        with transaction.atomic():
            keys = [public_id, said["into"]]
            lock_records(kind=self.kind, public_ids=keys)
            record, into = (self._find(key) for key in keys)
            etag = _etag(compare(record=record, into=into))
            if "*" not in tags and etag not in tags:
                raise PreconditionFailed(_("One of the two has changed since: compare them again."), etag)
            edit = merge_record(
                record=record, into=into, by=self.user, at=timezone.now(), reason=said.get("reason", ""),
                change_set=self.asked_change_set(), **choices,
            )  # fmt: skip
        return self.answer(with_edits(edit.change_set), status.HTTP_201_CREATED)

    def _find(self, public_id: str) -> Record:
        record = self.permission_model.named(public_id)
        if record is None:
            raise NotFound(_("There is no %(kind)s “%(id)s”.") % {"kind": self.kind, "id": public_id[:100]})
        return record


def _etag(sides: Sides) -> str:
    return etag_of(sides.documents)


class ReversionSerializer(serializers.Serializer):
    """Why a published change set is taken back."""

    reason = serializers.CharField(
        max_length=5000, required=False, allow_blank=True, default="",
        help_text="Why what was new in it is withdrawn; it is public. Left out, it says which set is taken back.",
    )  # fmt: skip


class RevertDesk(DeskView):
    """Published change sets, taken back."""

    permission_model = ChangeSet
    schema = Schema()
    verbs = {"revert": "change"}
    problems = {"revert": (409,)}

    @extend_schema(request=ReversionSerializer, responses={201: DeskChangeSetWithEditsSerializer})
    def revert(self, request: Request, number: int) -> Response:
        """Open a change set in which every record of a published one is what it was before."""
        reason = self.body(ReversionSerializer(data=self.request.data))["reason"]
        opened = reverting.revert(change_set=find(number), by=self.user, at=timezone.now(), reason=reason)
        return self.answer(with_edits(opened), status.HTTP_201_CREATED)
