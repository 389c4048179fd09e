"""Comparing a record of the register's own workbook with what was exported: cell by cell, then field by field."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from tracker.exchange.register.cells import same
from tracker.exchange.register.layouts import Cells, Fields, Layout
from tracker.exchange.register.parsing import FileRecord, FileRow, RegisterFile
from tracker.lib import canonical
from tracker.lib.cells import text


@dataclass(eq=False)
class Comparison:
    """A record of the file beside what was exported of it.

    `fields` is what the file says, `changed` names the fields of which it says something else than was exported.
    `edited` are the columns of each row that differ; None stands for a row that was not exported.
    """

    record: FileRecord
    exported: Fields | None
    fields: Fields = field(default_factory=dict)
    changed: list[str] = field(default_factory=list)
    edited: dict[FileRow, list[str] | None] = field(default_factory=dict)
    notes: dict[FileRow, tuple[str, ...]] = field(default_factory=dict)


def compare(found: RegisterFile, record: FileRecord, exported: Fields | None) -> Comparison:
    """Compare a record of the file with its document as it was exported; None: it was not."""
    case = Comparison(record, exported)
    for layout in found.layouts(record.kind):
        rows = record.parts[layout.part] if layout.part else [record.row] if record.row else []
        columns = found.columns[(record.kind, layout.part)]
        before = layout.cells(exported) if exported is not None else []
        adopted, is_other = _adopt(case, layout, rows, before, columns)
        if layout.part:
            if is_other or exported is None:
                case.fields[layout.part] = [layout.entered(cells) for cells in adopted]
                case.changed.append(layout.part)
        elif rows:
            entered = layout.entered(adopted[0])
            names = [name for name in entered if name in columns]
            case.fields |= {name: entered[name] for name in names}
            case.changed += names if exported is None else case.edited[rows[0]] or []
    return case


def _adopt(
    case: Comparison, layout: Layout, rows: list[FileRow], before: list[Cells], columns: set[str]
) -> tuple[list[Cells], bool]:
    """Return the rows with what was exported in each cell that still says that, or is not in the file.

    Also tells whether anything else is said, or a row is missing.
    """
    waiting: dict[tuple[str, ...], list[Cells]] = defaultdict(list)
    for cells in before:
        waiting[_key(layout, cells)].append(cells)
    adopted: list[Cells] = []
    for row in rows:
        known = waiting.get(_key(layout, row.cells))
        match = known.pop(0) if known else _by_content(layout, row, waiting, columns)
        cells, edited = _beside(case, layout, row, match, columns)
        case.edited[row] = edited if match is not None else None
        adopted.append(cells)
    is_other = any(case.edited[row] != [] for row in rows) or any(waiting.values())
    return adopted, is_other


def _key(layout: Layout, cells: Cells) -> tuple[str, ...]:
    return tuple(text(cells.get(name)) for name in layout.key)


def _by_content(
    layout: Layout, row: FileRow, waiting: dict[tuple[str, ...], list[Cells]], columns: set[str]
) -> Cells | None:
    """Return the row that was exported with all that this one says, where its number or id was emptied."""
    if not layout.key or any(_key(layout, row.cells)):
        return None
    names = columns - set(layout.key)
    for known in waiting.values():
        for place, cells in enumerate(known):
            if all(same(row.cells.get(name), cells.get(name)) for name in names):
                return known.pop(place)
    return None


def _beside(
    case: Comparison, layout: Layout, row: FileRow, match: Cells | None, columns: set[str]
) -> tuple[Cells, list[str]]:
    """Return the cells of a row, and the columns in which it says something else than `match`."""
    if match is None:
        return {name: row.cells.get(name) for name in columns}, []
    cells: Cells = {}
    edited: list[str] = []
    for place in layout.places:
        name = place.name
        was, now = match.get(name), row.cells.get(name)
        if name not in columns or same(now, was):
            cells[name] = was
            if name in columns and isinstance(now, dt.date) and text(now) != was:
                note = _("%(column)s: %(day)s is taken for %(was)s, as exported; to mean the day, type it as text")
                case.notes[row] = (*case.notes.get(row, ()), note % {"column": name, "day": text(now), "was": was})
        elif _key_emptied(layout, name, now) or place.entered(now) == place.entered(was):
            cells[name] = was
        else:
            cells[name] = now
            edited.append(name)
    return cells, edited


def _key_emptied(layout: Layout, name: str, now: Any) -> bool:
    return now is None and name in layout.key and len(layout.key) == 1


def on_side(layouts: list[Layout], document: Fields, names: list[str]) -> Fields:
    """Return fields of a document in the form in which the file says them."""
    fields: Fields = {}
    for layout in layouts:
        if not layout.part:
            row = layout.entered(layout.cells(document)[0])
            fields |= {name: row[name] for name in names if name in row}
        elif layout.part in names:
            fields[layout.part] = [layout.entered(cells) for cells in layout.cells(document)]
    return fields


def settled(layout: Layout, rows: list[Any], desk: list[Any]) -> list[Any]:
    """Return the rows of a list with the numbers or ids that the desk gave to those that came without."""
    if layout.is_single or len(layout.key) != 1:
        return rows
    name = layout.key[0]
    taken = {row[name] for row in rows if name in row}
    free = [row for row in desk if row.get(name) not in taken]
    found: list[Any] = []
    for row in rows:
        if name not in row:
            match = next((one for one in free if {**one, **row} == one), None)
            if match is not None:
                free.remove(match)
                row = match
        found.append(row)
    return found


def is_equal(one: Any, other: Any) -> bool:
    """Tell whether two values of a field say the same; the rows of a list may stand in any order."""
    if isinstance(one, list) and isinstance(other, list):
        return sorted(map(canonical.dump, one)) == sorted(map(canonical.dump, other))
    return bool(one == other)
