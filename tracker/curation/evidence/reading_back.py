"""What kept files say when they are read again, noted at the claims that an import made of them."""

from collections.abc import Mapping

from tracker.lib.chunks import chunked
from tracker.models import Claim
from tracker.models.inserting import update_rows
from tracker.records.engine.row_cells import read_cell


def note(found: Mapping[str, Mapping[str, str]]) -> None:
    """Note at claims, by id, what stands in the cells of their fields that say something else than they do.

    Support is worked out by `settling.settle` afterwards.
    """
    for part in chunked(sorted(found)):
        others = []
        for claim in Claim.objects.filter(public_id__in=part):
            other = found[claim.public_id]
            cells = [
                read_cell(cell["field"], cell["value"], cell["cell"], other.get(cell["field"])) for cell in claim.cells
            ]
            if cells != claim.cells:
                claim.cells = cells
                others.append(claim)
        update_rows(Claim, ["cells"], ([claim.cells, claim.pk] for claim in others))
