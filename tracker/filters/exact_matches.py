"""What a search says exactly: an id of a record or of a source, an amount, or `#3`; and the best first."""

import re
from decimal import Decimal
from typing import Any

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Concat, Lower

from tracker.lib.money import AmountError, parse_amount
from tracker.lib.text import fold, latinise, search_terms
from tracker.models import (
    Entry,
    ExternalId,
    Forum,
    Initiative,
    InitiativeTarget,
    Meeting,
    Package,
    Platform,
    PlatformPrice,
    Pledge,
    Share,
    Valuation,
)

LEAST_AMOUNT = 100_000
"""What is smaller is no amount that anybody looks for: `DEM40` is the id of a source, not forty marks."""
MAX_TERM = 200
MOST_IDS = 500
"""How many ids of sources are looked at that a search says, or begins."""
EXACTLY, BEGINS, SOMEHOW = range(3)
"""How well a record matches: it is called just that; its name or id begins with it; it only has all words."""

_NUMBER = re.compile(r"#(\d{1,4})")
_NUMBERED_BY: dict[type[Any], str] = {Package: "number", Meeting: "number", Pledge: "package__number"}
FORUM_OF: dict[type[Any], str] = {Forum: "pk", Meeting: "forum"}
"""What else than by names and aliases records are called by."""
_AMOUNTS: dict[type[Any], tuple[tuple[type[Any], str], ...]] = {
    Pledge: ((Entry, "pledge"), (Share, "pledge"), (Valuation, "pledge")),
    Package: ((Package, "pk"),),
    Initiative: ((InitiativeTarget, "initiative"),),
    Platform: ((PlatformPrice, "platform"),),
}
"""Where the amounts of records stand: the rows that have one, and their column with the key of the record."""


def amount_in(term: str) -> tuple[Decimal, str] | None:
    """Return the amount that a whole search is, as `USD 400 million`, and its currency, empty where none is named."""
    try:
        amount, currency = parse_amount(term)
    except AmountError:
        return None
    return (amount, currency) if amount >= LEAST_AMOUNT else None


def with_amount(model: type[Any], term: str) -> Q:
    """Return the condition that a record has the amount that the whole search is; nothing where it is none.

    Without a currency, in any.
    """
    asked = amount_in(term)
    found = Q()
    if asked:
        amount, currency = asked
        said = {"amount": amount} | ({"currency": currency} if currency else {})
        for rows, key in _AMOUNTS.get(model, ()):
            found |= Q(pk__in=rows._default_manager.order_by().filter(**said).values(key))
    return found


def with_number(model: type[Any], word: str) -> Q:
    """Return the condition that a record has the number that a word is, as `#3`; nothing where it is none."""
    number, path = _NUMBER.fullmatch(word), _NUMBERED_BY.get(model)
    return Q(**{path: int(number[1])}) if number and path else Q()


def best_first(queryset: QuerySet[Any], term: str) -> QuerySet[Any]:
    """Order by how well records match, each with its `closeness`: EXACTLY, BEGINS or SOMEHOW; then by name.

    Exactly: the public id, the name, an alias, the id that a dataset knows it by, an amount or a number of its own.
    """
    term = term.replace("\0", "")[:MAX_TERM]
    ids, beginnings = _of_source(queryset.model, term)
    closeness = Case(
        When(_called(queryset.model, term) | Q(public_id__in=ids), then=Value(EXACTLY)),
        When(Q(found_by__startswith=fold(term)) | Q(public_id__in=beginnings), then=Value(BEGINS)),
        default=Value(SOMEHOW),
        output_field=IntegerField(),
    )
    return queryset.annotate(closeness=closeness).order_by("closeness", "found_by", "pk")


def forums_called(folded: str, *, exactly: bool = False) -> list[int]:
    """Return the keys of the forums whose short name is, or has, a folded text.

    They are few, and a database folds no accents.
    """
    named = Forum.objects.exclude(short_name="").order_by().values_list("pk", "short_name")
    return [pk for pk, name in named if (fold(name) == folded if exactly else folded in fold(name))]


def _called(model: type[Any], term: str) -> Q:
    folded = fold(term)
    called = Q(public_id__iexact=folded) | Q(found_by=Concat(Value(f"{folded} "), Lower("public_id")))
    called |= with_amount(model, term)
    if model is Forum:
        called |= Q(pk__in=forums_called(folded, exactly=True))
    for word in search_terms(term):
        called |= with_number(model, word)
    if aliases_of(model) is not None:
        called |= Q(pk__in=model._default_manager.filter(aliases__folded=folded).values("pk"))
    return called


def _of_source(model: type[Any], term: str) -> tuple[list[str], list[str]]:
    """Return the public ids of pledges that a dataset knows by this id, and of those by one that belongs to it.

    `CAM11/CAM11_3` is the third part of the activity `CAM11`, and is known as `CAM11_3`, too.
    """
    named = latinise(" ".join(term.split())).lower()
    if model is not Pledge or not named:
        return [], []
    said = Q(source_id__iexact=named) | Q(source_id__istartswith=f"{named}/") | Q(source_id__iendswith=f"/{named}")
    rows = ExternalId.objects.order_by()
    # By the index of ids, which is narrow: what a release said of a record stands in the rows.
    keys = list(rows.filter(said).values_list("pk", flat=True)[:MOST_IDS])
    itself: list[str] = []
    parts: list[str] = []
    known = rows.filter(pk__in=keys, record_kind=model.kind).values_list("public_id", "source_id")
    for public_id, source_id in known:
        (parts if source_id.lower().startswith(f"{named}/") else itself).append(public_id)
    return itself, parts


def aliases_of(model: type[Any]) -> Any:
    """Return the relation to the other names of records; None where they have none."""
    return next((one for one in model._meta.related_objects if one.get_accessor_name() == "aliases"), None)
