"""The page of a source: what it supports, and where it was contradicted."""

from typing import Any

from tracker.filters.fields import found_by
from tracker.lib import canonical
from tracker.records import field_labels
from tracker.reporting.shelf import published, wording
from tracker.web.names import name_of
from tracker.web.page_request import PageRequest
from tracker.web.pages.differing_sources import value_at
from tracker.web.pages.facts import Document, cells_each, named_path
from tracker.web.pages.records import RecordPage

MOST_CLAIMS = 40
"""How many claims the page of a source shows at once."""

MOST_HELD_AGAINST = 100
"""Of how many the first page says what stands against them."""


def _more(asked: PageRequest, document: Document) -> dict[str, Any]:
    found = (
        published.records("claim", asked.moment).filter(found_by("document", [document["id"]])).order_by("public_id")
    )
    count = found.count()
    page = asked.number("page", -(-count // MOST_CLAIMS))
    first = (page - 1) * MOST_CLAIMS
    texts = found.values_list("document", flat=True)[first : first + (MOST_HELD_AGAINST if page == 1 else MOST_CLAIMS)]
    looked_at = [canonical.load(text) for text in texts]
    claims, records = looked_at[:MOST_CLAIMS], _records(asked, looked_at)
    by_record: dict[tuple[str, str], dict[str, Any]] = {}
    for claim in claims:
        key = (claim["record"]["kind"], claim["record"]["id"])
        name = records[key]["name"] if key in records else key[1]
        about = by_record.setdefault(key, {
            "kind": key[0], "kind_name": field_labels.one(key[0]), "id": key[1], "name": name_of(*key, name),
            "claims": [],
        })  # fmt: skip
        field = named_path(key[0], records.get(key, {}), claim["field"])
        about["claims"].append(claim | {"place": wording.place_of(key[0], field) if field else ""})
    against = [each for each in (_against(claim, records) for claim in looked_at) if each]
    others = {other["document"]["id"] for each in against for other in each["others"]}
    return {
        "source_languages": published.languages(others, asked.moment) | {document["id"]: document["language"]},
        "records": list(by_record.values()),
        "claim_count": count,
        "cells_each": cells_each(len(claims), room=3 * MOST_CLAIMS),
        "previous": asked.here(page=page - 1) if page > 1 else "",
        "next": asked.here(page=page + 1) if page * MOST_CLAIMS < count else "",
        "contradicted": against,
    }


def _against(claim: Document, records: dict[tuple[str, str], Document]) -> dict[str, Any] | None:
    """Return what stands against a claim: the value of the register, and the sources that say otherwise.

    None for one that is adopted and that nobody contradicts, and for one about no field.
    """
    kind, public_id = claim["record"]["kind"], claim["record"]["id"]
    record = records.get((kind, public_id))
    if record is None or not claim["field"]:
        return None
    others = [
        each for each in record.get("claims", ())
        if each["field"] == claim["field"] and each["id"] != claim["id"] and each["verdict"] != claim["verdict"]
    ]  # fmt: skip
    if claim["verdict"] == "adopted" and not others:
        return None
    return {
        "kind": kind, "id": public_id, "name": name_of(kind, public_id, record["name"]), "claim": claim,
        "place": wording.place_of(kind, named_path(kind, record, claim["field"])),
        "value": value_at(kind, record, claim["field"]), "others": others,
    }  # fmt: skip


def _records(asked: PageRequest, claims: list[Document]) -> dict[tuple[str, str], Document]:
    """Return the documents of the records that claims are about."""
    wanted: dict[str, set[str]] = {}
    for claim in claims:
        wanted.setdefault(claim["record"]["kind"], set()).add(claim["record"]["id"])
    return {
        (kind, row.public_id): canonical.load(row.document)
        for kind, ids in wanted.items()
        for row in published.records(kind, asked.moment).filter(public_id__in=ids).only("public_id", "document")
    }


DOCUMENT = RecordPage("document", more=_more, template="web/document.html")
