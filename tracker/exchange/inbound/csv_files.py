"""CSV on its way in: which encoding, which separator, and its records as rows."""

import codecs
import csv
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from itertools import islice
from pathlib import Path

from django.utils.translation import gettext as _

from tracker.exchange.inbound.quotation_marks import open_quote, swallows_rows
from tracker.exchange.inbound.workbook_types import (
    MAX_COLUMNS,
    MAX_ROWS,
    MAX_TEXT,
    MIB,
    FileRefused,
    Row,
    check_size,
    sheet_named,
)
from tracker.lib.cells import Cell

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_SEPARATORS = (",", ";", "\t", "|")
_BEYOND_ASCII = re.compile(rb"[\w\x80-\xff]*[\x80-\xff][\w\x80-\xff]*")
"""A word with a letter that encodings write in different ways."""
_SAMPLE = 300
"""Records from which the separator is told."""


class TextFile:
    """A CSV file as a workbook with one sheet. Every cell is text, as it is written, or None."""

    def __init__(self, path: Path, name: str) -> None:
        """Find out encoding and separator. Raises FileRefused where it is no text."""
        self.name = name
        self.sheet_names = [name]
        self.hidden: frozenset[str] = frozenset()
        self.hidden_columns: frozenset[int] = frozenset()
        self.merged: list[tuple[int, int, int]] = []
        self._path = path
        self.encoding = _encoding(path, name)
        self.notice = _guess(path, self.encoding)
        self.separator, self._width, self._skipped = _separator(path, self.encoding, name)
        self._tailed = self.separator != ";" and _has_tails(path, self.encoding)
        self._is_cut = not _ends_with_line(path)

    def rows(self, sheet: str | None = None) -> Iterator[Row]:
        """Yield a row for each record that is not empty. A line break inside quotes starts no new row."""
        sheet_named(sheet, self, self.name)
        waiting: Row | None = None
        for number, (line, record) in enumerate(self._records(), start=1):
            # Before the limit on cells: a file of nothing but line breaks has none.
            check_size(number, 1, self.name)
            if self._tailed and record:
                record[-1] = record[-1].rstrip("; ")
            cells: list[Cell] = [text if text.strip() else None for text in record]
            if number > self._skipped and any(cell is not None for cell in cells):
                self._check(record, number, line)
                if waiting:
                    yield waiting
                waiting = Row(number, cells)
        if waiting:
            yield replace(waiting, ends_file=True) if self._is_cut else waiting

    def _records(self) -> Iterator[tuple[int, list[str]]]:
        return _records(self._path, self.encoding, self.separator, self.name)

    def _check(self, record: list[str], number: int, line: int) -> None:
        """Raise FileRefused where a record is too large, or has swallowed others."""
        if len(record) > MAX_COLUMNS:
            raise FileRefused(f"{self.name}, row {number}: {len(record):,} columns; at most {MAX_COLUMNS:,} are read")
        if any(len(text) > MAX_TEXT for text in record):
            raise FileRefused(
                f"{self.name}, row {number}: a cell of more than {MAX_TEXT:,} characters; is a quote not closed?"
            )
        if swallows_rows(record, self.separator, self._width):
            raise FileRefused(
                f"{self.name}, line {line}: a quote opens that closes only lines below, in what looks like rows of the "
                "table; close it, or take it out"
            )


def _encoding(path: Path, name: str) -> str:
    """Return the encoding: by its mark, else UTF-8, else what Windows writes, which includes Latin-1."""
    with path.open("rb") as file:
        start = file.read(4)
        marked = next((encoding for mark, encoding in _MARKS if start.startswith(mark)), None)
        candidates = [marked] if marked else ["utf-8", "cp1252", "latin-1"]
        decoders = {encoding: codecs.getincrementaldecoder(encoding)() for encoding in candidates}
        file.seek(0)
        has_more = False
        while chunk := file.read(MIB):
            if not marked and b"\0" in chunk:
                raise FileRefused(f"{name} is neither a workbook nor text; save it as XLSX, or as CSV in UTF-8")
            # Without what could be the beginning of a letter that is cut.
            has_more = has_more or not chunk[:-3].isascii()
            for encoding, decoder in list(decoders.items()):
                if not _decodes(decoder, chunk):
                    del decoders[encoding]
        # What ends within a character.
        if has_more and "utf-8" in decoders and not _decodes(decoders["utf-8"], b"", final=True):
            raise FileRefused(f"{name} ends in the middle of a letter: was it copied in full?")
        sound = [encoding for encoding, decoder in decoders.items() if _decodes(decoder, b"", final=True)]
    if not sound:
        raise FileRefused(f"{name} is not the {marked} text that its first bytes announce; save it as CSV in UTF-8")
    return sound[0]


