"""Rows whose cells stand too far left, as blank ones were left out: put back where only one way fits what they say."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tracker.lib.cells import Cell, text

_MOST = 8
"""How many cells can be missing."""


@dataclass(frozen=True)
class Shape:
    """What stands in a column: a pattern of its whole text, and whether the cell can be blank."""

    pattern: str = r"(?s).+"
    can_be_blank: bool = True

    def fits(self, cell: Cell) -> bool:
        """Tell whether a cell could stand in the column."""
        if cell is None or not text(cell):
            return self.can_be_blank
        return re.fullmatch(self.pattern, text(cell)) is not None


def realigned(cells: Sequence[Cell], shapes: Sequence[Shape]) -> list[Cell] | None:
    """Return cells in their columns where one way alone is to put blank ones between them; None where not.

    Cells that fit where they stand are left there: nothing is to be put right then, and None is returned too.
    """
    row = list(cells)
    if len(row) >= len(shapes) and all(shape.fits(cell) for shape, cell in zip(shapes, row, strict=False)):
        return None
    while row and row[-1] is None:
        row.pop()
    if not 0 < len(shapes) - len(row) <= _MOST:
        return None
    ways = _ways(row, shapes, 0, 0)
    first, second = next(ways, None), next(ways, None)
    return first if second is None else None


def _ways(row: list[Cell], shapes: Sequence[Shape], place: int, column: int) -> Iterator[list[Cell]]:
    """Yield each way to put the cells from `place` on into the columns from `column` on, in their order."""
    if column == len(shapes):
        if place == len(row):
            yield []
        return
    if place < len(row) and shapes[column].fits(row[place]):
        yield from ([row[place], *rest] for rest in _ways(row, shapes, place + 1, column + 1))
    skips = shapes[column].can_be_blank and len(shapes) - column > len(row) - place
    # A cell that is blank already needs none put in before it: it would be the same row.
    if skips and not (place < len(row) and row[place] is None):
        yield from ([None, *rest] for rest in _ways(row, shapes, place, column + 1))
