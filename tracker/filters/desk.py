"""Searching the desk by name, alias and public id, whatever the case and the accents: for the admin and REST alike."""

import json
from typing import Any

from django.db import connections
from django.db.models import BooleanField, Case, Func, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Length, StrIndex
from django.db.models.lookups import GreaterThan

from tracker.lib.text import fold

MAX_TERM = 200
FEW = 10_000
"""How many that are found are named by their keys from then on, and not looked for again."""
_TRIGRAM = 3


class _Bytes(Func):
    """How many bytes a text takes in UTF-8."""

    function = "octet_length"
    output_field = IntegerField()

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(compiler, connection, template="length(CAST(%(expressions)s AS BLOB))", **context)


class _Among(Func):
    """Whether a key is in a list in JSON: one value, where IN would take as many as there are keys."""

    output_field = BooleanField()

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(
            compiler, connection, arg_joiner=" IN (SELECT value FROM json_each(", template="%(expressions)s))"
        )

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(
            compiler, connection, arg_joiner=" = ANY(TRANSLATE(", template="%(expressions)s, '[]', '{}')::bigint[])"
        )


def _named_otherwise(queryset: QuerySet[Any]) -> list[tuple[Any, str]]:
    """Return keys and folded names of the records whose names hold letters that the database cannot fold.

    SQLite folds the case of ASCII only, and no database folds accents by itself; such names are few.
    """
    others = GreaterThan(_Bytes("name"), Length("name"))
    names = queryset.model._default_manager.filter(others).order_by().values_list("pk", "name")
    return [(pk, fold(name)) for pk, name in names]


def search(queryset: QuerySet[Any], term: str) -> QuerySet[Any]:
    """Return the records of `queryset` that hold every word of `term` in name, public id or an alias.

    It has `searched_in`, which is `queryset`, where no more than FEW are found.
    """
    words = fold(term.replace("\0", "")[:MAX_TERM]).split()
    if not words:
        return queryset
    found = (_by_kept_text if hasattr(queryset.model, "found_by") else _by_names)(queryset, words)
    # A page asks several times for what is found: how many, which, from when to when.
    few = list(found.order_by().values_list("pk", flat=True)[: FEW + 1])
    if len(few) > FEW:
        return found
    listed: Any = queryset.filter(_Among("pk", Value(json.dumps(few))))
    # On this query alone, and on none that is made of it, which may find others.
    listed.searched_in = queryset
    return listed


def _by_kept_text(queryset: QuerySet[Any], words: list[str]) -> QuerySet[Any]:
    """Look at the text that is kept for searches. Numbers come first: fewer rows hold them than hold a word."""
    is_postgresql = connections[queryset.db].vendor == "postgresql"
    for word in sorted(words, key=str.isalpha):
        if is_postgresql and len(word) < _TRIGRAM:
            # It would expect an index of trigrams to narrow down by this word, too, which that cannot.
            queryset = queryset.filter(GreaterThan(StrIndex("found_by", Value(word)), 0))
        else:
            queryset = queryset.filter(found_by__contains=word)
    return queryset


def _by_names(queryset: QuerySet[Any], words: list[str]) -> QuerySet[Any]:
    """Look at names, public ids and aliases one by one."""
    aliases = next((r for r in queryset.model._meta.related_objects if r.get_accessor_name() == "aliases"), None)
    otherwise = _named_otherwise(queryset)
    for word in words:
        found = Q(name__icontains=word) | Q(public_id__icontains=word)
        found |= Q(pk__in=[pk for pk, name in otherwise if word in name])
        if aliases is not None:
            owner = aliases.field.attname
            found |= Q(pk__in=aliases.related_model.objects.filter(folded__contains=word).values(owner))
        queryset = queryset.filter(found)
    return queryset


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
