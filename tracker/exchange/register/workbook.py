"""The published register as a workbook, which can be edited and imported again without loss."""

import datetime as dt
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import IO, Any

import xlsxwriter
from django.utils.translation import gettext as _

from tracker.exchange.register.layouts import CLAIMS, NAME_OF, VERSION, Layout, layouts_of, sheets_of
from tracker.lib import canonical
from tracker.lib.cells import Cell, spreadsheet_number, text
from tracker.lib.chunks import chunked
from tracker.records.registry import KINDS
from tracker.reporting.shelf import moments, published

FIRST_SHEET = "register"
AS_OF = "as of"

_WIDTHS = {"name": 50, "description": 60, "quote": 50, "url": 40, "reason": 40, "note": 40}
_WIDTH = 16


def write_register(
    file: IO[bytes], *, as_of: dt.datetime | None = None, kinds: Iterable[str] = KINDS
) -> dict[str, int]:  # fmt: skip
    """Write what was published as of a moment (None: now) into `file`, a binary stream, as XLSX.

    Returns how many records of each kind it has. The same moment gives the same bytes.
    """
    moment = moments.resolve(as_of)
    kinds = [kind for kind in KINDS if kind in set(kinds)]
    counts = {kind: published.records(kind, moment).count() for kind in kinds}
    # Rows are written out as they come. Text is never taken for a formula or a link.
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(file, options) as book:
        book.set_properties({"title": _("Defence Aid Tracker: the published register"), "created": moment})
        _first_sheet(book, moment, counts)
        sheets = {layout.sheet: _Sheet(book, layout) for layout in sheets_of(kinds)}
        for kind in kinds:
            for version, document in _documents(kind, moment):
                for layout in layouts_of(kind):
                    sheets[layout.sheet].write(layout, document, version)
        for sheet in sheets.values():
            sheet.finish()
    return counts


def _documents(kind: str, moment: dt.datetime) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield version and document of what stands on the shelf, by public id."""
    rows = published.records(kind, moment).order_by("public_id").values_list("version", "document")
    yield from ((version, canonical.load(document)) for version, document in rows.iterator(chunk_size=500))


def exported_ids(kind: str, moment: dt.datetime) -> set[str]:
    """Return the public ids of the records of a kind that were exported."""
    return set(published.records(kind, moment).order_by().values_list("public_id", flat=True))


def exported_records(
    kind: str, moment: dt.datetime, public_ids: Iterable[str]
) -> dict[str, tuple[int, dict[str, Any]]]:  # fmt: skip
    """Return version and document of those of the records that were exported, as they were, by public id."""
    found: dict[str, tuple[int, dict[str, Any]]] = {}
    for part in chunked(sorted(set(public_ids))):
        rows = published.records(kind, moment).filter(public_id__in=part).order_by("public_id")
        for public_id, version, document in rows.values_list("public_id", "version", "document"):
            found[public_id] = (version, canonical.load(document))
    return found


def _first_sheet(book: Any, moment: dt.datetime, counts: dict[str, int]) -> None:
    """Write what the workbook is, and how it is edited."""
    sheet = book.add_worksheet(FIRST_SHEET)
    text, bold = book.add_format({"num_format": "@"}), book.add_format({"bold": True})
    sheet.set_column(0, 2, 22, text)
    lines: list[tuple[Any, ...]] = [
        (_("Defence Aid Tracker: the published register"),),
        (AS_OF, moment.isoformat()),
        (),
        ("kind", "sheet", "records"),
        *((kind, KINDS[kind].plural, count) for kind, count in counts.items()),
        (),
        *((line,) for line in _how_to_edit()),
    ]
    for number, line in enumerate(lines):
        for place, value in enumerate(line):
            form = bold if number in (0, 3) else None
            sheet.write_number(number, place, value) if isinstance(value, int) else sheet.write_string(
                number, place, value, form
            )


def _how_to_edit() -> list[str]:
    return [
        _("Edit cells, add rows, and import the file with the profile tracker. Keep this sheet: it says what was "
          "exported."),
        _("A new record is a new row, with an id of your own or none. A row of a list names its record in the first "
          "column."),
        _("An emptied cell empties the field. A row taken out of a list is taken out of the record; a record taken out "
          "stays in the register."),
        _("A sheet or a column that is taken out changes nothing. Columns with (name), and version, are not read as "
          "edits."),
    ]  # fmt: skip


class _Sheet:
    """A sheet being written, row after row."""

    def __init__(self, book: Any, layout: Layout) -> None:
        self.layout = layout
        self.sheet = book.add_worksheet(layout.sheet)
        self.row = 0
        formats = {place.name: place.field.number_format for place in layout.places}
        derived = {VERSION, *(NAME_OF.format(place.name) for place in layout.places)}
        for column, name in enumerate(layout.heads):
            look = {"font_color": "#767676"} if name in derived else {}
            # Columns of text, below the last row too: what is typed there stays what was typed.
            form = book.add_format({"num_format": formats.get(name, "@"), **look})
            self.sheet.set_column(column, column, _WIDTHS.get(name, _WIDTH), form)
            self.sheet.write_string(0, column, name, book.add_format({"bold": True, **look}))
        self.sheet.freeze_panes(1, 1)

    def write(self, layout: Layout, document: dict[str, Any], version: int) -> None:
        """Write the rows of one document. `layout` is that of its kind: kinds share the sheet of claims."""
        for value, cells in zip(layout.values(document), layout.cells(document), strict=True):
            self.row += 1
            row: list[Cell] = [document["id"], *([layout.kind] if layout.part == CLAIMS else [])]
            for place in layout.places:
                row.append(cells[place.name])
                if place.is_reference:
                    named = value if layout.is_single else value.get(place.name)
                    row.append(named["name"] if named else None)
            if not layout.part:
                row.append(version)
            for column, cell in enumerate(row):
                self._cell(column, cell)

    def _cell(self, column: int, cell: Cell) -> None:
        """Write one cell: a number as such where a spreadsheet holds all its digits, else as text."""
        if isinstance(cell, bool):
            self.sheet.write_boolean(self.row, column, cell)
        elif isinstance(cell, int | Decimal):
            number = spreadsheet_number(cell)
            if number is None:
                self.sheet.write_string(self.row, column, text(cell))
            else:
                self.sheet.write_number(self.row, column, number)
        elif cell is not None:
            self.sheet.write_string(self.row, column, str(cell))

    def finish(self) -> None:
        """Let people filter what was written."""
        self.sheet.autofilter(0, 0, max(self.row, 1), len(self.layout.heads) - 1)
