"""Pledges as pages list them: what each promises in a sentence, and which steps it has come to."""

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from tracker.lib import canonical
from tracker.models import Pledge, Stage
from tracker.records import words
from tracker.reporting.shelf import references
from tracker.web.page_request import PageRequest
from tracker.web.pages.facts import Document
from tracker.web.pages.pledges import sentence

MOST_PLEDGES = 40
"""How many pledges a page lists; all are in the list of pledges."""


def promised(asked: PageRequest, kind: str, field: str, public_id: str) -> dict[str, Any]:
    """Return the pledges that name a record in a field, the newest first, and where all of them are."""
    found = references.rows(references.Referring("pledge", field, 0), public_id, asked.moment)
    documents = [canonical.load(text) for text in found.values_list("document", flat=True)[:MOST_PLEDGES]]
    return {
        "pledges": [
            {"id": each["id"], "name": each["name"], "sentence": sentence(each),
             # Forces that are deployed are not worth anything, and their sentence says how many.
             "steps": [] if each["nature"] == Pledge.Nature.DEPLOYMENT else steps_of(each)}
            for each in documents
        ],
        "count": found.count() if len(documents) == MOST_PLEDGES else len(documents),
        "all": asked.address("pages-pledge", **{field: public_id}),
    }  # fmt: skip


def steps_of(pledge: Document) -> list[str]:
    """Return what became of a pledge, step by step: `Allocation: 150,000,000 GBP, 12 February 2026`."""
    found = []
    for stage in Stage:
        entries = [entry for entry in pledge["entries"] if entry["stage"] == stage]
        if entries:
            said = [words.first_capital(str(stage.label)), _worth(entries) or _("value not stated")]
            found.append(", ".join([": ".join(said), *_last_day(entries)]))
    return found


def _worth(entries: list[Document]) -> str:
    """Return what the entries of one step come to, where all of them say it in one currency, or in units."""
    amounts = [entry for entry in entries if entry["amount"] is not None]
    total = next((entry for entry in amounts if entry["is_total"]), None)
    if total:
        return words.money(total["amount"], total["currency"])
    if len(amounts) == len(entries) and len({entry["currency"] for entry in amounts}) == 1:
        return words.money(sum((Decimal(entry["amount"]) for entry in amounts), Decimal(0)), amounts[0]["currency"])
    quantities = [words.quantity(entry["quantity"]) for entry in entries if entry["quantity"]]
    return quantities[0] if len(entries) == len(quantities) == 1 else ""


def _last_day(entries: list[Document]) -> list[str]:
    dated = [entry["date"] for entry in entries if entry["date"] and entry["date"]["latest"]]
    return [words.partial_date(max(dated, key=lambda date: str(date["latest"])))] if dated else []
