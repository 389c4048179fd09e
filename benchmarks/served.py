"""What gunicorn serves for `benchmarks/api.py`: the product, and under `/bare/` the raw queries alone."""

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import parse_qsl
from wsgiref.types import StartResponse

# Makes Django ready, and so stands before all that comes from Django or the tracker.
from ready import ROOT  # isort: split

from django.db import connection
from queries import CONTRIBUTIONS, answered_by

from tracker.wsgi import application as product

__all__ = ["ROOT", "application"]

_CHUNK = 1000


def application(environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
    """Answer with the bare query that the path names, else as the product does."""
    path = environ["PATH_INFO"]
    if not path.startswith("/bare/"):
        answered: Iterable[bytes] = product(environ, start_response)
        return answered
    connection.ensure_connection()
    name = path.removeprefix("/bare/")
    given = dict(parse_qsl(environ["QUERY_STRING"]))
    start_response("200 OK", [("Content-Type", "text/csv" if name == "csv" else "application/json")])
    if name == "csv":
        return _copied() if connection.vendor == "postgresql" else _written()
    return [answered_by(name, given)]


def _copied() -> Iterator[bytes]:
    with (
        connection.connection.cursor() as cursor,
        cursor.copy(f"COPY ({CONTRIBUTIONS}) TO STDOUT (FORMAT csv)") as copy,
    ):
        yield from map(bytes, copy)


def _written() -> Iterator[bytes]:
    rows = connection.connection.execute(CONTRIBUTIONS)
    while part := rows.fetchmany(_CHUNK):
        out = io.StringIO()
        csv.writer(out).writerows(part)
        yield out.getvalue().encode()
