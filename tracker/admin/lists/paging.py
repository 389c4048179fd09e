"""Long lists in pages, and the years, months and days of their rows, with the least that the database reads."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Min, QuerySet
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.text import capfirst

from tracker.admin.lists.active_filters import ActiveFilter, active_filters
from tracker.admin.lists.result_rows import RowsChangeList
from tracker.admin.lists.unknown_filters import UnderstoodFilters
from tracker.models.base import Record
from tracker.models.key_lists import FEW


class KeyPaginator(Paginator):
    """Finds the keys of a page first, public ids of records, which an index has, and reads the rows of these only.

    What a search found is not counted again, and is not looked for among the rows of a page.
    """

    object_list: Any

    @cached_property
    def count(self) -> int:
        known: int | None = getattr(self.object_list, "known_count", None)
        return super().count if known is None else known

    def page(self, number: Any) -> Page:
        number = self.validate_number(number)
        first = (number - 1) * self.per_page
        last = min(first + self.per_page, self.count)
        rows = getattr(self.object_list, "searched_in", self.object_list)
        key = "public_id" if issubclass(self.object_list.model, Record) else "pk"
        keys = list(self._keys(key, first, last))
        return Page(rows.filter(**{f"{key}__in": keys}), number, self)

    def _keys(self, key: str, first: int, last: int) -> Any:
        """Return the keys of the rows from `first` to the one before `last`."""
        keys = self.object_list.values_list(key, flat=True)
        # A database goes through all that stand before a page, so it begins at the nearer end.
        is_late = first > self.count // 2
        return keys.reverse()[self.count - last : self.count - first] if is_late else keys[first:last]


class DatedChangeList(UnderstoodFilters, RowsChangeList):
    """A list whose links to years, months and days cost little: they ask its rows for `aggregate` and `dates`."""

    def __init__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        self.asked = request.GET
        super().__init__(request, *args, **kwargs)
        self.title = capfirst(str(self.opts.verbose_name_plural))

    @cached_property
    def active_filters(self) -> list[ActiveFilter]:
        """The filters in force, in words."""
        return active_filters(self, self.asked)

    def get_queryset(self, request: HttpRequest, exclude_parameters: Any = None) -> Any:
        found = super().get_queryset(request, exclude_parameters)
        queryset = found.prefetch_related(*self.model_admin.list_prefetches)
        if hasattr(found, "searched_in"):
            queryset.searched_in = found.searched_in.prefetch_related(*self.model_admin.list_prefetches)
            queryset.known_count = getattr(found, "known_count", None)
        queryset.aggregate, queryset.dates = self._ends, self._dates
        return queryset

    @cached_property
    def _days(self) -> list[dt.date]:
        """The days on which there are rows, in order."""
        return sorted(day for day in days(self.queryset, str(self.date_hierarchy)) if day is not None)

    @property
    def _seeks(self) -> bool:
        """Whether single days are looked up in an index, rather than all found at once: where there are many rows.

        Not in what a search found, which each look would hold the rows against anew.
        """
        if hasattr(self.queryset, "searched_in"):
            return False
        return self.result_count > FEW and self.lookup_opts.get_field(self.date_hierarchy).db_index

    def _ends(self, **asked: Any) -> dict[str, Any]:
        """Return the first and the last day, one by one where they are looked up: an index has not both in one."""
        if self._seeks:
            rows = self.queryset.all()
            return {name: rows.aggregate(**{name: expression})[name] for name, expression in asked.items()}
        return dict(zip(asked, (self._days[0], self._days[-1]) if self._days else (None, None), strict=True))

    def _dates(self, field: str, kind: str) -> list[dt.date]:
        if kind == "year" and self._seeks:
            return years(self.queryset, field)
        return _firsts(self._days, kind)


def days(queryset: QuerySet[Any], field: str) -> Iterable[dt.date]:
    """Return the days on which `queryset` has rows, in no order.

    An index has them. QuerySet.dates would truncate each, for which SQLite calls Python.
    """
    found: Iterable[dt.date] = queryset.order_by().values_list(field, flat=True).distinct()
    return found


def _firsts(days: Iterable[dt.date], kind: str) -> list[dt.date]:
    """Return the first days of the years or months of `days`, or these themselves, in order."""
    first = {"year": {"month": 1, "day": 1}, "month": {"day": 1}}.get(kind, {})
    return sorted({day.replace(**first) for day in days})


def years(queryset: QuerySet[Any], field: str) -> list[dt.date]:
    """Return the first days of the years in which `queryset` has rows, oldest first.

    Asks for the first day, then for the first after that year, and so on: an index answers each at once, where a
    database would look at every row. Not for few rows that no index finds: it would look for them every time.
    """
    rows, found = queryset.order_by(), []
    day = rows.aggregate(first=Min(field))["first"]
    while day is not None:
        found.append(day.replace(month=1, day=1))
        day = rows.filter(**{f"{field}__gt": day.replace(month=12, day=31)}).aggregate(first=Min(field))["first"]
    return found
