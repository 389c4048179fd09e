"""Files on their way in: workbooks and CSV, as rows of cells, within limits."""

from pathlib import Path

from tracker.exchange.inbound.csv_files import TextFile
from tracker.exchange.inbound.workbook_types import MAX_FILE_BYTES, MIB, FileRefused, Row, Workbook
from tracker.exchange.inbound.workbooks import OdsFile, XlsFile, XlsxFile

__all__ = ["FileRefused", "Row", "Workbook", "open_file"]

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ODS_TYPE = b"application/vnd.oasis.opendocument.spreadsheet"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_WORKBOOK_ENDINGS = {".xlsx", ".xlsm", ".xls", ".ods"}
_MARK_UTF8 = b"\xef\xbb\xbf"


def open_file(path: Path, name: str = "") -> Workbook:
    """Open an XLSX, XLS, ODS or CSV file. What it is, is told from its content.

    `name` is what people call it, where that is not the name at `path`. Raises FileRefused for
    anything else, and for a file that is hostile, broken or too large.
    """
    name = name or path.name
    if not path.is_file():
        raise FileRefused(f"there is no file {path}")
    size = path.stat().st_size
    if size > MAX_FILE_BYTES:
        raise FileRefused(f"{name} has {size / MIB:,.1f} MiB; at most {MAX_FILE_BYTES // MIB} MiB are read")
    with path.open("rb") as file:
        start = file.read(1024)
    if start.startswith(_ZIP):
        return OdsFile(path, name) if _ODS_TYPE in start[:200] else XlsxFile(path, name)
    if start.startswith(_OLE):
        if _ENCRYPTED in path.read_bytes():
            raise FileRefused(f"{name} is encrypted; save it without a password")
        return XlsFile(path, name)
    _refuse_others(start, name)
    return TextFile(path, name)


def _refuse_others(start: bytes, name: str) -> None:
    """Refuse what is clearly no table: nothing, a page, XML, PDF, or no workbook in spite of its name."""
    bare = start.removeprefix(_MARK_UTF8).lstrip().lower()
    if not bare:
        raise FileRefused(f"{name} is empty")
    if bare.startswith((b"<!doctype html", b"<html", b"<head", b"<table")):
        raise FileRefused(f"{name} is a web page; open it in a spreadsheet program and save it as XLSX")
    if bare.startswith((b"<?xml", b"<!doctype", b"%pdf-")):
        raise FileRefused(f"{name} is an XML or PDF file; save it as XLSX, XLS, ODS or CSV")
    if Path(name).suffix.lower() in _WORKBOOK_ENDINGS:
        raise FileRefused(f"{name} is no workbook in spite of its name; if it is text, name it .csv")
