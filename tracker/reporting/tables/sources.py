"""The sources of published records: the documents that claims on them come from."""

import datetime as dt
from collections import Counter
from collections.abc import Collection

from django.utils.translation import gettext as _

from tracker.lib import canonical
from tracker.lib.column_types import INTEGER, Column, Value
from tracker.reporting.shelf import published
from tracker.reporting.tables.grids import Grid


def sources_of(kind: str, public_ids: Collection[str], moment: dt.datetime) -> Grid:
    """Return the documents that claims on records of a kind name, as of a moment, each with how many do, by id."""
    wanted, claims = set(public_ids), Counter[str]()
    for text in published.records("claim", moment).order_by().values_list("document", flat=True).iterator():
        claim = canonical.load(text)
        if claim["record"]["kind"] == kind and claim["record"]["id"] in wanted:
            claims[claim["document"]["id"]] += 1
    columns = [
        Column("document", _("document, id")), Column("name", _("name")), Column("publisher", _("publisher")),
        Column("url", _("address")), Column("published", _("published")), Column("claims", _("claims"), INTEGER),
    ]  # fmt: skip
    return Grid("sources", _("Sources"), columns, _rows(claims, moment), as_of=moment)


def _rows(claims: Counter[str], moment: dt.datetime) -> list[list[Value]]:
    rows: list[list[Value]] = []
    found = published.records("document", moment).order_by("public_id").values_list("document", flat=True)
    for text in found.iterator():
        document = canonical.load(text)
        if document["id"] in claims:
            date = document["published"]["edtf"] if document["published"] else None
            rows.append([document["id"], document["name"], document["publisher"] or None, document["url"] or None,
                         date, claims[document["id"]]])  # fmt: skip
    return rows
