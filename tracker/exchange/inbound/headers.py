"""The header of a sheet: which row it is, and which column means which field."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import chain, zip_longest

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tracker.exchange.inbound.shifting import Shape, realigned
from tracker.exchange.inbound.workbook_types import FileRefused, Row, cell_name, column_name, shown_rows
from tracker.lib.cells import Cell, text
from tracker.lib.text import fold_lookalikes

_MARKS = re.compile(r"[\s_\-–]+")
_SHOWN = 8
"""How many merged cells are named."""
_UNNAMED = re.compile(r"unnamed: ?\d+")


class HeaderMissing(FileRefused):
    """No row heads the columns that are needed; the message names them and what was found."""

    def __init__(self, message: str, nearness: int = 0) -> None:
        super().__init__(message)
        self.nearness = nearness
        """How many of the columns the row that comes nearest has."""


@dataclass(frozen=True)
class ProfileColumn:
    """A column that a profile reads, under the headers that it goes by.

    Its own name is one of them. Case, spaces, line breaks, underscores and hyphens do not tell headers
    apart. `after` names the column (its `name`) right behind which a column with a blank header is meant,
    where no header fits. `occurrence` counts from 1 where a header stands more than once.
    """

    name: str
    variants: tuple[str, ...] = ()
    required: bool = False
    after: str = ""
    occurrence: int = 1
    shape: Shape | None = None
    """What stands in it, where rows can have lost blank cells."""
    is_read: bool = True
    """Whether anything is made of it; one that is only known by its shape is listed as not read."""


def folded(header: Cell) -> str:
    """Return a header as it is compared; empty where it is blank, or what programs put for a blank one."""
    bare = _MARKS.sub(" ", fold_lookalikes(text(header))).strip()
    return "" if _UNNAMED.fullmatch(bare) else bare


@dataclass(frozen=True)
class Header:
    """The columns that a profile reads of a sheet, and where their heads may stand.

    With `lines=2` a head goes on in the next row: `Total bilateral commitments` over `% GDP` is
    `Total bilateral commitments % GDP`; both that and the first line alone are compared.
    """

    columns: tuple[ProfileColumn, ...]
    within: int = 50
    """Rows among which the header is looked for, empty ones not counted."""
    lines: int = 1

    def find(self, rows: Iterable[Row], place: str = "the sheet") -> "SheetTable":
        """Return the table whose head is the first row with every required column.

        `rows` is read only as far as that, and further when the table is. Raises HeaderMissing with the
        required columns that the row that comes nearest lacks, and with what it has.
        """
        source = iter(rows)
        required = [column.name for column in self.columns if column.required]
        nearest: tuple[int, Row | None, list[str]] = (0, None, required)
        preamble: list[Row] = []
        row = next(source, None)
        while row is not None and len(preamble) < self.within:
            below = next(source, None) if self.lines == 2 else None
            positions = self._positions(self._heads(row, below))
            missing = [name for name in required if name not in positions]
            if positions and not missing:
                return self._table(row, positions, preamble, source)
            if len(positions) > nearest[0]:
                nearest = (len(positions), row, missing)
            preamble.append(row)
            row = below if self.lines == 2 else next(source, None)
        raise HeaderMissing(self._what_is_missing(place, nearest[1], nearest[2]), nearest[0])

    def called(self, name: str) -> str:
        """Return the header that a column goes by in the first place."""
        return next(((column.variants or (name,))[0] for column in self.columns if column.name == name), name)

    def _heads(self, row: Row, below: Row | None) -> list[list[str]]:
        """Return the heads as they are compared: both lines together, where there are two, then the first."""
        first = [folded(cell) for cell in row.cells]
        if self.lines == 1:
            return [first]
        second = [folded(cell) for cell in below.cells] if below else []
        return [[f"{head} {more}".strip() for head, more in zip_longest(first, second, fillvalue="")], first]

    def _positions(self, heads: list[list[str]]) -> dict[str, int]:
        """Return where the columns stand, by the first of `heads` that has one. No place is taken twice."""
        positions: dict[str, int] = {}
        for column in self.columns:
            for name in (column.name, *column.variants):
                places = [
                    next((place for place in found if place not in positions.values()), None)
                    for found in (self._places(folded(name), line)[column.occurrence - 1 :] for line in heads)
                ]
                place = next((place for place in places if place is not None), None)
                if place is not None:
                    positions[column.name] = place
                    break
        for column in self.columns:
            behind = positions.get(column.after, -1) + 1
            if column.name not in positions and behind and behind < len(heads[0]) and not heads[0][behind]:
                positions[column.name] = behind
        return positions

    @staticmethod
    def _places(name: str, line: list[str]) -> list[int]:
        return [place for place, head in enumerate(line) if head == name]

    def _table(self, row: Row, positions: dict[str, int], preamble: list[Row], source: Iterator[Row]) -> "SheetTable":
        taken = {positions[column.name] for column in self.columns if column.name in positions and column.is_read}
        return SheetTable(
            header=row,
            positions=positions,
            unread=[text(cell) for place, cell in enumerate(row.cells) if place not in taken and folded(cell)],
            absent=[column.name for column in self.columns if column.name not in positions],
            shapes=self._shapes(len(row.cells), positions),
            preamble=preamble,
            rows=source,
        )

    def _shapes(self, width: int, positions: dict[str, int]) -> list[Shape]:
        """Return what stands in each place, where the profile says it of a column at all; nothing where it does not."""
        said = {positions[one.name]: one.shape for one in self.columns if one.name in positions and one.shape}
        return [said.get(place, Shape()) for place in range(width)] if said else []

    def _what_is_missing(self, place: str, row: Row | None, missing: list[str]) -> str:
        wanted = {column.name: column for column in self.columns}
        names = "; ".join(
            " or ".join(f"“{variant}”" for variant in (wanted[name].variants or (name,))[:4]) for name in missing
        )
        if row is None:
            return f"{place} has no row with the headers {names}; is it the right sheet, and the right profile?"
        found = ", ".join(f"“{text(cell)[:40]}”" for cell in row.cells if folded(cell))
        return f"{place}, row {row.number} lacks the headers {names}; it has {found[:1500]}"


@dataclass
class SheetTable:
    """The rows under a header. They can be gone through once."""

    header: Row
    positions: dict[str, int]
    """Where each column that was found stands, from 0, by its name."""
    unread: list[str]
    """Headers that no column goes by, as they are written."""
    absent: list[str]
    """Names of columns that are not there; only such as are not required."""
    preamble: list[Row]
    """The rows above the header."""
    shapes: list[Shape] = field(default_factory=list)
    """What stands in each place, where rows can have lost blank cells."""
    rows: Iterator[Row] = field(default_factory=lambda: chain(()))
    nameless: set[int] = field(default_factory=set)
    """Places, from 0, that have cells and no header; known when the rows are read."""
    hidden_columns: frozenset[int] = frozenset()
    """Places, from 0, that a spreadsheet program does not show."""
    merged: list[tuple[int, int, int]] = field(default_factory=list)
    """First row, last row and column, from 1, of cells that are merged over several rows."""
    hidden_rows: list[int] = field(default_factory=list)
    """Rows that it does not show; known when the rows are read."""
    cut_row: int = 0
    """The row in which the file ends without a line break; known when the rows are read, 0 where there is none."""

    @property
    def heads(self) -> dict[str, str]:
        """What the file calls each column that was found; its own name where the header is blank."""
        return {name: text(self.header.cells[place])[:60] or name for name, place in self.positions.items()}

    @property
    def left_out(self) -> list[str]:
        """What is not read, as a person finds it: headers, and columns without one. Known when the rows are read."""
        without = (_("column %s, which has no header") % column_name(place + 1) for place in sorted(self.nameless))
        return [*self.unread, *without]

    @property
    def cut_notice(self) -> str:
        """A sentence about the row in which the file ends without a line break; empty where there is none."""
        if not self.cut_row:
            return ""
        return _("The file ends in row %s without a line break: look whether its last cell is whole.") % self.cut_row

    @property
    def hidden_notices(self) -> list[str]:
        """Sentences about rows and columns that are read and not shown, and about what merged cells cover."""
        told = []
        if self.hidden_rows:
            told.append(
                ngettext(
                    "%(count)s hidden row is read like the others: %(rows)s.",
                    "%(count)s hidden rows are read like the others: %(rows)s.",
                    len(self.hidden_rows),
                ) % {"count": len(self.hidden_rows), "rows": shown_rows(self.hidden_rows)}
            )  # fmt: skip
        read = {place: name for name, place in self.positions.items() if place in self.hidden_columns}
        places = {place + 1 for place in self.positions.values()}
        merged = [
            f"{cell_name(first, column)}:{cell_name(last, column)}"
            for first, last, column in self.merged
            if column in places and first > self.header.number
        ]
        if merged:
            told.append(
                _("Merged cells have their value in the first of their rows alone; the others are read as empty: %s.")
                % (", ".join(merged[:_SHOWN]) + (" …" if len(merged) > _SHOWN else ""))
            )
        if read:
            heads = ", ".join(f"{column_name(place + 1)} “{self.heads[name]}”" for place, name in sorted(read.items()))
            told.append(
                ngettext(
                    "%(count)s hidden column is read like the others: %(columns)s.",
                    "%(count)s hidden columns are read like the others: %(columns)s.",
                    len(read),
                ) % {"count": len(read), "columns": heads}
            )  # fmt: skip
        return told

    @cached_property
    def width(self) -> int:
        """How many columns the header names, up to its last."""
        return max((place for place, cell in enumerate(self.header.cells, start=1) if cell is not None), default=0)

    def misfit(self, row: Row) -> str:
        """Return why a row does not fit under the header; empty where it does.

        Too few cells are a row that was cut off, too many a separator in a text without quotes.
        """
        found, wanted = len(row.cells), self.width
        if found < wanted:
            cut = _(" The file ends in it: was it copied in full?") if row.ends_file else ""
            return _("It has %(found)s cells, where the header names %(wanted)s.") % {
                "found": found, "wanted": wanted} + cut  # fmt: skip
        if any(cell is not None for cell in row.cells[len(self.header.cells) :]):
            return _("It has %(found)s cells, where the header names %(wanted)s: is there a separator in a text?") % {
                "found": found, "wanted": wanted}  # fmt: skip
        return ""

    def _put_right(self, row: Row) -> Row:
        """Return a row with its cells in their columns, where it has lost blank ones, and a note of that."""
        # One in which the file ends can have lost its last cells.
        cells = None if row.ends_file or not self.shapes else realigned(row.cells, self.shapes)
        if cells is None:
            return row
        note = _("Its cells stand too far left, as blank ones are missing; they are read by what they say.")
        return replace(row, cells=cells, note=note)

    def __iter__(self) -> Iterator[tuple[Row, dict[str, Cell]]]:
        """Yield each row below the header with its cells by column name; None where there is no such cell."""
        empty: dict[str, Cell] = dict.fromkeys(self.absent)
        places = list(self.positions.values())
        taken, far = set(places), max(places, default=-1) + 1
        blank = [at for at, head in enumerate(self.header.cells) if not folded(head) and at not in taken]
        for row in self.rows:
            row = self._put_right(row)
            self.cut_row = row.number if row.ends_file else 0
            if row.is_hidden:
                self.hidden_rows.append(row.number)
            for place in blank:
                if place < len(row.cells) and row.cells[place] is not None:
                    self.nameless.add(place)
            cells = row.cells if len(row.cells) >= far else [*row.cells, *[None] * (far - len(row.cells))]
            yield row, empty | dict(zip(self.positions, map(cells.__getitem__, places), strict=True))
