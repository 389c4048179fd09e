"""Reading back the rows of an imported file that a record was taken from: the file is kept, byte for byte."""

from dataclasses import dataclass

from tracker.exchange.datasets.imports import on_disk
from tracker.exchange.inbound.choosing_sheet import find_table
from tracker.exchange.inbound.files import FileRefused, open_file
from tracker.exchange.inbound.headers import SheetTable
from tracker.exchange.inbound.workbook_types import Row, column_name
from tracker.exchange.profiles import PROFILES
from tracker.exchange.profiles.base import Profile
from tracker.lib.cells import text
from tracker.models import ExternalId, Import, ImportRow, ImportStep


@dataclass(frozen=True)
class KeptCell:
    """A cell: its column by letter and head, what the profile reads it as (nothing where not at all), and its text."""

    column: str
    head: str
    read_as: str
    text: str


@dataclass(frozen=True)
class KeptRow:
    """A row by its number in the sheet, with the cells that say anything."""

    number: int
    cells: list[KeptCell]


@dataclass(frozen=True)
class KeptRows:
    """The rows behind a record: of which file, known by its hash, and which sheet."""

    imported: Import
    source_id: str
    sheet: str
    rows: list[KeptRow]


def kept_rows(kind: str, public_id: str) -> KeptRows | None:
    """Return the rows that the newest import of a record took it from; None where no import did.

    Raises FileRefused where the kept file can be read no more.
    """
    known = ExternalId.objects.filter(record_kind=kind, public_id=public_id, change_set__isnull=False, is_gone=False)
    for external in known.order_by("-pk"):
        imported = Import.objects.filter(change_set=external.change_set).first()
        profile = PROFILES.get(imported.profile) if imported else None
        if imported is None or not isinstance(profile, Profile):
            continue
        steps = ImportStep.objects.filter(imported=imported, kind=kind, source_id=external.source_id)
        listed = list(ImportRow.objects.filter(imported=imported, step_position__in=steps.values("position")))
        if listed:
            sheet, numbers = listed[0].sheet, {row.number for row in listed}
            return KeptRows(imported, external.source_id, sheet, _read(imported, profile, sheet, numbers))
    return None


def _read(imported: Import, profile: Profile, sheet: str, numbers: set[int]) -> list[KeptRow]:
    found: list[KeptRow] = []
    with on_disk(imported) as path:
        workbook = open_file(path, imported.file_name)
        table = find_table(
            workbook, profile.header, sheet=sheet or imported.sheet or None, preferred=profile.sheets
        ).table
        for row, _values in table:
            if row.number in numbers:
                found.append(KeptRow(row.number, _cells(table, row)))
    if len(found) != len(numbers):
        raise FileRefused(f"{imported.file_name} no longer has all of the rows {sorted(numbers)}")
    return found


def _cells(table: SheetTable, row: Row) -> list[KeptCell]:
    names = {place: name for name, place in table.positions.items()}
    heads = [text(cell) for cell in table.header.cells]
    return [
        KeptCell(column_name(place + 1), heads[place] if place < len(heads) else "", names.get(place, ""), text(cell))
        for place, cell in enumerate(row.cells)
        if cell is not None
    ]
