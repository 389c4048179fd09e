"""What tells pledges of the desk apart, read in few queries, and which others share any of it."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any

from tracker.ledger.rates import RateBook
from tracker.lib.chunks import chunked
from tracker.lib.partial_dates import PartialDate
from tracker.lib.text import fold
from tracker.models import Claim, Entry, ExternalId, Item, Pledge, Share, Valuation
from tracker.records.likeness_score import ToEuros, Traits

_NEAR = dt.timedelta(days=31)
_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class SharedTraits:
    """The traits of a pledge, and by which keys others that share some of them are found."""

    traits: Traits
    contributors: frozenset[str]
    platforms: frozenset[str] = frozenset()
    files: frozenset[tuple[str, str]] = frozenset()
    """The dataset and release of each file that has it as a record of its own."""

    def shared_keys(self) -> Iterator[Hashable]:
        """Yield what few pledges share: who and a day, an amount, the words, a source, or a platform in a month."""
        if self.traits.words:
            # One of them may name no contributor.
            yield "words", self.traits.words
        who = self.contributors or {self.traits.lead}
        for lead in who:
            yield "day", lead, self.traits.aid_type, self.traits.announced
            if self.traits.words:
                yield "words", lead, self.traits.words
            for amount in self.traits.all_amounts:
                yield "amount", lead, amount
            for source in self.traits.sources:
                yield "source", lead, source
            for platform in self.platforms:
                yield "platform", lead, platform, self.traits.announced[:7]


def typed(
    content: dict[str, Any], contributors: Iterable[str], platforms: Iterable[str], to_euros: ToEuros,
    files: Iterable[tuple[str, str]] = (),
) -> SharedTraits:  # fmt: skip
    """Return the traits of a pledge that is not written yet: somebody types it, or a file has it."""
    traits = Traits(content, to_euros)
    return SharedTraits(traits, _once(frozenset(contributors)), _once(frozenset(platforms)), frozenset(files))


_once = lru_cache(maxsize=10_000)(frozenset[str])
"""Returns one of equal sets: pledges of a long file have few different ones."""


def converter() -> ToEuros:
    """Return what converts amounts to euros, at the mean rate of a month or year, with all rates that there are."""
    rates = RateBook(dt.date.max)

    def to_euros(amount: Decimal, currency: str, date: PartialDate) -> Decimal | None:
        rate = rates.find(currency, date) if currency else None
        return None if rate is None else (amount / rate.currency).quantize(_CENT)

    return to_euros


def words_of(name: str, description: str, source_ids: Iterable[str]) -> str:
    """Return name and description as they are compared: without the id in a dataset that tells equal names apart."""
    for source_id in source_ids:
        name = name.removesuffix(f", {source_id}")
    return f"{name} {description}".strip()


def traits_of(public_ids: Collection[str] | None, to_euros: ToEuros) -> dict[str, SharedTraits]:
    """Return the traits of pledges of the desk, of all where none are named, by public id.

    `to_euros` is the `converter` of all that they are compared with: it reads each rate once.
    """
    found: dict[str, SharedTraits] = {}
    parts = [None] if public_ids is None else chunked(sorted(public_ids))
    for part in parts:
        found |= _read(part, to_euros)
    return found


def _read(part: list[str] | None, to_euros: ToEuros) -> dict[str, SharedTraits]:
    of_pledges = {} if part is None else {"public_id__in": part}
    of_parts = {} if part is None else {"pledge__public_id__in": part}
    contents: dict[str, dict[str, Any]] = {}
    source_ids, files = _datasets(part)
    columns = ("public_id", "name", "description", "aid_type", "announced", "beneficiary__public_id",
               "initiative__public_id")  # fmt: skip
    for row in Pledge.objects.filter(**of_pledges).order_by().values_list(*columns).iterator():
        public_id, name, description, aid_type, announced, beneficiary, initiative = row
        contents[public_id] = {
            "description": words_of(name, description, source_ids[public_id]), "aid_type": aid_type,
            "announced": announced,
            "beneficiary": beneficiary or "", "initiative": initiative or "", "shares": [], "lines": [[], [], []],
            "claims": [],
        }  # fmt: skip
    platforms: dict[str, set[str]] = defaultdict(set)
    _add_lines(contents, of_parts, platforms)
    for public_id, contributor in _rows(Share, of_parts, "contributor__public_id"):
        contents[public_id]["shares"].append({"contributor": contributor})
    of_claims = {} if part is None else {"record_id__in": part}
    claims = Claim.objects.filter(record_kind=Pledge.kind, **of_claims).order_by()
    for public_id, document in claims.values_list("record_id", "document__public_id").iterator():
        if public_id in contents:
            contents[public_id]["claims"].append(document)
    return {
        public_id: SharedTraits(
            Traits(content, to_euros), frozenset(share["contributor"] for share in content["shares"]),
            frozenset(platforms.get(public_id, ())), frozenset(files[public_id]),
        )
        for public_id, content in contents.items()
    }  # fmt: skip


def _datasets(part: list[str] | None) -> tuple[dict[str, set[str]], dict[str, set[tuple[str, str]]]]:
    """Return the ids of pledges in datasets, and the files that have them, by public id."""
    source_ids: dict[str, set[str]] = defaultdict(set)
    files: dict[str, set[tuple[str, str]]] = defaultdict(set)
    known = ExternalId.objects.filter(record_kind=Pledge.kind, is_gone=False)
    if part is not None:
        known = known.filter(public_id__in=part)
    columns = ("public_id", "dataset", "release", "source_id")
    for public_id, dataset, release, source_id in known.order_by().values_list(*columns).iterator():
        source_ids[public_id].add(source_id)
        files[public_id].add((dataset, release))
    return source_ids, files


def _add_lines(contents: dict[str, Any], of_parts: dict[str, Any], platforms: dict[str, set[str]]) -> None:
    """Add items, entries and valuations in the form in which they are compared."""
    items = _rows(Item, of_parts, "platform__public_id", "platform__name", "description", "supplier__public_id")
    for public_id, platform, name, description, supplier in items:
        contents[public_id]["lines"][0].append({"description": name or fold(description), "supplier": supplier})
        if platform:
            platforms[public_id].add(platform)
    for public_id, *said in _rows(Entry, of_parts, "number", "stage", "amount", "currency"):
        contents[public_id]["lines"][1].append(dict(zip(("number", "stage", "amount", "currency"), said, strict=True)))
    for public_id, entry, amount, currency in _rows(Valuation, of_parts, "entry__number", "amount", "currency"):
        if entry is not None:
            contents[public_id]["lines"][2].append({"entry": entry, "amount": amount, "currency": currency})


def _rows(model: Any, of_parts: dict[str, Any], *columns: str) -> Iterator[Any]:
    rows = model._default_manager.filter(**of_parts).order_by("pk")
    return iter(rows.values_list("pledge__public_id", *columns).iterator())


def candidates(traits: Iterable[SharedTraits]) -> set[str]:
    """Return the pledges that share a contributor with one of these and a near day, an amount or a platform.

    Of those that name no contributor, the ones with the same name as it is typed.
    """
    found: set[str] = set()
    for one in traits:
        found |= _candidates_of(one)
    return found


def _candidates_of(one: SharedTraits) -> set[str]:
    own = Pledge.objects.filter(shares__contributor__public_id__in=sorted(one.contributors)).order_by()
    queries = []
    if not one.contributors:
        own = Pledge.objects.filter(shares__isnull=True, beneficiary__public_id=one.traits.lead).order_by()
    if not one.traits.lead and one.traits.announced:
        queries.append(Pledge.objects.filter(announced=one.traits.announced).order_by())
    if one.traits.span is not None:
        first, last = one.traits.span
        queries.append(own.filter(announced_earliest__gte=first - _NEAR, announced_earliest__lte=last + _NEAR))
    amounts = sorted({amount for _currency, amount in one.traits.all_amounts})
    if amounts:
        queries += [own.filter(entries__amount__in=amounts), own.filter(valuations__amount__in=amounts)]
    if one.platforms:
        queries.append(own.filter(items__platform__public_id__in=sorted(one.platforms)))
    return {public_id for query in queries for public_id in query.values_list("public_id", flat=True)}
