"""Where a search of the desk finds pledges besides their names: items, parties, initiatives, ids of datasets, amounts.

And whatever the public search finds of those that are published, so that nobody finds less on the desk than outside.
"""

from decimal import Decimal, InvalidOperation
from typing import Any

from django.db.models import Q, QuerySet

from tracker.models import (
    Category,
    Entry,
    ExternalId,
    Initiative,
    Item,
    Party,
    Platform,
    Pledge,
    Publication,
    Share,
)


def keys_of_pledges(word: str) -> list[QuerySet[Any, Any]]:
    """Return queries of the keys of pledges that have a folded word or phrase elsewhere than in their names."""
    parties, found = _named(Party, word), Pledge.objects.order_by()
    items = Q(platform__in=_named(Platform, word)) | Q(category__in=_named(Category, word))
    published = Publication.objects.published().filter(kind=Pledge.kind, search__contains=word).order_by()
    ids = ExternalId.objects.filter(record_kind=Pledge.kind, source_id__istartswith=word).order_by()
    queries: list[QuerySet[Any, Any]] = [
        Item.objects.order_by().filter(items | Q(description__icontains=word)).values("pledge"),
        Share.objects.order_by().filter(contributor__in=parties).values("pledge"),
        found.filter(Q(beneficiary__in=parties) | Q(initiative__in=_named(Initiative, word))).values("pk"),
        found.filter(public_id__in=published.values("public_id")).values("pk"),
        found.filter(public_id__in=ids.values("public_id")).values("pk"),
    ]
    amount = _amount(word)
    if amount is not None:
        queries.append(Entry.objects.order_by().filter(amount=amount).values("pledge"))
    return queries


def _named(model: type[Any], word: str) -> QuerySet[Any, Any]:
    """Return the keys of the records that go by a name or alias with the word in it."""
    records: QuerySet[Any] = model.objects.order_by()
    aliases = model._meta.get_field("aliases").related_model.objects.order_by().filter(folded__contains=word)
    parent = model._meta.get_field("aliases").field.attname
    return records.filter(Q(found_by__contains=word) | Q(pk__in=aliases.values(parent))).values("pk")


def _amount(word: str) -> Decimal | None:
    """Return the amount that a word is, such as 500,000,000; None where it is none."""
    try:
        amount = Decimal(word.replace(",", ""))
    except InvalidOperation:
        return None
    return amount if amount.is_finite() and abs(amount) < 10**13 else None
