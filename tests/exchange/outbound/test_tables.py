"""Tables on their way out: nothing in them runs in a spreadsheet, and no number is touched."""

import csv
import io
from decimal import Decimal

import pytest
from python_calamine import CalamineWorkbook

from tracker.exchange.outbound.csv_and_ndjson import csv_of
from tracker.exchange.outbound.formulas import defuse
from tracker.exchange.outbound.spreadsheets import MOST_CHARACTERS, cut, write_xlsx
from tracker.exchange.outbound.table_columns import as_grid
from tracker.lib.column_types import DECIMAL, INTEGER, Column
from tracker.reporting.shelf import moments
from tracker.reporting.tables.grids import Grid
from tracker.reporting.tables.measures import Measure, TableCell
from tracker.reporting.tables.members import Member
from tracker.reporting.tables.table import Table

FORMULAS = ["=1+1", "+1", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "  =1+1", "＝1+1", "=cmd|' /C calc'!A0"]


@pytest.mark.parametrize("text", FORMULAS)
def test_a_formula_is_defused(text: str) -> None:
    assert defuse(text) == f"'{text}"


@pytest.mark.parametrize("text", ["Germany", "1+1", "", "Côte d'Ivoire", "a=b", "12"])
def test_other_text_is_left_alone(text: str) -> None:
    assert defuse(text) == text


def table(measure: str, *cells: TableCell, names: list[str]) -> Table:
    """Return a table of one column and a row for each cell."""
    members = [Member(f"-{number}", name) for number, name in enumerate(names)]
    column = Member("=c", "=1+1")
    found = Table(members, [column], "contributor", "stage", Measure(measure), ["commitment"], ["headline"])
    found.lines = {member.id: {"=c": cell} for member, cell in zip(members, cells, strict=True)}
    found.row_totals = {member.id: cell for member, cell in zip(members, cells, strict=True)}
    return found


def test_names_and_ids_are_defused_and_numbers_are_not() -> None:
    found = table("value", TableCell(5_000_000_001, 1), TableCell(None, 1), names=["@evil", 'So "called", GmbH'])
    text = b"".join(csv_of(as_grid(found, {}, moments.NEVER))).decode()
    assert list(csv.reader(io.StringIO(text))) == [
        ["contributor_id", "contributor", "%3Dc", "total"],
        ["'-0", "'@evil", "50000000.01", "50000000.01"],
        ["'-1", 'So "called", GmbH', "", ""],
    ]


def test_an_amount_of_more_digits_than_a_spreadsheet_holds_is_text() -> None:
    columns = [Column("amount", "Amount", DECIMAL), Column("units", "Units", INTEGER)]
    rows = [[Decimal("9999999999999.99"), 7], [Decimal("12345678901234.56"), 2**53 + 1]]
    file = io.BytesIO()
    write_xlsx(Grid("sums", "Sums", columns, rows), file, source="https://example.org/")
    book = CalamineWorkbook.from_filelike(io.BytesIO(file.getvalue()))
    assert book.get_sheet_by_name("Data").to_python()[1:] == [
        [9999999999999.99, 7.0], ["12345678901234.56", str(2**53 + 1)],
    ]  # fmt: skip


def test_a_cell_that_is_cut_says_so() -> None:
    shown = cut("x" * 40_000)
    assert len(shown) == MOST_CHARACTERS
    assert "cut here: the text has 40000 characters" in shown
    assert cut("x" * MOST_CHARACTERS) == "x" * MOST_CHARACTERS
