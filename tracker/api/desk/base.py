"""What every address of the desk has in common: who may ask, pages, bodies, and the ETag of a record."""

import datetime as dt
from collections.abc import Iterable
from typing import Any, ClassVar

from django.contrib.auth.models import User
from django.utils.translation import gettext as _
from rest_framework import permissions, serializers, status, viewsets
from rest_framework.request import Request
from rest_framework.response import Response

from tracker.api.protocol.authentication import TokenAuthentication
from tracker.api.protocol.conditional_requests import tags_in
from tracker.api.protocol.errors import PreconditionRequired
from tracker.api.protocol.parameters import check_parameters
from tracker.filters.parameters import refuse
from tracker.lib import canonical
from tracker.lib.numbering import is_key
from tracker.models import ChangeSet
from tracker.records.engine.references import without_names
from tracker.records.engine.strict import refuse_unknown
from tracker.reporting.shelf.paging import Order, decode, page_of, parse_limit

# What is paged on the desk has no moment: it is read as it stands.
_NO_MOMENT = dt.datetime(1, 1, 1, tzinfo=dt.UTC)
_NO_STORE = {"Cache-Control": "no-store"}


class StaffPermission(permissions.BasePermission):
    """Staff, with the right that their role has to view, add, change or delete what the view is about.

    A view names its model in `permission_model`, and in `verbs` the right that an action needs.
    """

    def has_permission(self, request: Request, view: Any) -> bool:
        """Tell whether the user may; a method that there is not is refused later, as such."""
        user = request.user
        if not (user and user.is_authenticated and user.is_staff):
            return False
        verb = view.verbs.get(view.action)
        about = view.permission_model._meta
        return verb is None or user.has_perm(f"{about.app_label}.{verb}_{about.model_name}")


class DeskView(viewsets.ViewSet):
    """What every answer of the desk has in common: for staff with a token, and never stored on the way."""

    authentication_classes = (TokenAuthentication,)
    permission_classes = (StaffPermission,)
    metadata_class = None
    verbs: ClassVar[dict[str, str]] = {
        "list": "view", "retrieve": "view", "history": "view", "rows": "view", "create": "add", "update": "change",
        "partial_update": "change", "destroy": "delete",
    }  # fmt: skip
    problems: ClassVar[dict[str, Iterable[int]]] = {}

    @property
    def user(self) -> User:
        """Who asks; the permission let nobody else in."""
        assert isinstance(self.request.user, User)
        return self.request.user

    def answer(self, data: Any, code: int = status.HTTP_200_OK, **headers: str) -> Response:
        """Return the answer; nobody but who asked sees it."""
        return Response(data, code, headers=_NO_STORE | headers)

    def page(
        self, queryset: Any, orders: dict[str, Order], ordering: str, unique: str
    ) -> tuple[list[Any], dict[str, Any]]:
        """Return the rows of the page asked for, and the answer around them."""
        params = self.request.query_params
        cursor = decode(params["cursor"]) if "cursor" in params else None
        if cursor is not None and cursor.ordering != ordering:
            refuse("cursor", _("This cursor belongs to another list."))
        limit = parse_limit(params.get("limit"))
        found = page_of(
            queryset, orders=orders, ordering=ordering, unique=unique, limit=limit, moment=_NO_MOMENT, cursor=cursor
        )
        around = {
            "count": queryset.count(), "next": self._address(found.next), "previous": self._address(found.previous),
        }  # fmt: skip
        return found.rows, around

    def _address(self, cursor: str | None) -> str | None:
        if cursor is None:
            return None
        params = self.request.query_params.copy()
        params["cursor"] = cursor
        address: str = self.request.build_absolute_uri(f"{self.request.path}?{params.urlencode()}")
        return address

    def body(self, serializer: Any, parameters: Iterable[str] = ()) -> dict[str, Any]:
        """Return what the body says; raises ValidationError where it, or a parameter of the address, is not right."""
        check_parameters(self.request, parameters)
        refuse_unknown(serializer, self.request.data)
        serializer.is_valid(raise_exception=True)
        return dict(serializer.validated_data)

    def no_body(self) -> None:
        """Raise ValidationError where the request says more than its address."""
        check_parameters(self.request, ())
        refuse_unknown(serializers.Serializer(), self.request.data)

    def asked_change_set(self) -> ChangeSet | None:
        """Return the change set named by `change_set`; raises ValidationError where there is no such one."""
        text = self.request.query_params.get("change_set")
        if text is None:
            return None
        number = int(text) if is_key(text) else 0
        change_set = ChangeSet.objects.filter(pk=number).first()
        if change_set is None:
            refuse("change_set", _("There is no change set “%s”.") % text[:20])
        return change_set


def etag_of(document: dict[str, Any]) -> str:
    """Return the strong ETag of a document of the desk.

    How the record stands beside it does not count, nor what the records that it refers to are called: whoever changes
    one record is not stopped because another was renamed.
    """
    said = {name: without_names(value) for name, value in document.items()}
    return f'"{canonical.digest(canonical.dump(said))}"'


def if_match(request: Request) -> set[str]:
    """Return the ETags that the request names, weak ones as strong; raises PreconditionRequired without any."""
    header = request.headers.get("If-Match")
    if header is None:
        raise PreconditionRequired(
            _("Send the ETag of the record as you read it in If-Match, so that nobody's change is lost.")
        )
    return tags_in(header)
