"""What a text of the desk proposes, by program: the facts, what the register has of them, and accepting one."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.exceptions import NotFound, PermissionDenied
from rest_framework.request import Request
from rest_framework.response import Response

from tracker.api.desk.base import DeskView
from tracker.api.desk.schema import CHANGE_SET, LOCATION
from tracker.api.protocol.parameters import check_parameters
from tracker.api.schema.base import Schema, action_of
from tracker.curation.proposing.accepting import Way, accept
from tracker.curation.proposing.comparing import Status
from tracker.curation.proposing.correcting import corrected, corrections_of
from tracker.curation.proposing.proposals import Proposal, proposals_of
from tracker.lib.proposing.proposal import ENOUGH
from tracker.models import Text
from tracker.records.naming_places import no_field
from tracker.records.registry import KINDS


class DifferenceSerializer(serializers.Serializer):
    """A field in which the text says other than the record, or more."""

    path = serializers.CharField()
    has = serializers.CharField(help_text="What the record has; empty where it has nothing.")
    says = serializers.CharField()


class ProposedFactSerializer(serializers.Serializer):
    """A fact that a text states, the record that it would be, and what the register has of it."""

    key = serializers.CharField(help_text="Names it: the same text and register give the same.")
    kind = serializers.CharField(source="draft.kind", help_text="The kind of record that it would be.")
    fact = serializers.CharField(source="fact.kind", help_text="Such as pledge, delivery, deployment or incident.")
    rule = serializers.CharField(source="fact.rule", help_text="How it was found.")
    score = serializers.IntegerField(source="fact.score", help_text="Of 100: the less was carried over, the surer.")
    likely = serializers.BooleanField(
        source="fact.is_sure",
        help_text=f"Whether its score is {ENOUGH} or more: what is not likely is only offered as also found, and "
        "the page of the text folds it.",
    )
    certainty = serializers.CharField(source="fact.certainty")
    start = serializers.IntegerField(source="fact.start", help_text="Where its passage begins, in characters from 0.")
    end = serializers.IntegerField(source="fact.end")
    problem = serializers.CharField(source="draft.problem", help_text="Why it is no record yet; empty where it is one.")
    document = serializers.DictField(source="draft.document", help_text="The record that it would be, without claims.")
    claims = serializers.ListField(child=serializers.DictField(), source="draft.claims")
    corrections = serializers.SerializerMethodField(help_text="The fields that accepting takes in `corrections`.")
    standing = serializers.ChoiceField([(each.value, each.value) for each in Status], source="comparison.status")
    record = serializers.SerializerMethodField(help_text="The record that tells of the same; null where there is none.")
    differences = DifferenceSerializer(many=True, source="comparison.differences")

    def get_corrections(self, proposal: Proposal) -> dict[str, str]:
        """Return the fields that can be set right, with their values."""
        return {each.name: each.value for each in corrections_of(proposal.draft)}

    def get_record(self, proposal: Proposal) -> dict[str, str] | None:
        """Return kind, id and name of the record."""
        record = proposal.comparison.record
        return {"kind": record.kind, "id": record.public_id, "name": record.name} if record else None


class ProposalsSerializer(serializers.Serializer):
    """The proposals of a text, in the order of its passages."""

    results = ProposedFactSerializer(many=True)


class AcceptingSerializer(serializers.Serializer):
    """Which proposal is accepted, and what becomes of it."""

    key = serializers.CharField(max_length=80)
    way = serializers.ChoiceField(
        [(each.value, each.value) for each in Way],
        help_text="new: a record of its own; claims: the passages go to the record, what contradicts it stands open; "
        "change: the record becomes what the text says.",
    )
    corrections = serializers.DictField(
        child=serializers.CharField(allow_blank=True, max_length=500), required=False,
        help_text="Fields of the proposal that are set right, by the names that it lists.",
    )  # fmt: skip


class AcceptedSerializer(serializers.Serializer):
    """The record that was written."""

    kind = serializers.CharField()
    id = serializers.CharField(source="public_id")


class ProposalsSchema(Schema):
    """Describes the endpoints of proposals."""

    def get_override_parameters(self) -> list[Any]:
        """Return what the operation takes besides its body."""
        return {"retrieve": [], "accept": [CHANGE_SET, LOCATION]}[action_of(self.view)]

    def get_response_serializers(self) -> Any:
        """Return what the operation answers."""
        return {"retrieve": {200: ProposalsSerializer}, "accept": {201: AcceptedSerializer}}[action_of(self.view)]


class ProposalDesk(DeskView):
    """Proposals of texts. Nothing is written but what is accepted."""

    permission_model = Text
    schema = ProposalsSchema()
    verbs = DeskView.verbs | {"accept": "add"}
    problems = {"accept": (409,)}

    def retrieve(self, request: Request, number: int) -> Response:
        """Return what a text proposes: facts with their passages, and what the register has of them."""
        check_parameters(request, ())
        found = [each for each in proposals_of(_text(number)) if not each.is_known]
        return self.answer(ProposalsSerializer({"results": found}).data)

    @extend_schema(request=AcceptingSerializer)
    def accept(self, request: Request, number: int) -> Response:
        """Accept one proposal, as an edit in a change set; withdrawing the record takes it back."""
        asked = self.body(AcceptingSerializer(data=request.data), ("change_set",))
        proposal = next((each for each in proposals_of(_text(number)) if each.key == asked["key"]), None)
        if proposal is None:
            raise NotFound(_("There is no proposal “%s” of this text.") % asked["key"][:80])
        way = Way(asked["way"])
        right = f"{'add' if way == Way.NEW else 'change'}_{proposal.draft.kind}"
        if not self.user.has_perm(f"tracker.{right}"):
            raise PermissionDenied
        corrections = asked.get("corrections", {})
        known = [each.name for each in corrections_of(proposal.draft)]
        unknown = sorted(set(corrections) - set(known))
        if unknown:
            raise serializers.ValidationError({"corrections": [no_field(unknown[0], known)]})
        accepted = accept(
            draft=corrected(proposal.draft, corrections), comparison=proposal.comparison, way=way, by=self.user,
            at=timezone.now(), change_set=self.asked_change_set(),
        )  # fmt: skip
        kind = KINDS[accepted.kind]
        address = request.build_absolute_uri(f"/api/v1/desk/{kind.plural}/{accepted.public_id}/")
        return self.answer(AcceptedSerializer(accepted).data, status.HTTP_201_CREATED, Location=address)


def _text(number: int) -> Text:
    text = Text.objects.select_related("document").filter(pk=number).first()
    if text is None:
        raise NotFound(_("There is no text #%s.") % number)
    return text
