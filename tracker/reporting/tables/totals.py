"""What is made of cells once they are read: totals, the first N rows and the rest, running sums."""

from collections import defaultdict
from collections.abc import Callable
from typing import Any, TypeVar

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tracker.reporting.tables.dimension_labels import TIMES
from tracker.reporting.tables.measures import MixedSum, TableCell, added
from tracker.reporting.tables.members import REST, Member, MemberKey, key_of, parts_of
from tracker.reporting.tables.table import Lines, Table

Position = tuple[MemberKey, MemberKey]
T = TypeVar("T")


def row_totals(lines: Lines) -> dict[MemberKey, TableCell]:
    """Return the sum of each line."""
    return {row: added([*line.values()]) for row, line in lines.items()}


def column_totals(lines: Lines) -> dict[MemberKey, TableCell]:
    """Return the sums of all lines by column."""
    found: dict[MemberKey, list[TableCell]] = defaultdict(list)
    for line in lines.values():
        for column, cell in line.items():
            found[column].append(cell)
    return {column: added(cells) for column, cells in found.items()}


def keep_top(table: Table, most: int, never_added: set[str], *, running: bool) -> None:
    """Keep the `most` rows with the largest totals, largest first, and add up the others as the rest.

    What names no member keeps its own row. `running` sums along rows have no rest. Raises MixedSum where rows have no
    totals, or the rest would add up what is never added.
    """
    rows = table.row_dimension.split(",")
    _check_top(never_added & set(table.column_dimension.split(",")), never_added & set(rows))
    if running and set(TIMES) & set(rows):
        raise MixedSum(
            _("The rest of running sums would add up what is in them already: leave out top, or make the time the "
              "columns.")
        )  # fmt: skip
    sums = row_totals(table.lines)
    known = [row for row in table.rows if None not in parts_of(row.id)]
    ranked = sorted(known, key=lambda row: _size(sums[row.id]), reverse=True)
    kept, others = ranked[:most], {row.id for row in ranked[most:]}
    if others:
        size = len(parts_of(table.rows[0].id))
        name = ngettext("%(count)s other", "%(count)s others", len(others)) % {"count": len(others)}
        rest = Member(key_of((REST,) * size), name, tuple(Member(REST, name) for _part in range(size)))
        beyond = column_totals({row: table.lines.pop(row) for row in others})
        table.lines[rest.id] = beyond
        kept.append(rest)
    table.rows = kept + [row for row in table.rows if None in parts_of(row.id)]


def _check_top(columns: set[str], rows: set[str]) -> None:
    """Raise MixedSum where either of these dimensions, across which nothing is added, is in the way of the first N."""
    if columns:
        raise MixedSum(
            _("The largest rows are found by their totals, and these have none, as their columns are never added: ask "
              "for one of the columns, such as one stage.")
        )  # fmt: skip
    if rows:
        raise MixedSum(
            _("The rest would add up rows that are never added, those of %(rows)s: leave out top, or ask for one of "
              "them.") % {"rows": ", ".join(sorted(rows))}
        )  # fmt: skip


def _size(cell: TableCell) -> Any:
    return -1 if cell.value is None else cell.value


def run_on(table: Table, rows: list[str], columns: list[str]) -> set[str]:
    """Make each cell the sum of all up to its time; returns the dimension of time, across which nothing is added now.

    What has no date keeps its own row or column, outside the running sums. Raises MixedSum where that
    cannot be done.
    """
    times = [name for name in [*rows, *columns] if name in TIMES]
    if len(times) != 1:
        raise MixedSum(
            _("Running sums run along one dimension of time, and here are %(count)s: make one of %(times)s the rows or "
              "columns.") % {"count": len(times), "times": ", ".join(TIMES)}
        )  # fmt: skip
    run = along_time(table, table.cells, added)
    table.lines = {row.id: {} for row in table.rows}
    for (row, column), cell in run.items():
        table.lines[row][column] = cell
    return {times[0]}


def along_time(table: Table, cells: dict[Position, T], add: Callable[[list[T]], T]) -> dict[Position, T]:
    """Return what is said of the cells of a table, added up along its one dimension of time."""
    rows, columns = table.row_dimension.split(","), table.column_dimension.split(",")
    in_rows = bool(set(TIMES) & set(rows))
    place = next(at for at, name in enumerate(rows if in_rows else columns) if name in TIMES)
    members = table.rows if in_rows else table.columns
    sums: dict[Any, T] = {}
    run: dict[Position, T] = {}
    others = [member.id for member in (table.columns if in_rows else table.rows)]
    for member in sorted(members, key=lambda member: parts_of(member.id)[place] or "~"):
        parts = parts_of(member.id)
        for other in others:
            position = (member.id, other) if in_rows else (other, member.id)
            cell = cells.get(position)
            if parts[place] is None:
                if cell is not None:
                    run[position] = cell
                continue
            lane = (*parts[:place], *parts[place + 1 :], other)
            if cell is not None:
                sums[lane] = add([sums[lane], cell]) if lane in sums else cell
            if lane in sums:
                run[position] = sums[lane]
    return run
