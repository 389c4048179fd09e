"""Lists and records of the public side, from the shelf, as they stand now or stood at a moment."""

import datetime as dt
from typing import Any, ClassVar, NoReturn

import orjson
from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils.translation import gettext as _
from rest_framework import viewsets
from rest_framework.exceptions import APIException, NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from tracker.api.pagination import Order, page_of, parse_limit
from tracker.api.parameters import refuse
from tracker.api.public import PublicView
from tracker.filters.fields import MAX_COMPARED, MAX_SEARCH, ShelfFilterSet
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


class ShelfListViewSet(PublicView, viewsets.GenericViewSet):
    """A list of rows of the shelf, by cursor; what it lists is up to its subclasses."""

    filterset_class: ClassVar[type[ShelfFilterSet]]
    lookup_field = "public_id"
    orders: ClassVar[dict[str, Order]]
    default_ordering: ClassVar[str] = "id"
    unique: ClassVar[str] = "public_id"
    problems: ClassVar[dict[str, tuple[int, ...]]] = {"retrieve": (Gone.status_code,)}

    @classmethod
    def field_names(cls) -> tuple[str, ...]:
        """Return the fields that a row has."""
        raise NotImplementedError

    def rows(self) -> QuerySet[Any]:
        """Return what is listed, before filters, as of `self.moment`."""
        raise NotImplementedError

    def searched(self, queryset: QuerySet[Any], words: Fields) -> QuerySet[Any]:
        """Return the rows that contain every one of the folded `words`."""
        for word in words:
            queryset = queryset.filter(search__contains=word)
        return queryset

    def find(self, public_id: str) -> Any:
        """Return one of the rows; None where there is no such one."""
        return self.rows().filter(public_id=public_id).first()

    def present(self, rows: Rows, fields: Fields | None) -> Rows:
        """Return what the answer shows of `rows`."""
        raise NotImplementedError

    def explain_absence(self, public_id: str) -> NoReturn:
        """Raise 404 with the nearest that there are."""
        near = nearest(public_id[:100], self.rows().values_list("public_id", flat=True)[:MAX_COMPARED])
        hint = _(" Nearest: %s.") % ", ".join(near) if near else ""
        raise NotFound(_("There is no “%(id)s” here.%(hint)s") % {"id": public_id[:100], "hint": hint})

    def retrieve(self, request: Request, public_id: str) -> Response | HttpResponse:
        unchanged = self.prepare(DETAIL_PARAMETERS)
        if unchanged is not None:
            return unchanged
        self.check_format()
        fields = self.asked_fields()
        row = self.find(public_id)
        if row is None:
            self.explain_absence(public_id)
        return self.answer(self.present([row], fields)[0])

    def list(self, request: Request) -> Response | HttpResponse:
        filters = self.filterset_class.base_filters
        unchanged = self.prepare([*LIST_PARAMETERS, *filters])
        if unchanged is not None:
            return unchanged
        self.check_format()
        fields = self.asked_fields()
        filterset = self.filterset_class(request.query_params, self.rows(), moment=self.moment)
        self.check_filters(filterset)
        queryset = self.searched(filterset.qs, self.asked_words())
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

    def asked_words(self) -> Fields:
        """Return the folded words to search for; raises ValidationError where there are too many."""
        text = self.request.query_params.get("search", "")
        if len(text) > MAX_SEARCH:
            refuse("search", _("At most %(most)s characters; found %(found)s.") % {
                "most": MAX_SEARCH, "found": len(text),
            })  # fmt: skip
        return fold(text).split()

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
        allowed = self.field_names()
        unknown = [name for name in asked if name not in allowed]
        if unknown or not asked:
            refuse("fields", _("“%(found)s” is unknown; allowed are %(allowed)s.") % {
                "found": (unknown or [""])[0][:40], "allowed": ", ".join(allowed),
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
    lookup_value_regex = "[A-Za-z0-9-]+"
    orders = {
        "id": Order("public_id"),
        "name": Order("name"),
        "date": Order("earliest", instead="latest", empty=dt.date.min),
        "published": Order("recorded_from"),
    }

    @classmethod
    def field_names(cls) -> tuple[str, ...]:
        return tuple(KINDS[cls.kind].serializer().fields)

    def rows(self) -> QuerySet[Any]:
        return shelf.published(self.kind, self.moment)

    def present(self, rows: Rows, fields: Fields | None) -> Rows:
        if fields is None:
            return [orjson.Fragment(row.document) for row in rows]
        return [select(canonical.load(row.document), fields) for row in rows]

    def explain_absence(self, public_id: str) -> NoReturn:
        """Raise 410 with the reason for a withdrawn record, else 404 with the nearest that there are."""
        shelved = shelf.Publication.objects.as_of(self.moment).filter(kind=self.kind, public_id=public_id)
        tombstone = shelved.filter(is_tombstone=True).first()
        if tombstone is not None:
            raise Gone(_("%(id)s was withdrawn: %(reason)s") % {
                "id": public_id, "reason": canonical.load(tombstone.document)["reason"],
            })  # fmt: skip
        super().explain_absence(public_id)
