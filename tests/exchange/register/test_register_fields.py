"""Every published field of every kind can be edited in the register's workbook, and comes back as it was edited."""

import copy
from typing import Any

import pytest
from rest_framework import serializers

from tests.curation.desk import shelf
from tests.exchange.registers import Register, planned, put
from tracker.curation.importing.plans import Outcome
from tracker.exchange.register.layouts import CLAIMS, Layout, SheetColumn, layouts_of
from tracker.records.engine.claims import COMPUTED
from tracker.records.engine.fields import PartialDateField, QuantityField
from tracker.records.engine.references import Reference
from tracker.records.engine.source_form import written
from tracker.records.registry import KINDS

pytestmark = pytest.mark.django_db

LAYOUTS = [layout for kind in KINDS for layout in layouts_of(kind) if layout.part != CLAIMS or kind == "pledge"]

REASON = {"reason": "Read by an editor, who has the text."}
BESIDE: dict[tuple[str, str], dict[str, Any]] = {
    ("valuations", "item"): {"entry": ""}, (CLAIMS, "field"): REASON, (CLAIMS, "document"): REASON,
}  # fmt: skip
"""What else changes with a field, where that alone cannot."""


def candidates(layout: Layout, place: SheetColumn) -> list[Any]:
    """Return what somebody could write into a cell of this field, for one of which the record stays valid."""
    field = place.field
    if isinstance(field, Reference):
        assert field.model is not None
        # Where a row takes none of the first, a claim on it stands against that, and the next row is tried.
        return ["", *field.model.objects.order_by("public_id").values_list("public_id", flat=True)[:8]]
    if isinstance(field, serializers.ChoiceField):
        return [*field.choices, ""]
    if isinstance(field, PartialDateField):
        return ["2019-Q2", "2025-09~", "2025-10-15/2025-12"]
    if isinstance(field, QuantityField):
        return ["at least 7", "withheld"]
    if isinstance(field, serializers.BooleanField):
        return [True, ""]
    if isinstance(field, serializers.DecimalField):
        return [0.25, 5.5, ""]
    if isinstance(field, serializers.IntegerField):
        return [3.0, 400, 2, 1, ""]
    if isinstance(field, serializers.DateField):
        return ["2023-04-05", ""]
    if isinstance(field, serializers.TimeField):
        return ["07:15"]
    special = {
        "currency": ["GBP", ""], "iso_alpha2": ["QZ"], "url": ["https://example.org/?a=1&b=2"], "sha256": ["f" * 64],
        "time_zone": ["Europe/Kyiv"], "language": ["nb"], "id": ["claim-9001"], "field": ["name", "description"],
    }  # fmt: skip
    return special.get(place.name, ["=SUM(A1) @“word”\nand a second line", "+49 170", "x"])


@pytest.mark.alike
@pytest.mark.parametrize(
    ("layout", "place"),
    [(layout, place) for layout in LAYOUTS for place in layout.places],
    ids=lambda part: part.sheet if isinstance(part, Layout) else part.name,
)
def test_an_edited_cell_is_published_as_it_was_edited(register: Register, layout: Layout, place: SheetColumn) -> None:
    rows = register.sheets[layout.sheet]
    for number in range(1, len(rows)):
        public_id, kind = rows[number][0], rows[number][1] if layout.part == CLAIMS else layout.kind
        before = shelf(kind, public_id)
        assert before is not None
        for cell in candidates(layout, place):
            cells = {place.name: cell} | BESIDE.get((layout.part, place.name), {})
            sheets = register.only(layouts_of(layout.kind)[0].sheet, layout.sheet)
            put(sheets[layout.sheet], sheets[layout.sheet][number], **cells)
            # The rows of this record alone: planning reads the records that are in the file. Claims are of all kinds.
            for rows_of_sheet in list(sheets.values())[1:] if layout.part != CLAIMS else ():
                rows_of_sheet[1:] = [each for each in rows_of_sheet[1:] if each[0] == public_id]
            plan = planned(sheets)
            if [step.outcome for step in plan.to_write()] != [Outcome.CHANGED]:
                continue
            after = register.published(plan, kind, public_id)
            if after is not None:
                position = [row[0] for row in rows[1:number]].count(public_id)
                derived = {*COMPUTED} if layout.part == CLAIMS else {*COMPUTED, "field"}
                wanted = edited(before, layout, position, cells)
                assert comparable(after, derived) == comparable(wanted, derived)
                assert comparable(after, derived) != comparable(before, derived)
                return
    pytest.fail("no row of the register took any of the values")


def edited(document: dict[str, Any], layout: Layout, position: int, cells: dict[str, Any]) -> dict[str, Any]:
    """Return a document with the values of cells in place of its own."""
    changed = copy.deepcopy(document)
    values = {place.name: place.entered(cells[place.name] or None) for place in layout.places if place.name in cells}
    if layout.is_single:
        changed[layout.part][position] = values[layout.part]
    else:
        (changed[layout.part][position] if layout.part else changed).update(values)
    return changed


def comparable(document: dict[str, Any], derived: set[str]) -> dict[str, Any]:
    """Return a document without what it derives, with its lists in one order.

    `derived` are the keys of claims that follow from the record, such as the name of the line that they are about.
    """
    plain = {name: value for name, value in written(document).items() if name != "path"}
    claims = [{name: value for name, value in claim.items() if name not in derived} for claim in plain.get(CLAIMS, ())]
    plain |= {CLAIMS: claims}
    return {name: sorted(value, key=str) if isinstance(value, list) else value for name, value in plain.items()}
