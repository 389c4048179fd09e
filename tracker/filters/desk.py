"""Searching the desk, where names are stored as they are written."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from tracker.lib.text import fold


def search(queryset: QuerySet[Any], text: str) -> QuerySet[Any]:
    """Return the records whose name, aliases or public id have every word of `text`, case and accents apart."""
    for word in text.split():
        queryset = queryset.filter(_has(queryset, word))
    return queryset


def _has(queryset: QuerySet[Any], word: str) -> Q:
    """Return the condition that a record has `word` somewhere."""
    folded = fold(word)
    condition = Q(name__icontains=word) | Q(name__icontains=folded) | Q(public_id__icontains=folded)
    # A database folds no accents: the few names that have any are folded here.
    accented = queryset.order_by().filter(name__regex=r"[^ -~]").values_list("pk", "name")
    condition |= Q(pk__in=[pk for pk, name in accented if folded in fold(name)])
    aliases = getattr(queryset.model, "aliases", None)
    if aliases is not None:
        alias = aliases.rel.related_model
        owner = aliases.rel.field.name
        condition |= Q(Exists(alias.objects.filter(**{owner: OuterRef("pk")}, folded__contains=folded)))
    return condition
