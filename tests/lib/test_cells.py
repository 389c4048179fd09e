"""Cells of a table, with the traps of real files."""

import datetime as dt
import re
from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.lib import cells, partial_dates, quantities, reading_cells
from tracker.lib.cells import Ambiguous, Cell, CellError
from tracker.lib.numbers import Mark
from tracker.lib.partial_dates import DayOrder

MONTH_FIRST, DAY_FIRST = DayOrder.MONTH_FIRST, DayOrder.DAY_FIRST
NBSP = "\N{NO-BREAK SPACE}"

anything = st.one_of(
    st.none(), st.booleans(), st.integers(), st.dates(), st.datetimes(), st.text(),
    st.decimals(allow_nan=False, allow_infinity=False, places=8),
    st.text(alphabet="0123456789.,/-+ untilfrom&;()eE", max_size=40),
)  # fmt: skip


@pytest.mark.parametrize(
    ("cell", "number"),
    [("395,88", "395.88"), (f"{NBSP}1{NBSP}250{NBSP}000,50", "1250000.50"), (13, "13"), (Decimal("65.400"), "65.4")],
)
def test_numbers(cell: Cell, number: str) -> None:
    assert reading_cells.number(cell) == Decimal(number)


def test_the_convention_of_the_column_decides_between_two_readings() -> None:
    assert [reading_cells.number("12.345", mark=mark) for mark in Mark] == [Decimal("12.345"), 12345]
    assert [reading_cells.number("12,345", mark=mark) for mark in Mark] == [12345, Decimal("12.345")]
    assert str(reading_cells.quantity("13,333", Mark.POINT)) == "13333"
    for read in (reading_cells.number, reading_cells.amount, reading_cells.quantity):
        with pytest.raises(Ambiguous, match=r"“12.345” can be 12.3450 or 12345"):
            read("12.345")
    assert reading_cells.number(Decimal("12.345")) == Decimal("12.345"), "a number that a program typed"


@pytest.mark.parametrize("cell", [None, "", " . ", ".", "Not given", "No value available", "No price", f"n/a{NBSP}"])
def test_what_is_not_known_is_no_zero(cell: Cell) -> None:
    assert reading_cells.number(cell) is None
    assert reading_cells.amount(cell) is None
    assert reading_cells.yes_no(cell) is None
    assert reading_cells.quantity(cell).qualifier == quantities.UNKNOWN


@pytest.mark.parametrize(
    "cell", ["#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "Err:502", "########", "NaN"]
)
def test_errors_say_nothing_not_even_that_nothing_is_known(cell: str) -> None:
    assert cells.is_error(cell)
    assert not cells.is_unknown(cell)
    readers = {
        reading_cells.number: "is not a number", reading_cells.amount: "is not an amount",
        reading_cells.quantity: "is not a quantity", reading_cells.date: "is not a date",
        reading_cells.yes_no: "is neither yes nor no", cells.identifier: "is an error",
    }  # fmt: skip
    for read, said in readers.items():
        with pytest.raises(CellError, match=re.escape(f"“{cell}” {said}")):
            read(cell)


@pytest.mark.parametrize("cell", ["n/a", "F-16", "#1", "", None, 5, "Nancy"])
def test_what_is_no_error(cell: Cell) -> None:
    assert not cells.is_error(cell)


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("1.000.00", "is not a number"),
        ("1,2,3", "is not a number"),
        ("USD 5", "is not a number"),
        ("5%", "is not a number"),
        (True, "“yes” is not a number, but yes or no"),
        (dt.date(2022, 3, 1), "“2022-03-01” is not a number; is the cell formatted as a date"),
        ("9" * 101, "is too long for a number"),
    ],
)
def test_what_is_no_number(cell: Cell, reason: str) -> None:
    with pytest.raises(CellError, match=reason):
        reading_cells.number(cell)


def test_amounts_are_rounded_to_cents_half_to_even_and_name_their_currency() -> None:
    for cell in (Decimal("23417159.97847367"), "23417159.97847367"):
        assert reading_cells.amount(cell) == Decimal("23417159.98")
    assert reading_cells.amount("0.125") == Decimal("0.12")
    assert reading_cells.amount("(500)") == reading_cells.amount(-500) == Decimal("-500.00")
    assert reading_cells.money_in("€ 1,234.50") == (Decimal("1234.50"), "EUR")
    assert reading_cells.money_in("350 mln PLN") == (Decimal(350_000_000), "PLN")
    assert reading_cells.money_in(5) == (Decimal(5), "")
    for huge in (10**14, Decimal("1e300")):
        with pytest.raises(CellError, match="is larger than"):
            reading_cells.amount(huge)
    with pytest.raises(CellError, match="JPY has no smaller unit"):
        reading_cells.amount("JPY 1.5")


