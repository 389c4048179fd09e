"""The three-way comparison of items, entries and valuations: cell by cell, with rows matched by what they are.

So a quantity that staff corrected stays, while the amounts beside it follow the source, and so do rows that come or go.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from tracker.lib.text import fold
from tracker.records.engine.types import Document

Lines = list[list[Document]]
"""Items, entries and valuations."""

_TOGETHER = {
    "currency": "amount", "quantity_words": "quantity", "platform": "description", "category": "description",
}  # fmt: skip
"""What only makes sense with another cell of its row, and with which."""
_PARTS = ("items", "entries")

_Place = tuple[str, int, str]
"""Part, number of the row, and cell; a valuation is a cell of the row that it values."""
_Cell = tuple[tuple[str, Any], ...]


@dataclass(frozen=True)
class Merged:
    """What lines become. `conflicts` names the cells that both sides changed, such as `entries[2].amount`."""

    lines: Lines
    """With the cells in conflict as they are here."""
    theirs: Lines
    """With the cells in conflict as the source has them now."""
    base: Lines
    """What the source said of them, with the cells in conflict as it said them last."""
    conflicts: list[str]


def merge(last: Lines, here: Lines, now: Lines) -> Merged | None:
    """Return what lines become, with the numbers that they have here.

    None where a valuation is of no row, or something that stays would name a row that goes.
    """
    if any(not row.get("item") and not row.get("entry") for side in (last, here, now) for row in side[2]):
        return None
    last = renumbered(last, numbers_of(last, here))
    known = [here[part] + [row for row in last[part] if row["number"] not in _numbers(here[part])] for part in (0, 1)]
    now = renumbered(now, numbers_of(now, known))
    was, stands, says = (_cells(lines) for lines in (last, here, now))
    gone, removed = _rows(stands) - _rows(says), _rows(was) - _rows(stands)
    merged: dict[_Place, _Cell | None] = {}
    theirs: dict[_Place, _Cell | None] = {}
    base: dict[_Place, _Cell | None] = {}
    conflicting: list[_Place] = []
    for place in dict.fromkeys([*stands, *says, *was]):
        before, own, new = was.get(place), stands.get(place), says.get(place)
        is_as_it_was = _bare(own) == _bare(before) and place[:2] not in removed
        is_conflict = _bare(new) not in (_bare(before), _bare(own)) and not is_as_it_was
        merged[place] = new if is_as_it_was else own
        theirs[place] = new if is_conflict else merged[place]
        base[place] = before if is_conflict else new
        if is_conflict:
            conflicting.append(place)
    # What is to be decided about a row is decided about all of it, where one side has it no longer.
    changed = {place[:2] for place in stands if _bare(stands[place]) != _bare(was.get(place))}
    merged |= _of_rows(stands, gone & changed)
    base |= _of_rows(was, gone & changed)
    theirs |= _of_rows(says, removed & {place[:2] for place in conflicting})
    conflicts = [f"{part}[{number}].{name}" for part, number, name in conflicting]
    found = Merged(_lines(merged), _lines(theirs), _lines(base), conflicts)
    return found if all(map(_is_whole, (found.lines, found.theirs, found.base))) else None


Numbers = dict[str, dict[int, int]]
"""Of items and entries: which number each has among other lines."""


def numbers_of(lines: Lines, onto: Lines) -> Numbers:
    """Return which row of `onto` each row of `lines` is: the same item, or an entry of the same stage and item.

    Where several are alike, the one with the same number, then the first; what is left over is told by its number
    alone, and rows that are none of `onto` get numbers behind its own.
    """
    items = _matched(lines[0], onto[0], [_item(row) for row in lines[0]], [_item(row) for row in onto[0]])
    keys = [_entry(row, items.get(row.get("item", 0), 0)) for row in lines[1]]
    entries = _matched(lines[1], onto[1], keys, [_entry(row, row.get("item", 0)) for row in onto[1]])
    return {"items": items, "entries": entries}


def _matched(rows: list[Document], others: list[Document], keys: list[Any], other_keys: list[Any]) -> dict[int, int]:
    left = dict(zip(_numbers(others), other_keys, strict=True))
    found: dict[int, int] = {}

    def take(number: int, other: int | None) -> None:
        if other is not None and other in left and number not in found:
            found[number] = other
            del left[other]

    named = list(zip(_numbers(rows), keys, strict=True))
    for number, key in named:
        take(number, number if left.get(number) == key else None)
    for number, key in named:
        take(number, next((other for other, known in left.items() if known == key), None))
    for number, key in named:
        take(number, number if number in left and left[number][0] == key[0] else None)
    behind = max(_numbers(others), default=0)
    for number, _key in named:
        if number not in found:
            behind += 1
            found[number] = behind
    return found


def _item(row: Document) -> tuple[str, str]:
    return "item", fold(row.get("description", ""))


def _entry(row: Document, item: int) -> tuple[str, int]:
    return row["stage"], item


def _numbers(rows: list[Document]) -> list[int]:
    return [row["number"] for row in rows]


def renumbered(lines: Lines, numbers: Numbers) -> Lines:
    """Return lines with other numbers, also where they name one another."""
    own = {"item": numbers["items"], "entry": numbers["entries"]}

    def named(row: Document) -> Document:
        return row | {name: known[row[name]] for name, known in own.items() if row.get(name)}

    items = [row | {"number": numbers["items"][row["number"]]} for row in lines[0]]
    entries = [named(row) | {"number": numbers["entries"][row["number"]]} for row in lines[1]]
    return [items, entries, [named(row) for row in lines[2]]]


def _is_whole(lines: Lines) -> bool:
    """Tell whether entries and valuations name rows that are there."""
    items, entries = (set(_numbers(part)) for part in lines[:2])
    named = {row["item"] for part in lines[1:] for row in part if row.get("item")}
    return named <= items and {row["entry"] for row in lines[2] if row.get("entry")} <= entries


def _rows(cells: dict[_Place, _Cell]) -> set[tuple[str, int]]:
    return {(part, number) for part, number, _name in cells}


def _of_rows(cells: dict[_Place, _Cell], rows: set[tuple[str, int]]) -> dict[_Place, _Cell]:
    return {place: cell for place, cell in cells.items() if place[:2] in rows}


def _cells(lines: Lines) -> dict[_Place, _Cell]:
    cells: dict[_Place, dict[str, Any]] = defaultdict(dict)
    for part, rows in zip(_PARTS, lines[:2], strict=True):
        for row in rows:
            for name, value in row.items():
                if name != "number":
                    cells[part, row["number"], _TOGETHER.get(name, name)][name] = value
    found = {place: tuple(sorted(cell.items())) for place, cell in cells.items()}
    for row in lines[2]:
        part, number = ("entries", row["entry"]) if row.get("entry") else ("items", row["item"])
        place = (part, int(number), f"value ({row['basis']})")
        found[place] = (*found.get(place, ()), ("", tuple(sorted(row.items()))))
    return found


def _bare(cell: _Cell | None) -> Any:
    """Return a cell as it is compared: what a valuation names as its source names the release."""
    return cell and tuple(
        (name, tuple(pair for pair in value if pair[0] != "source") if name == "" else value) for name, value in cell
    )


def _lines(cells: dict[_Place, _Cell | None]) -> Lines:
    rows: dict[tuple[str, int], Document] = {}
    valuations: list[Document] = []
    for (part, number, _name), cell in sorted(cells.items(), key=lambda pair: pair[0]):
        if cell is None:
            continue
        row = rows.setdefault((part, number), {"number": number})
        for name, value in _pairs(cell):
            if name:
                row[name] = value
            else:
                valuations.append(dict(value))
    found = [[row for (part, _number), row in rows.items() if part == wanted] for wanted in _PARTS]
    return [*found, valuations]


def _pairs(cell: _Cell | None) -> Iterable[tuple[str, Any]]:
    return cell or ()
