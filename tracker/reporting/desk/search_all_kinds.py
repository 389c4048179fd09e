"""Finding what is on the desk, of whatever kind, by one search: names, aliases, ids, words of items, amounts."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tracker.filters.change_sets import saying
from tracker.filters.desk_search import search, search_claims
from tracker.filters.exact_matches import EXACTLY, best_first
from tracker.lib.numbering import is_key
from tracker.lib.text import search_terms
from tracker.models import ChangeSet, Claim
from tracker.records.registry import KINDS
from tracker.reporting.desk.likely_meant import likely_meant

SHOWN = 5
"""How many of a kind are named beside their number."""

Allowed = Callable[[type[Any]], bool]
"""Whether somebody may see the records of a model."""


@dataclass(frozen=True)
class FoundOfKind:
    """What a search found of one kind: how many, and the best."""

    model: type[Any]
    count: int
    best: list[Any]
    is_exact: bool
    """Whether the first of the best is just that: by name, ids, alias, amount or number."""


@dataclass(frozen=True)
class FoundOnDesk:
    """What a search found; where that is nothing, other searches that find something and were likely meant."""

    groups: list[FoundOfKind] = field(default_factory=list)
    meant: list[str] = field(default_factory=list)


def find(term: str, *, allowed: Allowed, most: int = SHOWN) -> FoundOnDesk:
    """Return what is found by `term`, kind by kind, with `most` of each; kinds with an exact match come first.

    Only kinds whose model is `allowed` are looked through. A search costs five queries for a kind at most.
    """
    if not search_terms(term):
        return FoundOnDesk()
    models = [model for model in _MODELS if allowed(model)]
    groups = [group for group in (_found(model, term, most) for model in models) if group.count]
    if groups:
        return FoundOnDesk(sorted(groups, key=lambda group: not group.is_exact))
    named = [kind.model for kind in KINDS.values() if kind.model in models]
    meant = [each for each in likely_meant(term, named) if any(_found(model, each, 0).count for model in models)]
    return FoundOnDesk(meant=meant)


_MODELS: list[type[Any]] = [*(kind.model for kind in KINDS.values()), Claim, ChangeSet]


def _found(model: type[Any], term: str, most: int) -> FoundOfKind:
    if model is ChangeSet:
        return _change_sets(term, most)
    rows = model._default_manager.all()
    records = search_claims(rows, term) if model is Claim else search(rows, term)
    count = records.count()
    best = list(best_first(records, term)[:most]) if count and most else []
    return FoundOfKind(model, count, best, bool(best) and best[0].closeness == EXACTLY)


def _change_sets(term: str, most: int) -> FoundOfKind:
    """Look at messages, and at the number that the term is, as `12` or `#12`: that one comes first."""
    number = term.strip().removeprefix("#")
    numbered = ChangeSet.objects.filter(pk=int(number)) if is_key(number) else ChangeSet.objects.none()
    saying_it = saying(ChangeSet.objects.exclude(pk__in=numbered.values("pk")), search_terms(term)).order_by("-pk")
    best = [*numbered[:most], *saying_it[:most]][:most]
    return FoundOfKind(
        ChangeSet, numbered.count() + saying_it.count(), best, numbered.exists() and number != term.strip()
    )
