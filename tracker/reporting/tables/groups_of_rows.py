"""Rows of the ledger in groups, as one GROUP BY finds them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import repeat
from operator import add
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

from tracker.models import marks
from tracker.reporting.tables.measures import PLEDGES, Measure, PackedMarks, TableCell, aggregates

_make_cell = partial(tuple.__new__, TableCell)


@dataclass(frozen=True)
class GroupsOfRows:
    """Groups of rows, in columns: of each the values of the columns `by`, and its cell.

    `undated` counts the rows of all groups that a time series leaves undated, `bundled` those whose worth is inside an
    amount for several items. `stages` are those of all groups.
    """

    by: list[str]
    columns: list[Sequence[Any]]
    cells: list[TableCell]
    undated: int
    bundled: int
    stages: set[str]

    def values(self, names: Iterable[str]) -> Iterable[tuple[Any, ...]]:
        """Return the values of each group in some of its columns."""
        wanted = [self.columns[self.by.index(name)] for name in names]
        return zip(*wanted, strict=True) if wanted else repeat((), len(self.cells))


def grouped(
    rows: QuerySet[Any], columns: list[str], measure: Measure, by_year: bool, stage: str | None, *, as_objects: bool
) -> GroupsOfRows:  # fmt: skip
    """Return `rows` in groups that are alike in `columns` and their stage, which is `stage` where all have the same.

    What is undated goes by the year, or else by the month. `as_objects` says that values are converted to what the
    model has, dates among them; else they are as the database has them, which takes a fifth of the time.
    """
    by = list(dict.fromkeys([*columns, *([] if stage else ["stage"])]))
    # An alias that is the name of a column would hide it.
    sums = {f"sum_{name}": each for name, each in aggregates(measure).items()}
    query = rows.order_by().values_list(*by).annotate(**sums).values_list(*by, *sums)
    # All at once: for a cursor on the server, PostgreSQL plans as if few rows were read, and on one processor.
    found = list(query) if as_objects else _fetched(query)
    read: list[Sequence[Any]] = [*zip(*found, strict=True)] if found else [()] * (len(by) + len(sums))
    *values, worths, numbers, marked = read
    packed = map(add, numbers, map(PackedMarks(measure).__getitem__, marked))
    pledges: Iterable[frozenset[str]] = repeat(frozenset())
    if measure.measure == PLEDGES:
        pledges = [frozenset(ids.split(",")) for ids in worths]
        worths = tuple(map(len, pledges))
    cells: list[TableCell] = list(map(_make_cell, zip(worths, packed, pledges, strict=False)))
    letters = "".join(marked)
    undated = letters.count(marks.NO_YEAR if by_year else marks.NO_MONTH)
    stages = ({stage} if found else set()) if stage else set(values[by.index("stage")])
    return GroupsOfRows(by, values, cells, undated, letters.count(marks.BUNDLED), stages)


def _fetched(query: QuerySet[Any]) -> list[tuple[Any, ...]]:
    """Return the rows of a query as the driver gives them."""
    try:
        sql, params = query.query.sql_with_params()
    except EmptyResultSet:
        return []
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()
