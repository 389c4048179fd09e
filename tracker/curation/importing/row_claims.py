"""Claims of a changed record: they get the rows and cells of the file that changed it."""

from tracker.curation.importing.plans import Step
from tracker.curation.importing.three_way_lines import numbers_of
from tracker.models import Claim
from tracker.models.base import Record
from tracker.records.engine.row_cells import renamed
from tracker.records.engine.source_form import LINES, Document, written
from tracker.records.registry import document_of


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
    """Return which line of a record each line of a draft is; None stands for one that the record does not have."""
    lines, onto = ([document.get(name, []) for name in LINES] for document in (drafted, here))
    held = {f"{part}[{row['number']}]" for part in LINES[:2] for row in here.get(part, ())}
    return {
        f"{part}[{number}]": called if (called := f"{part}[{other}]") in held else None
        for part, numbers in numbers_of(lines, onto).items()
        for number, other in numbers.items()
    }
