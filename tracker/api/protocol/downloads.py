"""Grids as files: streamed as text while they are read, or written to a temporary file."""

import tempfile
from collections.abc import Callable, Iterable, Iterator
from typing import IO, Any

from django.db.models import QuerySet
from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from rest_framework.request import Request

from tracker.api.protocol.errors import Unprocessable
from tracker.api.protocol.negotiation import CSV, MEDIA_TYPES, NDJSON, PARQUET, XLSX
from tracker.exchange.outbound.csv_and_ndjson import csv_of, ndjson_lines, ndjson_of
from tracker.exchange.outbound.naming import file_name
from tracker.exchange.outbound.parquet import write_parquet
from tracker.exchange.outbound.spreadsheets import MOST_ROWS, write_xlsx
from tracker.filters.parameters import refuse
from tracker.reporting.tables.grids import Grid

_WRITERS: dict[str, Callable[..., None]] = {XLSX: write_xlsx, PARQUET: write_parquet}
_ONLY_PAGES = ("limit", "cursor")
"""Parameters of a page; a file has all rows."""


def refuse_pages(request: Request) -> None:
    """Raise ValidationError where a file is asked for in pages."""
    for name in _ONLY_PAGES:
        if name in request.query_params:
            refuse(name, _("Only format=json has pages; a file in another format has all rows."))


def refuse_too_many_rows(rows: QuerySet[Any], form: str) -> None:
    """Raise Unprocessable where a sheet is asked for, and `rows` are more than it holds."""
    if form == XLSX and rows.count() > MOST_ROWS:
        raise Unprocessable(
            _("A sheet holds %(most)s rows, and there are more: filter, or ask for format=csv, ndjson or parquet.")
            % {"most": f"{MOST_ROWS:,}"}
        )


def file_of(
    grid: Grid, form: str, *, source: str, documents: Iterable[Any] | None = None,
    csv: Iterator[bytes] | None = None, head: bool = False,
) -> HttpResponseBase:  # fmt: skip
    """Return `grid` as a file in the format `form`; `source` is the address that it comes from.

    `documents` stand in NDJSON in place of the rows, `csv` in place of the whole file. Nothing is read for a `head`.
    """
    media_type = f"{MEDIA_TYPES[form]}; charset=utf-8" if form == CSV else MEDIA_TYPES[form]
    headers = {"Content-Disposition": f'attachment; filename="{file_name(grid, form)}"'}
    if head:
        return HttpResponse(content_type=media_type, headers=headers)
    if form in _WRITERS:
        return FileResponse(_written(grid, _WRITERS[form], source), content_type=media_type, headers=headers)
    if form == NDJSON:
        text = ndjson_of(grid) if documents is None else ndjson_lines(documents)
    else:
        text = csv_of(grid) if csv is None else csv
    return StreamingHttpResponse(text, content_type=media_type, headers=headers)


def _written(grid: Grid, write: Callable[..., None], source: str) -> IO[bytes]:
    """Return a file, at its start, that nobody else sees and that is gone once it is closed."""
    file = tempfile.TemporaryFile()  # noqa: SIM115
    try:
        write(grid, file, source=source)
    except BaseException:
        file.close()
        raise
    file.seek(0)
    return file
