"""The ECB's rates file: what is read, and what is said of one that is none."""

import datetime as dt
import zipfile
from decimal import Decimal
from pathlib import Path

import pytest

from tracker.exchange.reference.rates import SHIPPED, RatesFileError, read

# As the ECB writes it, with a comma at the end of each line.
TEXT = "Date,USD,JPY,BGN,\n2025-08-04,1.1565,170.61,N/A,\n2025-08-01,1.1404,172.26,1.9558,\n"


def write(path: Path, text: str | bytes) -> Path:
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def packed(path: Path, **members: str) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return path


def test_csv_and_zip_say_the_same(tmp_path: Path) -> None:
    expected = [
        ("USD", dt.date(2025, 8, 4), Decimal("1.1565")), ("JPY", dt.date(2025, 8, 4), Decimal("170.61")),
        ("USD", dt.date(2025, 8, 1), Decimal("1.1404")), ("JPY", dt.date(2025, 8, 1), Decimal("172.26")),
        ("BGN", dt.date(2025, 8, 1), Decimal("1.9558")),
    ]  # fmt: skip
    assert list(read(write(tmp_path / "rates.csv", TEXT))) == expected
    assert list(read(packed(tmp_path / "rates.zip", inner=TEXT))) == expected
    assert list(read(write(tmp_path / "bom.csv", b"\xef\xbb\xbf" + TEXT.encode()))) == expected


def test_the_shipped_file_is_read() -> None:
    rates = list(read(SHIPPED))
    assert len(rates) > 200_000
    assert min(rate for _currency, _day, rate in rates) > 0


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "the first column is headed “”, not “Date”"),
        ("Day,USD\n", "the first column is headed “Day”, not “Date”"),
        ("Date,Dollar\n", "line 1: “Dollar” is not a currency code"),
        ("Date,USD,USD\n", "line 1: USD stands there twice"),
        ("Date,USD\n2025-08-01,1.1\n1.8.2025,1.1\n", "line 3: “1.8.2025” is not a day"),
        ("Date,USD\n2025-08-01,1.1\n\n2025-08-01,1.2\n", "line 4: 2025-08-01 stands there twice"),
        ("Date,USD,JPY\n2025-08-01,1.1,n.a.\n", "line 2, JPY: “n.a.” is not a number"),
        ("Date,USD\n2025-08-01,0\n", "line 2, USD: a rate is more than zero, found 0"),
        ("Date,USD\n2025-08-01,-1.1\n", "line 2, USD: a rate is more than zero, found -1.1"),
        ("Date,USD\n2025-08-01,NaN\n", "line 2, USD: a rate is more than zero, found NaN"),
        ("Date,USD\n2025-08-01,1e30\n", "line 2, USD: at most seven digits before the point"),
        ("Date,USD\n2025-08-01,1.1234567\n", "line 2, USD: at most seven digits before the point and six after"),
        (f"Date,USD\n2025-08-01,{'9' * 200_000}\n", "line 2: field larger than field limit"),
    ],
)
def test_what_is_wrong_is_named_with_its_place(tmp_path: Path, text: str, words: str) -> None:
    for path in (write(tmp_path / "rates.csv", text), packed(tmp_path / "rates.zip", inner=text)):
        with pytest.raises(RatesFileError, match=f"^{path.name}") as caught:
            list(read(path))
        assert words in str(caught.value)
        assert len(str(caught.value)) < 200


def test_archives_that_cannot_be_read(tmp_path: Path) -> None:
    torn = bytearray(packed(tmp_path / "torn.zip", inner=TEXT).read_bytes())
    torn[40:60] = b"\0" * 20
    cases = {
        "is an empty archive": packed(tmp_path / "empty.zip"),
        "cannot be unpacked": write(tmp_path / "torn.zip", bytes(torn)),
        "there is no file": tmp_path / "none.csv",
    }
    for words, path in cases.items():
        with pytest.raises(RatesFileError, match=words):
            list(read(path))
