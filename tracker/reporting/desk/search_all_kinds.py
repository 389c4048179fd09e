"""Finding what is on the desk, of whatever kind, by one search: names, aliases, ids, words of items, amounts."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from tracker.filters.change_sets import saying
from tracker.filters.desk_search import best_first, search, search_claims
from tracker.lib.money import AmountError, parse_amount
from tracker.lib.numbering import is_key
from tracker.lib.text import fold, search_terms
from tracker.models import ChangeSet, Claim, Pledge
from tracker.records.registry import KINDS

SHOWN = 5
"""How many of a kind are named beside their number."""

LEAST_AMOUNT = 100_000
"""What is smaller is no amount that anybody looks for: `DEM40` is the id of a source, not forty marks."""


@dataclass(frozen=True)
class FoundOfKind:
    """What a search found of one kind: how many, and the best."""

    model: type[Any]
    term: str
    """What the list of the kind is asked for to find the same."""
    count: int
    best: list[Any]
    is_exact: bool
    """Whether the first of the best is called just that: by its name, its public id or an alias."""
    is_amount: bool = False
    """Whether these have the amount that the search was read as."""


def find(term: str, *, allowed: Callable[[type[Any]], bool], most: int = SHOWN) -> list[FoundOfKind]:
    """Return what is found by `term`, kind by kind, with `most` of each; kinds with an exact match come first.

    Only kinds whose model is `allowed` are looked through. A search costs four queries for a kind at most.
    """
    if not search_terms(term):
        return []
    found = [group for group in _groups(term, most) if allowed(group[0])]
    exact_first = [_found(*group, most=most) for group in found]
    return sorted((group for group in exact_first if group.count), key=lambda group: not group.is_exact)


def _groups(term: str, most: int) -> Iterator[tuple[type[Any], str, QuerySet[Any], bool]]:
    """Yield for each kind its model, the term, a query, and whether the term was read as an amount."""
    amount = _as_amount(term)
    for kind in KINDS.values():
        yield kind.model, term, kind.queryset(), False
        if kind.model is Pledge and amount:
            yield kind.model, amount, kind.queryset(), True
    yield Claim, term, Claim.objects.order_by("public_id"), False
    yield ChangeSet, term, ChangeSet.objects.order_by("-pk"), False


def _found(model: type[Any], term: str, records: QuerySet[Any], is_amount: bool, *, most: int) -> FoundOfKind:
    if model is ChangeSet:
        records = saying(records, search_terms(term)) | _numbered(records, term)
        return FoundOfKind(model, term, records.count(), list(records[:most]), False)
    records = search_claims(records, term) if model is Claim else search(records, term)
    count = records.count()
    best = list(best_first(records, term)[:most]) if count else []
    return FoundOfKind(model, term, count, best, bool(best) and _is_called(best[0], term), is_amount)


def _numbered(change_sets: QuerySet[ChangeSet], term: str) -> QuerySet[ChangeSet]:
    """Return the change set whose number is the term, as `12` or `#12`."""
    number = term.strip().removeprefix("#")
    return change_sets.filter(pk=int(number)) if is_key(number) else change_sets.none()


def _is_called(record: Any, term: str) -> bool:
    folded = fold(term)
    if folded in (fold(record.name), fold(record.public_id)):
        return True
    return hasattr(record, "aliases") and record.aliases.filter(folded=folded).exists()


def _as_amount(term: str) -> str:
    """Return in digits the amount that people wrote otherwise, as `EUR 500 million`; empty where it is none."""
    try:
        amount, _currency = parse_amount(term)
    except AmountError:
        return ""
    digits = f"{amount:f}".removesuffix(".00")
    return "" if amount < LEAST_AMOUNT or digits == term.strip().replace(",", "") else digits
