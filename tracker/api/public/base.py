"""What every public answer has in common: known parameters, a format, the moment it is read as of, and an ETag."""

import datetime as dt
import io
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import IO, Any, ClassVar

from django.http import HttpResponse, HttpResponseNotModified, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.functional import cached_property
from django.utils.http import http_date, urlencode
from django.utils.translation import gettext as _
from rest_framework import permissions
from rest_framework.exceptions import ValidationError
from rest_framework.response import Response
from rest_framework.views import APIView

from tracker.api.protocol.conditional_requests import etag_of, has_answer, names_tag
from tracker.api.protocol.downloads import WRITERS, file_of, file_of_text, headers_of, text_of
from tracker.api.protocol.negotiation import CSV, JSON, MEDIA_TYPES, NDJSON, ZIP, Deferred, format_of
from tracker.api.protocol.parameters import LISTS, check_parameters, join_lists
from tracker.api.protocol.ranges import asks_for_part, in_ranges
from tracker.api.protocol.throttling import AnonRateThrottle
from tracker.api.schema.describing import PublicSchema
from tracker.exchange.outbound.as_numbers import NUMBER, TEXT, as_numbers
from tracker.exchange.outbound.dialects import DIALECTS, STANDARD, Dialect
from tracker.filters.fields import ShelfFilterSet
from tracker.filters.parameters import choice, refuse
from tracker.lib import canonical, response_cache
from tracker.lib.column_types import DECIMAL
from tracker.models import clock
from tracker.reporting.shelf import moments
from tracker.reporting.shelf.moments import NEWEST
from tracker.reporting.shelf.paging import Cursor, decode
from tracker.reporting.tables.grids import Grid


