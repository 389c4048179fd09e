"""Rows of the ledger in groups, as one GROUP BY finds them."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

from tracker.reporting.tables.measures import PLEDGES, Measure, TableCell, aggregates

_NO_FIGURES = TableCell()[8:]


@dataclass(frozen=True)
class GroupsOfRows:
    """Groups of rows, in columns: of each the values of the columns `by`, and its cell.

    `undated` and `bundled` count rows of all groups, as `aggregates` says.
    """

    by: list[str]
    values: list[tuple[Any, ...]]
    cells: list[TableCell]
    undated: int
    bundled: int

    @property
    def stages(self) -> set[str]:
        """The stages of all groups."""
        at = self.by.index("stage")
        return {values[at] for values in self.values}


def grouped(
    rows: QuerySet[Any], columns: list[str], measure: Measure, by_year: bool, *, as_objects: bool
) -> GroupsOfRows:
    """Return `rows` in groups that are alike in `columns` and their stage.

    `as_objects` says that values are converted to what the model has, dates among them; else they are as the
    database has them, which takes a fifth of the time.
    """
    by = list(dict.fromkeys([*columns, "stage"]))
    # An alias that is the name of a column would hide it.
    sums = {f"sum_{name}": each for name, each in aggregates(measure, by_year).items()}
    query = rows.order_by().values_list(*by).annotate(**sums).values_list(*by, *sums)
    # All at once: for a cursor on the server, PostgreSQL plans as if few rows were read, and on one processor.
    found = list(query) if as_objects else _fetched(query)
    width, make = len(by), TableCell._make
    cells = [make(each[width:-2] + _NO_FIGURES) for each in found]
    values = [each[:width] for each in found]
    if measure.measure == PLEDGES:
        ids = [frozenset(each[width].split(",")) for each in found]
        cells = [cell._replace(value=len(own), pledges=own) for own, cell in zip(ids, cells, strict=True)]
    return GroupsOfRows(by, values, cells, sum(each[-2] for each in found), sum(each[-1] for each in found))


def _fetched(query: QuerySet[Any]) -> list[tuple[Any, ...]]:
    """Return the rows of a query as the driver gives them."""
    try:
        sql, params = query.query.sql_with_params()
    except EmptyResultSet:
        return []
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()
