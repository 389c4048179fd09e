"""Searching the desk by name, alias and public id, whatever the case and the accents: for the admin and REST alike."""

from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db import connections
from django.db.models import Q, QuerySet, Value
from django.db.models.functions import StrIndex
from django.db.models.lookups import GreaterThan

from tracker.filters.exact_matches import FORUM_OF, MAX_TERM, aliases_of, forums_called, with_amount, with_number
from tracker.lib.text import search_terms
from tracker.models import Claim, Document, Entry, Pledge, SearchText
from tracker.models.key_lists import KeptKeys, Listed

_TRIGRAM = 3


def search(queryset: QuerySet[Any], term: str) -> QuerySet[Any]:
    """Return the records of `queryset` that hold every word and phrase of `term` in name, public id or an alias.

    Pledges also by what they are of, and by whom: by all that stands in their `SearchText`, and by whole amounts. A
    search that is an amount, as `EUR 2bn`, finds what has it besides, and `#3` what is numbered so.

    What is found is looked for once, whatever is asked of the result: how many, which, from when to when. It has an
    attribute `searched_in`, `queryset` as it was before the search, and, where that has all records, `known_count`.
    """
    term = term.replace("\0", "")[:MAX_TERM]
    words = search_terms(term)
    if not words:
        return queryset
    # Numbers come first: fewer rows hold them.
    words.sort(key=str.isalpha)
    has_amount = with_amount(queryset.model, term)
    of_pledges = queryset.model is Pledge
    # Of pledges all are looked through, narrow rows as these are: to keep to others would be to read the pledges, too.
    kept = KeptKeys.of(_texts(words, has_amount, queryset.db) if of_pledges else _by_names(queryset, words, has_amount))
    found: Any = kept.among(queryset)
    # On this query alone, and on none that is made of it, which may find others.
    found.searched_in = queryset
    if not queryset.query.where:
        found.known_count = kept.count
    return found


def among(queryset: QuerySet[Any], keys: Iterable[int]) -> QuerySet[Any]:
    """Return the records whose keys are named, however many these are."""
    return queryset.filter(pk__in=Listed(keys))


def search_claims(queryset: QuerySet[Claim], term: str) -> QuerySet[Claim]:
    """Return the claims of `queryset` that hold every word and phrase of `term`, or whose document does; each once."""
    if not search_terms(term):
        return queryset
    of_documents = queryset.filter(document__in=search(Document.objects.all(), term).values("pk"))
    found = search(queryset, term)
    return queryset.filter(Q(pk__in=found.values("pk")) | Q(pk__in=of_documents.values("pk")))


def _by_names(queryset: QuerySet[Any], words: list[str], has_amount: Q) -> QuerySet[Any]:
    """Look at names, public ids, aliases and numbers; or at amounts."""
    aliases, found_all = aliases_of(queryset.model), Q()
    for word in words:
        found = Q(found_by__contains=word) | with_number(queryset.model, word)
        if queryset.model in FORUM_OF:
            found |= Q(**{f"{FORUM_OF[queryset.model]}__in": forums_called(word)})
        if aliases is not None:
            named = aliases.related_model.objects.filter(folded__contains=word)
            found |= Q(pk__in=named.values(aliases.field.attname))
        found_all &= found
    return queryset.filter(found_all | has_amount)


def _texts(words: list[str], has_amount: Q, database: str) -> QuerySet[SearchText]:
    """Look at the texts that are kept of pledges, once for all words; or at amounts."""
    found_all = Q()
    for word in words:
        found_all &= Q(_text_has(word, connections[database].vendor)) | _paid(word) | _in_package(word)
    return SearchText.objects.using(database).filter(found_all | has_amount)


def _in_package(word: str) -> Q:
    """Return the condition that a pledge is in the package that a word numbers, as `#3`; none where it numbers none."""
    numbered = with_number(Pledge, word)
    return Q(pledge__in=Pledge.objects.order_by().filter(numbered).values("pk")) if numbered else Q()


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
