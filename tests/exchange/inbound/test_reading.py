"""Reading of workbooks and CSV: what is in the cells, and in which row."""

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest

from tests.exchange.files import DAY, MOMENT, cell, ods, ods_cell, xls, xlsx
from tracker.exchange.inbound.files import FileRefused, Row, open_file

TÜRKIYE = "T\N{LATIN SMALL LETTER U WITH DIAERESIS}rkiye"


def read(path: Path, sheet: str | None = None) -> list[Row]:
    return list(open_file(path).rows(sheet))


def test_xlsx_keeps_numbers_exactly_and_rows_where_they_stand(tmp_path: Path) -> None:
    rows = (
        f"<row r='3'>{cell('B3', 'value')}{cell('C3', 0.1)}{cell('D3', 65.400000000000006)}{cell('E3', 5)}"
        f"{cell('F3', 1.5e22)}{cell('G3', True)}</row>"
        f"<row r='7'>{cell('B7', 44621, DAY)}{cell('C7', 44621.5, MOMENT)}</row>"
    )
    path = xlsx(tmp_path / "book.xlsx", ("Data & more", rows))
    assert open_file(path).sheet_names == ["Data & more"]
    assert read(path) == [
        Row(3, [None, "value", Decimal("0.1"), Decimal("65.4"), 5, Decimal("1.5e22"), True]),
        Row(7, [None, dt.date(2022, 3, 1), dt.datetime(2022, 3, 1, 12, 0), None, None, None, None]),
    ]
    assert isinstance(read(path)[0].cells[4], int)


def test_sheets_are_found_by_name_whatever_their_case(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "book.xlsx", ("One", f"<row>{cell('A1', 1)}</row>"), ("Two ", f"<row>{cell('A1', 2)}</row>"))
    assert read(path) == [Row(1, [1])]
    assert read(path, "two") == [Row(1, [2])]
    with pytest.raises(FileRefused, match="no sheet “Three”; its sheets: “One”, “Two ”"):
        read(path, "Three")


def test_cells_without_a_reference_stand_side_by_side(tmp_path: Path) -> None:
    path = xlsx(
        tmp_path / "book.xlsx", ("S", "<row><c><v>1</v></c><c/><c><v>3</v></c></row><row><c><v>4</v></c></row>")
    )
    assert read(path) == [Row(1, [1, None, 3]), Row(2, [4, None, None])]


def test_a_formula_gives_its_stored_result(tmp_path: Path) -> None:
    rows = (
        '<row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1" t="str"><f>""</f><v></v></c><c r="C1"><v>3</v></c></row>'
    )
    assert read(xlsx(tmp_path / "book.xlsx", ("S", rows))) == [Row(1, [2, None, 3])]


def test_errors_are_shown_as_text_not_left_out(tmp_path: Path) -> None:
    cells = '<c r="A2"><v>1</v></c><c r="B2" t="e"><v>#N/A</v></c><c r="C2" t="e"><f>1/0</f><v>#DIV/0!</v></c>'
    alone = '<c r="B{0}" t="e"><v>#REF!</v></c></row>'
    rows = f'<row r="1">{alone.format(1)}<row r="2">{cells}</row><row r="4">{alone.format(4).replace("#REF!", "")}'
    assert read(xlsx(tmp_path / "book.xlsx", ("S", rows))) == [
        Row(1, [None, "#REF!", None]),
        Row(2, [1, "#N/A", "#DIV/0!"]),
        Row(4, [None, "#VALUE!", None]),
    ]


def test_errors_in_ods(tmp_path: Path) -> None:
    note = "<office:annotation><text:p>why?</text:p></office:annotation>"
    kinds = 'office:value-type="string" office:string-value="" calcext:value-type="error"'
    error = f'<table:table-cell {kinds} table:number-columns-repeated="2">{note}<text:p>Err:502</text:p>'
    wrong = f"<table:table-row table:number-rows-repeated='2'>{error}</table:table-cell></table:table-row>"
    right = f"<table:table-row>{ods_cell('error', repeated=3)}</table:table-row>"
    path = ods(tmp_path / "book.ods", ("S", right + wrong))
    assert read(path)[1:] == [Row(number, ["Err:502", "Err:502", None]) for number in (2, 3)]


def test_empty_rows_of_a_formatted_sheet_are_no_rows(tmp_path: Path) -> None:
    empty = "".join(f'<row r="{number}"><c r="XFD{number}" s="1"/></row>' for number in range(2, 5000))
    path = xlsx(tmp_path / "book.xlsx", ("S", f"<row r='1'>{cell('A1', 'x')}</row>{empty}"))
    assert read(path) == [Row(1, ["x"])]


def test_a_sheet_without_cells(tmp_path: Path) -> None:
    assert read(xlsx(tmp_path / "book.xlsx", ("S", ""))) == []


def test_prefixed_xml_is_read_all_the_same(tmp_path: Path) -> None:
    names = 'xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    rows = "<x:row r='1'><x:c r='B1'><x:v>7</x:v></x:c></x:row>"
    columns = "<x:cols><x:col min='\N{SUPERSCRIPT TWO}' max='3' hidden='1'/></x:cols>"
    sheet = f"<x:worksheet {names}>{columns}<x:sheetData>{rows}</x:sheetData></x:worksheet>"
    path = xlsx(tmp_path / "book.xlsx", ("S", ""), parts={"xl/worksheets/sheet1.xml": sheet})
    assert read(path) == [Row(1, [None, 7])]


