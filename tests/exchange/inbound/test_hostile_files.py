"""Files that are broken, too large or made to do harm: refused with a reason, and with bounded memory."""

import json
import subprocess
import sys
import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.examples import examples
from tests.exchange.files import cell, ods, ods_cell, xls, xlsx
from tracker.exchange.inbound import archives, workbook_types, workbooks
from tracker.exchange.inbound.files import FileRefused, open_file

MIB = 2**20
ENTITY = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
ONE = f"<row r='1'>{cell('A1', 1)}</row>"

# What a process of its own does to a file: read all rows, say why not, and how much memory that took, in KiB.
MEASURE = """
import json, resource, sys
from pathlib import Path
from tracker.exchange.inbound.files import FileRefused, open_file
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
try:
    rows, reason = sum(1 for _ in open_file(Path(sys.argv[1])).rows()), ""
except FileRefused as error:
    rows, reason = 0, str(error)
after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
parser = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
print(json.dumps([reason, rows, after - before, parser]))
"""


def measure(path: Path) -> tuple[str, int, int, int]:
    """Return why a file is refused, its rows, and the MiB that reading took here and in the parser."""
    run = subprocess.run([sys.executable, "-c", MEASURE, str(path)], capture_output=True, text=True, check=True)
    reason, rows, here, parser = json.loads(run.stdout)
    return reason, rows, here // 1024, parser // 1024


def refusal(path: Path, sheet: str | None = None) -> str:
    with pytest.raises(FileRefused) as refused:
        list(open_file(path).rows(sheet))
    return str(refused.value)


def with_dtd(where: str, dtd: str) -> Callable[[Path], Path]:
    return lambda path: xlsx(path, ("S", ONE), parts={where: f"{dtd}<x/>"})


def two_of_a_part(path: Path) -> Path:
    xlsx(path, ("S", ONE))
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("XL/worksheets/Sheet1.xml", "<worksheet/>")
    return path


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (with_dtd("xl/sharedStrings.xml", ENTITY), "document types or entities"),
        (with_dtd("xl/styles.xml", LAUGHS), "document types or entities"),
        (with_dtd("_rels/.rels", ENTITY), "document types or entities"),
        (lambda path: xlsx(path, ("S", ONE), dtd=ENTITY), "document types or entities"),
        (lambda path: xlsx(path, ("S", ONE), parts={"xl/styles.xml": ENTITY.encode("utf-16") + b""}), "document types"),
        (two_of_a_part, "two parts"),
        (lambda path: xlsx(path, ("S", "<row r='1'><c r='B1'><f>NOW()</f></c></row>")), "cell B1: a formula without"),
        (lambda path: xlsx(path, ("S", "<row r='1'><c r='A1'><f>1</f><v/></c></row>")), "cell A1: a formula without"),
        (lambda path: xlsx(path, ("S", f"{ONE}<row r='250001'>{cell('A250001', 1)}</row>")), "beyond 250,000 rows"),
        (lambda path: xlsx(path, ("S", f"<row r='1'>{cell('XFD1', 1)}</row>")), "beyond 1,000 columns"),
        (lambda path: xlsx(path, ("S", f"{ONE}<row r='99999'>{cell('ZZ99999', 1)}</row>")), "at most 12,000,000 cells"),
        (lambda path: xlsx(path, ("S", f"<row>{cell('A1', 'x' * 32_768)}</row>")), "A1: text of more than 32,767"),
        (lambda path: xlsx(path, ("S", "<row><c r='5A'><v>1</v></c></row>")), "“5A” is no"),
        (lambda path: xlsx(path, ("S", "<row><c r='A'><v>1</v></c></row>")), "“” is no row"),
        (lambda path: xlsx(path, ("S", "<row><c")), "broken"),
        (lambda path: xlsx(path, ("S", ONE), parts={"xl/workbook.xml": "<workbook/>"}), "no sheet"),
        (lambda path: xlsx(path, ("S", ONE), parts={"_rels/.rels": "<Relationships/>"}), "no workbook"),
    ],
)
def test_workbooks_that_are_refused(tmp_path: Path, make: Callable[[Path], Path], reason: str) -> None:
    assert reason in refusal(make(tmp_path / "book.xlsx"))


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        (f"<table:table-row table:number-rows-repeated='10000000'>{ods_cell('x')}</table:table-row>", "250,000 rows"),
        (f"<table:table-row>{ods_cell('x', repeated=16384)}</table:table-row>", "1,000 columns"),
        (f"<table:table-row table:number-rows-repeated='9e9'>{ods_cell('x')}</table:table-row>", "repetitions"),
        (
            f"<table:table-row table:number-rows-repeated='100000'>{ods_cell('x', repeated=900)}</table:table-row>",
            "12,000,000 cells",
        ),
        (
            "<table:table-row><table:table-cell table:formula='of:=1+1'/></table:table-row>",
            "cell A1: a formula without",
        ),
    ],
)
def test_ods_files_that_are_refused(tmp_path: Path, rows: str, reason: str) -> None:
    assert reason in refusal(ods(tmp_path / "book.ods", ("S", rows)))


