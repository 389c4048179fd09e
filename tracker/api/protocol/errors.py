"""Errors as problem details (RFC 9457): every refusal of the API is one JSON object with the same keys."""

from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.core.exceptions import ValidationError as DjangoValidationError
from django.db import DataError, IntegrityError
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from rest_framework import exceptions, serializers
from rest_framework.settings import api_settings
from rest_framework.views import set_rollback

from tracker.api.protocol.refused_files import is_for_people, refusal_page
from tracker.api.protocol.renderers import TooLarge
from tracker.curation import database_errors
from tracker.curation.errors import (
    CurationError,
    DifferencesNotNamed,
    EditedSince,
    EffectNotKnown,
    HeldByAnother,
    NotAllowed,
    NotPublishable,
    Refused,
    Stale,
    StillReferredTo,
    WrongStatus,
)
from tracker.lib import canonical
from tracker.reporting.shelf.moments import Unsettled

MEDIA_TYPE = "application/problem+json"


API_PREFIX = "/api/"


MOST_ERRORS = 100
"""How many errors of one request are listed."""


LONGEST_MESSAGE = 4000
"""How long a message is at most: some repeat what they found, and some name all the fields that there are."""


class Gone(exceptions.APIException):
    """The record was withdrawn."""

    status_code = 410
    default_code = "gone"


class Unprocessable(exceptions.APIException):
    """Understood, but there is no right answer to it, such as a sum of two stages."""

    status_code = HTTPStatus.UNPROCESSABLE_ENTITY


class Conflict(exceptions.APIException):
    """What is there already does not allow it."""

    status_code = HTTPStatus.CONFLICT


class PreconditionRequired(exceptions.APIException):
    """`If-Match` is missing."""

    status_code = HTTPStatus.PRECONDITION_REQUIRED


class PreconditionFailed(exceptions.APIException):
    """`If-Match` names another state of the record than the current one, whose ETag is `etag`."""

    status_code = HTTPStatus.PRECONDITION_FAILED

    def __init__(self, detail: str, etag: str) -> None:
        super().__init__(detail)
        self.etag = etag


class Unavailable(exceptions.APIException):
    """The database cannot be used, or an answer not be given, just now; `wait` are the seconds to try again after."""

    status_code = HTTPStatus.SERVICE_UNAVAILABLE
    wait = database_errors.RETRY_AFTER

    def __init__(self, detail: str = "") -> None:
        super().__init__(detail or database_errors.unavailable())


class FieldErrorSerializer(serializers.Serializer):
    """What is wrong with one field."""

    field = serializers.CharField(help_text="Path of the field, such as `items[1].quantity`, or a query parameter.")
    message = serializers.CharField()


class RecordProblemSerializer(serializers.Serializer):
    """Why one record cannot be published."""

    kind = serializers.CharField()
    id = serializers.CharField()
    message = serializers.CharField()


class ProblemSerializer(serializers.Serializer):
    """Problem details (RFC 9457)."""

    type = serializers.CharField()
    title = serializers.CharField(help_text="The name of the status.")
    status = serializers.IntegerField()
    detail = serializers.CharField(help_text="What is wrong, for people.")
    errors = FieldErrorSerializer(many=True, required=False)  # type: ignore[assignment]  # a field, named like an attribute of serializers
    problems = RecordProblemSerializer(many=True, required=False)


def problem(status: int, detail: str, headers: dict[str, str] | None = None, **more: Any) -> HttpResponse:
    """Return a problem as a response; `more` are members such as `errors`."""
    title = HTTPStatus(status).phrase
    body = {"type": "about:blank", "title": title, "status": int(status), "detail": str(detail)} | more
    return HttpResponse(canonical.dump(body), status=status, content_type=MEDIA_TYPE, headers=headers)


def handle(exc: Exception, context: dict[str, Any]) -> HttpResponse | None:
    """Return the problem that `exc` is; None for a fault of the program, which is logged and answered as a 500."""
    error = _translate(exc)
    if not isinstance(error, exceptions.APIException):
        return None
    set_rollback()
    more: dict[str, Any] = {}
    if isinstance(error, exceptions.ValidationError):
        more["errors"] = flatten(error.detail)[:MOST_ERRORS]
        detail = _summary(more["errors"])
    else:
        detail = str(error.detail)
    if isinstance(exc, NotPublishable):
        more["errors"] = flatten({"confirm": exc.problems})[:MOST_ERRORS]
    if isinstance(exc, Refused):
        more["problems"] = [{"kind": p.kind, "id": p.public_id, "message": p.message} for p in exc.problems]
    if is_for_people(context["request"]):
        said = [f"{each['field']}: {each['message']}" for each in more.get("errors", [])] or [detail]
        return refusal_page(context["request"], error.status_code, said, _headers(error))
    return problem(error.status_code, detail, _headers(error), **more)