@pytest.mark.parametrize(
    ("cell", "quantity"),
    [
        (28, "28"),
        (Decimal("13.333333333333334"), "13.333333"),
        (" undisclosed ", "withheld"),
        ("dozens", "unknown"),
        ("partially", "unknown"),
        ("about 40", "about 40"),
        (0, "0"),
        ("13.333333333333334", "13.333333"),
        ("0,5", "0.5"),
        ("1e3", "1000"),
    ],
)
def test_quantities(cell: Cell, quantity: str) -> None:
    assert str(reading_cells.quantity(cell)) == quantity


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("1.000.00", "“1.000.00” is not a quantity"), ("a few", "“a few” is not a quantity"),
        ("-1", "“-1” is negative"), (-1, "“-1” is no number of units"), (10**10, "“10000000000” is no number of units"),
        (dt.date(2022, 1, 1), "formatted as a date"), (True, "“yes” is not a number, but yes or no"),
    ],
)  # fmt: skip
def test_what_is_no_quantity(cell: Cell, reason: str) -> None:
    with pytest.raises(CellError, match=reason):
        reading_cells.quantity(cell)


@pytest.mark.parametrize(
    ("cell", "edtf"),
    [
        (dt.date(2022, 3, 1), "2022-03-01"),
        (dt.datetime(2022, 3, 1, 12), "2022-03-01"),
        (2022, "2022"),
        ("until 12/31/2022", "../2022-12-31"),
        ("until  5/7/2022", "../2022-05-07"),
        ("Until 4/4/2022", "../2022-04-04"),
        ("since 2/24/2022", "2022-02-24/.."),
        ("from 01/01/2024 until 05/01/2024", "2024-01-01/2024-05-01"),
        ("between 3/20/2022 and 7/1/2022", "2022-03-20/2022-07-01"),
        ("between 3/4/22 & 3/11/22", "2022-03-04/2022-03-11"),
        ("not specified, 03/22", "2022-03"),
        ("unclear, 04/22", "2022-04"),
        ("until 11/2022", "../2022-11"),
        ("until 06.02.2024", "../2024-02-06"),
        ("until 06/02/2024", "../2024-06-02"),
        ("29/06/2022", "2022-06-29"),
        ("12/24", "2024-12"),
        (44562, "2022-01-01"),
        (Decimal("44562.5"), "2022-01-01"),
        ("44562.0", "2022-01-01"),
        ("2024-03-01 00:00:00", "2024-03-01"),
        ("2022/23", "2022/2023"),
        ("unclear ", ""),
        ("Undisclosed", ""),
        (".", ""),
        (None, ""),
    ],
)
def test_dates_of_a_source_that_writes_the_month_first(cell: Cell, edtf: str) -> None:
    assert reading_cells.date(cell, MONTH_FIRST).edtf == edtf


def test_the_order_of_the_source_decides_between_two_readings() -> None:
    assert reading_cells.date("06/02/2024", DAY_FIRST).edtf == "2024-02-06"
    assert reading_cells.date("06/02/2024", MONTH_FIRST).edtf == "2024-06-02"
    assert reading_cells.date("03/22/2022", DAY_FIRST).edtf == "2022-03-22"
    assert reading_cells.date("unclear", DAY_FIRST) == partial_dates.UNKNOWN


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("until 06/31/2022", "“until 06/31/2022”: June 2022 has no day 31"),
        ("2/29/2023", "February 2023 has no day 29"),
        ("13/13/2022", "there is no month 13"),
        ("soon", "“soon” is not a date; write for example"),
        (4456, "“4456”: the year 4456 is not between"),
        (Decimal("1.5"), "is not a date"),
        (True, "is not a date"),
        ("from 05/01/2024 until 01/01/2024", "runs backwards"),
        ("x" * 200, "too long for a date"),
    ],
)
def test_what_is_no_date(cell: Cell, reason: str) -> None:
    with pytest.raises(CellError) as refused:
        reading_cells.date(cell, MONTH_FIRST)
    assert reason in str(refused.value)