def test_a_formula_without_result_spoils_only_its_sheet(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "book.xlsx", ("S", ONE), ("T", "<row><c r='A1'><f>1</f></c></row>"))
    assert [row.cells for row in open_file(path).rows("S")] == [[1]]
    assert "sheet “T”, cell A1" in refusal(path, "T")


def as_programs_write(number: int, column: str = "A", inner: str = "<v>1</v>", also: str = "", kind: str = "") -> str:
    """A row with a value in one column, and with a cell that only has a style far to the right of it."""
    kept = f'<c r="{column}{number}"{kind}>{inner}</c>'
    return f'<row r="{number}" spans="1:93"{also}>{kept}<c r="XFD{number}" s="3"/></row>'


def test_what_is_odd_is_found_among_many_plain_rows(tmp_path: Path) -> None:
    def book(*odd: str) -> Path:
        plain = [as_programs_write(number) for number in range(1, 9_001)]
        return xlsx(tmp_path / "book.xlsx", ("S", "".join([*plain, *odd, as_programs_write(9_002)])))

    error = '<c r="B9001" t="e"><v>#N/A</v></c></row>'
    for odd in (error, "</row>"):
        for hidden in (' hidden="1"', ' hidden="true"'):
            rows = list(open_file(book(as_programs_write(9_001, also=hidden).replace("</row>", odd))).rows())
            found = [1, "#N/A"] if odd == error else [1]
            assert [(row.number, row.cells[:2]) for row in rows if row.is_hidden] == [(9_001, found)]
            assert len(rows) == 9_002
    formula = as_programs_write(9_001, "C", "<f>NOW()</f>")
    assert "cell C9001: a formula without" in refusal(book(formula))
    control = as_programs_write(9_001, kind=' t="inlineStr"', inner="<is><t>a\0b</t></is>")
    for broken in ('<row r="9001"><c r="A9001"><v>1</v></row>', '<row ht="9"><c r="A9001"><v>1</v>', control):
        assert "is broken" in refusal(book(broken))
    assert "beyond 1,000 columns" in refusal(book(as_programs_write(9_001, "ZZZ")))
    assert "beyond 250,000 rows" in refusal(book(as_programs_write(250_001)))
    noted = as_programs_write(9_001).replace("</c>", '<!-- <c r="ZZZ9001"><v> --></c>')
    assert len(list(open_file(book(noted)).rows())) == 9_002
    assert len(list(open_file(book(as_programs_write(300_000, inner="", also=' hidden="false"'))).rows())) == 9_001


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("release.xlsx", b"\xef\xbb\xbf\n <!DOCTYPE html><html><body>Not found</body></html>", "is a web page"),
        ("release.csv", b"<html><table><tr><td>1</td></tr></table></html>", "is a web page"),
        ("release.xls", b"<?xml version='1.0'?><Workbook/>", "XML or PDF"),
        ("release.ods", b"donor,value\n", "in spite of its name"),
        ("release.csv", b"", "is empty"),
        ("release.csv", b"\0\0\0\0a\0\0", "neither a workbook nor text"),
        ("release.csv", b"\xff\xfea\0b", "text that its first bytes announce"),
        ("release.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "broken or no workbook"),
        (
            "release.xlsx",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"),
            "is encrypted",
        ),
        ("release.xlsx", b"PK\x03\x04", "ends before its table of contents"),
        ("release.csv", b'a,b\n1,"' + b"x" * 200_000, "is a quote not closed"),
        ("release.csv", b"a,b\n1," + b"x" * 40_000, "more than 32,767 characters"),
        ("release.csv", b"," * 1_500, "1,501 columns"),
    ],
)
def test_other_files_that_are_refused(tmp_path: Path, name: str, content: bytes, reason: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    if reason == "1,501 columns":
        path.write_bytes(content + b"x")
    assert reason in refusal(path)


def test_no_file(tmp_path: Path) -> None:
    assert "there is no file" in refusal(tmp_path / "gone.xlsx")
    assert "there is no file" in refusal(tmp_path)


def test_a_truncated_workbook(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "book.xlsx", ("S", ONE))
    path.write_bytes(path.read_bytes()[:-30])
    assert "was it copied in full" in refusal(path)


def test_a_password_on_the_archive(tmp_path: Path) -> None:
    path = xlsx(tmp_path / "book.xlsx", ("S", ONE))
    content = bytearray(path.read_bytes())
    entry = content.find(b"PK\x01\x02")
    content[entry + 8] |= 1
    path.write_bytes(content)
    assert "is encrypted" in refusal(path)


def test_limits_of_file_and_archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = xlsx(tmp_path / "book.xlsx", ("S", ONE))
    monkeypatch.setattr(archives, "MAX_MEMBERS", 3)
    assert "6 parts; at most 3" in refusal(path)
    monkeypatch.setattr(archives, "MAX_DIRECTORY_BYTES", 100)
    assert "table of contents of more than" in refusal(path)
    monkeypatch.setattr("tracker.exchange.inbound.files.MAX_FILE_BYTES", 100)
    assert "at most 0 MiB are read" in refusal(path)


def zip_bomb(path: Path) -> Path:
    """A few kilobytes that say that they unpack to a gigabyte."""
    xlsx(path, ("S", ONE))
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/bomb.xml", b"\0" * 10 * MIB)
    return says_of_part(path, "xl/bomb.xml", 1024 * MIB)


def says_of_part(path: Path, name: str, size: int) -> Path:
    """Have an archive say that a part unpacks to `size` bytes, whatever it does."""
    with zipfile.ZipFile(path) as archive:
        truth = archive.getinfo(name).file_size
    path.write_bytes(path.read_bytes().replace(truth.to_bytes(4, "little"), size.to_bytes(4, "little")))
    return path


def lying_bomb(path: Path) -> Path:
    """A part that says that it unpacks to a hundred bytes, and unpacks to 300 MiB of shared strings."""
    strings = b"<sst>" + b"<si><t>" + b"x" * 1000 + b"</t></si>"
    xlsx(path, ("S", ONE))
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive, archive.open("xl/sharedStrings.xml", "w") as part:
        for _ in range(300):
            part.write(strings * (MIB // len(strings)))
    return says_of_part(path, "xl/sharedStrings.xml", 100)


def empty_rows(path: Path) -> Path:
    path.write_bytes(b"a,b\n1,2\n" + b"\n" * 10_000_000)
    return path


def empty_rows_of_xlsx(path: Path) -> Path:
    return xlsx(path, ("S", ONE + "<row/>" * 10_000_000))


def one_long_tag(path: Path) -> Path:
    return xlsx(path, ("S", f"<row note='{'x' * (60 * MIB)}'><c r='A1'><v>1</v></c></row>"))


def corners(path: Path) -> Path:
    return xlsx(path, ("S", f"{ONE}<row r='1048576'>{cell('XFD1048576', 1)}</row>"))


def one_string_many_times(path: Path) -> Path:
    """A file of 2 MiB whose cells all show the same long text: 20 GiB of it."""
    strings = f"<sst><si><t>{'x' * 32_000}</t></si></sst>"
    rows = "".join(f"<row r='{row}'>" + '<c t="s"><v>0</v></c>' * 100 + "</row>" for row in range(1, 6_001))
    relations = xlsx(path, ("S", rows), parts={"xl/sharedStrings.xml": strings})
    with zipfile.ZipFile(relations) as archive:
        rels = archive.read("xl/_rels/workbook.xml.rels").decode()
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    more = f'<Relationship Id="rId9" Type="{office}/sharedStrings" Target="sharedStrings.xml"/></Relationships>'
    rels = rels.replace("</Relationships>", more)
    return xlsx(path, ("S", rows), parts={"xl/sharedStrings.xml": strings, "xl/_rels/workbook.xml.rels": rels})


def corners_of_old_sheets(path: Path) -> Path:
    return xls(path, *((f"S{number}", {(0, 0): 1, (65_535, 255): 1}) for number in range(6)))


@pytest.mark.parametrize(
    ("make", "name", "reason"),
    [
        (zip_bomb, "book.xlsx", "unpacks to 1,024 MiB"),
        (lying_bomb, "book.xlsx", "broken"),
        (empty_rows, "table.csv", "250,000 rows"),
        (empty_rows_of_xlsx, "book.xlsx", "more than 1,048,576 rows"),
        (one_long_tag, "book.xlsx", "a tag of more than 1 MiB"),
        (corners, "book.xlsx", "250,000 rows"),
        (one_string_many_times, "book.xlsx", "cannot be parsed with"),
        (corners_of_old_sheets, "book.xls", "cannot be parsed with"),
    ],
)
def test_memory_is_bounded(tmp_path: Path, make: Callable[[Path], Path], name: str, reason: str) -> None:
    said, rows, here, parser = measure(make(tmp_path / name))
    assert reason in said
    assert rows == 0
    assert here < 60, f"{here} MiB"
    assert parser * MIB < workbook_types.PARSER_BYTES


def test_a_parser_that_the_system_stops(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = xlsx(tmp_path / "book.xlsx", ("S", ONE))
    stopped = tmp_path / "stopped.py"
    stopped.write_text("import os, signal\nos.kill(os.getpid(), signal.SIGXCPU)\n")
    monkeypatch.setattr(workbooks.parser, "__file__", str(stopped))
    assert "cannot be parsed with 1,536 MiB of memory in 120 seconds" in refusal(path)


@settings(max_examples=examples(80), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.one_of(st.binary(max_size=300), st.text(max_size=200).map(str.encode)))
def test_any_bytes_are_read_or_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "any.csv"
    path.write_bytes(content)
    numbers: list[int] = []
    with suppress(FileRefused):
        numbers.extend(row.number for row in open_file(path).rows())
    assert numbers == sorted(set(numbers))


@settings(max_examples=examples(40), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_a_damaged_workbook_is_read_or_refused(tmp_path: Path, data: st.DataObject) -> None:
    path = xlsx(tmp_path / "book.xlsx", ("S", ONE))
    content = bytearray(path.read_bytes())
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    path.write_bytes(content)
    with suppress(FileRefused):
        list(open_file(path).rows())