def test_ods(tmp_path: Path) -> None:
    rows = (
        "<table:table-row table:number-rows-repeated='2'>"
        "<table:table-cell table:number-columns-repeated='9'/></table:table-row>"
        f"<table:table-row><table:table-cell/>{ods_cell(TÜRKIYE)}{ods_cell('0.1', 'float', 2)}</table:table-row>"
        f"<table:table-row>{ods_cell('2022-03-01', 'date')}</table:table-row>"
        "<table:table-row table:number-rows-repeated='1048572'>"
        "<table:table-cell table:number-columns-repeated='16384'/></table:table-row>"
    )
    path = ods(tmp_path / "book.ods", ("Données", rows), ("Empty", ""))
    assert open_file(path).sheet_names == ["Données", "Empty"]
    tenth = Decimal("0.1")
    assert read(path) == [Row(3, [None, TÜRKIYE, tenth, tenth]), Row(4, [dt.date(2022, 3, 1), None, None, None])]
    assert read(path, "Empty") == []


def test_xls(tmp_path: Path) -> None:
    cells = {(1, 1): "donor", (2, 1): TÜRKIYE, (2, 2): dt.date(2022, 3, 1), (4, 2): 0.1, (4, 3): True}
    path = xls(tmp_path / "book.xls", ("Old", cells), ("Other", {(0, 0): 5}))
    assert read(path) == [
        Row(2, [None, "donor", None, None]),
        Row(3, [None, TÜRKIYE, dt.date(2022, 3, 1), None]),
        Row(5, [None, None, Decimal("0.1"), True]),
    ]
    assert read(path, "Other") == [Row(1, [5])]
    assert "errors such as #N/A are read as empty" in open_file(path).notice


def test_a_workbook_is_told_by_its_content_not_its_name(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "upload.tmp", ("S", f"<row>{cell('A1', 1)}</row>"))
    assert open_file(path, name="release.csv").name == "release.csv"
    assert read(path) == [Row(1, [1])]


def test_reading_may_stop_early(tmp_path: Path) -> None:
    rows = "".join(f"<row r='{number}'>{cell(f'A{number}', number)}</row>" for number in range(1, 5001))
    opened = open_file(xlsx(tmp_path / "book.xlsx", ("S", rows))).rows()
    assert next(opened) == Row(1, [1])
    opened.close()  # type: ignore[attr-defined]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "latin-1", "cp1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_csv_in_each_encoding_with_each_separator(tmp_path: Path, encoding: str, separator: str) -> None:
    path = tmp_path / "table.csv"
    lines = [
        ["donor", "value", "note"],
        [TÜRKIYE, '"1,5"', '"a; b"'],
        [],
        ["Germany", "", '"two\nlines"'],
        ["", "", " "],
    ]
    path.write_bytes("\r\n".join(separator.join(line) for line in lines).encode(encoding))
    assert read(path) == [
        Row(1, ["donor", "value", "note"]),
        Row(2, [TÜRKIYE, "1,5", "a; b"]),
        Row(4, ["Germany", None, "two\nlines"]),
    ]


@pytest.mark.parametrize("mark", ["utf-16-le", "utf-16-be"])
def test_utf_16_of_either_kind(tmp_path: Path, mark: str) -> None:
    path = tmp_path / "export.csv"
    path.write_bytes(f"\N{ZERO WIDTH NO-BREAK SPACE}donor\tvalue\r\n{TÜRKIYE}\t5".encode(mark))
    assert read(path) == [Row(1, ["donor", "value"]), Row(2, [TÜRKIYE, "5"])]


def test_windows_quotes_are_no_control_characters(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_bytes(b"a,b\n\x93quoted\x94,\x80 5\n")
    assert read(path)[1] == Row(2, ["“quoted”", "€ 5"])
    path.write_bytes(b"a,b\n\x81,1\n")
    assert read(path)[1] == Row(2, ["\x81", "1"])


@pytest.mark.parametrize(
    ("text", "separator"),
    [
        ("a;b;c\n1,5;2,5;3,5\n4,5;5,5;6,5\n", ";"),
        ("list,other\n" + "x; y; z,1\n" * 20, ","),
        ("A note, with commas, and; semicolons\n\nSource: one, two\nid,name,value,unit\n" + "1,x,2,t\n" * 30, ","),
        ("sep=;\na,b;c\n1,2;3\n", ";"),
        ("just one column\nof text\n", ","),
    ],
)
def test_the_separator_is_told_from_the_whole(tmp_path: Path, text: str, separator: str) -> None:
    path = tmp_path / "table.csv"
    path.write_text(text)
    assert open_file(path).separator == separator  # type: ignore[attr-defined]


def test_a_line_that_names_the_separator_is_a_row_but_no_data(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_text("sep=;\na;b\n")
    assert read(path) == [Row(2, ["a", "b"])]
