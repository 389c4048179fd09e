"""Saved filters by program: what somebody asks of a list of records again and again, under a name."""

from typing import Any
from urllib.parse import parse_qsl

from django.contrib.auth.models import User
from django.db.models import Q, QuerySet
from django.urls import resolve, reverse
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_serializer
from rest_framework import serializers, status
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from tracker.api.desk.base import DeskView
from tracker.api.protocol.desk_filters import as_asked
from tracker.api.protocol.parameters import check_parameters
from tracker.api.schema.base import Schema
from tracker.curation import lists
from tracker.filters.parameters import choice, refuse
from tracker.lib.numbering import is_key
from tracker.models import ChangeSet, SavedFilter
from tracker.models.review.lists import QUERY_LENGTH
from tracker.records.registry import KINDS

LIST = OpenApiParameter("list", str, enum=list(KINDS), description="Only those of the list of this kind.")
_NAMES = {"q": "search"}
"""Parameters of a list in the admin that are called otherwise by program."""
_ORDER = "o"


class SavedFilterSerializer(serializers.Serializer):
    """A search and filters of a list of records, under a name."""

    id = serializers.IntegerField(read_only=True)
    list = serializers.CharField(max_length=20, source="listed", help_text="The kind of the records: `pledge`.")
    name = serializers.CharField(max_length=60)
    query = serializers.CharField(
        max_length=QUERY_LENGTH, help_text="As it stands in the address of the list: `q=HIMARS&state=changed`."
    )
    shared = serializers.BooleanField(
        source="is_shared", default=False, help_text="Whether all see it. Only its owner changes or deletes it."
    )
    owner = serializers.CharField(source="owner.username", read_only=True)

    def validate_list(self, kind: str) -> str:
        """Refuse what is no kind of record."""
        if kind not in KINDS:
            words = {"found": kind, "kinds": ", ".join(KINDS)}
            raise serializers.ValidationError(_("“%(found)s” is no kind of record; there are %(kinds)s.") % words)
        return kind


def _require_understood(user: User, kind: str, query: str) -> None:
    """Refuse what the list in the admin, which the query is of, would not understand."""
    listed: Any = resolve(reverse(f"admin:tracker_{kind}_changelist")).func
    found = listed.model_admin.misunderstood(user, query)
    # Text of which nothing is a parameter, such as “%%%”, asks nothing.
    if not parse_qsl(query):
        found = _("“%s” is no query of a list: write it as `q=HIMARS&state=changed`.") % query[:100]
    if found:
        refuse("query", found)


@extend_schema_serializer(many=False)
class SavedFiltersSerializer(serializers.Serializer):
    """The filters that one kept, and those that others share."""

    count = serializers.IntegerField()
    results = SavedFilterSerializer(many=True)


class SavedFilterSchema(Schema):
    """Describes the list, which has an answer of its own around the rows."""

    def get_response_serializers(self) -> Any:
        """Return what the operation answers."""
        answers: dict[str, Any] = {
            "list": {200: SavedFiltersSerializer}, "create": {201: SavedFilterSerializer}, "destroy": {204: None},
        }  # fmt: skip
        return answers.get(getattr(self.view, "action", ""), {200: SavedFilterSerializer})


class SavedFilterDesk(DeskView):
    """One's own filters and those that others share: list, read, keep, change, share and delete."""

    permission_model = ChangeSet
    schema = SavedFilterSchema()
    # Whoever may look at the desk keeps how they look at it.
    verbs = dict.fromkeys(("list", "retrieve", "create", "partial_update", "destroy"), "view")
    problems = {"retrieve": (404,), "partial_update": (403, 404), "destroy": (403, 404)}

    @extend_schema(parameters=[LIST])
    def list(self, request: Request) -> Response:
        """List the filters that one kept, and those that others share."""
        check_parameters(request, ("list",))
        kind = choice(request.query_params, "list", [*KINDS])
        found = seen_by(self.user).filter(listed__in=KINDS if kind is None else [kind])
        return self.answer(SavedFiltersSerializer({"count": found.count(), "results": found}).data)

    def retrieve(self, request: Request, number: int) -> Response:
        """Read one."""
        check_parameters(request, ())
        return self.answer(SavedFilterSerializer(self._find(number)).data)

    @extend_schema(request=SavedFilterSerializer)
    def create(self, request: Request) -> Response:
        """Keep a filter under a name; one of the same list and name of one's own is replaced."""
        said = self.body(SavedFilterSerializer(data=request.data))
        _require_understood(self.user, said["listed"], said["query"])
        return self.answer(
            SavedFilterSerializer(lists.save_filter(owner=self.user, **said)).data, status.HTTP_201_CREATED
        )

    @extend_schema(request=SavedFilterSerializer)
    def partial_update(self, request: Request, number: int) -> Response:
        """Rename a filter of one's own, change what it asks, share it, or share it no more."""
        saved = self._find(number)
        said = self.body(SavedFilterSerializer(saved, data=request.data, partial=True))
        if said.pop("listed", saved.listed) != saved.listed:
            raise serializers.ValidationError({"list": [_("A filter stays in its list: keep another one.")]})
        if "query" in said:
            _require_understood(self.user, saved.listed, said["query"])
        return self.answer(SavedFilterSerializer(lists.change_filter(saved=saved, by=self.user, **said)).data)

    def destroy(self, request: Request, number: int) -> Response:
        """Delete a filter of one's own."""
        self.no_body()
        lists.remove_filter(saved=self._find(number), by=self.user)
        return self.answer(None, status.HTTP_204_NO_CONTENT)

    def _find(self, number: int) -> SavedFilter:
        saved = seen_by(self.user).filter(pk=number, listed__in=KINDS).first() if number < 2**63 else None
        if saved is None:
            raise NotFound(_("You keep no filter %s, and nobody shares one.") % number)
        return saved


def seen_by(user: User) -> QuerySet[SavedFilter]:
    """Return the filters that a person kept, and those that others share."""
    return SavedFilter.objects.filter(Q(owner=user) | Q(is_shared=True)).select_related("owner")


def asked_by(number: str, *, kind: str, user: User, known: tuple[str, ...]) -> dict[str, str]:
    """Return the parameters that the filter `number` sets, which may be no other than `known`; an order sets none.

    Raises ValidationError where there is no such filter of this kind, or where it asks for more.
    """
    saved = seen_by(user).filter(pk=int(number), listed=kind).first() if is_key(number) else None
    if saved is None:
        refuse("saved", _("You keep no filter “%s” of this list, and nobody shares one.") % number[:20])
    said = as_asked(kind, [(_NAMES.get(name, name), value) for name, value in parse_qsl(saved.query) if name != _ORDER])
    odd = sorted(said.keys() - set(known))
    if odd:
        words = {"name": saved.name, "odd": ", ".join(odd)[:200], "known": ", ".join(known)}
        refuse("saved", _("“%(name)s” filters by %(odd)s; by program a list takes %(known)s.") % words)
    return said
