"""Reading the register's own workbook: rows of sheets, joined to the records that they belong to."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from tracker.exchange.inbound.headers import SheetTable
from tracker.exchange.inbound.workbook_types import FileRefused, Workbook
from tracker.exchange.register.layouts import CLAIMS, NAME_OF, VERSION, Cells, Layout, layouts_of, sheets_of
from tracker.exchange.register.workbook import AS_OF, FIRST_SHEET
from tracker.lib.cells import text
from tracker.records.engine.types import Key
from tracker.records.registry import KINDS
from tracker.reporting.shelf import moments


@dataclass(eq=False)
class FileRow:
    """A row of a sheet: where it stands, which record it is of, and its cells by column."""

    sheet: str
    number: int
    kind: str
    part: str
    public_id: str
    cells: Cells
    version: str = ""


@dataclass(eq=False)
class FileRecord:
    """A record as the file has it. `row` is None where the file lacks the sheet of its kind."""

    kind: str
    public_id: str
    row: FileRow | None = None
    parts: dict[str, list[FileRow]] = field(default_factory=dict)

    def rows(self) -> list[FileRow]:
        """Return all rows that describe it."""
        return [*([self.row] if self.row else []), *(row for rows in self.parts.values() for row in rows)]


@dataclass
class RegisterFile:
    """What a workbook says of the register."""

    moment: dt.datetime
    kinds: list[str]
    """The kinds that were exported."""
    columns: dict[Key, set[str]] = field(default_factory=dict)
    """Which columns the sheet of each kind and list has; a sheet that is not in the file is not here."""
    rows: list[FileRow] = field(default_factory=list)
    """In the order of the file."""
    refused: dict[FileRow, str] = field(default_factory=dict)
    """Rows that are of no record, and why."""
    unread: list[str] = field(default_factory=list)

    def layouts(self, kind: str) -> list[Layout]:
        """Return the sheets of a kind that the file has."""
        return [layout for layout in layouts_of(kind) if (kind, layout.part) in self.columns]


def read_register(workbook: Workbook, only: str | None = None) -> RegisterFile:
    """Read the workbook, or of its sheets the one that is named.

    Raises FileRefused where it is no export of the register, or a sheet lacks the columns that join its rows.
    """
    found = _first_sheet(workbook)
    names = {name.strip().casefold(): name for name in workbook.sheet_names}
    wanted = {layout.sheet: layout for layout in sheets_of(found.kinds)}
    if only is not None and only.strip().casefold() not in wanted:
        raise FileRefused(_("“%s” is no sheet of the register that can be read by itself.") % only[:60])
    for sheet, layout in wanted.items():
        if sheet in names and (only is None or only.strip().casefold() == sheet):
            _read_sheet(workbook, names[sheet], layout, found)
    strange = [name for folded, name in names.items() if folded not in (*wanted, FIRST_SHEET)]
    found.unread += [_("sheet “%s”") % name for name in strange]
    return found


def _first_sheet(workbook: Workbook) -> RegisterFile:
    """Return what the first sheet says: the moment of the export, and its kinds."""
    if FIRST_SHEET not in {name.strip().casefold() for name in workbook.sheet_names}:
        raise FileRefused(
            _("%(file)s has no sheet “%(sheet)s”: it is no export of the register, which `export_records` writes.")
            % {"file": workbook.name, "sheet": FIRST_SHEET}
        )
    moment, kinds = "", []
    for row in workbook.rows(FIRST_SHEET):
        head = text(row.cells[0]).casefold()
        if head == AS_OF and len(row.cells) > 1:
            moment = text(row.cells[1])
        elif head in KINDS:
            kinds.append(head)
    try:
        return RegisterFile(moments.parse_moment(moment), [kind for kind in KINDS if kind in kinds])
    except moments.MomentError as error:
        raise FileRefused(
            _("%(file)s, sheet “%(sheet)s”: beside “as of” stands when it was exported. %(error)s")
            % {"file": workbook.name, "sheet": FIRST_SHEET, "error": error}
        ) from error


def _read_sheet(workbook: Workbook, name: str, layout: Layout, found: RegisterFile) -> None:
    place = f"{workbook.name}, sheet “{name}”"
    table = layout.header.find(workbook.rows(name), place)
    kinds = found.kinds if layout.part == CLAIMS else [layout.kind]
    columns = {one.name for one in layout.places} & set(table.positions)
    found.columns |= {(kind, layout.part): columns for kind in kinds}
    derived = {NAME_OF.format(one.name) for one in layout.places}
    found.unread += [f"{name}: {head}" for head in table.unread if head not in derived]
    for above in table.preamble:
        row = FileRow(name, above.number, layout.kind, layout.part, "", {})
        found.rows.append(row)
        found.refused[row] = _("It stands above the heads of the columns.")
    found.rows += _rows(table, name, layout, found)


def _rows(table: SheetTable, name: str, layout: Layout, found: RegisterFile) -> Iterator[FileRow]:
    for row, cells in table:
        kind = text(cells.get("kind")).casefold() if layout.part == CLAIMS else layout.kind
        version = text(cells.get(VERSION)) if not layout.part else ""
        own = {one.name: cells.get(one.name) for one in layout.places}
        # No database looks for what has a NUL in it.
        public_id = text(cells[layout.owner]).replace("\0", "")
        read = FileRow(name, row.number, kind, layout.part, public_id, own, version)
        if kind not in found.kinds:
            found.refused[read] = _("kind: “%(found)s” is none of the kinds in this file: %(kinds)s.") % {
                "found": kind[:40], "kinds": ", ".join(found.kinds),
            }  # fmt: skip
        yield read


def join(found: RegisterFile, exported: dict[str, set[str]]) -> list[FileRecord]:
    """Return the records that the rows describe, in the order of kinds and rows.

    `exported` are the ids of each kind as they were exported: the records of a kind whose own sheet is not in the
    file. Rows of lists without a record are refused.
    """
    records: dict[Key, FileRecord] = {}
    unnamed: list[FileRecord] = []
    for row in found.rows:
        if row.part or row in found.refused:
            continue
        record = FileRecord(row.kind, row.public_id, row)
        if not row.public_id:
            unnamed.append(record)
        elif (row.kind, row.public_id) in records:
            _refuse_twice(found, records[(row.kind, row.public_id)], row)
        else:
            records[(row.kind, row.public_id)] = record
    for kind in found.kinds:
        if (kind, "") not in found.columns:
            records |= {(kind, public_id): FileRecord(kind, public_id) for public_id in sorted(exported[kind])}
    for record in [*records.values(), *unnamed]:
        record.parts = {part: [] for kind, part in found.columns if kind == record.kind and part}
    for row in found.rows:
        if row.part and row not in found.refused:
            _join_part(found, records, row)
    order = list(KINDS)
    return sorted([*records.values(), *unnamed], key=lambda record: order.index(record.kind))


def _refuse_twice(found: RegisterFile, record: FileRecord, row: FileRow) -> None:
    """Refuse both rows of a record that stands there twice: which one is meant, nobody can tell."""
    assert record.row is not None
    for one, other in ((row, record.row), (record.row, row)):
        found.refused.setdefault(
            one, _("id: %(id)s stands in row %(row)s too.") % {"id": row.public_id, "row": other.number}
        )


def _join_part(found: RegisterFile, records: dict[Key, FileRecord], row: FileRow) -> None:
    record = records.get((row.kind, row.public_id))
    if record is None:
        found.refused[row] = _("There is no %(kind)s “%(id)s” in sheet “%(sheet)s”.") % {
            "kind": row.kind, "id": row.public_id[:60], "sheet": KINDS[row.kind].plural,
        }  # fmt: skip
    else:
        record.parts[row.part].append(row)
