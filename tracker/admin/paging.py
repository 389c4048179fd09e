"""Long lists in pages, and the years, months and days of their rows, with the least that the database reads."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Min, QuerySet
from django.http import HttpRequest
from django.utils.functional import cached_property

from tracker.admin.rows import RowsChangeList
from tracker.admin.search import FEW
from tracker.models.base import Record


class KeyPaginator(Paginator):
    """Finds the keys of a page first, public ids of records, which an index has, and reads the rows of these only."""

    object_list: Any

    def page(self, number: Any) -> Page:
        number = self.validate_number(number)
        first = (number - 1) * self.per_page
        last = min(first + self.per_page, self.count)
        key = "public_id" if issubclass(self.object_list.model, Record) else "pk"
        keys = self.object_list.values_list(key, flat=True)
        # A database goes through all that stand before a page, so it begins at the nearer end.
        is_late = first > self.count // 2
        keys = keys.reverse()[self.count - last : self.count - first] if is_late else keys[first:last]
        return Page(self.object_list.filter(**{f"{key}__in": list(keys)}), number, self)


class DatedChangeList(RowsChangeList):
    """A list whose links to years, months and days cost little: they ask its rows for `aggregate` and `dates`."""

    def get_queryset(self, request: HttpRequest, exclude_parameters: Any = None) -> Any:
        queryset = super().get_queryset(request, exclude_parameters).prefetch_related(*self.model_admin.list_prefetches)
        queryset.aggregate, queryset.dates = self._ends, self._dates
        return queryset

    @cached_property
    def _days(self) -> list[dt.date]:
        return dates(self.queryset, str(self.date_hierarchy), "day")

    @property
    def _seeks(self) -> bool:
        """Whether single days are looked up in an index, rather than all found at once: where there are many rows."""
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
        return _firsts(self._days, kind) if kind == "year" else dates(self.queryset, field, kind)


def dates(queryset: QuerySet[Any], field: str, kind: str) -> list[dt.date]:
    """Return the first days of the years or months, or the days, in which `queryset` has rows, in order.

    As QuerySet.dates does, but the database looks for days, which an index has, and truncates none of them: on SQLite
    it calls Python for that.
    """
    days = queryset.filter(**{f"{field}__isnull": False}).order_by().values_list(field, flat=True).distinct()
    return _firsts(days, kind)


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
