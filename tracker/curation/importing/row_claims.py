"""Claims of changed records: they get the rows and cells of the file that changed these."""

from collections.abc import Sequence

from tracker.curation.importing.plans import Step
from tracker.curation.importing.three_way_lines import numbers_of
from tracker.models import Claim
from tracker.models.inserting import update_rows
from tracker.records.engine.row_cells import renamed
from tracker.records.engine.source_form import LINES, Document, written
from tracker.records.registry import KINDS


def renew(kind: str, steps: Sequence[Step], sha256: str) -> None:
    """Give the claims that an import made about records of a kind, which it has changed, the rows of its file.

    `sha256` is that of the file. Lines of a record can have other numbers than in the file, where they say the same.
    """
    by_id = {step.public_id: step for step in steps}
    numbers = {
        document["id"]: _numbers(by_id[document["id"]].draft.document, written(document))
        for document in KINDS[kind].documents(by_id)
    }
    said = {
        (public_id, claim["document"]): claim
        for public_id, step in by_id.items()
        for claim in step.draft.document.get("claims", ())
        if claim.get("cells")
    }
    claims = Claim.objects.filter(record_kind=kind, record_id__in=by_id, quote="", field="").order_by("pk")
    rows = [
        (renamed(own["cells"], numbers[record]), own["locator"], sha256, key)
        for key, record, document in claims.values_list("pk", "record_id", "document__public_id")
        if (own := said.get((record, document)))
    ]
    update_rows(Claim, ("cells", "locator", "text_sha256"), rows)


def _numbers(drafted: Document, here: Document) -> dict[str, str | None]:
    """Return which line of a record each line of a draft is; None stands for one that the record does not have."""
    lines, onto = ([document.get(name, []) for name in LINES] for document in (drafted, here))
    held = {f"{part}[{row['number']}]" for part in LINES[:2] for row in here.get(part, ())}
    return {
        f"{part}[{number}]": called if (called := f"{part}[{other}]") in held else None
        for part, numbers in numbers_of(lines, onto).items()
        for number, other in numbers.items()
    }
