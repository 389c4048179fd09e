"""Every published field of every kind can be edited in the register's workbook, and comes back as it was edited."""

import copy
from collections import Counter
from typing import Any, NamedTuple

import pytest
from django.db import transaction
from rest_framework import serializers

from tests.curation.desk import shelf
from tests.examples import FEW
from tests.exchange.registers import Register, Sheets, exported, planned, put
from tracker.curation.errors import Refused
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
        return ["2025-09~", "2025-10-15/2025-12", "2019-Q2"]
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


CELLS = [(layout, place) for layout in LAYOUTS for place in layout.places]
COPIES = 4
"""How often the pledge that has every part stands in the register once more."""
ROUNDS = 30
"""How often cells of many records are edited together; those that are not settled then are edited one by one."""


class Trial(NamedTuple):
    """An edit of one cell: in which row of a sheet, and what is written there, with what must change along."""

    layout: Layout
    number: int
    key: tuple[str, str]
    cells: dict[str, Any]

    def result(self, register: Register, after: dict[str, Any] | None) -> str:
        """Return what is wrong with the document published of the record; nothing where it is as it was edited."""
        before = shelf(*self.key)
        if before is None or after is None:
            return "it is not published"
        derived = {*COMPUTED} if self.layout.part == CLAIMS else {*COMPUTED, "field"}
        earlier = register.sheets[self.layout.sheet][1 : self.number]
        position = [row[0] for row in earlier].count(self.key[1])
        wanted = edited(before, self.layout, position, self.cells)
        found = comparable(after, derived)
        if found == comparable(before, derived):
            return "it stays as it was"
        return "" if found == comparable(wanted, derived) else f"{self.cells} became {found}"


def trials(register: Register, claims: Counter[tuple[str, str]], layout: Layout, place: SheetColumn) -> list[Trial]:
    """Return what could be written into the cells of a column that says something else, row by row.

    The records with the fewest claims come first: others can often not be published without the value that is quoted.
    """
    beside, values = BESIDE.get((layout.part, place.name), {}), candidates(layout, place)
    rows = register.sheets[layout.sheet]
    column = rows[0].index(place.name)
    found = [
        Trial(layout, number, (row[1] if layout.part == CLAIMS else layout.kind, row[0]), {place.name: value} | beside)
        for number, row in enumerate(rows[1:], start=1)
        for value in values
        if row[column] != value
    ]
    return sorted(found, key=lambda trial: claims[trial.key])


def with_edits(register: Register, together: list[Trial]) -> Sheets:
    """Return the sheets with these edits, and in them the rows of the edited records alone."""
    keys = {trial.key for trial in together}
    names = [name for trial in together for name in (layouts_of(trial.key[0])[0].sheet, trial.layout.sheet)]
    sheets = register.only(*dict.fromkeys(names))
    for trial in together:
        put(sheets[trial.layout.sheet], sheets[trial.layout.sheet][trial.number], **trial.cells)
    claims = {layout.sheet for layout in LAYOUTS if layout.part == CLAIMS}
    kinds = {layout.sheet: kind for kind in KINDS for layout in layouts_of(kind)}
    for name, rows in list(sheets.items())[1:]:
        rows[1:] = [row for row in rows[1:] if (row[1] if name in claims else kinds[name], row[0]) in keys]
    return sheets


def settled(register: Register, together: list[Trial]) -> dict[int, str]:
    """Edit cells of different records in one file and publish it.

    Returns what is wrong with each edit that was written, by its place among them; where the file is refused as it
    would be published, that of the others than those named.
    """
    plan = planned(with_edits(register, together))
    written = {(step.draft.kind, step.public_id) for step in plan.to_write() if step.outcome is Outcome.CHANGED}
    meant = [number for number, trial in enumerate(together) if trial.key in written]
    if not meant:
        return {}
    try:
        with transaction.atomic():
            register.publish(plan)
            after = {together[number].key: shelf(*together[number].key) for number in meant}
            transaction.set_rollback(True)
    except Refused as refused:
        named = {(problem.kind, problem.public_id) for problem in refused.problems}
        left = [number for number in meant if together[number].key not in named]
        # Where none of them is named, a half at a time.
        parts = [left] if len(left) < len(meant) else [meant[::2], meant[1::2]] if len(meant) > 1 else []
        found: dict[int, str] = {}
        for part in filter(None, parts):
            of_part = settled(register, [together[number] for number in part])
            found |= {part[number]: wrong for number, wrong in of_part.items()}
        return found
    return {number: together[number].result(register, after[together[number].key]) for number in meant}


def add_copies(register: Register) -> None:
    """Add the pledge that has every part several times over, so that more cells of its sheets are edited together."""
    original = written(shelf("pledge", "DEU-2025-9000") or {})
    for number in range(COPIES):
        register.desk.pledge(**original | {"id": f"DEU-2025-91{number:02}", "claims": []})
    register.desk.publish()
    register.sheets = exported()


def test_every_edited_cell_is_published_as_it_was_edited(register: Register) -> None:
    """Many records at a time, one cell of each: what is not settled in company is tried alone."""
    add_copies(register)
    sheets = {layout.sheet for layout in LAYOUTS if layout.part == CLAIMS}
    claims = Counter((row[1], row[0]) for sheet in sheets for row in register.sheets[sheet][1:])
    waiting = {
        f"{layout.sheet}-{place.name}": trials(register, claims, layout, place)
        for layout, place in (CELLS[::8] if FEW else CELLS)
    }
    for _round in range(ROUNDS):
        asked: dict[tuple[str, str], tuple[str, Trial]] = {}
        for name, left in waiting.items():
            trial = next((trial for trial in left if trial.key not in asked), None)
            if trial is not None:
                asked[trial.key] = name, trial
        names, together = [name for name, _trial in asked.values()], [trial for _name, trial in asked.values()]
        found = settled(register, together) if together else {}
        for number, (name, trial) in enumerate(zip(names, together, strict=True)):
            if found.get(number) == "":
                del waiting[name]
            elif number not in found:
                waiting[name].remove(trial)
    wrong = {name: alone(register, left) for name, left in waiting.items()}
    assert not {name: words for name, words in wrong.items() if words}


def alone(register: Register, left: list[Trial]) -> str:
    """Return what is wrong with the first of the edits that is written, each in a file of its own."""
    for trial in left:
        found = settled(register, [trial])
        if found:
            return found[0]
    return "no row of the register took any of the values"


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
