"""Grids as files: streamed as text while they are read, or written to a temporary file, which has a length."""

from collections.abc import Callable, Iterable, Iterator
from typing import IO, Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from rest_framework.request import Request

from tracker.api.protocol.errors import Unprocessable
from tracker.api.protocol.negotiation import CSV, MEDIA_TYPES, NDJSON, PARQUET, XLSX, ZIP
from tracker.exchange.outbound.csv_and_ndjson import csv_of, ndjson_lines, ndjson_of
from tracker.exchange.outbound.dialects import STANDARD, Dialect
from tracker.exchange.outbound.file_names import file_name
from tracker.exchange.outbound.package import write_package
from tracker.exchange.outbound.parquet import write_parquet
from tracker.exchange.outbound.spreadsheets import MOST_ROWS, write_xlsx
from tracker.exchange.outbound.temporary_files import filled
from tracker.filters.parameters import refuse
from tracker.reporting.shelf.paging import MOST_OF_A_FILE, parse_limit
from tracker.reporting.tables.grids import Grid

WRITERS: dict[str, Callable[..., None]] = {XLSX: write_xlsx, PARQUET: write_parquet, ZIP: write_package}


def rows_of_page(request: Request) -> int:
    """Return how many rows a page has; raises ValidationError, which tells who would have more of files."""
    return parse_limit(request.query_params.get("limit"), hint=_(" All rows at once are a file, such as format=csv."))


def first_rows(request: Request, rows: QuerySet[Any]) -> QuerySet[Any]:
    """Return the rows of a file, in order: all, or as many as `limit` says; raises ValidationError for a page."""
    if "cursor" in request.query_params:
        refuse("cursor", _("Only format=json has pages; a file in another format has all rows, or the first of them."))
    if "limit" not in request.query_params:
        return rows
    return rows[: parse_limit(request.query_params["limit"], MOST_OF_A_FILE)]


def refuse_too_many_rows(rows: QuerySet[Any], form: str) -> None:
    """Raise Unprocessable where a sheet is asked for, and `rows` are more than it holds."""
    if form == XLSX and rows.count() > MOST_ROWS:
        raise Unprocessable(
            _("A sheet holds %(most)s rows, and there are more: filter, or ask for format=csv, ndjson or parquet.")
            % {"most": f"{MOST_ROWS:,}"}
        )


def headers_of(grid: Grid, form: str) -> dict[str, str]:
    """Return what a file says of itself: its media type and its name."""
    media_type = f"{MEDIA_TYPES[form]}; charset=utf-8" if form == CSV else MEDIA_TYPES[form]
    return {"Content-Type": media_type, "Content-Disposition": f'attachment; filename="{file_name(grid, form)}"'}


def text_of(
    grid: Grid, form: str, *, documents: Iterable[Any] | None = None, csv: Iterator[bytes] | None = None,
    dialect: Dialect = STANDARD,
) -> Iterator[bytes]:  # fmt: skip
    """Return `grid` as CSV or NDJSON, written while it is read.

    `documents` stand in NDJSON in place of the rows, `csv` in place of the whole file in the standard dialect.
    """
    if form == NDJSON:
        return ndjson_of(grid) if documents is None else ndjson_lines(documents)
    return csv_of(grid, dialect) if csv is None or dialect != STANDARD else csv


def file_of_text(text: Iterable[bytes]) -> IO[bytes]:
    """Return a text as a file, open at its start, that nobody else sees and that goes once closed."""
    return filled(lambda file: file.writelines(text))


def file_of(grid: Grid, form: str, source: str) -> IO[bytes]:
    """Return `grid` as a workbook or Parquet file, open at its start, that nobody else sees and that goes once closed.

    `source` is the address that it comes from.
    """
    return filled(lambda file: WRITERS[form](grid, file, source=source))
