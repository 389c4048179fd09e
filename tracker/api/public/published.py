"""Lists and records of the public side, from the shelf, as they stand now or stood at a moment."""

import datetime as dt
import inspect
from collections.abc import Iterable, Iterator
from copy import copy
from typing import Any, ClassVar, NoReturn

import orjson
from django.db.models import QuerySet
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from rest_framework import viewsets
from rest_framework.exceptions import NotFound
from rest_framework.request import Request

from tracker.api.protocol.downloads import first_rows, refuse_too_many_rows, rows_of_page
from tracker.api.protocol.errors import Gone, Unprocessable
from tracker.api.protocol.negotiation import FORMATS, JSON, WRITTEN_AS
from tracker.api.protocol.redirects_of_merged import moved_to
from tracker.api.public.base import PublicView
from tracker.api.public.counting import Counting, CountingMixin
from tracker.api.public.list_parameters import ListParametersMixin
from tracker.api.public.showing import left_the_list, select
from tracker.exchange.outbound.as_numbers import decimal_names
from tracker.exchange.outbound.list_columns import WITHDRAWN, columns_of
from tracker.filters.parameters import refuse
from tracker.lib import canonical
from tracker.lib.chunks import CHUNK, chunked
from tracker.lib.text import nearest
from tracker.models import Publication
from tracker.models.similar_names import alike
from tracker.records.registry import KINDS
from tracker.reporting.shelf import moments, published
from tracker.reporting.shelf.changes import changes
from tracker.reporting.shelf.paging import Order, in_order, page_of
from tracker.reporting.tables.grids import Grid
from tracker.reporting.tables.sources import sources_of

# Inside a viewset, `list` is its action.
Fields = list[str]
Rows = list[Any]

LIST_PARAMETERS = ("limit", "cursor", "search", "ordering", "fields", "as_of", "changed_since", *WRITTEN_AS)
DETAIL_PARAMETERS = ("fields", "as_of", *WRITTEN_AS)


