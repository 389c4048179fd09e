"""Small workbooks, written by hand so that they can be wrong in every way."""

import zipfile
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

import xlwt

_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'
_STYLES = (
    f'<styleSheet {_MAIN}><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="22"/></cellXfs></styleSheet>'
)
DAY, MOMENT = 1, 2
"""Styles: as a date, as a date and time."""


def _relation(number: int, kind: str, target: str) -> str:
    return f'<Relationship Id="rId{number}" Type="{_OFFICE}/{kind}" Target="{target}"/>'


def xlsx(path: Path, *sheets: tuple[str, str], dtd: str = "", parts: dict[str, str] | None = None) -> Path:
    """Write an XLSX file of sheets, each a name and the XML of its rows; `parts` replaces or adds members."""
    listed = "".join(
        f'<sheet name={quoteattr(name)} sheetId="{number}" r:id="rId{number}"/>'
        for number, (name, _rows) in enumerate(sheets, start=1)
    )
    relations = "".join(
        _relation(number, "worksheet", f"worksheets/sheet{number}.xml") for number in range(1, len(sheets) + 1)
    )
    book = _relation(1, "officeDocument", "xl/workbook.xml")
    members = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": f"<Relationships {_RELATIONS}>{book}</Relationships>",
        "xl/workbook.xml": f'<workbook {_MAIN} xmlns:r="{_OFFICE}"><sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f"<Relationships {_RELATIONS}>{relations}</Relationships>",
        "xl/styles.xml": _STYLES,
    }
    for number, (_name, rows) in enumerate(sheets, start=1):
        members[f"xl/worksheets/sheet{number}.xml"] = (
            f"{dtd}<worksheet {_MAIN}><sheetData>{rows}</sheetData></worksheet>"
        )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, xml in (members | (parts or {})).items():
            archive.writestr(name, xml)
    return path


def cell(reference: str, value: object, style: int = 0) -> str:
    """Return the XML of one cell: text inline, a number, or a truth."""
    if isinstance(value, bool):
        return f'<c r="{reference}" t="b"><v>{value:d}</v></c>'
    if isinstance(value, str):
        return f'<c r="{reference}" t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'
    return f'<c r="{reference}" s="{style}"><v>{value}</v></c>'


def ods(path: Path, *sheets: tuple[str, str], styles: str = "", styled: dict[str, str] | None = None) -> Path:
    """Write an ODS file of sheets, each a name and the XML of its rows; `styled` names the style of a sheet."""
    tables = "".join(
        f"<table:table table:name={quoteattr(name)}{_style(name, styled or {})}>{rows}</table:table>"
        for name, rows in sheets
    )
    names = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text", "style", "calcext")
    )
    content = f"{styles}<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED)
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        archive.writestr("content.xml", f"<office:document-content {names}>{content}</office:document-content>")
    return path


def _style(name: str, styled: dict[str, str]) -> str:
    return f" table:style-name={quoteattr(styled[name])}" if name in styled else ""


def ods_cell(value: str, kind: str = "string", repeated: int = 1) -> str:
    """Return the XML of a cell of an ODS file, or of many equal ones."""
    held = "" if kind == "string" else f' office:{"date-" if kind == "date" else ""}value="{value}"'
    return (
        f'<table:table-cell office:value-type="{kind}"{held} table:number-columns-repeated="{repeated}">'
        f"<text:p>{escape(value)}</text:p></table:table-cell>"
    )


def xls(path: Path, *sheets: tuple[str, dict[tuple[int, int], object]]) -> Path:
    """Write an XLS file of sheets, each a name and its cells by row and column, from 0."""
    book = xlwt.Workbook()
    day = xlwt.easyxf(num_format_str="YYYY-MM-DD")
    plain = xlwt.XFStyle()
    for name, cells in sheets:
        sheet = book.add_sheet(name)
        for (row, column), value in cells.items():
            sheet.write(row, column, value, day if hasattr(value, "year") else plain)
    book.save(str(path))
    return path
