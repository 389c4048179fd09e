"""What keeps a record from being written, said by sheet, row and column of the workbook that it came in."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers

from tracker.curation.importing.one_by_one import Failure
from tracker.exchange.register.parsing import FileRecord, FileRow
from tracker.lib.cells import text

_WHOLE = ("non_field_errors", "__all__")

FieldPath = tuple[str | int, ...]


def explain(record: FileRecord, error: Failure) -> tuple[str, dict[FileRow, str]]:
    """Return the reason why a record is not written, and what is wrong with each of its rows.

    A row that is right by itself names the row that is not.
    """
    if not isinstance(error, serializers.ValidationError):
        return str(error), {row: str(error) for row in record.rows()}
    wrong: dict[FileRow | None, list[str]] = {}
    for path, message in _messages(error.detail):
        row, words = _placed(record, path, message)
        wrong.setdefault(row, []).append(words)
    lines = [
        f"{row.sheet}, {_('row')} {row.number}: {' '.join(words)}" if row else " ".join(words)
        for row, words in wrong.items()
    ]
    whole = " ".join(lines)
    elsewhere = _("Its record is not written: %s") % whole
    return whole, {row: " ".join(wrong[row]) if row in wrong else elsewhere for row in record.rows()}


def _messages(detail: Any, path: FieldPath = ()) -> Iterator[tuple[FieldPath, str]]:
    """Yield each message of a ValidationError with the path to its field."""
    if isinstance(detail, dict):
        for key, inner in detail.items():
            yield from _messages(inner, (*path, key))
    elif isinstance(detail, list):
        for position, inner in enumerate(detail):
            yield from _messages(inner, path if isinstance(inner, str) else (*path, position))
    else:
        yield path, str(detail)


def _placed(record: FileRecord, path: FieldPath, message: str) -> tuple[FileRow | None, str]:
    """Return the row of the file that a path leads to, and the message with column and cell."""
    names = [step for step in path if isinstance(step, str) and step not in _WHOLE]
    position = next((step for step in path if isinstance(step, int)), None)
    field = names[0] if names else ""
    rows = record.parts.get(field)
    if rows is None:
        row, column = record.row, field
    else:
        row = rows[position] if position is not None and position < len(rows) else record.row
        column = names[1] if len(names) > 1 else field
    cell = text(row.cells.get(column, row.public_id if column == "id" else None)) if row else ""
    if column and cell and cell not in message:
        return row, _("%(column)s “%(cell)s”: %(message)s") % {
            "column": column, "cell": cell[:60], "message": message,
        }  # fmt: skip
    return row, f"{column}: {message}" if column else message
