"""Which published records refer to one, and in which role."""

import datetime as dt
from dataclasses import dataclass
from functools import cache

from django.db.models import Count, QuerySet

from tracker.filters.fields import has_facet
from tracker.models import Facet, Publication
from tracker.records.registry import KINDS
from tracker.records.shelved import facet_of
from tracker.reporting.shelf import published


@dataclass(frozen=True)
class Referring:
    """So many records of a kind that name one in a field."""

    kind: str
    field: str
    count: int


def referring(kind: str, public_id: str, moment: dt.datetime) -> list[Referring]:
    """Return how many records of each kind name a record in which of their fields, most first."""
    roles = _roles(kind)
    names = {field for _kind, field in roles}
    found = Facet.objects.filter(name__in=names, value=public_id)
    found = found.filter(publication__in=Publication.objects.published(moment).order_by().values("pk"))
    counts = found.order_by().values_list("publication__kind", "name").annotate(count=Count("pk"))
    present = [Referring(*row) for row in counts if row[:2] in roles]
    return sorted(present, key=lambda each: (-each.count, each.kind, each.field))


def rows(each: Referring, public_id: str, moment: dt.datetime) -> QuerySet[Publication]:
    """Return the records that name one in a role, the newest first; those without a date last."""
    named = published.records(each.kind, moment).filter(has_facet(each.field, [public_id]))
    return named.order_by("-latest", "-earliest", "public_id")


@cache
def _roles(kind: str) -> frozenset[tuple[str, str]]:
    """Return the kinds that can refer to `kind`, each with the facet of the field."""
    return frozenset(
        (each.name, facet_of(path))
        for each in KINDS.values()
        for path, target in each.references
        if target == kind and path[0] != "claims"
    )
