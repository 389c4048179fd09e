"""The tables of imported files, as they were parsed: a row is found again by its number without parsing all of them.

How a column is written is told by all its rows, so that none of them can be read by itself; of release 21, finding that
out takes most of a second. Each process keeps what it found in the files asked for last.
"""

import hashlib
import pickle
import zlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from tracker.exchange.datasets.imports import on_disk
from tracker.exchange.inbound.choosing_sheet import find_table
from tracker.exchange.inbound.conventions import Conventions, stated_of
from tracker.exchange.inbound.files import Row, open_file
from tracker.exchange.inbound.headers import SheetTable
from tracker.exchange.profiles.base import Profile
from tracker.lib import response_cache
from tracker.lib.chunks import chunked
from tracker.models import Import, ImportedFile

_PACKED = 200
"""How many rows are packed together."""


@dataclass(frozen=True)
class KeptFile:
    """A table without its rows, how its columns are written, and the rows, packed."""

    table: SheetTable
    conventions: Conventions
    packed: list[tuple[range, bytes]]
    """Rows that follow one another, with the numbers between which theirs are."""

    def rows(self, numbers: Collection[int]) -> SheetTable:
        """Return the table with the rows of these numbers alone."""
        return replace(self.table, rows=self._rows(set(numbers)), hidden_rows=[], nameless=set())

    def _rows(self, numbers: set[int]) -> Iterator[Row]:
        for within, packed in self.packed:
            if not numbers.isdisjoint(within):
                yield from (row for row in pickle.loads(zlib.decompress(packed)) if row.number in numbers)


def kept_file(imported: Import, profile: Profile, sheet: str = "") -> KeptFile:
    """Return a sheet of the file of an import. Raises FileRefused or HeaderMissing where it can be read no more."""
    content = bytes(ImportedFile.objects.get(imported=imported).content)
    key = (
        "kept file", hashlib.sha256(content).hexdigest(), profile.name, imported.file_name, sheet or imported.sheet,
        *sorted(imported.conventions.items()),
    )  # fmt: skip
    # Packed, it takes about as much as the file itself.
    return response_cache.once(key, lambda: _parsed(imported, profile, sheet), lambda kept: len(content))


def _parsed(imported: Import, profile: Profile, sheet: str) -> KeptFile:
    with on_disk(imported) as path:
        workbook = open_file(path, imported.file_name)
        wanted = sheet or imported.sheet or None
        table = find_table(workbook, profile.header, sheet=wanted, preferred=profile.sheets).table
        packed: list[tuple[range, bytes]] = []
        table.rows = _packing(table.rows, packed)
        said = stated_of(f"{column}={answer}" for column, answer in imported.conventions.items())
        conventions = Conventions(
            profile.holds, separator=workbook.separator, usual=profile.day_order, stated=said, heads=table.heads
        )
        for row, values in table:
            conventions.look_at(row.number, values)
        conventions.settle()
    return KeptFile(table, conventions, packed)


def _packing(rows: Iterator[Row], packed: list[tuple[range, bytes]]) -> Iterator[Row]:
    """Yield rows, and pack them as they pass."""
    for part in chunked(rows, _PACKED):
        numbers = range(part[0].number, part[-1].number + 1)
        packed.append((numbers, zlib.compress(pickle.dumps(part, pickle.HIGHEST_PROTOCOL), 1)))
        yield from part