def _headers(error: exceptions.APIException) -> dict[str, str]:
    headers: dict[str, str] = {}
    # REST framework notes both at errors of any class.
    challenge, seconds = getattr(error, "auth_header", None), getattr(error, "wait", None)
    if challenge:
        headers["WWW-Authenticate"] = challenge
    if seconds is not None:
        headers["Retry-After"] = str(int(seconds) or 1)
    if isinstance(error, PreconditionFailed):
        headers["ETag"] = error.etag
    return headers


def _summary(errors: list[dict[str, str]]) -> str:
    """Return the first error, and how many there are."""
    if not errors:
        return _("The request is not valid.")
    first = f"{errors[0]['field']}: {errors[0]['message']}"
    if len(errors) == 1:
        return first
    return _("%(first)s (and %(more)s more, see errors)") % {"first": first, "more": len(errors) - 1}


def flatten(detail: Any, path: str = "") -> list[dict[str, str]]:
    """Return nested messages as a list of field paths, such as `items[1].quantity`, and messages."""
    if isinstance(detail, dict):
        return [error for key, inner in detail.items() for error in flatten(inner, _step(path, key, inner))]
    if isinstance(detail, list):
        found: list[dict[str, str]] = []
        for position, inner in enumerate(detail):
            found += flatten(inner, f"{path}[{position}]" if isinstance(inner, (dict, list)) else path)
        return found
    return [{"field": path or _WHOLE, "message": _in_words(detail)[:LONGEST_MESSAGE]}]


def _in_words(detail: Any) -> str:
    """Return a message for people: what a value of the wrong type should be is said as a body is written."""
    if getattr(detail, "code", "") == "not_a_list":
        return _("Write a list here, between [ and ].")
    if getattr(detail, "code", "") == "not_a_dict" or str(detail).startswith("Invalid data. Expected a dictionary"):
        return _("Write an object here, between { and }.")
    return str(detail)


_WHOLE = "record"
"""What errors about the whole body are listed under."""


def _step(path: str, key: Any, inner: Any) -> str:
    if isinstance(key, int):
        return f"{path}[{key}]"
    if key == api_settings.NON_FIELD_ERRORS_KEY:
        return path
    return f"{path}.{key}" if path else str(key)


_CURATION: dict[type[CurationError], type[exceptions.APIException]] = {
    NotAllowed: exceptions.PermissionDenied,
    HeldByAnother: Conflict,
    WrongStatus: Conflict,
    StillReferredTo: Conflict,
    EditedSince: Conflict,
    Stale: Conflict,
    Refused: Unprocessable,
    DifferencesNotNamed: Conflict,
    NotPublishable: Conflict,
    EffectNotKnown: Conflict,
    CurationError: exceptions.ParseError,
}


def _translate(exc: Exception) -> Exception:
    """Return the APIException that says the same as `exc`, or `exc` itself where there is none."""
    if isinstance(exc, CurationError):
        kind = next(api for source, api in _CURATION.items() if isinstance(exc, source))
        return kind(str(exc))
    if isinstance(exc, DjangoValidationError):
        return exceptions.ValidationError(serializers.as_serializer_error(exc))
    if database_errors.is_unavailable(exc):
        return Unavailable()
    if isinstance(exc, Unsettled):
        return Unavailable(str(exc))
    if isinstance(exc, IntegrityError):
        return Conflict(database_errors.in_words(exc))
    if isinstance(exc, DataError):
        return exceptions.ParseError(_("A value is too long or out of range for the database."))
    if isinstance(exc, RecursionError):
        return exceptions.ParseError(_("The body is nested too deeply."))
    if isinstance(exc, RequestDataTooBig):
        return TooLarge(_("The body is too large."))
    if isinstance(exc, SuspiciousOperation):
        return exceptions.ParseError(_("The request is not valid."))
    if isinstance(exc, Http404):
        return exceptions.NotFound()
    if isinstance(exc, PermissionDenied):
        return exceptions.PermissionDenied()
    return exc
