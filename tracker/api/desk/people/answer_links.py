"""Links by which contributors answer for their figures, by program."""

from typing import Any

from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_serializer
from rest_framework import serializers, status
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from tracker.api.desk.base import DeskView
from tracker.api.protocol.parameters import check_parameters
from tracker.api.schema.base import Schema
from tracker.curation import answer_links
from tracker.lib.numbering import is_key
from tracker.models import AnswerLink, Party
from tracker.reporting.shelf.paging import DEFAULT_LIMIT, MAX_LIMIT, parse_limit

LIMIT = OpenApiParameter(
    "limit", {"type": "integer", "minimum": 1, "maximum": MAX_LIMIT, "default": DEFAULT_LIMIT},
    description="How many links, the newest first.",
)  # fmt: skip


class NewLinkSerializer(serializers.Serializer):
    """For whom a link is, and for how many days."""

    contributor = serializers.CharField(max_length=100, help_text="Public id of the contributor.")
    recipient = serializers.CharField(max_length=250, help_text="Who is sent it, by name or e-mail.")
    days = serializers.IntegerField(
        min_value=1, max_value=answer_links.MOST_DAYS, default=answer_links.DAYS, help_text="How long it can be used."
    )


class LinkSerializer(serializers.Serializer):
    """A link: who made it, for whom, until when, what it brought, and whether it was revoked."""

    number = serializers.IntegerField(source="pk")
    contributor = serializers.CharField(source="contributor.public_id")
    recipient = serializers.CharField()
    made_by = serializers.CharField(source="made_by.username")
    made_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()
    revoked_by = serializers.CharField(source="revoked_by.username", default=None, allow_null=True)
    revoked_at = serializers.DateTimeField(allow_null=True)
    answers = serializers.IntegerField(source="answer_count", help_text="How many answers came by it.")
    address = serializers.SerializerMethodField(
        help_text="Where it is answered; null where it cannot be used, and for those who may not make a link."
    )

    def get_address(self, link: AnswerLink) -> str | None:
        """Return the address, to those alone who may make one."""
        request: Any = self.context["request"]
        if not (request.user.has_perm(answer_links.MAKE) and link.is_open(timezone.now())):
            return None
        address: str = request.build_absolute_uri(reverse("confirm", args=[answer_links.token_of(link)]))
        return address


@extend_schema_serializer(many=False)
class LinkListSerializer(serializers.Serializer):
    """The newest links, and how many there are."""

    count = serializers.IntegerField()
    results = LinkSerializer(many=True)


class AnswerLinkDesk(DeskView):
    """Who is asked to answer for which figures, by whom, and what came of it."""

    permission_model = AnswerLink
    schema = Schema()
    verbs = DeskView.verbs | {"revoke": "change"}
    problems = {"create": (404,), "retrieve": (404,), "revoke": (404, 409)}

    @extend_schema(parameters=[LIMIT], responses={200: LinkListSerializer})
    def list(self, request: Request) -> Response:
        """List the links, the newest first."""
        check_parameters(request, ("limit",))
        rows = _links().order_by("-pk")
        found = {"count": rows.count(), "results": rows[: parse_limit(request.query_params.get("limit"))]}
        return self.answer(LinkListSerializer(found, context={"request": request}).data)

    @extend_schema(request=NewLinkSerializer, responses={201: LinkSerializer})
    def create(self, request: Request) -> Response:
        """Make a link for a published contributor; the answer has its address."""
        said = self.body(NewLinkSerializer(data=request.data))
        contributor = Party.objects.filter(public_id=said["contributor"]).first()
        if contributor is None:
            raise NotFound(_("There is no party “%s”.") % said["contributor"])
        link = answer_links.make(
            contributor=contributor, recipient=said["recipient"], days=said["days"], by=self.user, at=timezone.now()
        )
        return self._shown(link.pk, status.HTTP_201_CREATED)

    @extend_schema(responses={200: LinkSerializer})
    def retrieve(self, request: Request, number: int) -> Response:
        """Show a link, and what it brought."""
        return self._shown(_find(number).pk)

    @extend_schema(request=None, responses={200: LinkSerializer})
    def revoke(self, request: Request, number: int) -> Response:
        """End a link at once; what was answered by it stays."""
        return self._shown(answer_links.revoke(link=_find(number), by=self.user, at=timezone.now()).pk)

    def _shown(self, number: int, code: int = status.HTTP_200_OK) -> Response:
        return self.answer(LinkSerializer(_find(number), context={"request": self.request}).data, code)


def _links() -> QuerySet[AnswerLink]:
    return AnswerLink.objects.select_related("contributor", "made_by", "revoked_by").annotate(
        answer_count=Count("answers")
    )


def _find(number: int) -> AnswerLink:
    found = _links().filter(pk=number).first() if is_key(number) else None
    if found is None:
        raise NotFound(_("There is no link %s.") % number)
    return found