class ShelfListViewSet(ListParametersMixin, CountingMixin, PublicView, viewsets.GenericViewSet):
    """A list of rows of the shelf, by cursor; what it lists is up to its subclasses."""

    lookup_field = "public_id"
    unique: ClassVar[str] = "public_id"
    identity: ClassVar[tuple[str, ...]] = ("public_id",)
    """The columns in which a row is like the one that follows it."""
    changes_without_publishing: ClassVar[bool] = False
    """Whether rows enter and leave the list without being published anew."""
    problems: ClassVar[dict[str, tuple[int, ...]]] = {
        "list": (Unprocessable.status_code,), "retrieve": (Gone.status_code,),
    }  # fmt: skip

    @classmethod
    def row_serializer(cls) -> Any:
        """Return the serializer whose documents a row is."""
        raise NotImplementedError

    @classmethod
    def field_names(cls) -> tuple[str, ...]:
        """Return the fields that a row has."""
        return tuple(cls.row_serializer().fields)

    def decimal_names(self) -> frozenset[str]:
        return decimal_names(self.row_serializer())

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

    def tombstones(self, rows: Rows) -> dict[str, Any]:
        """Return what a list of changes shows of rows that are gone, by public id; none ever goes from some lists."""
        return {}

    def explain_absence(self, public_id: str) -> NoReturn:
        """Raise 404 with the nearest that there are."""
        compared = alike(self.rows().order_by("public_id"), public_id[:100])
        near = nearest(public_id[:100], compared.values_list("public_id", flat=True))
        hint = _(" Nearest: %s.") % ", ".join(near) if near else ""
        raise NotFound(_("There is no “%(id)s” here.%(hint)s") % {"id": public_id[:100], "hint": hint})

    def merged_into(self, public_id: str) -> str:
        """Return the public id of the record that one was merged into; nothing where it was not."""
        return ""

    def retrieve(self, request: Request, public_id: str) -> HttpResponseBase:
        unchanged = self.prepare(DETAIL_PARAMETERS, FORMATS)
        if unchanged is not None:
            return unchanged
        fields = self.asked_fields()
        row = self.find(public_id)
        if row is None and (other := self.merged_into(public_id)):
            return moved_to(request, other)
        if row is None:
            self.explain_absence(public_id)
        if self.form != JSON:
            return self._file(self.rows().filter(pk=row.pk), fields, self.default_ordering)
        return self.answer(self.present([row], fields)[0])

    def list(self, request: Request) -> HttpResponseBase:
        unchanged = self.prepare([*LIST_PARAMETERS, *self.filterset_class.base_filters], FORMATS)
        if unchanged is not None:
            return unchanged
        fields, ordering = self.asked_fields(), self.asked_ordering()
        if self.form != JSON:
            return self._file(self.changed() if self.is_of_changes else self.listed(), fields, ordering)
        if self.is_of_changes:
            queryset = self.changed()
            counting: Counting = queryset.count
        else:
            queryset, counting = self.paged(ordering)
        page = page_of(
            queryset, orders=self.orders, ordering=ordering, unique=self.unique,
            limit=rows_of_page(request), moment=self.moment, cursor=self.cursor,
            columns=self.columns_read(queryset),
        )  # fmt: skip
        return self.answer(
            {
                "count": self.count_of(page, counting),
                "next": self.page_address(page.next),
                "previous": self.page_address(page.previous),
                "as_of": self.shown_moment,
                **({"resolved": self.stood_for} if self.stood_for else {}),
                "results": self.shown(page.rows, fields),
            }
        )

    def listed(self) -> QuerySet[Any]:
        """Return the rows that fit the filters and the search, as of `self.moment`; raises ValidationError."""
        return self.searched(self.filtered().qs, self.asked_words())

    def filtered(self) -> Any:
        """Return the filters asked for, over the rows as of `self.moment`; raises ValidationError."""
        filterset = self.filterset_class(self.request.query_params, self.rows(), moment=self.moment)
        self.check_filters(filterset)
        return filterset

    def paged(self, ordering: str) -> tuple[QuerySet[Any], Counting]:
        """Return what a page of the list is read from, and what counts its rows.

        Pages may be read from other rows that `present` knows, with the same public ids and the columns of `ordering`.
        """
        rows = self.listed()
        return rows, rows.count

    def columns_read(self, queryset: QuerySet[Any]) -> tuple[str, ...]:
        """Return the columns that `present` and `tombstones` read of the rows of a page; none for objects."""
        return ()

    @property
    def is_of_changes(self) -> bool:
        """Tell whether only what changed is asked for."""
        return "changed_since" in self.request.query_params

    def changed(self) -> QuerySet[Any]:
        """Return the rows that entered the list since the moment asked for, and those that left it."""
        then = moments.resolve(self.asked_moment("changed_since"))
        if then > self.moment and "as_of" in self.request.query_params:
            refuse("changed_since", _("This is after as_of: ask for what changed before it."))
        earlier = copy(self)
        earlier.moment = min(then, self.moment)
        filtered = {"search", *self.filterset_class.base_filters} & set(self.request.query_params)
        since = None if filtered or self.changes_without_publishing else earlier.moment
        return changes(earlier.listed(), self.listed(), identity=self.identity, since=since)

    def shown(self, rows: Rows, fields: Fields | None) -> Rows:
        """Return what the answer shows of `rows`: documents, and tombstones of what is gone."""
        if not self.is_of_changes:
            return self.present(rows, fields)
        tombstones = self.tombstones([row for row in rows if row.is_gone])
        present = iter(self.present([row for row in rows if not row.is_gone], fields))
        return [tombstones[row.public_id] if row.is_gone else next(present) for row in rows]

    def streamed(self, queryset: QuerySet[Any]) -> Iterable[Any]:
        """Return all rows without keeping them, each with what `present` reads of it."""
        return queryset.iterator(chunk_size=CHUNK)

    def _file(self, queryset: QuerySet[Any], fields: Fields | None, ordering: str) -> HttpResponseBase:
        """Return all rows in one file, at one moment."""
        order = self.orders[ordering.lstrip("-")]
        queryset = in_order(queryset, order=order, descending=ordering.startswith("-"), unique=self.unique)
        queryset = first_rows(self.request, queryset)
        refuse_too_many_rows(queryset, self.form)
        grid = self._grid(queryset, fields)
        return self.answer_grid(grid, self.documents(queryset, fields), self.csv(queryset, grid))

    def csv(self, queryset: QuerySet[Any], grid: Grid) -> Iterator[bytes] | None:
        """Return the list as CSV where there is a faster way than by `grid`."""
        return None

    def documents(self, queryset: QuerySet[Any], fields: Fields | None) -> Iterator[Any]:
        """Yield what is shown of each row, reading on as it is taken."""
        for rows in chunked(self.streamed(queryset)):
            yield from self.shown(rows, fields)

    def _grid(self, queryset: QuerySet[Any], fields: Fields | None) -> Grid:
        """Return the list as rows and columns."""
        columns = columns_of(self.row_serializer(), fields) + ([WITHDRAWN] if self.is_of_changes else [])
        params = self.request.query_params
        asked = {name: params[name] for name in params if name not in DETAIL_PARAMETERS}
        asked |= {"id": self.kwargs[self.lookup_field]} if self.lookup_field in self.kwargs else {}
        title, _end, description = (inspect.getdoc(type(self)) or "").partition("\n\n")
        documents = self.documents(queryset, fields or [*self.field_names()])
        rows = ([column.value(document) for column in columns] for document in documents)
        return Grid(
            self.basename or "", title, [column.column for column in columns], rows,
            filters=asked, description=" ".join(description.split()),
            as_of=self.moment if self.moment > moments.NEVER else None,
        )  # fmt: skip


