"""Grids as Parquet: typed columns, written a batch of rows at a time."""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from typing import IO, Any

from arro3.core import Array, DataType, Field, RecordBatch, RecordBatchReader, Schema
from arro3.io import write_parquet as write_batches
from django.conf import settings

from tracker.lib import canonical
from tracker.lib.chunks import chunked
from tracker.lib.citing import citation
from tracker.lib.column_types import BOOLEAN, DATE, DECIMAL, INTEGER, MOMENT, TEXT, Column
from tracker.reporting.tables.grids import Grid

GROUP, BATCH = 10_000, 1000
"""How many rows stand together in the file, and how many are taken at once."""

DIGITS, PLACES = 38, 10
"""Of a decimal whose column does not say how many places it has."""

_EPOCH_DAY = dt.date(1970, 1, 1).toordinal()
_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


def _microseconds(moment: dt.datetime) -> int:
    return (moment - _EPOCH) // dt.timedelta(microseconds=1)


def _decimal(value: Any) -> str:
    return format(value, "f") if isinstance(value, Decimal) else str(value)


# What a column is filled with, and as what: the library takes plain values only, and casts them.
_FILLED: dict[str, tuple[Callable[[Any], Any], Any]] = {
    TEXT: (str, DataType.utf8()),
    INTEGER: (int, DataType.int64()),
    DECIMAL: (_decimal, DataType.utf8()),
    DATE: (lambda day: day.toordinal() - _EPOCH_DAY, DataType.int32()),
    MOMENT: (_microseconds, DataType.int64()),
    BOOLEAN: (bool, DataType.bool()),
}


def _type(column: Column) -> Any:
    """Return the type of a column in the file."""
    if column.type == DECIMAL:
        return DataType.decimal128(DIGITS, PLACES if column.decimals is None else column.decimals)
    if column.type == DATE:
        return DataType.date32()
    if column.type == MOMENT:
        return DataType.timestamp("us", tz="UTC")
    return _FILLED[column.type][1]


def write_parquet(grid: Grid, file: IO[bytes], *, source: str) -> None:
    """Write `grid` to `file`, compressed; `source` is the address that it comes from.

    What the grid means stands in the metadata of the file, under `about`.
    """
    schema = Schema([Field(column.name, _type(column), nullable=True) for column in grid.columns])
    about = {
        "title": grid.title, "description": grid.description, "measure": grid.measure, "as_of": grid.as_of,
        "filters": grid.filters, "notes": grid.notes, "rules": grid.rules, "source": source,
        "citation": citation(grid.title, source, grid.as_of), "licence": settings.DATA_LICENCE.address,
        "columns": [{"name": c.name, "unit": c.unit, "description": c.sentence} for c in grid.columns],
    }  # fmt: skip
    write_batches(
        RecordBatchReader.from_batches(schema, _batches(grid, schema)), file, compression="zstd(3)",
        max_row_group_size=GROUP, key_value_metadata={"about": canonical.dump(about)},
    )  # fmt: skip


def _batches(grid: Grid, schema: Any) -> Iterator[Any]:
    for rows in chunked(grid.rows, BATCH):
        filled = zip(grid.columns, zip(*rows, strict=True), strict=True)
        yield RecordBatch.from_arrays([_array(column, values) for column, values in filled], schema=schema)


def _array(column: Column, values: Sequence[Any]) -> Any:
    fill, filled_as = _FILLED[column.type]
    array = Array([None if value is None else fill(value) for value in values], filled_as)
    wanted = _type(column)
    return array if wanted == filled_as else array.cast(wanted)
