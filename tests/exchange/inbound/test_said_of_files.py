"""What is said of a file that can be cut off, is written in a guessed encoding, or has columns that are not read."""

from pathlib import Path
from types import SimpleNamespace

import pytest
import xlsxwriter

from tests.exchange.files import ods, ods_cell
from tracker.exchange.inbound.choosing_sheet import find_table
from tracker.exchange.inbound.files import FileRefused, open_file
from tracker.exchange.inbound.headers import Header, ProfileColumn

HEADER = Header((ProfileColumn("country", required=True), ProfileColumn("amount", required=True)))


def written(tmp_path: Path, content: str, encoding: str = "utf-8") -> Path:
    path = tmp_path / "file.csv"
    path.write_bytes(content.encode(encoding))
    return path


@pytest.mark.parametrize("encoding", ["cp1252", "latin-1"])
def test_a_guessed_encoding_is_said_with_a_word_to_tell_it_by(tmp_path: Path, encoding: str) -> None:
    found = find_table(open_file(written(tmp_path, "country,amount\nPoland,1\nTürkiye,2\n", encoding)), HEADER)
    assert found.notice == "The file is not UTF-8 and is read as cp1252: is “Türkiye” in line 3 right?"
    assert [values["country"] for _row, values in found.table] == ["Poland", "Türkiye"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_nothing_is_said_of_an_encoding_that_is_known(tmp_path: Path, encoding: str) -> None:
    found = find_table(open_file(written(tmp_path, "country,amount\nTürkiye,2\n", encoding)), HEADER)
    assert (found.notice, [values["country"] for _row, values in found.table]) == ("", ["Türkiye"])


def test_a_file_that_ends_in_the_middle_of_a_letter_is_not_read_in_another_encoding(tmp_path: Path) -> None:
    path = written(tmp_path, "country,amount\nTürkiye,2\nCôte")
    path.write_bytes(path.read_bytes() + "ü".encode()[:1])
    with pytest.raises(FileRefused, match=r"file\.csv ends in the middle of a letter: was it copied in full\?"):
        open_file(path)


def test_bars_separate_cells(tmp_path: Path) -> None:
    table = find_table(open_file(written(tmp_path, "country|amount\nPoland|1,5\n")), HEADER).table
    assert [values for _row, values in table] == [{"country": "Poland", "amount": "1,5"}]


def test_a_column_without_a_header_is_said_where_it_has_cells(tmp_path: Path) -> None:
    table = find_table(open_file(written(tmp_path, "country,,amount,,more\nPoland,,1,,x\nMalta,,2,9,\n")), HEADER).table
    assert len(list(table)) == 2
    assert table.left_out == ["more", "column D, which has no header"]


def test_what_is_hidden_is_named_where_nothing_shown_fits(tmp_path: Path) -> None:
    workbook = SimpleNamespace(
        name="file.xlsx", sheet_names=["Draft", "Notes"], hidden=frozenset({"Draft"}), separator="", notice="",
        rows=lambda sheet=None: (row for row in ()),
    )  # fmt: skip
    with pytest.raises(FileRefused, match="Hidden sheets are read only when they are named: “Draft”"):
        find_table(workbook, HEADER)  # type: ignore[arg-type]


def test_hidden_rows_and_columns_are_read_and_said(tmp_path: Path) -> None:
    path = tmp_path / "hidden.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate([["country", "amount"], ["Poland", 1], ["Malta", 2], ["Italy", 3], ["Spain", 4]]):
            sheet.write_row(number, 0, row)
        for number in (2, 3, 9):
            sheet.set_row(number, None, None, {"hidden": True})
        sheet.set_column(1, 5, None, None, {"hidden": True})
    table = find_table(open_file(path), HEADER).table
    assert len(list(table)) == 4
    assert table.hidden_notices == [
        "2 hidden rows are read like the others: rows 3–4.",
        "1 hidden column is read like the others: B “amount”.",
    ]


def test_merged_cells_are_said_where_they_cover_rows(tmp_path: Path) -> None:
    path = tmp_path / "merged.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet()
        sheet.merge_range("A1:B1", "A table of its own")
        for number, row in enumerate([["country", "amount", "more"], ["Poland"], ["Malta"], ["Italy"]], start=1):
            sheet.write_row(number, 0, row)
        sheet.merge_range("B3:B5", 900)
        sheet.merge_range("C3:C5", "not read")
    table = find_table(open_file(path), HEADER).table
    assert [values["amount"] for _row, values in table] == [900, None, None]
    assert table.hidden_notices == [
        "Merged cells have their value in the first of their rows alone; the others are read as empty: B3:B5."
    ]
    merged = '<table:table-cell office:value-type="float" office:value="9" table:number-rows-spanned="2"/>'
    rows = [ods_cell("country") + ods_cell("amount"), ods_cell("Poland") + merged, ods_cell("Malta")]
    xml = "".join(f"<table:table-row>{one}</table:table-row>" for one in rows)
    table = find_table(open_file(ods(tmp_path / "merged.ods", ("Sheet", xml))), HEADER).table
    assert [values["amount"] for _row, values in table] == [9, None]
    assert "B2:B3" in table.hidden_notices[0]


def test_hidden_rows_of_an_ods_file(tmp_path: Path) -> None:
    def row(place: str, amount: str, also: str = "") -> str:
        return f"<table:table-row{also}>{ods_cell(place)}{ods_cell(amount)}</table:table-row>"

    columns = '<table:table-column/><table:table-column table:visibility="collapse"/>'
    filtered = row("Malta", "2", ' table:visibility="filter"')
    path = ods(tmp_path / "hidden.ods", ("Sheet", columns + row("country", "amount") + row("Poland", "1") + filtered))
    table = find_table(open_file(path), HEADER).table
    assert len(list(table)) == 2
    assert table.hidden_notices == [
        "1 hidden row is read like the others: row 3.",
        "1 hidden column is read like the others: B “amount”.",
    ]
