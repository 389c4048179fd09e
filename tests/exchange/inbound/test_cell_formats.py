"""Number formats of cells: which are found, however a program writes the cells; and styles that do harm."""

from pathlib import Path

import pytest

from tests.exchange.files import ods, xlsx
from tracker.exchange.inbound.files import FileRefused, open_file
from tracker.exchange.inbound.number_formats import Says

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
FORMATS = '<numFmt numFmtId="164" formatCode="&quot;$&quot;0"/><numFmt numFmtId="165" formatCode="0;-0;;@"/>'
NUMBERS = (0, 164, 9, 44, 165, 4)


def styles(formats: str = FORMATS, more: str = "", numbers: tuple[int, ...] = NUMBERS) -> dict[str, str]:
    """Return the part with styles of an XLSX file; the styles of cells stand between others."""
    cells = "".join(f'<xf numFmtId="{number}"/>' for number in numbers)
    return {
        "xl/styles.xml": f'<styleSheet xmlns="{MAIN}"><numFmts>{formats}</numFmts><cellStyleXfs><xf numFmtId="9"/>'
        f'</cellStyleXfs><cellXfs>{cells}</cellXfs><dxfs><xf numFmtId="9"/></dxfs>{more}</styleSheet>',
        "xl/_rels/workbook.xml.rels": "<Relationships>"
        '<Relationship Id="rId1" Type="x/worksheet" Target="worksheets/sheet1.xml"/>'
        '<Relationship Id="s" Type="x/styles" Target="styles.xml"/></Relationships>',
    }


def found(path: Path, rows: str, **made: str) -> list[dict[int, Says]]:
    sheet = xlsx(path / "book.xlsx", ("S", rows), parts=styles(**made))  # type: ignore[arg-type]
    return [{place: one.says for place, one in (row.formats or {}).items()} for row in open_file(sheet).rows()]


def row(number: int, *cells: str) -> str:
    return f'<row r="{number}">{"".join(cells)}</row>'


PLAIN = [
    row(1, '<c r="A1" t="s" s="1"><v>0</v></c>'.replace('t="s"', 't="str"'), '<c r="B1" s="0"><v>1</v></c>'),
    row(2, '<c r="A2" s="1"><v>5</v></c>', '<c r="B2" s="2" t="n"><v>0.15</v></c>', '<c r="C2" s="4"><v>0</v></c>'),
    row(3, '<c r="A3" s="4"><v>5</v></c>', '<c r="C3" t="n" s="3"><v>5</v></c>', '<c r="D3" s="5"><v>5</v></c>'),
    row(4, '<c r="A4" s="1"/>', '<c r="B4" s="1" t="str"><v>five</v></c>', '<c r="C4" s="77"><v>1</v></c>'),
]
SHOWN = [{}, {0: Says.CURRENCY, 1: Says.PERCENT, 2: Says.NOTHING}, {2: Says.LOCAL_CURRENCY}, {}]


def test_formats_are_found_in_cells_however_they_are_written(tmp_path: Path) -> None:
    assert found(tmp_path, "".join(PLAIN)) == SHOWN
    for odd in ('<c r="Z4"><f>1+1</f><v>2</v></c></row>', "<c r='Z4'><v>2</v></c></row>"):
        assert found(tmp_path, "".join(PLAIN).replace("</row>", odd.replace("4", "1"), 1)) == SHOWN
    prefixed = "".join(PLAIN).replace("<c ", "<x:c ").replace("</c>", "</x:c>")
    assert found(tmp_path, prefixed.replace("<row ", f'<row xmlns:x="{MAIN}" ')) == SHOWN


def test_formats_of_an_ods_file(tmp_path: Path) -> None:
    def cell(kind: str, also: str = "") -> str:
        return f'<table:table-cell office:value-type="{kind}" office:value="5"{also}/>'

    dollars = cell("currency", ' office:currency="USD" table:number-columns-repeated="2"')
    cells = cell("float") + dollars + cell("percentage")
    rows = f'<table:table-row table:number-rows-repeated="2">{cells}</table:table-row>'
    sheet = ods(tmp_path / "book.ods", ("S", rows + f"<table:table-row>{cell('currency')}</table:table-row>"))
    shown = [
        {place: (one.says, one.words) for place, one in (row.formats or {}).items()} for row in open_file(sheet).rows()
    ]
    both = {1: (Says.CURRENCY, "USD"), 2: (Says.CURRENCY, "USD"), 3: (Says.PERCENT, "")}
    assert shown == [both, both, {}]


def test_formats_are_found_in_each_of_many_rows(tmp_path: Path) -> None:
    rows = "".join(row(n, f'<c r="A{n}"><v>{n}</v></c>', f'<c r="B{n}" s="1"><v>{n}</v></c>') for n in range(1, 20_000))
    assert found(tmp_path, rows) == [{1: Says.CURRENCY}] * 19_999


def test_formats_are_found_among_many_styles(tmp_path: Path) -> None:
    sheet = xlsx(tmp_path / "book.xlsx", ("S", "".join(PLAIN)), parts=styles(numbers=(*NUMBERS, *[9] * 1_000)))
    assert [len(row.formats or {}) for row in open_file(sheet).rows()] == [0, 3, 1, 1]


@pytest.mark.parametrize(
    "made",
    [
        {"formats": "".join(f'<numFmt numFmtId="{n}" formatCode="0"/>' for n in range(10_001))},
        {"formats": f'<numFmt numFmtId="164" formatCode="{"0" * 1_001}"/>'},
        {"more": "<a>" * 100 + "</a>" * 100},
        {"numbers": (0,) * 100_001},
    ],
    ids=["many formats", "a long format", "deep", "many styles"],
)
def test_styles_beyond_what_programs_write_are_refused(tmp_path: Path, made: dict[str, str]) -> None:
    with pytest.raises(FileRefused, match="number formats and styles than spreadsheet programs write"):
        found(tmp_path, PLAIN[1], **made)


def test_styles_that_are_missing_or_odd_show_nothing(tmp_path: Path) -> None:
    parts = styles() | {"xl/styles.xml": f'<styleSheet xmlns="{MAIN}"/>'}
    assert [row.formats for row in open_file(xlsx(tmp_path / "a.xlsx", ("S", PLAIN[1]), parts=parts)).rows()] == [None]
    for code in ("&quot;", "[", "[$", "\\", ";" * 900, "[$" * 400, "_", "&quot;$" * 300, "[&lt;]0", "[$-zz]0"):
        assert len(found(tmp_path, PLAIN[1], formats=f'<numFmt numFmtId="164" formatCode="{code}"/>')) == 1
