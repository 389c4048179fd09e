"""How the API describes itself: documents as they are read and as they can be written, and every refusal."""

from http import HTTPStatus
from typing import Any

from drf_spectacular.contrib.knox_auth_token import KnoxTokenScheme
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.plumbing import ResolvedComponent, append_meta
from rest_framework.permissions import AllowAny

from tracker.api.protocol.errors import MEDIA_TYPE, ProblemSerializer
from tracker.records.engine.document_field import DocumentField, Fragment

DESK = "/api/v1/desk/"

_DETAILS = {
    HTTPStatus.BAD_REQUEST: "limit: Write a number from 1 to 500; found “many”.",
    HTTPStatus.UNAUTHORIZED: "Invalid token.",
    HTTPStatus.FORBIDDEN: "You do not have permission to perform this action.",
    HTTPStatus.NOT_FOUND: "There is no “eastern-sentri” here. Nearest: eastern-sentry.",
    HTTPStatus.NOT_ACCEPTABLE: "Accept takes none of what there is: application/json. Or write format= in the address.",
    HTTPStatus.CONFLICT: "erin holds this record in change set #12.",
    HTTPStatus.PRECONDITION_FAILED: (
        "DEU-2025-0001 has changed since you read it. Nothing was written: read it again, and repeat your change."
    ),
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "The body is too large.",
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE: 'Unsupported media type "text/plain" in request.',
    HTTPStatus.PRECONDITION_REQUIRED: (
        "Send the ETag of the record as you read it in If-Match, so that nobody's change is lost."
    ),
    HTTPStatus.GONE: "CZE-2025-0001 was withdrawn: The ministry took it back.",
    HTTPStatus.UNPROCESSABLE_ENTITY: "Mixed stages are never added: ask for one, such as stage=commitment.",
    HTTPStatus.TOO_MANY_REQUESTS: "Request was throttled. Expected available in 12 seconds.",
}
"""What a refusal says, for example."""


def _example(status: int) -> Fragment:
    """Return a problem as an example of its status."""
    phrase = HTTPStatus(status).phrase
    detail = _DETAILS.get(HTTPStatus(status), f"{phrase}.")
    example: Fragment = {"type": "about:blank", "title": phrase, "status": int(status), "detail": detail}
    if status == HTTPStatus.BAD_REQUEST:
        field, _colon, message = detail.partition(": ")
        example["errors"] = [{"field": field, "message": message}]
    return example


def action_of(view: Any) -> str:
    """Return what a viewset does for this request, such as `list`; empty for any other view."""
    return getattr(view, "action", None) or ""


class TokenScheme(KnoxTokenScheme):
    """Describes the tokens of staff."""

    target_class = "tracker.api.protocol.authentication.TokenAuthentication"


class Schema(AutoSchema):
    """Adds the problems that an operation can answer, and what a request can look like.

    A view names the problems of its own in `problems`: statuses by action, such as `{"create": (409,)}`.
    """

    def get_summary(self) -> str:
        """Return the first sentence of what the operation does, for a list of all operations."""
        sentence, _end, _more = self.get_description().partition("\n")[0].partition(". ")
        return sentence.removesuffix(".")

    def get_tags(self) -> list[str]:
        """Return the part of the desk that the operation is of."""
        return [self.path.removeprefix(DESK).partition("/")[0]]

    def get_operation(self, *args: Any, **kwargs: Any) -> Fragment | None:
        """Return what is said of the operation; one that needs no token says so."""
        operation: Fragment | None = super().get_operation(*args, **kwargs)
        if operation and operation.get("security", [{}]) == [{}]:
            operation["security"] = []
        return operation

    def _get_response_for_code(
        self, serializer: Any, status_code: Any, media_types: Any = None, direction: Any = "response"
    ) -> Fragment:
        """Take a schema that is given as such for the whole answer: that of a list has keys around its rows."""
        response: Fragment = super()._get_response_for_code(serializer, status_code, media_types, direction)
        if isinstance(serializer, dict):
            for content in response["content"].values():
                content["schema"] = serializer
        return response

    def _get_response_bodies(self, direction: Any = "response") -> Fragment:
        responses: Fragment = super()._get_response_bodies(direction)
        component = self.resolve_serializer(ProblemSerializer(), "response")
        for status in sorted(self._problem_statuses()):
            responses.setdefault(str(status), self._problem(status, component.ref))
        return responses

    def _problem(self, status: int, schema: Fragment) -> Fragment:
        """Return a reference to how a status is answered, which all operations share."""
        described: Fragment = {
            "content": {MEDIA_TYPE: {"schema": schema, "example": _example(status)}},
            "description": HTTPStatus(status).phrase,
        }
        if status == HTTPStatus.TOO_MANY_REQUESTS:
            described["headers"] = {"Retry-After": {"schema": {"type": "integer"}, "description": "In seconds."}}
        name = "".join(word.capitalize() for word in HTTPStatus(status).name.split("_"))
        shared = ResolvedComponent(name, ResolvedComponent.RESPONSE, described, HTTPStatus(status))
        self.registry.register_on_missing(shared)
        return dict(shared.ref)

    def _resolve_path_parameters(self, variables: list[str]) -> list[Fragment]:
        found: list[Fragment] = super()._resolve_path_parameters(variables)
        return [{"description": "Public id of the record, or number of the row."} | parameter for parameter in found]

    def _problem_statuses(self) -> set[int]:
        """Return what this operation can be refused with."""
        statuses = {HTTPStatus.BAD_REQUEST, HTTPStatus.NOT_ACCEPTABLE, HTTPStatus.TOO_MANY_REQUESTS}
        if self.view.get_authenticators():
            statuses.add(HTTPStatus.UNAUTHORIZED)
        if any(not isinstance(permission, AllowAny) for permission in self.view.get_permissions()):
            statuses.add(HTTPStatus.FORBIDDEN)
        if "{" in self.path:
            statuses.add(HTTPStatus.NOT_FOUND)
        if self.method in ("POST", "PUT", "PATCH"):
            statuses |= {HTTPStatus.REQUEST_ENTITY_TOO_LARGE, HTTPStatus.UNSUPPORTED_MEDIA_TYPE}
        own = getattr(self.view, "problems", {}).get(action_of(self.view) or self.method.lower(), ())
        return {int(status) for status in (*statuses, *own)}

    def _postprocess_serializer_schema(self, schema: Fragment, serializer: Any, direction: Any) -> Fragment:
        """Say that a body has no other keys; what is only read may come back, and is passed over."""
        passed_over: Fragment = {name: {} for name, field in serializer.fields.items() if field.read_only}
        schema = super()._postprocess_serializer_schema(schema, serializer, direction)
        if direction == "request":
            schema["properties"] = passed_over | schema.get("properties", {})
            schema["additionalProperties"] = False
        return schema

    def _map_serializer_field(self, field: Any, direction: Any, bypass_extensions: bool = False) -> Fragment | None:
        described: Fragment | None = None
        if isinstance(field, DocumentField):
            described = field.written_schema() if direction == "request" else field.read_schema()
        if described is not None:
            meta: Fragment = self._get_serializer_field_meta(field, direction)
            full: Fragment = append_meta(described, meta)
            return full
        mapped: Fragment | None = super()._map_serializer_field(field, direction, bypass_extensions)
        return mapped
