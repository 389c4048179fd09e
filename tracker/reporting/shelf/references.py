"""Which published records refer to one, and in which role."""

import datetime as dt
from dataclasses import dataclass
from functools import cache

from django.db.models import Count, Q, QuerySet

from tracker.filters.fields import are_few, has_facet
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
    found = Publication.objects.published(moment).filter(facets__name__in=names, facets__value=public_id)
    counts = found.order_by().values_list("kind", "facets__name").annotate(count=Count("pk"))
    present = [Referring(*row) for row in counts if row[:2] in roles]
    return sorted(present, key=lambda each: (-each.count, each.kind, each.field))


def rows(each: Referring, public_id: str, moment: dt.datetime) -> QuerySet[Publication]:
    """Return the records that name one in a role, the newest first; those without a date last."""
    of_kind, naming = published.records(each.kind, moment), Facet.objects.filter(name=each.field, value=public_id)
    # All that are found are sorted, as no index has that order: to go through the kind pays where it is the smaller.
    through_kind = are_few(of_kind) and not are_few(naming)
    named = has_facet(each.field, [public_id]) if through_kind else Q(pk__in=naming.values("publication"))
    return of_kind.filter(named).order_by("-latest", "-earliest", "public_id")


@cache
def _roles(kind: str) -> frozenset[tuple[str, str]]:
    """Return the kinds that can refer to `kind`, each with the facet of the field."""
    return frozenset(
        (each.name, facet_of(path))
        for each in KINDS.values()
        for path, target in each.references
        if target == kind and path[0] != "claims"
    )
