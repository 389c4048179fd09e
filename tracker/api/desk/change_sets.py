"""Change sets on the desk: what waits, who wrote it, and the steps to the shelf."""

from typing import Any, NoReturn

from django.db.models import Count, Prefetch, QuerySet, prefetch_related_objects
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers, status
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from tracker.api.desk.base import DeskView
from tracker.api.desk.schema import CURSOR, LIMIT, LOCATION, page_of
from tracker.api.protocol.parameters import check_parameters
from tracker.api.public.published import Fields, Rows, ShelfListViewSet, select
from tracker.api.schema.base import Schema, action_of
from tracker.api.schema.describing import documented
from tracker.curation.review import change_sets, publishing
from tracker.filters.change_sets import ChangeSetFilterSet, saying
from tracker.filters.parameters import choice
from tracker.models import ChangeSet, Edit, Publication, ReconciliationLine
from tracker.reporting.shelf import published
from tracker.reporting.shelf.paging import Order

ME = "me"


class EditSerializer(serializers.ModelSerializer):
    """A record that a change set holds or held."""

    id = serializers.CharField(source="public_id")

    class Meta:
        model = Edit
        fields = ("kind", "id", "action", "edited_at", "released_at")


class DeskChangeSetSerializer(serializers.ModelSerializer):
    """A change set as staff see it."""

    author = serializers.CharField(source="author.username", read_only=True)
    reviewer = serializers.CharField(source="reviewer.username", read_only=True, allow_null=True, default=None)
    edit_count = serializers.IntegerField(read_only=True)

    class Meta:
        model = ChangeSet
        fields: tuple[str, ...] = (
            "id", "message", "cause", "status", "author", "reviewer", "reason", "opened_at", "submitted_at",
            "decided_at", "published_at", "edit_count",
        )  # fmt: skip
        read_only_fields = (
            "id", "status", "reason", "opened_at", "submitted_at", "decided_at", "published_at",
        )  # fmt: skip


class DeskChangeSetWithEditsSerializer(DeskChangeSetSerializer):
    """A change set as staff see it, with its edits."""

    edits = EditSerializer(many=True, read_only=True)

    class Meta(DeskChangeSetSerializer.Meta):
        fields = (*DeskChangeSetSerializer.Meta.fields, "edits")


class RejectionSerializer(serializers.Serializer):
    """Why a change set goes back to its author."""

    reason = serializers.CharField(max_length=5000)


class NamedSerializer(serializers.Serializer):
    """The names of the differences between an import and its file, by whoever publishes it all the same."""

    differences = serializers.MultipleChoiceField(
        choices=[choice for choice in ReconciliationLine.Cause.choices if choice[0]], required=False, default=set,
        help_text="As the reconciliation of the import names them; not needed where nothing differs.",
    )  # fmt: skip


class ChangeSetSchema(Schema):
    """Describes the list, which has an answer of its own around the rows."""

    def get_response_serializers(self) -> Any:
        """Return what the operation answers."""
        if action_of(self.view) == "list":
            return {200: page_of(self.resolve_serializer(DeskChangeSetSerializer(), "response").ref)}
        code = 201 if action_of(self.view) == "create" else 200
        return {code: DeskChangeSetWithEditsSerializer}


