"""Members of staff and the audit, by program: for administrators."""

from typing import Any

from django.contrib.auth.models import User
from django.core.paginator import Paginator
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from tracker.api.desk.base import DeskView
from tracker.api.protocol.parameters import check_parameters
from tracker.api.schema.base import Schema
from tracker.curation import people
from tracker.filters.parameters import choice, refuse
from tracker.reporting.desk import audit

SHOWN = 100


class NewUserSerializer(serializers.Serializer):
    """A new member of staff, with roles and without a password."""

    username = serializers.CharField(max_length=150)
    roles = serializers.ListField(child=serializers.CharField(max_length=150), allow_empty=False, max_length=20)
    email = serializers.EmailField(required=False, allow_blank=True)
    first_name = serializers.CharField(required=False, allow_blank=True, max_length=150)
    last_name = serializers.CharField(required=False, allow_blank=True, max_length=150)


class MadeUserSerializer(serializers.Serializer):
    """The user that was made, and the address by which they choose a password. It is shown once."""

    username = serializers.CharField()
    roles = serializers.ListField(child=serializers.CharField())
    address = serializers.URLField()
    is_mailed = serializers.BooleanField(help_text="Whether it is on its way by e-mail, too.")


class EventSerializer(serializers.Serializer):
    """One thing that somebody did."""

    at = serializers.DateTimeField()
    what = serializers.CharField()
    who = serializers.CharField()
    whom = serializers.CharField(help_text="Whose account or change set.")
    detail = serializers.CharField(help_text="A role, a change set, or the address from which somebody logged in.")


class AuditSerializer(serializers.Serializer):
    """A page of events, the newest first."""

    count = serializers.IntegerField()
    pages = serializers.IntegerField()
    results = EventSerializer(many=True)


class PeopleDesk(DeskView):
    """Members of staff, and what they did."""

    permission_model = User
    schema = Schema()
    verbs = {"make": "add", "audit": "view"}

    @extend_schema(request=NewUserSerializer, responses={201: MadeUserSerializer})
    def make(self, request: Request) -> Response:
        """Make a member of staff with roles; the answer has the address by which they choose a password."""
        said = self.body(NewUserSerializer(data=request.data))
        at = timezone.now()
        with transaction.atomic():
            user = people.make_user(by=self.user, at=at, **said)
            link = people.link_for(user=user, by=self.user, at=at)
        address = request.build_absolute_uri(reverse("admin:choose_password", args=[link.who, link.token]))
        made = {"username": user.username, "roles": said["roles"], "address": address, "is_mailed": link.is_mailed}
        return self.answer(MadeUserSerializer(made).data, status.HTTP_201_CREATED)

    @extend_schema(
        parameters=[
            OpenApiParameter("what", str, enum=list(audit.KINDS)),
            OpenApiParameter("who", str, description="A user name: by or about this person."),
            OpenApiParameter("page", {"type": "integer", "minimum": 1, "default": 1}),
        ],
        responses={200: AuditSerializer},
    )
    def audit(self, request: Request) -> Response:
        """List who published, granted, issued a token, logged in or failed to, the newest first."""
        check_parameters(request, ("what", "who", "page"))
        what = choice(request.query_params, "what", list(audit.KINDS)) or ""
        number = request.query_params.get("page", "1")
        if not (number.isascii() and number.isdigit() and 1 <= int(number[:9]) <= 100_000):
            refuse("page", "Write a number from 1 on.")
        found: Any = audit.pages(what=what, who=request.query_params.get("who", "")[:150])
        paginator = Paginator(found, SHOWN)
        page = paginator.get_page(number)
        body = {"count": paginator.count, "pages": paginator.num_pages, "results": list(page)}
        return self.answer(AuditSerializer(body).data)
