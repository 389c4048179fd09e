"""Grids and lists as text that is written while it is read: CSV and NDJSON."""

import csv
import io
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

import orjson

from tracker.exchange.outbound.dialects import STANDARD, Dialect, plain
from tracker.exchange.outbound.formulas import defuse
from tracker.lib.chunks import chunked
from tracker.lib.column_types import Value
from tracker.reporting.tables.grids import Grid

CHUNK = 200
"""How many rows are written at once."""


def csv_lines(lines: Iterable[Iterable[Any]], dialect: Dialect = STANDARD) -> Iterator[bytes]:
    """Yield lines of text as CSV, many at once. Nothing is defused: that is for whoever knows what is text."""
    out = io.StringIO(newline="")
    out.write(dialect.start)
    writer = csv.writer(out, delimiter=dialect.separator, lineterminator="\r\n")
    for part in chunked(lines, CHUNK):
        writer.writerows(part)
        yield out.getvalue().encode()
        out.seek(0)
        out.truncate()


def csv_of(grid: Grid, dialect: Dialect = STANDARD) -> Iterator[bytes]:
    """Yield a grid as CSV: a line of names, then a line a row; what is unknown is empty."""
    by_type = dialect.writers()
    writers = [by_type[column.type] for column in grid.columns]
    names = [defuse(column.name) for column in grid.columns]

    def line(row: Iterable[Value]) -> list[str]:
        return ["" if value is None else write(value) for write, value in zip(writers, row, strict=True)]

    yield from csv_lines(chain([names], map(line, grid.rows)), dialect)


def ndjson_lines(documents: Iterable[Any]) -> Iterator[bytes]:
    """Yield documents as lines of JSON, many at once; one that is text stands as it is."""
    for part in chunked(documents, CHUNK):
        lines = [row.encode() if isinstance(row, str) else orjson.dumps(row, default=plain) for row in part]
        yield b"\n".join([*lines, b""])


def ndjson_of(grid: Grid) -> Iterator[bytes]:
    """Yield a grid as lines of JSON: an object a row, decimals as text."""
    names = [column.name for column in grid.columns]
    yield from ndjson_lines(dict(zip(names, row, strict=True)) for row in grid.rows)
