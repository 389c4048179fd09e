"""The sources of published records: the documents that claims on them come from."""

import datetime as dt
from collections import Counter
from collections.abc import Collection

from django.db.models import Count
from django.utils.translation import gettext as _

from tracker.lib import canonical
from tracker.lib.chunks import chunked
from tracker.lib.column_types import INTEGER, Column, Value
from tracker.models import Facet
from tracker.reporting.shelf import published
from tracker.reporting.tables.grids import Grid


def sources_of(kind: str, public_ids: Collection[str], moment: dt.datetime) -> Grid:
    """Return the documents that claims on records of a kind name, as of a moment, each with how many do, by id."""
    claims = Counter[str]()
    for part in chunked(sorted(set(public_ids))):
        about = Facet.objects.filter(name="record", value__in=[f"{kind}:{public_id}" for public_id in part])
        standing = published.records("claim", moment).filter(pk__in=about.values("publication")).order_by()
        naming = Facet.objects.filter(name="document", publication__in=standing.values("pk")).order_by()
        claims.update(dict(naming.values_list("value").annotate(number=Count("pk"))))
    columns = [
        Column("document", _("document, id")), Column("name", _("name")), Column("publisher", _("publisher")),
        Column("url", _("address")), Column("published", _("published")), Column("claims", _("claims"), INTEGER),
    ]  # fmt: skip
    return Grid("sources", _("Sources"), columns, _rows(claims, moment), as_of=moment)


def _rows(claims: Counter[str], moment: dt.datetime) -> list[list[Value]]:
    rows: list[list[Value]] = []
    for part in chunked(sorted(claims)):
        found = published.records("document", moment).filter(public_id__in=part).order_by("public_id")
        for text in found.values_list("document", flat=True):
            document = canonical.load(text)
            date = document["published"]["edtf"] if document["published"] else None
            rows.append([document["id"], document["name"], document["publisher"] or None, document["url"] or None,
                         date, claims[document["id"]]])  # fmt: skip
    return rows
