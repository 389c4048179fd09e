"""How far the published register is supported by passages and rows: as a whole, and by contributor."""

import datetime as dt

from django.db.models import Sum

from tracker.models import Publication
from tracker.models.shelf.publications import PublicationQuerySet
from tracker.records.engine.coverage import Coverage
from tracker.records.shelved import COVERED


def of_register(moment: dt.datetime) -> Coverage:
    """Return the coverage of all records that report facts, as they were published at `moment`."""
    return _sum(Publication.objects.published(moment).filter(kind__in=COVERED))


def by_contributor(moment: dt.datetime) -> dict[str, Coverage]:
    """Return the coverage of the pledges of each contributor, by its public id; a joint pledge counts for each."""
    pledges = Publication.objects.published(moment).filter(kind="pledge", facets__name="contributor").order_by()
    rows = pledges.values_list("facets__value").annotate(said=Sum("values_said"), supported=Sum("values_supported"))
    return {contributor: Coverage(said, supported) for contributor, said, supported in sorted(rows)}


def _sum(publications: PublicationQuerySet) -> Coverage:
    found = publications.order_by().aggregate(
        said=Sum("values_said", default=0), supported=Sum("values_supported", default=0)
    )
    return Coverage(found["said"], found["supported"])
