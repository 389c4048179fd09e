"""What a chart of a table draws: marks for numbers, notes for what is unknown, whiskers for what is contested."""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from tracker.records import words
from tracker.reporting.tables.rival_claims import Spread, are_left_out, spreads
from tracker.web.tables.numbers import Number
from tracker.web.tables.table_on_page import TableRow, TableShown

BARS, STACKED, LINES, MULTIPLES = "bars", "stacked", "lines", "multiples"

HOST = "http://chart.invalid"
"""Stands before addresses, as the one who draws would take them for files of an example; it is taken out afterwards."""

MARK, UNKNOWN, WHISKER = "mark", "unknown", "whisker"

SHORT = "?"
"""Stands for what is unknown where time leaves little room."""

Row = dict[str, Any]
SpreadByName = dict[tuple[str, str], Spread]


@dataclass
class Drawn:
    """What a chart draws, as rows of its data; `part` says what each is."""

    kind: str
    columns: list[str]
    rows: list[str]
    unit: str
    is_of_time: bool
    hides_claims: bool = False
    """Whether open claims contest numbers of which no whisker can say how far."""
    data: list[Row] = field(default_factory=list)

    @property
    def is_stacked(self) -> bool:
        """Whether the numbers of a row stand upon one another."""
        return self.kind == STACKED and len(self.columns) > 1

    @property
    def is_whole(self) -> bool:
        """Whether all numbers are whole, as counted things are."""
        return all(float(row["value"]).is_integer() for row in self.data if row["part"] == MARK)

    def has(self, part: str) -> bool:
        """Tell whether there is something of a part."""
        return any(row["part"] == part for row in self.data)

    def signs(self) -> list[str]:
        """Return what the signs in the chart mean, in sentences."""
        notes = {row["note"] for row in self.data if row["part"] == UNKNOWN}
        found = [
            (any(row["pale"] for row in self.data), _("Paler: in part estimated.")),
            (SHORT in notes, _("?: unknown, which is not zero.")),
            ("+?" in notes, _("+?: and more that is unknown.")),
            (any(row["undated"] for row in self.data), _("With a dashed edge, or a diamond: without a date.")),
            (self.has(WHISKER), _("Thin lines: how far claims that are not decided yet say otherwise.")),
            (
                self.hides_claims,
                _(
                    "Claims that are not decided yet contest some of these numbers. No line shows how far, as aid of "
                    "the EU’s institutions is counted as its members’."
                ),
            ),
        ]
        return [text for is_there, text in found if is_there]


def drawn(table: TableShown, kind: str, lines: list[TableRow], *, is_of_time: bool) -> Drawn:
    """Return what a chart of some rows of a table draws."""
    hides = are_left_out(table.asking.question())
    found = Drawn(kind, table.columns, [line.name for line in lines], table.unit.name, is_of_time, hides)
    undated = {line.name for line, row in zip(table.lines, table.table.rows, strict=True) if row.id is None}
    contested = _contested(table)
    for line in lines:
        own = [_row(table, line, at, contested) | {"undated": is_of_time and line.name in undated}
               for at, number in enumerate(line.numbers) if number.exact or number.is_unknown]  # fmt: skip
        found.data += [row for row in own if row["value"] is not None]
        found.data += _of_stack(table, line, own) if found.is_stacked else _of_each(own, is_of_time)
    return found


def _contested(table: TableShown) -> SpreadByName:
    """Return how far cells could differ, by what their rows and columns are called, in the unit of the table."""
    rows = {row.id: line.name for row, line in zip(table.table.rows, table.lines, strict=True)}
    columns = {column.id: name for column, name in zip(table.table.columns, table.columns, strict=True)}
    return {
        (rows[row], columns[column]): Spread(spread.less / table.unit.scale, spread.more / table.unit.scale)
        for (row, column), spread in spreads(table.asking.question(), table.table).items()
        if row in rows and column in columns
    }


def _row(table: TableShown, line: TableRow, at: int, contested: SpreadByName) -> Row:
    number, column = line.numbers[at], table.columns[at]
    value = Decimal(number.exact) / table.unit.scale if number.exact else None
    spread = contested.get((line.name, column)) if value is not None else None
    name = f"{line.name}, {column}" if len(table.columns) > 1 else line.name
    said = [number.text if number.is_unknown else f"{number.text} {table.unit.name}", *_more_said(number)]
    if value is not None and spread:
        said.append(_otherwise(value + spread.less, value + spread.more, table.unit.places))
    return {
        "part": MARK, "row": line.name, "column": column, "order": at,
        # A drawing has a thousand pixels at most: here, and only here, a float will do.
        "value": None if value is None else float(value), "label": f"{name}: {', '.join(said)}",
        "note": number.mark, "pale": number.mark == "≈", "href": f"{HOST}{number.address}",
        "less": float(spread.less) if spread else 0, "more": float(spread.more) if spread else 0,
    }  # fmt: skip


def _more_said(number: Number) -> list[str]:
    texts = {"+?": _("and more that is unknown"), "≈": _("in part estimated")}
    return [texts[number.mark]] if number.mark in texts else []


def _otherwise(low: Decimal, high: Decimal, places: int | None) -> str:
    bounds = {"low": low, "high": high}
    texts = {name: words.number(round(value, places or 0), places) for name, value in bounds.items()}
    return _("between %(low)s and %(high)s by claims that are not decided yet") % texts


def _of_each(own: list[Row], is_of_time: bool) -> list[Row]:
    """Return the notes and whiskers of marks that stand side by side."""
    long = _("unknown")
    notes = [
        row | {"part": UNKNOWN, "start": (row["value"] or 0) + row["more"],
               "note": row["note"] if row["value"] is not None else SHORT if is_of_time else long}
        for row in own if row["value"] is None or row["note"] == "+?"
    ]  # fmt: skip
    whiskers = [
        row | {"part": WHISKER, "low": row["value"] + row["less"], "high": row["value"] + row["more"]}
        for row in own if row["less"] or row["more"]
    ]  # fmt: skip
    return notes + whiskers


def _of_stack(table: TableShown, line: TableRow, own: list[Row]) -> list[Row]:
    """Return the note and the whisker at the end of a stack; a stack that also falls below zero has none."""
    known = [row["value"] for row in own if row["value"] is not None]
    if not own or any(value < 0 for value in known):
        return []
    end, whole = sum(known), {"column": table.columns[0], "part": UNKNOWN, "pale": False}
    less, more = (sum(row[name] for row in own) for name in ("less", "more"))
    found = []
    if not known:
        found.append(own[0] | whole | {"start": 0, "note": _("unknown"), "label": f"{line.name}: {_('unknown')}"})
    elif len(known) < len(own) or any(row["note"] == "+?" for row in own):
        found.append(own[0] | whole | {"value": None, "start": end + more, "note": "+?"})
    if less or more:
        found.append(own[0] | whole | {"part": WHISKER, "value": None, "low": end + less, "high": end + more})
    return found
