"""The one plain form of a table that every writer prints: typed columns, rows, and what they mean.

JSON, CSV, XLSX, NDJSON and Parquet are written from a Grid alone, so that no two formats differ.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from tracker.lib.column_types import Column, Value


@dataclass
class Grid:
    """A table as it is printed, in any format.

    Each of `rows` has one value a column, in their order. `measure` is a sentence, `notes` are
    sentences, `rules` are ids of `reporting.rules`. `filters` are those in force, by parameter.
    `as_of` is the newest publishing that the table shows; None before the first. `cells` says more of each
    cell, a row for each, and `sources` are the documents that claims on what is added up, or listed, come
    from, where a format has a place for them. `is_table` tells tables from lists.
    """

    name: str
    title: str
    columns: list[Column]
    rows: Iterable[Sequence[Value]]
    measure: str = ""
    description: str = ""
    filters: dict[str, str] = field(default_factory=dict)
    as_of: dt.datetime | None = None
    notes: list[str] = field(default_factory=list)
    rules: list[str] = field(default_factory=list)
    cells: "Grid | None" = None
    sources: "Grid | None" = None
    is_table: bool = False