def test_look_alike_letters_of_an_id_are_put_right_and_noted() -> None:
    found = cells.identifier("\N{CYRILLIC CAPITAL LETTER ES}ZM40")
    assert found.matched == "CZM40"
    assert "cyrillic capital letter es; read as “CZM40”" in found.note
    assert cells.identifier("CZM40") == cells.Identifier("CZM40")
    assert cells.identifier(0) == cells.Identifier("0")
    assert cells.identifier(None) == cells.Identifier("")
    assert cells.identifier("Київ").matched == "Київ", "a word in Cyrillic"
    with pytest.raises(CellError, match="too long for an id"):
        cells.identifier("x" * 101)


def test_lists() -> None:
    assert cells.listed("NATO CAP; EDA;NATO CAP; .") == ["NATO CAP", "EDA"]
    assert cells.listed("CZUB, Holík (A, B), DSS and S&B", (";", ", ")) == ["CZUB", "Holík (A, B)", "DSS and S&B"]
    assert cells.listed("one, two\nthree") == ["one, two", "three"]
    assert cells.listed("Latvia, Lithuania", ",") == ["Latvia", "Lithuania"]
    assert cells.listed(None) == []
    assert cells.listed(7) == ["7"]


def test_addresses() -> None:
    archived = "https://web.archive.org/web/2022/https://example.org/a,b"
    written = (
        f"see https://example.org/1; https://example.org/2,https://example.org/3\n{archived}; https://example.org/1."
    )
    assert cells.addresses(written) == [*(f"https://example.org/{number}" for number in (1, 2, 3)), archived]
    assert cells.addresses("https://example.org/a_(b)") == ["https://example.org/a_(b)"]
    assert cells.addresses("none") == cells.addresses(None) == []


def test_texts() -> None:
    assert cells.text(f" a{NBSP}\n b ") == "a b"
    assert cells.text(Decimal("1E+3")) == "1000"
    assert cells.text(dt.datetime(2022, 3, 1)) == "2022-03-01"
    assert cells.text(dt.datetime(2022, 3, 1, 12)) == "2022-03-01 12:00:00"
    assert cells.prose(f" a{NBSP}b \r\n\n\n\n c ") == "a b\n\nc"
    assert cells.prose(5) == "5"


@pytest.mark.parametrize(
    ("cell", "said"), [("Yes", True), (1, True), ("1", True), (True, True), ("no ", False), (0, False)]
)
def test_yes_and_no(cell: Cell, said: bool) -> None:
    assert reading_cells.yes_no(cell) is said


def test_neither_yes_nor_no() -> None:
    with pytest.raises(CellError, match="neither yes nor no"):
        reading_cells.yes_no(2)


@given(anything)
def test_every_cell_is_read_or_refused(cell: Cell) -> None:
    for read in (
        reading_cells.number,
        reading_cells.amount,
        reading_cells.quantity,
        reading_cells.yes_no,
        cells.identifier,
    ):
        with suppress(CellError):
            read(cell)
    for order in DayOrder:
        with suppress(CellError):
            reading_cells.date(cell, order)
    assert cells.text(cell) == " ".join(cells.text(cell).split())
    assert all(cells.listed(cell, (";", ",")))
    cells.prose(cell)
    cells.addresses(cell)


@pytest.mark.parametrize(
    ("number", "held"),
    [
        (Decimal("9999999999999.99"), 9999999999999.99), (Decimal("0.1"), 0.1), (10**22, 1e22), (-5, -5.0), (0, 0.0),
        (Decimal("12345678901234.56"), None), (2**53 + 1, None), (10**40 + 1, None), (10**400, None),
        (Decimal("1E-400"), None), (Decimal("100000000000000000.00"), 1e17),
    ],
)  # fmt: skip
def test_a_spreadsheet_holds_fifteen_digits(number: Decimal | int, held: float | None) -> None:
    assert cells.spreadsheet_number(number) == held


@given(st.one_of(st.integers(), st.decimals(allow_nan=False, allow_infinity=False)))
def test_no_number_is_another_in_a_spreadsheet(number: Decimal | int) -> None:
    held = cells.spreadsheet_number(number)
    assert held is None or Decimal(repr(held)) == number
