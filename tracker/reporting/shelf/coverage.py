"""How far the published register is supported by passages and rows: as a whole, and by contributor."""

import datetime as dt

from django.db.models import Count, QuerySet, Sum

from tracker.models import Claim, Facet, Publication
from tracker.models.shelf.publications import PublicationQuerySet
from tracker.records.engine.coverage import Coverage
from tracker.records.shelved import COVERED
from tracker.reporting.shelf import published


def of_register(moment: dt.datetime) -> Coverage:
    """Return the coverage of all records that report facts, as they were published at `moment`."""
    return _sum(Publication.objects.published(moment).filter(kind__in=COVERED))


def by_contributor(pledges: QuerySet[Publication]) -> dict[str, tuple[int, Coverage]]:
    """Return how many of published `pledges` each contributor has, and their coverage; a joint one counts for each."""
    shared = Publication.objects.filter(pk__in=pledges.order_by().values("pk"), facets__name="contributor").order_by()
    rows = shared.values_list("facets__value").annotate(
        number=Count("pk"), said=Sum("values_said"), supported=Sum("values_supported")
    )
    return {contributor: (number, Coverage(said, supported)) for contributor, number, said, supported in sorted(rows)}


def not_held(moment: dt.datetime) -> int:
    """Return how many published claims quote a text that the desk does not hold, and that is known by its hash."""
    claims = Facet.objects.filter(name="support", value=Claim.Support.NOT_HELD)
    return published.records("claim", moment).filter(pk__in=claims.values("publication")).order_by().count()


def _sum(publications: PublicationQuerySet) -> Coverage:
    found = publications.order_by().aggregate(
        said=Sum("values_said", default=0), supported=Sum("values_supported", default=0)
    )
    return Coverage(found["said"], found["supported"])
