"""Decisions about labels as a file: CSV with the columns kind, label and record."""

from pathlib import Path

from django.utils.translation import gettext as _

from tracker.curation.importing.labels import LabelDecision
from tracker.exchange.inbound.choosing_sheet import find_table
from tracker.exchange.inbound.files import FileRefused, open_file
from tracker.exchange.inbound.headers import Header, ProfileColumn
from tracker.lib.cells import text

KINDS = ("party", "platform", "category", "initiative")
HEADER = Header(
    (
        ProfileColumn("kind", required=True),
        ProfileColumn("label", ("name",), required=True),
        ProfileColumn("record", ("public id", "id"), required=True),
    )
)


def read_decisions(path: Path) -> list[LabelDecision]:
    """Return what a file says of labels; a row without a record leaves its label as a description.

    Raises FileRefused, with the row, for another kind than a label can have, and for a row without a label.
    """
    table = find_table(open_file(path), HEADER).table
    decisions = []
    for row, values in table:
        kind, label, record = (text(values[name]) for name in ("kind", "label", "record"))
        if kind.lower() not in KINDS or not label:
            raise FileRefused(
                _("%(file)s, row %(row)s: write kind (%(kinds)s), label, and the id of a record or nothing.")
                % {"file": path.name, "row": row.number, "kinds": ", ".join(KINDS)}
            )
        decisions.append(LabelDecision(kind.lower(), label, record))
    return decisions
