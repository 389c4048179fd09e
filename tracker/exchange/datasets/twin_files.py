"""Likely twins of a plan as a file: the pairs as CSV, to be filled in, and what was decided about each."""

import csv
from collections.abc import Iterable
from pathlib import Path
from typing import IO

from django.utils.translation import gettext as _

from tracker.curation.importing.plans import PlannedTwin
from tracker.curation.importing.twins import TwinDecision
from tracker.exchange.inbound.choosing_sheet import find_table
from tracker.exchange.inbound.files import FileRefused, open_file
from tracker.exchange.inbound.headers import Header, ProfileColumn
from tracker.exchange.outbound.formulas import defuse
from tracker.lib.cells import text
from tracker.models import ImportTwin

READ = ("source_id", "other", "other_source_id", "decision")
"""The columns that are read, named as REST names them."""
COLUMNS = (*READ, "score", "reasons", "name", "other_name")
"""Those that are written: the others say what a pair is."""
HEADER = Header(tuple(ProfileColumn(name, required=name in ("source_id", "decision")) for name in READ))


def write_twins(twins: Iterable[PlannedTwin], file: IO[str]) -> None:
    """Write a line for each pair, without a decision. No cell can run as a formula."""
    writer = csv.writer(file)
    writer.writerow(COLUMNS)
    for twin in twins:
        said = (twin.source_id, twin.other, twin.other_source_id, "", str(twin.score), "; ".join(twin.reasons),
                twin.name, twin.other_name)  # fmt: skip
        writer.writerow(map(defuse, said))


def read_twins(path: Path) -> list[TwinDecision]:
    """Return what a file says of pairs; a row that decides nothing is passed over.

    Raises FileRefused, with the row, for a row that names no pair or decides what cannot be.
    """
    decisions = []
    for row, values in find_table(open_file(path), HEADER).table:
        source_id, other, other_source_id, decision = (text(values[name]) for name in READ)
        if not decision:
            continue
        if not source_id or bool(other) == bool(other_source_id) or decision not in ImportTwin.Decision.values:
            raise FileRefused(
                _("%(file)s, row %(row)s: write source_id, one of other and other_source_id, and as the decision one "
                  "of %(decisions)s.")
                % {"file": path.name, "row": row.number, "decisions": ", ".join(ImportTwin.Decision.values)}
            )  # fmt: skip
        decisions.append(TwinDecision(source_id, decision, other, other_source_id))
    return decisions
