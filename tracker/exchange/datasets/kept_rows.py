"""Reading back the rows of an imported file that a record was taken from: the file is kept, byte for byte.

What claims say of a cell is held against the cell itself, read anew by the profile of the dataset.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from tracker.exchange.datasets.kept_files import kept_file
from tracker.exchange.drafting.drafter import Drafter
from tracker.exchange.inbound.files import FileRefused
from tracker.exchange.inbound.headers import SheetTable
from tracker.exchange.inbound.workbook_types import Row, column_name
from tracker.exchange.profiles import PROFILES
from tracker.exchange.profiles.base import Profile
from tracker.lib.cells import text
from tracker.models import Claim, ExternalId, Import, ImportRow, ImportStep

_ROW = re.compile(r"[A-Z]*(\d+)")


@dataclass(frozen=True)
class CellClaim:
    """What a claim says that a cell says, and what it says when it is read now; `holds` where that is the same."""

    claim: str
    field: str
    value: str
    found: str
    holds: bool
    is_current: bool
    """Whether the record still has it so."""


@dataclass(frozen=True)
class KeptCell:
    """A cell: its column by letter and head, what the profile reads it as (nothing where not at all), and its text."""

    column: str
    head: str
    read_as: str
    text: str
    claims: list[CellClaim] = field(default_factory=list)


@dataclass(frozen=True)
class KeptRow:
    """A row by its number in the sheet, with the cells that say anything; `claims` are about it as a whole."""

    number: int
    cells: list[KeptCell]
    claims: list[CellClaim] = field(default_factory=list)


@dataclass(frozen=True)
class KeptRows:
    """The rows behind a record: of which file, known by its hash, and which sheet."""

    imported: Import
    source_id: str
    sheet: str
    rows: list[KeptRow]


@dataclass
class _ReadAgain:
    """The rows of a kept file by number, and what is read in their cells now, by cell and field without numbers."""

    rows: dict[int, list[KeptCell]] = field(default_factory=dict)
    values: dict[tuple[str, str], set[str]] = field(default_factory=lambda: defaultdict(set))

    def found(self, cell: dict[str, str]) -> str:
        """Return what is read now in the cell of a claim: what the claim says, where it is among it."""
        values = self.values.get((cell["cell"], _unnumbered(cell["field"])), set())
        return cell["value"] if cell["value"] in values else ", ".join(sorted(values))


def kept_rows(kind: str, public_id: str) -> KeptRows | None:
    """Return the rows that an import took a record from last; None where no import did.

    These are the rows whose cells its claims name; of a record without such claims, those of the newest import. Raises
    FileRefused where the kept file can be read no more.
    """
    claims = list(Claim.objects.filter(record_kind=kind, record_id=public_id).order_by("public_id"))
    for imported, source_id in _imports_of(kind, public_id, {claim.text_sha256 for claim in claims if claim.cells}):
        steps = ImportStep.objects.filter(imported=imported, kind=kind, source_id=source_id)
        listed = list(ImportRow.objects.filter(imported=imported, step_position__in=steps.values("position")))
        own = [claim for claim in claims if claim.cells and claim.text_sha256 == imported.sha256]
        numbers = {row.number for row in listed} | {_row_of(cell) for claim in own for cell in claim.cells}
        if numbers:
            sheet = listed[0].sheet if listed else ""
            again = _read_again(imported, sheet, numbers)
            if len(again.rows) != len(numbers):
                raise FileRefused(f"{imported.file_name} no longer has all of the rows {sorted(numbers)}")
            return KeptRows(imported, source_id, sheet, _with_claims(again, own))
    return None


def _imports_of(kind: str, public_id: str, hashes: set[str]) -> Iterable[tuple[Import, str]]:
    """Yield the imports that brought a record, each with its id there: the one whose file claims name first."""
    known = ExternalId.objects.filter(record_kind=kind, public_id=public_id, change_set__isnull=False, is_gone=False)
    found = []
    for external in known.order_by("-pk"):
        imported = Import.objects.filter(change_set=external.change_set).first()
        if imported is not None and isinstance(PROFILES.get(imported.profile), Profile):
            found.append((imported, external.source_id))
    return sorted(found, key=lambda pair: pair[0].sha256 not in hashes)


def claims_not_read_back() -> dict[str, dict[str, str]]:
    """Return what the kept files do not say as claims have it: by claim the fields, with what is found there now.

    Reads every file that claims name. One that is not kept or can be read no more says nothing.
    """
    hashes = Claim.objects.exclude(text_sha256="").exclude(cells=[]).order_by().values_list("text_sha256", flat=True)
    wrong: dict[str, dict[str, str]] = {}
    for sha256 in sorted(set(hashes)):
        claims = list(Claim.objects.filter(text_sha256=sha256).exclude(cells=[]).order_by("public_id"))
        imported = Import.objects.filter(sha256=sha256, status=Import.Status.APPLIED).order_by("pk").first()
        again = _ReadAgain()
        if imported is not None and isinstance(PROFILES.get(imported.profile), Profile):
            again = _try_again(imported, {_row_of(cell) for claim in claims for cell in claim.cells})
        for claim in claims:
            found = {cell["field"]: again.found(cell) for cell in claim.cells}
            said = {cell["field"]: cell["value"] for cell in claim.cells}
            wrong[claim.public_id] = {name: value for name, value in found.items() if value != said[name]}
    return wrong


def _try_again(imported: Import, numbers: set[int]) -> _ReadAgain:
    try:
        return _read_again(imported, "", numbers)
    except FileRefused:
        return _ReadAgain()


def _read_again(imported: Import, sheet: str, numbers: set[int]) -> _ReadAgain:
    profile = PROFILES[imported.profile]
    assert isinstance(profile, Profile)
    again = _ReadAgain()
    kept = kept_file(imported, profile, sheet)
    table = kept.rows(numbers)
    table.rows = _noted(table, table.rows, again)
    drafted = Drafter(profile, imported.release, kept.conventions).draft(table)
    for draft in drafted.pledges:
        for claim in draft.document.get("claims", ()):
            for cell in claim.get("cells", ()):
                again.values[cell["cell"], _unnumbered(cell["field"])].add(cell["value"])
    return again


def _noted(table: SheetTable, rows: Iterator[Row], again: _ReadAgain) -> Iterator[Row]:
    """Yield the rows of a table, and note each as it passes."""
    for row in rows:
        again.rows[row.number] = _cells(table, row)
        yield row


def _cells(table: SheetTable, row: Row) -> list[KeptCell]:
    names = {place: name for name, place in table.positions.items()}
    heads = [text(cell) for cell in table.header.cells]
    return [
        KeptCell(column_name(place + 1), heads[place] if place < len(heads) else "", names.get(place, ""), text(cell))
        for place, cell in enumerate(row.cells)
        if cell is not None
    ]


def _with_claims(again: _ReadAgain, claims: list[Claim]) -> list[KeptRow]:
    """Return the rows with what claims say of each cell beside it."""
    said: dict[str, list[CellClaim]] = defaultdict(list)
    for claim in claims:
        differs = claim.differs.split(", ")
        for cell in claim.cells:
            found = again.found(cell)
            said[cell["cell"]].append(
                CellClaim(
                    claim.public_id, cell["field"], cell["value"], found, found == cell["value"],
                    cell["field"] not in differs,
                )
            )  # fmt: skip
    return [
        KeptRow(
            number,
            [
                KeptCell(cell.column, cell.head, cell.read_as, cell.text, said[f"{cell.column}{number}"])
                for cell in cells
            ],
            said[str(number)],
        )
        for number, cells in sorted(again.rows.items())
    ]


def _row_of(cell: dict[str, str]) -> int:
    match = _ROW.fullmatch(cell["cell"])
    return int(match[1]) if match else 0


def _unnumbered(name: str) -> str:
    """Return the name of a field without the number of its line: rows that are read by themselves count from 1."""
    return re.sub(r"\[[^\]]*\]", "", name)
