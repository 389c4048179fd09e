"""The public side: lists and records from the shelf, as they stand now or stood at a moment."""

import datetime as dt
import hashlib
from collections.abc import Iterable
from typing import Any, ClassVar, NoReturn

import orjson
from django.db.models import QuerySet
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.utils.translation import gettext as _
from rest_framework import permissions, viewsets
from rest_framework.exceptions import APIException, NotFound, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from tracker.api.pagination import Cursor, Order, decode, page_of, parse_limit
from tracker.filters.fields import ShelfFilterSet
from tracker.lib import canonical
from tracker.lib.text import fold, nearest
from tracker.records.registry import KINDS
from tracker.reporting import shelf

# Inside a viewset, `list` is its action.
Fields = list[str]
Rows = list[Any]

LIST_PARAMETERS = ("limit", "cursor", "search", "ordering", "fields", "as_of", "format")
DETAIL_PARAMETERS = ("fields", "as_of", "format")


class Gone(APIException):
    """The record was withdrawn."""

    status_code = 410
    default_code = "gone"


def refuse(parameter: str, message: str) -> NoReturn:
    """Raise the 400 that says what is wrong with one query parameter."""
    raise ValidationError({parameter: [message]})


class PublicView:
    """What every public answer has: the moment it is read as of, known parameters only, and an ETag."""

    request: Request
    moment: dt.datetime
    """The newest publishing that the answer shows."""

    authentication_classes: ClassVar[list[Any]] = []
    permission_classes: ClassVar[list[Any]] = [permissions.AllowAny]

    def prepare(self, allowed: Iterable[str]) -> Any:
        """Check the parameters and find the moment; returns a 304 where the reader has the answer already."""
        allowed = list(allowed)
        for name, values in self.request.query_params.lists():
            if name not in allowed:
                near = nearest(name[:60], allowed, limit=1)
                hint = _(" Did you mean %s?") % near[0] if near else ""
                refuse(name[:60].replace("\0", ""), _("Unknown parameter.%(hint)s Allowed are %(allowed)s.") % {
                    "hint": hint, "allowed": ", ".join(sorted(allowed)),
                })  # fmt: skip
            if len(values) > 1:
                refuse(name, _("Given twice; write several values in one, separated by commas."))
            if "\0" in values[0]:
                refuse(name, _("Null characters are not allowed."))
        self._find_moment()
        return get_conditional_response(self.request._request, etag=self.etag)

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
            if as_of.tzinfo is None:
                refuse("cursor", _("This is no cursor; take it from `next` or `previous` of an answer."))
        self.moment = shelf.resolve(as_of)

    @property
    def etag(self) -> str:
        """A strong tag: the answer is determined by its address and the newest publishing it shows."""
        address = self.request.build_absolute_uri()
        return f'"{hashlib.sha256(f"1 {self.moment.isoformat()} {address}".encode()).hexdigest()[:32]}"'

    def answer(self, data: Any, **kwargs: Any) -> Response:
        """Return the answer with its ETag and the moment of the newest publishing."""
        headers = {"ETag": self.etag, "Cache-Control": "public, no-cache"}
        if self.moment > shelf.NEVER:
            headers["Last-Modified"] = http_date(int(self.moment.timestamp()))
        return Response(data, headers=headers, **kwargs)

    def check_format(self, allowed: Iterable[str] = ("json",)) -> str:
        """Return the format asked for; raises ValidationError where it is not among `allowed`."""
        asked = self.request.query_params.get("format", "json")
        if asked not in allowed:
            refuse("format", _("“%(found)s” is unknown; allowed are %(allowed)s.") % {
                "found": asked[:20], "allowed": ", ".join(allowed),
            })  # fmt: skip
        return asked

    def check_filters(self, filters: ShelfFilterSet) -> None:
        """Raise ValidationError with every parameter that a filter refuses."""
        if not filters.is_valid():
            raise ValidationError(
                {name: [str(message) for message in messages] for name, messages in filters.errors.items()}
            )