class ChangeSetDesk(DeskView):
    """Change sets: list, read, open, describe, submit, publish, reject, discard."""

    permission_model = ChangeSet
    schema = ChangeSetSchema()
    verbs = DeskView.verbs | {"submit": "change", "discard": "change", "publish": "publish", "reject": "publish"}
    problems = {
        "partial_update": (409,), "submit": (409,), "discard": (409,), "reject": (409,), "publish": (409, 422),
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
        queryset = _change_sets()
        for name, choices in (("status", ChangeSet.Status.values), ("cause", ChangeSet.Cause.values)):
            value = choice(request.query_params, name, choices)
            if value is not None:
                queryset = queryset.filter(**{name: value})
        author = request.query_params.get("author")
        if author is not None:
            queryset = queryset.filter(author__username=self.user.get_username() if author == ME else author)
        rows, around = self.page(queryset, {"id": Order("id")}, "-id", "id")
        return self.answer(around | {"results": DeskChangeSetSerializer(rows, many=True).data})

    def retrieve(self, request: Request, number: int) -> Response:
        """Return one change set with its edits."""
        check_parameters(request, ())
        return self._answer(_find(number))

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
        found = _find(number)
        data = self.body(DeskChangeSetSerializer(found, data=request.data, partial=True))
        message, cause = data.get("message", found.message), data.get("cause", found.cause)
        return self._answer(change_sets.describe(change_set=found, by=self.user, message=message, cause=cause))

    @extend_schema(request=None)
    def submit(self, request: Request, number: int) -> Response:
        """Hand a change set to a reviewer."""
        self.no_body()
        return self._answer(change_sets.submit(change_set=_find(number), by=self.user, at=timezone.now()))

    @extend_schema(request=NamedSerializer)
    def publish(self, request: Request, number: int) -> Response:
        """Publish a submitted change set of somebody else: all of it, or nothing.

        An import whose totals are not those of its file asks for the names of the differences.
        """
        named = self.body(NamedSerializer(data=request.data))["differences"]
        published = publishing.publish(change_set=_find(number), by=self.user, at=timezone.now, differences=named)
        return self._answer(published)

    @extend_schema(request=RejectionSerializer)
    def reject(self, request: Request, number: int) -> Response:
        """Hand a submitted change set back to its author."""
        data = self.body(RejectionSerializer(data=request.data))
        rejected = change_sets.reject(change_set=_find(number), by=self.user, reason=data["reason"], at=timezone.now())
        return self._answer(rejected)

    @extend_schema(request=None)
    def discard(self, request: Request, number: int) -> Response:
        """Put every record of a change set back to what is published."""
        self.no_body()
        return self._answer(change_sets.discard(change_set=_find(number), by=self.user, at=timezone.now()))

    def _answer(self, change_set: ChangeSet, code: int = status.HTTP_200_OK, **headers: str) -> Response:
        found = _change_sets().prefetch_related("edits").get(pk=change_set.pk)
        return self.answer(DeskChangeSetWithEditsSerializer(found).data, code, **headers)


def _change_sets() -> QuerySet[ChangeSet]:
    return ChangeSet.objects.select_related("author", "reviewer").annotate(edit_count=Count("edits"))


def _find(number: int) -> ChangeSet:
    change_set = ChangeSet.objects.filter(pk=number).first()
    if change_set is None:
        raise NotFound(_("There is no change set #%s.") % number)
    return change_set


class ChangedRecordSerializer(serializers.Serializer):
    """A record that a change set changed on the shelf, and how."""

    kind = serializers.CharField()
    id = serializers.CharField()
    action = serializers.ChoiceField(Edit.Action.choices)
    version = serializers.IntegerField(allow_null=True, help_text="Null where only its contributions were posted anew.")


class PublishedChangeSetSerializer(serializers.Serializer):
    """A change set as the world sees it: what was changed, why and when."""

    id = serializers.CharField()
    message = serializers.CharField()
    cause = serializers.ChoiceField(ChangeSet.Cause.choices)
    published_at = serializers.DateTimeField()
    records = ChangedRecordSerializer(many=True)


class PublishedChangeSetViewSet(ShelfListViewSet):
    """Published change sets: what was changed, why and when."""

    filterset_class = ChangeSetFilterSet
    orders = {"published": Order("published_at"), "id": Order("pk")}
    default_ordering = "-published"
    unique = "pk"
    identity = ("pk",)
    changes_without_publishing = True
    lookup_value_regex = "[0-9]{1,18}"

    @classmethod
    def row_serializer(cls) -> PublishedChangeSetSerializer:
        return PublishedChangeSetSerializer()

    def rows(self) -> QuerySet[ChangeSet]:
        return published.change_sets(self.moment)

    def find(self, public_id: str) -> ChangeSet | None:
        return self.rows().filter(pk=int(public_id)).first()

    def explain_absence(self, public_id: str) -> NoReturn:
        """Raise 404."""
        raise NotFound(_("There is no published change set %s.") % public_id)

    def searched(self, queryset: QuerySet[Any], words: Fields) -> QuerySet[Any]:
        return saying(queryset, words)

    def present(self, rows: Rows, fields: Fields | None) -> Rows:
        asked = list(self.field_names()) if fields is None else fields
        if "records" in asked:
            versions = Publication.objects.order_by("kind", "public_id").defer("document", "search")
            posted = Edit.objects.filter(action=Edit.Action.REPOST)
            prefetch_related_objects(rows, Prefetch("publications", versions), Prefetch("edits", posted))
        return [select(_published_document(row, "records" in asked), asked) for row in rows]


documented(PublishedChangeSetViewSet, PublishedChangeSetSerializer)


def _published_document(change_set: ChangeSet, with_records: bool) -> dict[str, Any]:
    return {
        "id": str(change_set.pk), "message": change_set.message, "cause": change_set.cause,
        "published_at": change_set.published_at, "records": _changed(change_set) if with_records else [],
    }  # fmt: skip


def _changed(change_set: ChangeSet) -> list[dict[str, Any]]:
    """Return the versions that a change set put on the shelf, then the pledges that it only posted anew."""
    versions = [
        {"kind": row.kind, "id": row.public_id, "version": row.version,
         "action": Edit.Action.WITHDRAW if row.is_tombstone else Edit.Action.SAVE}
        for row in change_set.publications.all()
    ]  # fmt: skip
    written = {(row["kind"], row["id"]) for row in versions}
    posted = [
        {"kind": edit.kind, "id": edit.public_id, "version": None, "action": edit.action}
        for edit in change_set.edits.all()
        if (edit.kind, edit.public_id) not in written
    ]
    return versions + posted
