"""What the rows of a file say of a record: its fields by number, as imports name them, and their values.

A value is named as the conflicts of an import name it: `announced`, `shares[FIN].contributor`, `items[1].quantity`,
`entries[2].amount`; and `entries[2].value (dataset)` for what an entry or an item is worth on a basis. A part keeps its
number for good, so such a name stays where others are added or moved.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from tracker.records.engine.types import Document

Cells = list[dict[str, Any]]
"""What an import read: for each `field` its `value` as the register holds it, and the `cell` where it stands, such as
`D2`; `2` is a row as a whole. `found` is there where reading the kept file again gives something else: what that is.
The keys stand in the order in which PostgreSQL keeps them, so that a document has the same bytes on every database."""

_CONTRIBUTOR, _BASIS, _NUMBER, _LINK = "contributor", "basis", "number", "link"


def line_of(part: str, row: Document) -> str:
    """Return what a row of a list is called: its number, contributor or link; or what it values on which basis."""
    if row.get(_NUMBER):
        return f"{part}[{row[_NUMBER]}]"
    if row.get(_BASIS):
        owner, number = ("entries", row["entry"]) if row.get("entry") else ("items", row.get("item"))
        return f"{owner}[{number}].value ({row[_BASIS]})"
    named = row.get(_CONTRIBUTOR) or row.get(_LINK) or ""
    return f"{part}[{named['id'] if isinstance(named, dict) else named}]"


def name_in_line(line: str, row: Document, name: str) -> str:
    """Return what one value of such a row is called."""
    return line if row.get(_BASIS) and name == "amount" else f"{line}.{name}"


def read_cell(field: str, value: str, cell: str, found: str | None = None) -> dict[str, Any]:
    """Return what is kept of a cell. See `Cells`."""
    if found is None:
        return {"cell": cell, "field": field, "value": value}
    return {"cell": cell, "field": field, "found": found, "value": value}


def values_of(document: Document) -> dict[str, str]:
    """Return every value of a document in the form in which sources write it, by its name."""
    return dict(_values(document))


def _values(document: Document) -> Iterator[tuple[str, str]]:
    for name, value in document.items():
        if not isinstance(value, list):
            yield name, str(value)
            continue
        for row in value:
            if isinstance(row, dict):
                line = line_of(name, row)
                for inner, own in row.items():
                    if not isinstance(own, (dict, list)):
                        yield name_in_line(line, row, inner), str(own)


def renamed(cells: Cells, lines: Mapping[str, str | None]) -> Cells:
    """Return cells with the lines of their fields called as `lines` has them; None leaves those of a line out."""
    found = []
    for cell in cells:
        line, dot, name = cell["field"].partition(".")
        called = lines.get(line, line)
        if called is not None:
            found.append(cell | {"field": f"{called}{dot}{name}"})
    return found


def differing(cells: Cells, values: dict[str, str]) -> list[str]:
    """Return the fields of cells that a record does not have as they say it, or that are read otherwise by now."""
    return [
        cell["field"] for cell in cells if cell.get("found") is not None or values.get(cell["field"]) != cell["value"]
    ]
