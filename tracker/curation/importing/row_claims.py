"""Claims of a changed record: they get the rows and cells of the file that changed it."""

from typing import Any

from tracker.curation.importing.plans import Step
from tracker.lib.text import fold
from tracker.models import Claim
from tracker.models.base import Record
from tracker.records.engine.row_cells import renamed
from tracker.records.engine.source_form import Document, written
from tracker.records.registry import document_of

_TOLD_BY = {"items": "description", "entries": "stage"}


def renew(record: Record, step: Step, sha256: str) -> None:
    """Give the claims that an import made about `record`, which it has changed, the rows and cells of its file.

    `sha256` is that of the file. Lines of the record can have other numbers than in the file, where they say the same.
    """
    said: dict[str, Document] = {claim["document"]: claim for claim in step.draft.document.get("claims", ())}
    numbers = _numbers(step.draft.document, written(document_of(record)))
    claims = Claim.objects.filter(record_kind=record.kind, record_id=record.public_id, quote="", field="")
    for claim in claims.select_related("document").order_by("pk"):
        own = said.get(claim.document.public_id, {})
        if own.get("cells"):
            claim.cells, claim.locator, claim.text_sha256 = renamed(own["cells"], numbers), own["locator"], sha256
            claim.save(update_fields=["cells", "locator", "text_sha256"])


def _numbers(drafted: Document, here: Document) -> dict[str, str | None]:
    """Return which line of a record each line of a draft is: one that says the same, else the one of its number.

    None stands for one that the record does not have.
    """
    found: dict[str, str | None] = {}
    for part, told_by in _TOLD_BY.items():
        left = list(here.get(part, ()))
        for is_match in (_says_same, _is_numbered_same):
            for row in drafted.get(part, ()):
                name = f"{part}[{row['number']}]"
                match = next((one for one in left if name not in found and is_match(row, one, told_by)), None)
                if match is not None:
                    left.remove(match)
                    found[name] = f"{part}[{match['number']}]"
        found |= {f"{part}[{row['number']}]": None for row in drafted.get(part, ())} | found
    return found


def _says_same(row: dict[str, Any], other: dict[str, Any], told_by: str) -> bool:
    return _bare(row) == _bare(other)


def _is_numbered_same(row: dict[str, Any], other: dict[str, Any], told_by: str) -> bool:
    return row["number"] == other["number"] and fold(row.get(told_by, "")) == fold(other.get(told_by, ""))


def _bare(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name not in ("number", "item")}