class PublicView(APIView):
    """What every public answer has: its format, the moment it is read as of, known parameters only, and an ETag."""

    moment: dt.datetime
    """The newest publishing that the answer shows."""

    newest: dt.datetime | None = None
    """The newest publishing that there is."""

    form: str
    """The format of the answer, one of `negotiation.FORMATS`."""

    has_numbers: bool = False
    """Whether decimals are numbers in the answer, as `decimals=number` asks for."""

    dialect: Dialect = STANDARD
    """How CSV is written, as `dialect=` asks for."""

    stood_for: dict[str, dict[str, str]] = {}
    """The ids that names stood for, by filter and what was asked."""

    filterset_class: ClassVar[type[ShelfFilterSet]] = ShelfFilterSet
    """The filters that it takes; by itself none."""

    moment_parameter: ClassVar[str] = "as_of"
    """The parameter by which somebody asks for an earlier moment."""

    authentication_classes = ()
    permission_classes = (permissions.AllowAny,)
    throttle_classes = (AnonRateThrottle,)
    content_negotiation_class = Deferred
    schema = PublicSchema()

    def prepare(self, allowed: Iterable[str], formats: Iterable[str] = (JSON,)) -> HttpResponse | None:
        """Check the parameters, find format and moment; returns a 304 where the reader has the answer already."""
        join_lists(self.request, {*LISTS, *self.filterset_class.lists()})
        check_parameters(self.request, allowed)
        for name in self.request.query_params:
            if not self.request.query_params[name].strip():
                refuse(name, _("Empty: give a value, or leave the parameter out."))
        self.form = format_of(self.request, formats)
        self._find_writing()
        self._find_moment()
        if names_tag(self.request, self.etag):
            return self._unchanged()
        rendered = response_cache.body(self.etag) if self.form == JSON else None
        if rendered is None:
            return None
        return self._unchanged() if self._reader_has_it else self._json(rendered)

    def _find_writing(self) -> None:
        """Read how decimals and CSV are written; raises ValidationError where the format has no such choice."""
        params = self.request.query_params
        self.has_numbers = choice(params, "decimals", (TEXT, NUMBER)) == NUMBER
        if self.has_numbers and self.form not in (JSON, NDJSON):
            refuse("decimals", _("The form of decimals is one of JSON and NDJSON: other files have numbers anyway."))
        dialect = choice(params, "dialect", DIALECTS)
        if dialect and self.form != CSV:
            refuse("dialect", _("Only CSV has dialects: ask for format=csv, or leave the dialect out."))
        self.dialect = DIALECTS[dialect] if dialect else STANDARD

    def _find_moment(self) -> None:
        params = self.request.query_params
        as_of = self.asked_moment(self.moment_parameter)
        self.cursor: Cursor | None = decode(params["cursor"]) if "cursor" in params else None
        if self.cursor is not None:
            # A crawl keeps reading what its first page read, whatever is published meanwhile.
            as_of = dt.datetime.fromisoformat(self.cursor.moment)
        self.moment = self.newest = getattr(self.request, NEWEST, None) or moments.newest()
        if as_of is not None:
            # Asked anew: what was the newest a moment ago need not be any more.
            self.moment = moments.resolve(as_of)

    def asked_moment(self, name: str) -> dt.datetime | None:
        """Return the moment in a parameter, None where it is left out; raises ValidationError or Unsettled."""
        if name not in self.request.query_params:
            return None
        try:
            return moments.settled_moment(self.request.query_params[name], clock=clock.now)
        except moments.MomentError as error:
            refuse(name, str(error))

    @property
    def shown_moment(self) -> str | None:
        """The moment as it is shown, and can be asked for; None before the first publishing."""
        return self.moment.isoformat() if self.moment > moments.NEVER else None

    @cached_property
    def etag(self) -> str:
        """Names the answer: see `conditional.etag_of`."""
        return etag_of(self.moment, self.form, self.request.build_absolute_uri())

    @property
    def _reader_has_it(self) -> bool:
        """Tell whether the reader has this answer, which there is."""
        return has_answer(self.request, self.etag, self.moment if self.moment > moments.NEVER else None)

    @property
    def _headers(self) -> dict[str, str]:
        headers = {"ETag": self.etag, "Cache-Control": "public, no-cache", "Vary": "Accept"}
        if self.shown_moment is not None:
            headers |= {"Last-Modified": http_date(int(self.moment.timestamp())), "As-Of": self.shown_moment}
        if self.stood_for and self.form != JSON:
            # In JSON the answer itself says so.
            headers["Resolved"] = urlencode({name: ",".join(ids.values()) for name, ids in self.stood_for.items()})
        return headers

    def _unchanged(self) -> HttpResponse:
        return HttpResponseNotModified(headers=self._headers)

    def _json(self, rendered: bytes) -> HttpResponse:
        return HttpResponse(rendered, MEDIA_TYPES[JSON], headers=self._headers)

    def answer(self, data: Any) -> HttpResponse:
        """Return the answer as JSON, with its ETag and the moment of the newest publishing."""
        if self._reader_has_it:
            return self._unchanged()
        rendered = canonical.pack(as_numbers(data, self.decimal_names()) if self.has_numbers else data)
        response_cache.keep(self.etag, rendered)
        return self._json(rendered)

    def answer_grid(
        self, grid: Grid, documents: Iterable[Any] | None = None, csv: Iterator[bytes] | None = None
    ) -> HttpResponseBase:
        """Return `grid` as a file in the format asked for, written while it is read.

        `documents` stand in NDJSON in place of the rows of the grid, `csv` in place of the file.
        """
        if self._reader_has_it:
            return self._unchanged()
        if self.form == ZIP:
            grid.sources = self.sources()
        headers = headers_of(grid, self.form) | self._headers
        if self.form in WRITERS:
            writing = partial(file_of, grid, self.form, self.request.build_absolute_uri())
            return in_ranges(self.request, self._whole_file(writing, self.etag), self.etag, headers)
        if self.request.method == "HEAD" and not asks_for_part(self.request):
            # Of no length, where an empty answer would say that the text is empty.
            return StreamingHttpResponse(headers=headers)
        if self.has_numbers:
            documents = self._with_numbers(grid, documents)
        text = text_of(grid, self.form, documents=documents, csv=csv, dialect=self.dialect)
        if asks_for_part(self.request):
            # Kept under another name than the whole answer, which is compressed while it is sent.
            file = self._whole_file(partial(file_of_text, text), f"{self.etag} in ranges")
            return in_ranges(self.request, file, self.etag, headers)
        return StreamingHttpResponse(text, headers=headers | {"Accept-Ranges": "bytes"})

    def decimal_names(self) -> frozenset[str]:
        """Return the names under which the answer has exact decimals as text."""
        return frozenset()

    def _with_numbers(self, grid: Grid, documents: Iterable[Any] | None) -> Iterator[Any]:
        """Yield the documents of a grid, or its rows, with numbers for decimals."""
        names = self.decimal_names() | {column.name for column in grid.columns if column.type == DECIMAL}
        heads = [column.name for column in grid.columns]
        rows = (dict(zip(heads, row, strict=True)) for row in grid.rows) if documents is None else documents
        return (as_numbers(row, names) for row in rows)

    def sources(self) -> Grid | None:
        """Return the sources of what is answered, for a package; None where it has none of its own."""
        return None

    def _whole_file(self, written: Callable[[], IO[bytes]], name: str) -> IO[bytes]:
        """Return a file that is written now, and kept for those who read it in ranges, unless it is very long."""
        kept = response_cache.body(name)
        if kept is not None:
            return io.BytesIO(kept)
        file = written()
        if file.seek(0, 2) <= response_cache.LONGEST:
            file.seek(0)
            response_cache.keep(name, file.read())
        return file

    def page_address(self, cursor: str | None) -> str | None:
        """Return the address of the page at a cursor."""
        if cursor is None:
            return None
        # The cursor says as of when; two times with the same answer give the same address.
        params: dict[str, str] = self.request.query_params.dict() | {"cursor": cursor}
        params.pop("as_of", None)
        asked = urlencode(params)
        address: str = self.request.build_absolute_uri(f"{self.request.path}?{asked}")
        return address

    def check_filters(self, filters: ShelfFilterSet) -> None:
        """Raise ValidationError with every parameter that a filter refuses; keep what names stood for."""
        if not filters.is_valid():
            raise ValidationError(
                {name: [str(message) for message in messages] for name, messages in filters.errors.items()}
            )
        self.stood_for = filters.stood_for

    def finalize_response(self, request: Any, response: Any, *args: Any, **kwargs: Any) -> Any:
        """Return the response, and mark it for the cache middleware: until the next publishing it is the same."""
        response = super().finalize_response(request, response, *args, **kwargs)
        setattr(response, NEWEST, self.newest)
        return response

    def handle_exception(self, exc: Exception) -> Response:
        """Return a refusal; it depends on `Accept` as answers do."""
        response = super().handle_exception(exc)
        response["Vary"] = "Accept"
        return response