class ShelfListViewSet(PublicView, viewsets.GenericViewSet):
    """A list of rows of the shelf, by cursor; what it lists is up to its subclasses."""

    filterset_class: ClassVar[type[ShelfFilterSet]]
    orders: ClassVar[dict[str, Order]]
    default_ordering: ClassVar[str] = "id"
    unique: ClassVar[str] = "public_id"
    all_fields: ClassVar[tuple[str, ...]]

    def rows(self) -> QuerySet[Any]:
        """Return what is listed, before filters, as of `self.moment`."""
        raise NotImplementedError

    def searched(self, queryset: QuerySet[Any], words: Fields) -> QuerySet[Any]:
        """Return the rows that contain every one of the folded `words`."""
        for word in words:
            queryset = queryset.filter(search__contains=word)
        return queryset

    def present(self, rows: Rows, fields: Fields | None) -> Rows:
        """Return what the answer shows of `rows`."""
        raise NotImplementedError

    def list(self, request: Request) -> Response:
        filters = self.filterset_class.base_filters
        unchanged = self.prepare([*LIST_PARAMETERS, *filters])
        if unchanged is not None:
            return unchanged  # type: ignore[no-any-return]
        self.check_format()
        fields = self.asked_fields()
        filterset = self.filterset_class(request.query_params, self.rows(), moment=self.moment)
        self.check_filters(filterset)
        queryset = self.searched(filterset.qs, fold(request.query_params.get("search", "")[:200]).split())
        page = page_of(
            queryset, orders=self.orders, ordering=self.asked_ordering(), unique=self.unique,
            limit=parse_limit(request.query_params.get("limit")), moment=self.moment, cursor=self.cursor,
        )  # fmt: skip
        return self.answer(
            {
                "count": queryset.count(),
                "next": self._address(page.next),
                "previous": self._address(page.previous),
                "results": self.present(page.rows, fields),
            }
        )

    def asked_ordering(self) -> str:
        """Return the ordering asked for; raises ValidationError for one that there is not."""
        asked = self.request.query_params.get("ordering", self.default_ordering)
        if asked.lstrip("-") not in self.orders or asked.startswith("--"):
            allowed = ", ".join(f"{name}, -{name}" for name in self.orders)
            refuse("ordering", _("“%(found)s” is unknown; allowed are %(allowed)s.") % {
                "found": asked[:40], "allowed": allowed,
            })  # fmt: skip
        if self.cursor is not None and self.cursor.ordering != asked:
            refuse("cursor", _("This cursor belongs to another ordering: %s.") % self.cursor.ordering[:40])
        return asked

    def asked_fields(self) -> Fields | None:
        """Return the fields asked for, with the id; None is all."""
        text = self.request.query_params.get("fields")
        if text is None:
            return None
        asked = [name.strip() for name in text.split(",") if name.strip()]
        unknown = [name for name in asked if name not in self.all_fields]
        if unknown or not asked:
            refuse("fields", _("“%(found)s” is unknown; allowed are %(allowed)s.") % {
                "found": (unknown or [""])[0][:40], "allowed": ", ".join(self.all_fields),
            })  # fmt: skip
        return ["id", *(name for name in dict.fromkeys(asked) if name != "id")]

    def _address(self, cursor: str | None) -> str | None:
        if cursor is None:
            return None
        params = self.request.query_params.copy()
        # The cursor says as of when; two times with the same answer give the same address.
        params.pop("as_of", None)
        params["cursor"] = cursor
        address: str = self.request.build_absolute_uri(f"{self.request.path}?{params.urlencode()}")
        return address


def select(document: dict[str, Any], fields: list[str]) -> dict[str, Any]:
    """Return only `fields` of a document, in the document's order."""
    return {name: value for name, value in document.items() if name in fields}


class PublishedViewSet(ShelfListViewSet):
    """Published records of one kind, served from their stored documents."""

    kind: ClassVar[str]
    lookup_field = "public_id"
    lookup_value_regex = "[A-Za-z0-9-]+"
    orders = {
        "id": Order("public_id"),
        "name": Order("name"),
        "date": Order("earliest", empty=dt.date.min),
        "published": Order("recorded_from"),
    }

    @property
    def all_fields(self) -> tuple[str, ...]:  # type: ignore[override]
        return tuple(KINDS[self.kind].serializer().fields)

    def rows(self) -> QuerySet[Any]:
        return shelf.published(self.kind, self.moment)

    def present(self, rows: Rows, fields: Fields | None) -> Rows:
        if fields is None:
            return [orjson.Fragment(row.document) for row in rows]
        return [select(canonical.load(row.document), fields) for row in rows]

    def retrieve(self, request: Request, public_id: str) -> Response:
        unchanged = self.prepare(DETAIL_PARAMETERS)
        if unchanged is not None:
            return unchanged  # type: ignore[no-any-return]
        self.check_format()
        fields = self.asked_fields()
        row = self.rows().filter(public_id=public_id).first()
        if row is None:
            self._explain_absence(public_id)
        return self.answer(self.present([row], fields)[0])

    def _explain_absence(self, public_id: str) -> NoReturn:
        """Raise 410 with the reason for a withdrawn record, else 404 with the nearest that there are."""
        shelved = shelf.Publication.objects.as_of(self.moment).filter(kind=self.kind, public_id=public_id)
        tombstone = shelved.filter(is_tombstone=True).first()
        if tombstone is not None:
            raise Gone(_("%(id)s was withdrawn: %(reason)s") % {
                "id": public_id, "reason": canonical.load(tombstone.document)["reason"],
            })  # fmt: skip
        near = nearest(public_id, self.rows().values_list("public_id", flat=True)[:20_000])
        hint = _(" Nearest: %s.") % ", ".join(near) if near else ""
        raise NotFound(_("There is no “%(id)s” here.%(hint)s") % {"id": public_id, "hint": hint})
