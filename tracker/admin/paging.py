"""Long lists in pages, and the years, months and days of their rows, with the least that the database reads."""

import datetime as dt
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet


class KeyPaginator(Paginator):
    """Finds the keys of a page first, which an index gives, and reads the rows of these only."""

    object_list: Any

    def page(self, number: Any) -> Page:
        number = self.validate_number(number)
        first = (number - 1) * self.per_page
        last = min(first + self.per_page, self.count)
        keys = list(self.object_list.values_list("pk", flat=True)[first:last])
        return Page(self.object_list.filter(pk__in=keys), number, self)


def dates(queryset: QuerySet[Any], field: str, kind: str, order: str = "ASC") -> list[dt.date]:
    """Return the first days of the years or months, or the days, in which `queryset` has rows, in order.

    As QuerySet.dates does, but the database looks for days, which an index has, and truncates none of them: on SQLite
    it calls Python for that.
    """
    days = queryset.filter(**{f"{field}__isnull": False}).order_by().values_list(field, flat=True).distinct()
    first = {"year": {"month": 1, "day": 1}, "month": {"day": 1}}.get(kind, {})
    return sorted({day.replace(**first) for day in days}, reverse=order == "DESC")
