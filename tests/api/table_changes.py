"""Holding what is said of the changes of a table against the table at both moments."""

import datetime as dt
from decimal import Decimal
from typing import Any
from urllib.parse import quote

from tests.api.shelf import TABLE, read

CHANGES = f"{TABLE}changes/"


def asked(moment: dt.datetime) -> str:
    return quote(moment.isoformat())


def amounts(table: dict[str, Any]) -> dict[tuple[str, str], Decimal | None]:
    """Return the cells of a table by the ids of row and column."""
    return {
        (row["address"], column["address"]): None if cell["value"] is None else Decimal(str(cell["value"]))
        for row in table["rows"]
        for column, cell in zip(table["columns"], row["cells"], strict=True)
        if cell is not None
    }


def check(question: str, start: dt.datetime, end: dt.datetime) -> dict[str, Any]:
    """Compare what changed with the tables at both moments; returns it."""
    changes = read(f"{CHANGES}?{question}&from={asked(start)}&to={asked(end)}")
    before, after = (amounts(read(f"{TABLE}?{question}&as_of={asked(moment)}")) for moment in (start, end))
    listed = {}
    for cell in changes["cells"]:
        position = (cell["row"]["address"], cell["column"]["address"])
        listed[position] = Decimal(str(cell["difference"]))
        for parts in ("by_cause", "by_change_set"):
            assert sum(Decimal(str(part["difference"])) for part in cell[parts]) == listed[position]
        for side, name in ((before, "before"), (after, "after")):
            assert side.get(position) == (None if cell[name] is None else Decimal(str(cell[name])))
    for position in before.keys() | after.keys():
        assert (after.get(position) or 0) - (before.get(position) or 0) == listed.get(position, 0)
    assert {part["change_set"] for cell in changes["cells"] for part in cell["by_change_set"]} == {
        each["id"] for each in changes["change_sets"]
    }
    return dict(changes)
