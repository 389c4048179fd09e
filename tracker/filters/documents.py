"""Filters on documents."""

from tracker.filters.fields import FacetChoices, FirstDayFilter, ShelfFilterSet
from tracker.models import Document


class DocumentFilterSet(ShelfFilterSet):
    """Filters on documents."""

    kind = FacetChoices(field_name="kind", allowed=Document.Kind.values, label="Kind of document")
    date_from = FirstDayFilter(lookup_expr="gte", label="Published on this day or later")
    date_to = FirstDayFilter(lookup_expr="lte", label="Published on this day or earlier")
