"""Change sets on the desk: what waits, who wrote it, and the steps to the shelf."""

from typing import Any

from django.db.models import Count, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import status
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from tracker.api.desk.base import DeskView
from tracker.api.desk.change_set_schema import (
    ChangeSetSchema,
    DeskChangeSetSerializer,
    DeskChangeSetWithEditsSerializer,
    PublishingSerializer,
    RejectionSerializer,
    SubmissionSerializer,
)
from tracker.api.desk.jobs import code_of, effect_of
from tracker.api.desk.schema import CURSOR, LIMIT, LOCATION
from tracker.api.protocol.parameters import check_parameters
from tracker.curation.publishing import tasks
from tracker.curation.review import change_sets
from tracker.curation.review.permissions import require_author_or_reviewer
from tracker.filters.parameters import choice
from tracker.models import ChangeSet
from tracker.reporting.desk.waiting import moved_by
from tracker.reporting.shelf.paging import Order

ME = "me"


class ChangeSetDesk(DeskView):
    """Change sets: list, read, open, describe, submit, publish, reject, discard."""

    permission_model = ChangeSet
    schema = ChangeSetSchema()
    verbs = DeskView.verbs | {
        "submit": "change", "discard": "change", "publish": "publish", "reject": "publish", "effect": "change",
        "work_out": "change",
    }  # fmt: skip
    problems = {
        "partial_update": (409,), "submit": (409,), "discard": (409,), "reject": (409,), "publish": (409, 422),
        "work_out": (409,),
    }  # fmt: skip

    @extend_schema(
        parameters=[
            OpenApiParameter("status", str, enum=ChangeSet.Status.values),
            OpenApiParameter("cause", str, enum=ChangeSet.Cause.values),
            OpenApiParameter("author", str, description="A user name, or `me`."),
            LIMIT,
            CURSOR,
        ]
    )
    def list(self, request: Request) -> Response:
        """List the change sets, the newest first."""
        check_parameters(request, ("status", "cause", "author", "limit", "cursor"))
        queryset = with_counts()
        for name, choices in (("status", ChangeSet.Status.values), ("cause", ChangeSet.Cause.values)):
            value = choice(request.query_params, name, choices)
            if value is not None:
                queryset = queryset.filter(**{name: value})
        author = request.query_params.get("author")
        if author is not None:
            queryset = queryset.filter(author__username=self.user.get_username() if author == ME else author)
        rows, around = self.page(queryset, {"id": Order("id")}, "-id", "id")
        context = {"moved": moved_by(rows)}
        return self.answer(around | {"results": DeskChangeSetSerializer(rows, many=True, context=context).data})

    def retrieve(self, request: Request, number: int) -> Response:
        """Return one change set with its edits."""
        check_parameters(request, ())
        return self._answer(find(number))

    @extend_schema(request=DeskChangeSetSerializer, parameters=[LOCATION])
    def create(self, request: Request) -> Response:
        """Open a change set."""
        data = self.body(DeskChangeSetSerializer(data=request.data))
        cause = data.get("cause", ChangeSet.Cause.NEW_INFORMATION)
        opened = change_sets.open_change_set(author=self.user, message=data["message"], cause=cause, at=timezone.now())
        address = request.build_absolute_uri(f"{request.path}{opened.pk}/")
        return self._answer(opened, status.HTTP_201_CREATED, Location=address)

    @extend_schema(request=DeskChangeSetSerializer)
    def partial_update(self, request: Request, number: int) -> Response:
        """Say anew what a change set is about."""
        found = find(number)
        data = self.body(DeskChangeSetSerializer(found, data=request.data, partial=True))
        message, cause = data.get("message", found.message), data.get("cause", found.cause)
        return self._answer(change_sets.describe(change_set=found, by=self.user, message=message, cause=cause))

    @extend_schema(request=SubmissionSerializer)
    def submit(self, request: Request, number: int) -> Response:
        """Hand a change set to a reviewer.

        One that is known not to be publishable as it is asks once more: 409, with the problems.
        """
        confirmed = self.body(SubmissionSerializer(data=request.data))["confirm"]
        found, at = find(number), timezone.now()
        return self._answer(tasks.submit(change_set=found, by=self.user, at=at, is_confirmed=confirmed))

    @extend_schema(request=PublishingSerializer)
    def publish(self, request: Request, number: int) -> Response:
        """Publish a submitted change set of somebody else: all of it, or nothing.

        Where records went back to their author and what the rest does is not worked out yet, it asks once more: 409. An
        import whose totals are not those of its file asks for the names of the differences. A change set of many
        records is published by a worker: the answer is 202, and `publishing` of later ones says how far that is, and
        what stood in the way.
        """
        asked = self.body(PublishingSerializer(data=request.data))
        looked = {"is_confirmed": asked["confirm"], "revision": asked.get("revision")}
        found, at, named = find(number), timezone.now(), asked["differences"]
        job = tasks.request_publishing(change_set=found, by=self.user, at=at, differences=named, **looked)
        return self._answer(found, code_of(job))

    def effect(self, request: Request, number: int) -> Response:
        """Return what publishing would do to the sums, as it was last worked out. Post to have it worked out."""
        check_parameters(request, ())
        found = find(number)
        require_author_or_reviewer(found, self.user)
        return self.answer(effect_of(found))

    @extend_schema(request=None)
    def work_out(self, request: Request, number: int) -> Response:
        """Have worked out what publishing would do to the sums. 202 where a worker does that."""
        self.no_body()
        found = find(number)
        job = tasks.request_effect(change_set=found, by=self.user, at=timezone.now())
        return self.answer(effect_of(found), code_of(job))

    @extend_schema(request=RejectionSerializer)
    def reject(self, request: Request, number: int) -> Response:
        """Hand a submitted change set back to its author."""
        data = self.body(RejectionSerializer(data=request.data))
        rejected = change_sets.reject(change_set=find(number), by=self.user, reason=data["reason"], at=timezone.now())
        return self._answer(rejected)

    @extend_schema(request=None)
    def discard(self, request: Request, number: int) -> Response:
        """Put every record of a change set back to what is published.

        A change set of many records is discarded by a worker: the answer is 202, and `discarding` of later ones says
        how that stands, and what stood in the way.
        """
        self.no_body()
        found = find(number)
        job = tasks.request_discarding(change_set=found, by=self.user, at=timezone.now())
        return self._answer(found, code_of(job))

    def _answer(self, change_set: ChangeSet, code: int = status.HTTP_200_OK, **headers: str) -> Response:
        return self.answer(with_edits(change_set), code, **headers)


def with_counts() -> QuerySet[ChangeSet]:
    """Return all change sets, with how many edits each has."""
    return ChangeSet.objects.select_related("author", "reviewer", "assignee").annotate(edit_count=Count("edits"))


def with_edits(change_set: ChangeSet) -> dict[str, Any]:
    """Return a change set as staff see it, with its edits, as it stands now."""
    found = with_counts().prefetch_related("edits__seen__reviewer").get(pk=change_set.pk)
    document: dict[str, Any] = DeskChangeSetWithEditsSerializer(found).data
    return document


def find(number: int) -> ChangeSet:
    """Return a change set by its number; raises NotFound."""
    change_set = ChangeSet.objects.filter(pk=number).first()
    if change_set is None:
        raise NotFound(_("There is no change set #%s.") % number)
    return change_set
