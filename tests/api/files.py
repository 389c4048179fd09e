"""Lists and tables as files, and their rows."""

import csv
import io
import zipfile
from typing import Any

from arro3.io import read_parquet
from django.test import Client
from python_calamine import CalamineWorkbook

from tests.api.shelf import API
from tracker.api.protocol.negotiation import FORMATS

FILES = [form for form in FORMATS if form != "json"]


def fetch(path: str, **headers: str) -> Any:
    """Return an answer, its body read."""
    answer = Client().get(API + path, headers=headers)
    answer.body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    assert answer.status_code == 200, f"{path}: {answer.status_code} {answer.body[:500]!r}"
    return answer


def rows_of(body: bytes, form: str) -> list[dict[str, Any]]:
    """Return the rows of a file by the names of their columns; what is empty is None."""
    if form == "zip":
        with zipfile.ZipFile(io.BytesIO(body)) as package:
            return rows_of(package.read("data.csv"), "csv")
    if form == "csv":
        return [
            {name: value or None for name, value in row.items()}
            for row in csv.DictReader(io.StringIO(body.decode(), newline=""))
        ]
    if form == "parquet":
        return list(read_parquet(io.BytesIO(body)).read_all().to_struct_array().to_pylist())
    head, *lines = CalamineWorkbook.from_filelike(io.BytesIO(body)).get_sheet_by_name("Data").to_python()
    named = (zip(head, line, strict=True) for line in lines)
    return [{str(name): None if value == "" else value for name, value in line} for line in named]
