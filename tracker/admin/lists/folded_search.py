"""Searches in columns that hold folded text."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest

from tracker.lib.text import fold


class FoldedSearch:
    """A list whose `search_fields` are folded, so that case and accents do not matter in what is looked for."""

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """Return the rows that hold every word of `search_term`, folded, and whether one can stand twice."""
        its_own: Any = super()
        found: tuple[QuerySet[Any], bool] = its_own.get_search_results(request, queryset, fold(search_term))
        return found
