"""What every public answer has in common: known parameters only, the moment it is read as of, and an ETag."""

import datetime as dt
import hashlib
from collections.abc import Iterable
from typing import Any

from django.http import HttpResponse, HttpResponseNotModified
from django.utils.http import http_date, parse_etags
from django.utils.translation import gettext as _
from rest_framework import permissions
from rest_framework.exceptions import ValidationError
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from tracker.api.describing import PublicSchema
from tracker.api.pagination import Cursor, decode
from tracker.api.parameters import check_parameters, choice, refuse
from tracker.filters.fields import ShelfFilterSet
from tracker.reporting import shelf


class FromAddress(DefaultContentNegotiation):
    """Takes no notice of `Accept`: the format stands in the address, so that a link always gives the same."""

    def select_renderer(self, request: Request, renderers: Any, format_suffix: str | None = None) -> tuple[Any, str]:
        """Return the first renderer."""
        return renderers[0], renderers[0].media_type


class PublicView(APIView):
    """What every public answer has: the moment it is read as of, known parameters only, and an ETag."""

    moment: dt.datetime
    """The newest publishing that the answer shows."""

    authentication_classes = ()
    permission_classes = (permissions.AllowAny,)
    content_negotiation_class = FromAddress
    schema = PublicSchema()

    def prepare(self, allowed: Iterable[str]) -> HttpResponse | None:
        """Check the parameters and find the moment; returns a 304 where the reader has the answer already."""
        check_parameters(self.request, allowed)
        for name in self.request.query_params:
            if not self.request.query_params[name].strip():
                refuse(name, _("Empty: give a value, or leave the parameter out."))
        self._find_moment()
        return self._unchanged() if self.etag in self._tags_of_reader else None

    def _find_moment(self) -> None:
        params = self.request.query_params
        try:
            as_of = shelf.parse_moment(params["as_of"]) if "as_of" in params else None
        except shelf.MomentError as error:
            refuse("as_of", str(error))
        self.cursor: Cursor | None = decode(params["cursor"]) if "cursor" in params else None
        if self.cursor is not None:
            # A crawl keeps reading what its first page read, whatever is published meanwhile.
            as_of = dt.datetime.fromisoformat(self.cursor.moment)
        self.moment = shelf.resolve(as_of)

    @property
    def etag(self) -> str:
        """A strong tag: the answer is determined by its address and the newest publishing it shows."""
        address = self.request.build_absolute_uri()
        return f'"{hashlib.sha256(f"1 {self.moment.isoformat()} {address}".encode()).hexdigest()[:32]}"'

    @property
    def _tags_of_reader(self) -> set[str]:
        return {tag.removeprefix("W/") for tag in parse_etags(self.request.headers.get("If-None-Match", ""))}

    @property
    def _headers(self) -> dict[str, str]:
        headers = {"ETag": self.etag, "Cache-Control": "public, no-cache"}
        if self.moment > shelf.NEVER:
            headers["Last-Modified"] = http_date(int(self.moment.timestamp()))
        return headers

    def _unchanged(self) -> HttpResponse:
        return HttpResponseNotModified(headers=self._headers)

    def answer(self, data: Any) -> Response | HttpResponse:
        """Return the answer with its ETag and the moment of the newest publishing."""
        if "*" in self._tags_of_reader:
            return self._unchanged()
        return Response(data, headers=self._headers)

    def answer_file(self, text: str, name: str, media_type: str) -> HttpResponse:
        """Return `text` as a file to be kept under `name`."""
        if "*" in self._tags_of_reader:
            return self._unchanged()
        headers = {"Content-Disposition": f'attachment; filename="{name}"'} | self._headers
        return HttpResponse(text, content_type=f"{media_type}; charset=utf-8", headers=headers)

    def check_format(self, allowed: Iterable[str] = ("json",)) -> str:
        """Return the format asked for; raises ValidationError where it is not among `allowed`."""
        return choice(self.request, "format", allowed) or "json"

    def check_filters(self, filters: ShelfFilterSet) -> None:
        """Raise ValidationError with every parameter that a filter refuses."""
        if not filters.is_valid():
            raise ValidationError(
                {name: [str(message) for message in messages] for name, messages in filters.errors.items()}
            )