def _guess(path: Path, encoding: str) -> str:
    """Return that the encoding is guessed, with a word to tell whether it is right; empty where it is not guessed."""
    if encoding not in ("cp1252", "latin-1"):
        return ""
    with path.open("rb") as file:
        for number, line in enumerate(file, start=1):
            found = _BEYOND_ASCII.search(line)
            if found:
                word = found[0].decode(encoding)[:40]
                return _("The file is not UTF-8 and is read as %(encoding)s: is “%(word)s” in line %(line)s right?") % {
                    "encoding": encoding, "word": word, "line": number}  # fmt: skip
    return ""


def _decodes(decoder: codecs.IncrementalDecoder, chunk: bytes, final: bool = False) -> bool:
    try:
        decoder.decode(chunk, final)
    except UnicodeError:
        return False
    return True


def _records(path: Path, encoding: str, separator: str, name: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the records of the file, each with the line where it begins: as many as a sheet may have, and one more."""
    with path.open(encoding=encoding, newline="") as file:
        reader = csv.reader(file, delimiter=separator, strict=True)
        line = 1
        try:
            for record in islice(reader, MAX_ROWS + 1):
                yield line, record
                line = reader.line_num + 1
        except csv.Error as error:
            raise FileRefused(_where(path, encoding, separator, name, line, reader.line_num, error)) from error


def _where(path: Path, encoding: str, separator: str, name: str, first: int, last: int, error: csv.Error) -> str:
    """Return what is wrong between two lines of a file: as a rule, a quote that does not close."""
    with path.open(encoding=encoding, newline="") as file:
        opened = open_quote(islice(file, first - 1, last), separator, first)
    return (
        f"{name}, line {opened}: is a quote not closed? One opens here and does not close where its cell ends "
        f"({error}): close it, or take it out"
    )


def _has_tails(path: Path, encoding: str) -> bool:
    """Tell whether most lines end with a semicolon: a spreadsheet program puts it behind lines that it kept whole."""
    with path.open(encoding=encoding) as file:
        lines = [line.rstrip() for line in islice(file, _SAMPLE)]
    filled = [line for line in lines if line]
    return 2 * sum(line.endswith(";") for line in filled) > len(filled)


def _ends_with_line(path: Path) -> bool:
    """Tell whether the last line of a file ends with a line break."""
    with path.open("rb") as file:
        size = file.seek(0, 2)
        file.seek(max(0, size - 4))
        tail = file.read()
    return tail.replace(b"\0", b"").endswith((b"\n", b"\r"))


def _separator(path: Path, encoding: str, name: str) -> tuple[str, int, int]:
    """Return the separator, how many cells a row has, and how many rows only name it (`sep=;`, which Excel writes).

    It is the one that cuts most records into equally many fields. The share counts before the
    width: a decimal comma cuts every record but the head, a semicolon in a list only some.
    """
    with path.open(encoding=encoding, newline="") as file:
        first = file.readline(20).strip().lower()
    if first.startswith("sep=") and len(first) <= 5:
        separator = first[4:] or "\t"
        return separator, _score(path, encoding, separator, name)[1], 1
    scores = {separator: _score(path, encoding, separator, name) for separator in _SEPARATORS}
    best = max(scores, key=lambda separator: scores[separator])
    return best, scores[best][1], 0


def _score(path: Path, encoding: str, separator: str, name: str) -> tuple[float, int]:
    """Return the share of records that have the most usual number of fields above one, and that number."""
    sample: list[list[str]] = []
    with suppress(FileRefused):
        # What is read before a quote that does not close tells, too.
        sample.extend(record for _line, record in islice(_records(path, encoding, separator, name), _SAMPLE))
    filled = [record for record in sample if any(text.strip() for text in record)]
    # What only ends rows stands between no cells.
    divided = Counter(len(record) for record in filled if any(text.strip() for text in record[1:]))
    if not divided:
        return 0.0, 1
    usual = divided.most_common(1)[0][0]
    return sum(len(record) == usual for record in filled) / len(filled), usual
