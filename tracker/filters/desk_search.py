"""Searching the desk by name, alias and public id, whatever the case and the accents: for the admin and REST alike."""

import json
from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db import connections
from django.db.models import BooleanField, Case, Func, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Concat, Lower, StrIndex
from django.db.models.lookups import GreaterThan

from tracker.lib.text import fold, search_terms
from tracker.models import Claim, Document, Entry, Pledge, SearchText

MAX_TERM = 200
FEW = 10_000
"""How many that are found are named by their keys from then on, and not looked for again."""
_TRIGRAM = 3


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


def search(queryset: QuerySet[Any], term: str) -> QuerySet[Any]:
    """Return the records of `queryset` that hold every word and phrase of `term` in name, public id or an alias.

    Pledges also by what they are of, and by whom: by all that stands in their `SearchText`, and by whole amounts.

    Where at most FEW are found, the result has an attribute `searched_in`: `queryset` as it was before the search.
    """
    words = search_terms(term.replace("\0", "")[:MAX_TERM])
    if not words:
        return queryset
    # Numbers come first: fewer rows hold them.
    words.sort(key=str.isalpha)
    found = _by_texts(queryset, words) if queryset.model is Pledge else _by_names(queryset, words)
    # A page asks several times for what is found: how many, which, from when to when.
    few = list(found.order_by().values_list("pk", flat=True)[: FEW + 1])
    if len(few) > FEW:
        return found
    listed: Any = among(queryset, few)
    # On this query alone, and on none that is made of it, which may find others.
    listed.searched_in = queryset
    return listed


def among(queryset: QuerySet[Any], keys: Iterable[int]) -> QuerySet[Any]:
    """Return the records whose keys are named, however many these are."""
    return queryset.filter(_Among("pk", Value(json.dumps(list(keys)))))


def search_claims(queryset: QuerySet[Claim], term: str) -> QuerySet[Claim]:
    """Return the claims of `queryset` that hold every word and phrase of `term`, or whose document does; each once."""
    if not search_terms(term):
        return queryset
    of_documents = queryset.filter(document__in=search(Document.objects.all(), term).values("pk"))
    found = search(queryset, term)
    return queryset.filter(Q(pk__in=found.values("pk")) | Q(pk__in=of_documents.values("pk")))


def _by_names(queryset: QuerySet[Any], words: list[str]) -> QuerySet[Any]:
    """Look at names, public ids and aliases."""
    aliases = _aliases_of(queryset)
    for word in words:
        found = Q(found_by__contains=word)
        if aliases is not None:
            named = aliases.related_model.objects.filter(folded__contains=word)
            found |= Q(pk__in=named.values(aliases.field.attname))
        queryset = queryset.filter(found)
    return queryset


def _by_texts(queryset: QuerySet[Pledge], words: list[str]) -> QuerySet[Pledge]:
    """Look at the texts that are kept of pledges, once for all words."""
    texts = SearchText.objects.order_by()
    for word in words:
        texts = texts.filter(Q(_text_has(word, connections[queryset.db].vendor)) | _paid(word))
    return queryset.filter(pk__in=texts.values("pk"))


def _aliases_of(queryset: QuerySet[Any]) -> Any:
    """Return the relation to the other names of records; None where they have none."""
    return next((one for one in queryset.model._meta.related_objects if one.get_accessor_name() == "aliases"), None)


def _paid(word: str) -> Q:
    """Return the condition that an entry says the amount that a word is, such as 500,000,000; none where it is none."""
    try:
        amount = Decimal(word.replace(",", ""))
    except InvalidOperation:
        return Q()
    if not amount.is_finite() or abs(amount) >= 10**13:
        return Q()
    return Q(pledge__in=Entry.objects.order_by().filter(amount=amount).values("pledge"))


def _text_has(word: str, vendor: str) -> Any:
    if vendor == "postgresql" and len(word) < _TRIGRAM:
        # It would expect an index of trigrams to narrow down by this word, too, which that cannot.
        return GreaterThan(StrIndex("text", Value(word)), 0)
    return Q(text__contains=word)


def best_first(queryset: QuerySet[Any], term: str) -> QuerySet[Any]:
    """Order by how well name, id or alias match: the whole, then the beginning, then the rest by name."""
    folded = fold(term.replace("\0", "")[:MAX_TERM])
    whole = Q(public_id__iexact=folded) | Q(found_by=Concat(Value(f"{folded} "), Lower("public_id")))
    if _aliases_of(queryset) is not None:
        whole |= Q(pk__in=queryset.model._default_manager.filter(aliases__folded=folded).values("pk"))
    rank = Case(
        When(whole, then=Value(0)), When(found_by__startswith=folded, then=Value(1)), default=Value(2),
        output_field=IntegerField(),
    )  # fmt: skip
    return queryset.order_by(rank, "found_by", "pk")
