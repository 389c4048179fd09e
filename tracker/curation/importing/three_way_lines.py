"""The three-way comparison of items, entries and valuations: cell by cell, where all sides have the same rows.

So a quantity that staff corrected stays, while the amounts beside it follow the source.
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
    """Return what lines become; None where the three sides do not have the same rows."""
    if not _aligned(last, here, now):
        return None
    was, stands, says = (_cells(lines) for lines in (last, here, now))
    merged, theirs, base, conflicts = {}, {}, {}, []
    for place in dict.fromkeys([*stands, *says, *was]):
        before, own, new = was.get(place), stands.get(place), says.get(place)
        is_new = _bare(new) not in (_bare(before), _bare(own))
        is_conflict = is_new and _bare(own) != _bare(before)
        merged[place] = new if _bare(own) == _bare(before) else own
        theirs[place] = new if is_conflict else merged[place]
        base[place] = before if is_conflict else new
        if is_conflict:
            conflicts.append(f"{place[0]}[{place[1]}].{place[2]}")
    return Merged(_lines(merged), _lines(theirs), _lines(base), conflicts)


def _aligned(last: Lines, here: Lines, now: Lines) -> bool:
    """Tell whether rows of the same number are the same item, or an entry of the same stage, on all sides."""
    stages = [{entry["number"]: entry["stage"] for entry in side[1]} for side in (last, here, now)]
    items = [{item["number"]: fold(item.get("description", "")) for item in side[0]} for side in (last, now)]
    loose = any(not row.get("item") and not row.get("entry") for side in (last, here, now) for row in side[2])
    same_items = items[0] == items[1] and items[0].keys() == {item["number"] for item in here[0]}
    return same_items and not loose and stages[0] == stages[1] == stages[2]


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
