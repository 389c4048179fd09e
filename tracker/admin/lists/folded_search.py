"""Searches in which case and accents do not matter."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest

from tracker.filters.folded_texts import holding
from tracker.lib.text import fold, search_terms


class FoldedSearch:
    """A list whose `search_fields` are folded, so that case and accents do not matter in what is looked for."""

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """Return the rows that hold every word of `search_term`, folded, and whether one can stand twice."""
        its_own: Any = super()
        found: tuple[QuerySet[Any], bool] = its_own.get_search_results(request, queryset, fold(search_term))
        return found


class FoldingSearch:
    """A list whose `search_fields` hold what people wrote: the rows that have accents are folded as they are looked at.

    For lists in which these are few.
    """

    search_fields: tuple[str, ...]

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """Return the rows that hold every word and phrase of `search_term`, each once."""
        return holding(queryset, self.search_fields, search_terms(search_term.replace("\0", ""))), False
