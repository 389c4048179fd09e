"""Finding the sheet that is meant: by its header, among those that are shown, whatever it is called."""

from pathlib import Path

import pytest

from tests.exchange.files import cell, ods, ods_cell, xlsx
from tracker.exchange.inbound.choosing_sheet import FoundTable, find_table
from tracker.exchange.inbound.files import FileRefused, open_file
from tracker.exchange.inbound.headers import Header, HeaderMissing, ProfileColumn

HEADER = Header((ProfileColumn("id", ("activity_id",), required=True), ProfileColumn("value", required=True)))
HEAD = f"<row>{cell('A1', 'activity_id')}{cell('B1', 'value')}</row>"
OTHER = f"<row>{cell('A1', 'Read this first')}</row>"


def table(number: int) -> str:
    return f"{HEAD}<row>{cell('A2', f'X{number}')}{cell('B2', number)}</row>"


def book(path: Path, *sheets: tuple[str, str], hidden: str = "") -> Path:
    """Write a workbook, of which one sheet is hidden."""
    state = {hidden: ' state="hidden"'}
    listed = "".join(
        f'<sheet name="{name}" sheetId="{number}" r:id="rId{number}"{state.get(name, "")}/>'
        for number, (name, _rows) in enumerate(sheets, start=1)
    )
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    xml = f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets>{listed}</sheets></workbook>'
    return xlsx(path, *sheets, parts={"xl/workbook.xml": xml})


def found(path: Path, sheet: str | None = None, preferred: tuple[str, ...] = ()) -> tuple[FoundTable, list[object]]:
    result = find_table(open_file(path), HEADER, sheet=sheet, preferred=preferred)
    return result, [cells["value"] for _row, cells in result.table]


def test_the_sheet_with_the_header_is_read_wherever_it_stands(tmp_path: Path) -> None:
    path = book(tmp_path / "b.xlsx", ("ReadMe", OTHER), ("Updates", OTHER), ("Whatever", table(1)))
    result, values = found(path)
    assert (result.sheet, result.others, values) == ("Whatever", ["ReadMe", "Updates"], [1])


def test_a_name_is_preferred_in_any_case_where_the_sheet_has_the_header(tmp_path: Path) -> None:
    path = book(tmp_path / "b.xlsx", ("Old", table(1)), ("Main DATA", table(2)))
    assert found(path, preferred=("main data",))[1] == [2]
    path = book(tmp_path / "b.xlsx", ("Main data", OTHER), ("Other", table(3)))
    assert found(path, preferred=("main data",))[1] == [3]


def test_of_several_sheets_with_the_header_one_has_to_be_named(tmp_path: Path) -> None:
    path = book(tmp_path / "b.xlsx", ("One", table(1)), ("Two", table(2)))
    with pytest.raises(FileRefused, match="the header on several sheets: “One”, “Two”; name the one"):
        found(path)
    assert found(path, "two")[1] == [2]


def test_a_hidden_sheet_is_read_only_where_it_is_named(tmp_path: Path) -> None:
    path = book(tmp_path / "b.xlsx", ("Draft", table(9)), ("Sheet1", table(1)), hidden="Draft")
    result, values = found(path)
    assert (result.sheet, result.hidden, values) == ("Sheet1", ["Draft"], [1])
    assert found(path, "Draft")[1] == [9]
    path = book(tmp_path / "b.xlsx", ("Draft", table(9)), ("Sheet1", OTHER), ("More", OTHER), hidden="Draft")
    with pytest.raises(HeaderMissing, match=r"lacks the headers|no row with the headers") as missing:
        found(path)
    assert "“Sheet1”, “More”" in str(missing.value)
    assert "Hidden sheets are read only when they are named: “Draft”" in str(missing.value)


def test_a_sheet_of_an_ods_file_that_is_hidden(tmp_path: Path) -> None:
    rows = f"<table:table-row>{ods_cell('activity_id')}{ods_cell('value')}</table:table-row>"
    hiding = (
        '<office:automatic-styles><style:style style:name="ta2" style:family="table">'
        '<style:table-properties table:display="false"/></style:style></office:automatic-styles>'
    )
    path = ods(tmp_path / "b.ods", ("Draft", rows), ("Shown", rows), styles=hiding, styled={"Draft": "ta2"})
    book = open_file(path)
    assert book.hidden == {"Draft"}
    assert find_table(book, HEADER).sheet == "Shown"


def test_a_row_that_does_not_fit_says_how(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("activity_id,value,note\nX1,1,a\nX2,2\nX3,3,with, a comma\nX4,4,,,\nX5,5")
    result = find_table(open_file(path), HEADER)
    said = {row.number: result.table.misfit(row) for row, _cells in result.table}
    assert said[2] == said[5] == ""
    assert said[3] == "It has 2 cells, where the header names 3."
    assert "It has 4 cells, where the header names 3: is there a separator in a text?" in said[4]
    assert "The file ends in it: was it copied in full?" in said[6]
