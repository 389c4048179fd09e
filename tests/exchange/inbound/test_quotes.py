"""Quotes of a CSV file that do not close where they should."""

from pathlib import Path

import pytest

from tracker.exchange.inbound.files import FileRefused, open_file

HEAD = "id,name,note,value\n"
ROWS = ["1,one,first,10", "2,two,second,20", "3,three,third,30", "4,four,fourth,40"]


@pytest.mark.parametrize(
    ("changed", "line"),
    [
        ({1: '2,two,"second,20'}, 3),
        ({1: '2,two,"second,20', 3: '4,four,"fourth",40'}, 3),
        # The quote closes with another that opens by mistake: two rows would become one, of as many cells.
        ({1: '2,two,"second,20', 2: '3,three,third",30'}, 3),
        ({0: '1,one,"first,10', 3: '4,four,fourth",40'}, 2),
        ({1: '2,two,"second" and more,20'}, 3),
    ],
)
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_quote_that_does_not_close_is_refused_with_its_line(
    tmp_path: Path, changed: dict[int, str], line: int, separator: str
) -> None:
    path = tmp_path / "table.csv"
    rows = [changed.get(number, row) for number, row in enumerate(ROWS)]
    path.write_text((HEAD + "\n".join(rows) + "\n").replace(",", separator))
    with pytest.raises(FileRefused, match=rf"table.csv, line {line}: .*quote"):
        list(open_file(path).rows())


@pytest.mark.parametrize(
    "row",
    [
        '2,two,"second, with\na line break",20',
        '2,two,"""quoted"" at the beginning",20',
        '2,two,a 12" gun,20',
        '2,"two\n\nlines, one, empty","second",20',
        '2,two,"one, two, three, four, five\nsix",20',
    ],
)
def test_quotes_as_they_should_be_are_read(tmp_path: Path, row: str) -> None:
    path = tmp_path / "table.csv"
    path.write_text(HEAD + "\n".join([ROWS[0], row, *ROWS[2:]]) + "\n")
    assert [found.cells[3] for found in open_file(path).rows()] == ["value", "10", "20", "30", "40"]


def test_a_file_that_ends_in_a_row_says_so(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    for text, ends in ((HEAD + "1,one,first,10\n", False), (HEAD + "1,one,first,10", True), (HEAD + "1,o\r\n", False)):
        path.write_text(text, newline="")
        assert [row.ends_file for row in open_file(path).rows()] == [False, ends]
    path.write_bytes((HEAD + "1,one,first,10\n").encode("utf-16"))
    assert not any(row.ends_file for row in open_file(path).rows())
