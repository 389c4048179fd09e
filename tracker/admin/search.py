"""Searching records by name, alias and public id, whatever the case and the accents."""

from typing import Any

from django.db.models import Case, Func, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Length
from django.db.models.lookups import GreaterThan
from django.http import HttpRequest

from tracker.lib.chunks import CHUNK
from tracker.lib.text import fold

MAX_TERM = 200


class _Bytes(Func):
    """How many bytes a text takes in UTF-8."""

    function = "octet_length"
    output_field = IntegerField()

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(compiler, connection, template="length(CAST(%(expressions)s AS BLOB))", **context)


def _named_otherwise(queryset: QuerySet[Any]) -> list[tuple[Any, str]]:
    """Return keys and folded names of the records whose names hold letters that the database cannot fold.

    SQLite folds the case of ASCII only, and no database folds accents by itself; such names are few.
    """
    others = GreaterThan(_Bytes("name"), Length("name"))
    names = queryset.model._default_manager.filter(others).order_by().values_list("pk", "name")
    return [(pk, fold(name)) for pk, name in names]


def matching(queryset: QuerySet[Any], term: str) -> QuerySet[Any]:
    """Return those of `queryset` that hold every word of `term` in name, public id or an alias."""
    aliases = next((r for r in queryset.model._meta.related_objects if r.get_accessor_name() == "aliases"), None)
    words = fold(term.replace("\0", "")[:MAX_TERM]).split()
    otherwise = _named_otherwise(queryset) if words else []
    for word in words:
        found = Q(name__icontains=word) | Q(public_id__icontains=word)
        found |= Q(pk__in=[pk for pk, name in otherwise if word in name])
        if aliases is not None:
            owner = aliases.field.attname
            found |= Q(pk__in=aliases.related_model.objects.filter(folded__contains=word).values(owner))
        queryset = queryset.filter(found)
    # A page asks several times for what is found: how many, which, from when to when.
    few = list(queryset.order_by().values_list("pk", flat=True)[: CHUNK + 1]) if words else []
    return queryset.filter(pk__in=few) if words and len(few) <= CHUNK else queryset


def best_first(queryset: QuerySet[Any], term: str) -> QuerySet[Any]:
    """Order by how well name, id or alias match: the whole, then the beginning, then the rest by name."""
    folded = fold(term.replace("\0", "")[:MAX_TERM])
    whole = Q(public_id__iexact=folded) | Q(name__iexact=folded)
    if any(related.get_accessor_name() == "aliases" for related in queryset.model._meta.related_objects):
        whole |= Q(pk__in=queryset.model._default_manager.filter(aliases__folded=folded).values("pk"))
    rank = Case(
        When(whole, then=Value(0)), When(name__istartswith=folded, then=Value(1)), default=Value(2),
        output_field=IntegerField(),
    )  # fmt: skip
    return queryset.order_by(rank, "name", "pk")


class SearchesRecords:
    """A ModelAdmin that searches as this module does."""

    search_fields = ("public_id", "name")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """Return the records that match, and that none stands twice among them."""
        found = matching(queryset, search_term)
        # An autocomplete shows the best match first; a list keeps the order that somebody chose.
        suggesting = request.path.endswith("/autocomplete/")
        return (best_first(found, search_term) if suggesting and search_term.strip() else found), False
