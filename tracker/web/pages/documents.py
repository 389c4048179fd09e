"""The page of a source: what it supports, and where it was contradicted."""

from typing import Any

from tracker.filters.fields import has_facet
from tracker.lib import canonical
from tracker.records import labels
from tracker.reporting.shelf import published, wording
from tracker.web.page_request import PageRequest
from tracker.web.pages.facts import Document
from tracker.web.pages.records import RecordPage

MOST_CLAIMS = 100
"""How many claims the page of a source shows; all of them are in the list of claims."""


def _more(asked: PageRequest, document: Document) -> dict[str, Any]:
    found = (
        published.records("claim", asked.moment).filter(has_facet("document", [document["id"]])).order_by("public_id")
    )
    claims = [canonical.load(text) for text in found.values_list("document", flat=True)[:MOST_CLAIMS]]
    by_record: dict[tuple[str, str], dict[str, Any]] = {}
    names = _names(asked, claims)
    for claim in claims:
        key = (claim["record"]["kind"], claim["record"]["id"])
        about = by_record.setdefault(key, {
            "kind": key[0], "kind_name": labels.one(key[0]), "id": key[1], "name": names.get(key, key[1]), "claims": [],
        })  # fmt: skip
        about["claims"].append(claim | {"place": wording.place_of(key[0], claim["field"]) if claim["field"] else ""})
    return {
        "records": list(by_record.values()),
        "claim_count": found.count(),
        "contradicted": [claim for claim in claims if claim["verdict"] != "adopted"],
    }


def _names(asked: PageRequest, claims: list[Document]) -> dict[tuple[str, str], str]:
    """Return the names of the records that claims are about."""
    wanted: dict[str, set[str]] = {}
    for claim in claims:
        wanted.setdefault(claim["record"]["kind"], set()).add(claim["record"]["id"])
    return {
        (kind, public_id): name
        for kind, ids in wanted.items()
        for public_id, name in published.names(kind, ids, asked.moment).items()
    }


DOCUMENT = RecordPage("document", more=_more, template="web/document.html")