class PublishedViewSet(ShelfListViewSet):
    """Published records of one kind, served from their stored documents."""

    kind: ClassVar[str]
    lookup_value_regex = "[A-Za-z0-9-]+"
    orders = {
        "id": Order("public_id"), "name": Order("folded"),
        "date": Order("earliest", instead="latest", empty=dt.date.min), "published": Order("recorded_from"),
    }  # fmt: skip

    @classmethod
    def row_serializer(cls) -> Any:
        return KINDS[cls.kind].published()

    def rows(self) -> QuerySet[Any]:
        return published.records(self.kind, self.moment)

    def present(self, rows: Rows, fields: Fields | None) -> Rows:
        if fields is None:
            return [orjson.Fragment(row.document) for row in rows]
        return [select(canonical.load(row.document), fields) for row in rows]

    def columns_read(self, queryset: QuerySet[Any]) -> tuple[str, ...]:
        return ("public_id", "document") if queryset.model is Publication else ()

    def streamed(self, queryset: QuerySet[Any]) -> Iterable[Any]:
        return queryset.only("public_id", "document").iterator(chunk_size=CHUNK)

    def sources(self) -> Grid:
        """Return the sources of the records listed, or of the one that is asked for."""
        one = self.kwargs.get(self.lookup_field)
        listed = {one} if one else set(self.listed().order_by().values_list("public_id", flat=True))
        return sources_of(self.kind, listed, self.moment)

    def tombstones(self, rows: Rows) -> dict[str, Any]:
        """Return the tombstones of withdrawn records, and others for records that are no longer in this list."""
        found: dict[str, Any] = {row.public_id: left_the_list(row.public_id) for row in rows}
        for ids in chunked(list(found)):
            withdrawn = published.tombstones(self.kind, ids, self.moment)
            found |= {public_id: canonical.load(document) for public_id, document in withdrawn.items()}
        return found

    def merged_into(self, public_id: str) -> str:
        return published.merged_into(self.kind, public_id, self.moment)

    def explain_absence(self, public_id: str) -> NoReturn:
        """Raise 410 with the reason for a withdrawn record, else 404 with the nearest that there are."""
        tombstone = published.tombstones(self.kind, [public_id], self.moment).get(public_id)
        if tombstone is not None:
            raise Gone(_("%(id)s was withdrawn: %(reason)s") % {
                "id": public_id, "reason": canonical.load(tombstone)["reason"],
            })  # fmt: skip
        super().explain_absence(public_id)
