"""Tokens of staff: the one endpoint that gives one out, and the ways to take them back."""

from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth import authenticate, user_logged_in
from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from knox.models import AuthToken
from knox.settings import knox_settings
from rest_framework import serializers, status
from rest_framework.exceptions import PermissionDenied, Throttled
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import SimpleRateThrottle
from rest_framework.views import APIView

from tracker.api.protocol.authentication import TokenAuthentication
from tracker.api.protocol.parameters import check_parameters
from tracker.curation import accounts, attempts
from tracker.curation.accounts import end_tokens
from tracker.models import AccountEvent
from tracker.records.engine.strict import refuse_unknown

NO_STORE = {"Cache-Control": "no-store"}


class CredentialsSerializer(serializers.Serializer):
    """A user name and a password."""

    username = serializers.CharField(max_length=150)
    password = serializers.CharField(max_length=500, trim_whitespace=False, style={"input_type": "password"})


class TokenSerializer(serializers.Serializer):
    """A token. It is shown once; only its hash is kept."""

    token = serializers.CharField(help_text="Send it as `Authorization: Token …`.")
    expiry = serializers.DateTimeField()


class TokenThrottle(SimpleRateThrottle):
    """A limit on attempts by one address, which all processes count together."""

    scope = "token"
    duration: int
    num_requests: int

    def allow_request(self, request: Request, view: APIView) -> bool:
        """Count an attempt, and tell whether it is one of those that are allowed."""
        at = timezone.now()
        found = attempts.count(what=f"token:{attempts.client_address(request)}", seconds=self.duration, at=at)
        self._seconds_left = (found.until - at).total_seconds()
        return found.count <= self.num_requests

    def wait(self) -> float:
        """Return the seconds after which attempts are counted anew."""
        return self._seconds_left


class TokenView(APIView):
    """The token of a member of staff."""

    metadata_class = None
    problems: ClassVar[dict[str, tuple[int, ...]]] = {"post": (status.HTTP_403_FORBIDDEN,)}

    def get_authenticators(self) -> list[Any]:
        """Return none for who has no token yet: one that expired does not keep from getting another."""
        return [] if self._asks_for_one else [TokenAuthentication()]

    def get_permissions(self) -> list[Any]:
        """Return that the token to be revoked is needed."""
        return [] if self._asks_for_one else [IsAuthenticated()]

    def get_throttles(self) -> list[Any]:
        """Return the narrow limit for who tries passwords."""
        return [TokenThrottle()] if self._asks_for_one else super().get_throttles()

    @property
    def _asks_for_one(self) -> bool:
        return getattr(self.request, "method", None) == "POST"

    @extend_schema(
        operation_id="desk_token_create", request=CredentialsSerializer, responses={200: TokenSerializer}, auth=[]
    )
    def post(self, request: Request) -> Response:
        """Give out a token for a user name and its password."""
        check_parameters(request, ())
        serializer = CredentialsSerializer(data=request.data)
        refuse_unknown(serializer, request.data)
        serializer.is_valid(raise_exception=True)
        user = _staff(request, **serializer.validated_data)
        user_logged_in.send(sender=User, request=request._request, user=user)
        token, text = _give_token(user)
        return Response({"token": text, "expiry": token.expiry}, headers=NO_STORE)

    @extend_schema(operation_id="desk_token_destroy", request=None, responses={204: None})
    def delete(self, request: Request) -> Response:
        """Revoke the token in use."""
        check_parameters(request, ())
        request.auth.delete()
        return Response(status=status.HTTP_204_NO_CONTENT)


class RevokeAllView(APIView):
    """All tokens of a member of staff."""

    authentication_classes = (TokenAuthentication,)
    permission_classes = (IsAuthenticated,)
    metadata_class = None

    @extend_schema(operation_id="desk_token_revoke_all", request=None, responses={204: None})
    def post(self, request: Request) -> Response:
        """Revoke every token of the user, the one in use too."""
        check_parameters(request, ())
        end_tokens(user=request.user)
        return Response(status=status.HTTP_204_NO_CONTENT)


def _staff(request: Request, username: str, password: str) -> User:
    """Return the member of staff with this password.

    Raises Throttled where too many wrong ones locked the name, and PermissionDenied, which does not
    say whether the name, the password or the role is the reason.
    """
    user = authenticate(request._request, username=username, password=password)
    if getattr(request._request, "axes_locked_out", False):
        # Else the middleware of axes would answer a page.
        request._request.axes_locked_out = False  # type: ignore[attr-defined]  # axes adds it
        raise Throttled(
            wait=int(settings.AXES_COOLOFF_TIME * 3600),
            detail=_("Too many wrong passwords for this name: it is locked for a while."),
        )
    if not isinstance(user, User) or not user.is_staff:
        raise PermissionDenied(_("The name or the password is wrong, or this is not an active member of staff."))
    return user


@transaction.atomic
def _give_token(user: User) -> tuple[AuthToken, str]:
    """Return a new token and its text; the oldest go where there are more than the settings allow."""
    token, text = AuthToken.objects.create(user=user)
    mine = AuthToken.objects.filter(user=user)
    mine.filter(expiry__lt=timezone.now()).delete()
    newest = mine.order_by("-created", "-digest")[: knox_settings.TOKEN_LIMIT_PER_USER]
    mine.exclude(pk__in=[kept.pk for kept in newest]).delete()
    accounts.note(what=AccountEvent.What.TOKEN, user=user, by=user, at=timezone.now())
    return token, text
