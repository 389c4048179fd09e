"""Likely twins by program: pledges that may be one, and what was decided about them."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers, status
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from tracker.api.desk import import_schema
from tracker.api.desk.base import DeskView
from tracker.api.desk.imports import IN_ORDER, ImportDesk, find_import
from tracker.api.desk.jobs import JobSerializer, code_of
from tracker.api.desk.schema import CHANGE_SET, CURSOR
from tracker.api.desk.schema import LIMIT as PAGE_LIMIT
from tracker.api.protocol.parameters import check_parameters
from tracker.api.schema.base import Schema
from tracker.api.schema.describing import filter_parameters
from tracker.curation.importing.serializers import ImportTwinSerializer
from tracker.curation.importing.twins import TwinDecision, decide_twins
from tracker.curation.merging.twins import forget_apart, keep_apart
from tracker.curation.twins import kept_list
from tracker.curation.twins.likely_pairs import Twin
from tracker.filters.imports import TwinFilterSet
from tracker.models import KeptApart, Pledge
from tracker.reporting.shelf.paging import DEFAULT_LIMIT, MAX_LIMIT, parse_limit

PLEDGE = OpenApiParameter("pledge", str, description="Only pairs with this pledge, by its public id.")
LIMIT = OpenApiParameter(
    "limit", {"type": "integer", "minimum": 1, "maximum": MAX_LIMIT, "default": DEFAULT_LIMIT},
    description="How many pairs, those most alike first.",
)  # fmt: skip


class TwinSerializer(serializers.Serializer):
    """Two pledges that are likely to be one, how alike they are, of 100, and what speaks for and against it."""

    one = serializers.CharField()
    other = serializers.CharField()
    score = serializers.IntegerField()
    reasons = serializers.ListField(child=serializers.CharField())


class KeptListSerializer(serializers.Serializer):
    """How old the list is."""

    worked_out_at = serializers.DateTimeField(source="moment", allow_null=True, help_text="Null: not yet.")
    is_current = serializers.BooleanField(help_text="Whether nothing was published or imported since.")
    job = JobSerializer(allow_null=True, help_text="The newest work on it; null where nobody asked for any.")


class TwinListSerializer(serializers.Serializer):
    """Pairs of likely twins, and how many there are."""

    kept = KeptListSerializer(
        allow_null=True, help_text="Null where the pairs were looked for now: of a pledge, or of few records."
    )
    count = serializers.IntegerField()
    results = TwinSerializer(many=True)


class PairSerializer(serializers.Serializer):
    """Two pledges, by public id."""

    one = serializers.CharField(max_length=100)
    other = serializers.CharField(max_length=100)


class KeptApartSerializer(serializers.Serializer):
    """Two pledges that somebody found to be different."""

    one = serializers.CharField()
    other = serializers.CharField()
    by = serializers.CharField(source="by.username")
    at = serializers.DateTimeField()


class TwinDesk(DeskView):
    """Likely twins among pledges, and pairs that are different."""

    permission_model = Pledge
    schema = Schema()
    verbs = {"likely": "view", "renew": "change", "keep_apart": "change", "forget": "change"}
    problems = {"likely": (404,), "keep_apart": (404,), "forget": (404,)}

    @extend_schema(parameters=[PLEDGE, CHANGE_SET, LIMIT], responses={200: TwinListSerializer})
    def likely(self, request: Request) -> Response:
        """List pairs of pledges that are likely to be one: of one pledge, of a change set, or of all.

        The list of all is kept: it is worked out after publishing and importing, and when somebody asks (`renew/`).
        """
        check_parameters(request, ("pledge", "change_set", "limit"))
        limit = parse_limit(request.query_params.get("limit"))
        change_set, pledge = self.asked_change_set(), request.query_params.get("pledge")
        found, kept = kept_list.listed(change_set=change_set, pledge=None if pledge is None else self._find(pledge))
        return self._list(found, kept, limit)

    @extend_schema(request=None, responses={200: TwinListSerializer, 202: TwinListSerializer})
    def renew(self, request: Request) -> Response:
        """Have the list of all worked out anew. 202 where a worker does that, or is at it already."""
        self.no_body()
        kept_list.request(by=self.user, at=timezone.now())
        found, kept = kept_list.listed()
        return self._list(found, kept, DEFAULT_LIMIT, code_of(kept.job if kept else None))

    def _list(
        self, found: list[Twin], kept: kept_list.KeptList | None, limit: int, code: int = status.HTTP_200_OK
    ) -> Response:  # fmt: skip
        answer = {"kept": kept, "count": len(found), "results": found[:limit]}
        return self.answer(TwinListSerializer(answer).data, code)

    @extend_schema(request=PairSerializer, responses={200: KeptApartSerializer})
    def keep_apart(self, request: Request) -> Response:
        """Say that two pledges are different: the pair is shown no more."""
        pair = self._pair()
        kept: KeptApart = keep_apart(one=pair[0], other=pair[1], by=self.user, at=timezone.now())
        return self.answer(KeptApartSerializer(kept).data)

    @extend_schema(request=PairSerializer, responses={204: None})
    def forget(self, request: Request) -> Response:
        """Take back that two pledges are different."""
        pair = self._pair()
        forget_apart(one=pair[0], other=pair[1])
        return self.answer(None, status.HTTP_204_NO_CONTENT)

    def _pair(self) -> list[Pledge]:
        said: dict[str, Any] = self.body(PairSerializer(data=self.request.data))
        return [self._find(said[name]) for name in ("one", "other")]

    def _find(self, public_id: str) -> Pledge:
        pledge = Pledge.named(public_id[:100].replace("\0", ""))
        if pledge is None:
            raise NotFound(_("There is no pledge “%s”.") % public_id[:100])
        return pledge


class ImportTwinDesk(ImportDesk):
    """Likely twins of a plan."""

    verbs = {"twins": "view", "decide_twins": "change"}
    problems = {"decide_twins": (409,)}

    @extend_schema(parameters=[*filter_parameters(TwinFilterSet.base_filters), PAGE_LIMIT, CURSOR])
    def twins(self, request: Request, number: int) -> Response:
        """List pairs of a new pledge and one that it is likely to be: beside the register first, most alike first."""
        queryset = self.filtered(TwinFilterSet, find_import(number).twins.all())
        return self.listed(queryset, ImportTwinSerializer, IN_ORDER, "position", "position")

    @extend_schema(request=import_schema.TwinDecisionsSerializer)
    def decide_twins(self, request: Request, number: int) -> Response:
        """Say what new pledges are to others: different, merged into them, or linked. It counts when it is applied.

        One that is the same as a pledge which this dataset brought, and which is gone from the file, is that record:
        have the file planned again then.
        """
        asked = self.body(import_schema.TwinDecisionsSerializer(data=request.data))
        decisions = [TwinDecision(**one) for one in asked["twins"]]
        decide_twins(imported=find_import(number), decisions=decisions, by=self.user)
        return self.answer_import(number)
