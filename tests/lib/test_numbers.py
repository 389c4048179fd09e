"""Numbers: what a text can be, and by which convention."""

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.lib.numbers import MAX_LENGTH, Mark, NumberError, TwoReadings, parse, readings, written

NUMBERS = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**12), max_value=10**12, places=4)
ANY = st.one_of(
    st.text(max_size=120),
    st.text(alphabet="0123456789.,' \N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}-+()eE\N{MINUS SIGN}mlnbn", max_size=14),
)

NOT_BY_THIS_MARK = "is not a number; write|is too long for a number|cannot be read with a decimal (point|comma)"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("395,88", "395.88"), ("0.95", "0.95"), (" 3193503.68 \n", "3193503.68"), (".5", "0.5"), ("007", "7"),
        ("1,250,000.5", "1250000.5"), ("1.250.000,5", "1250000.5"), ("1.234.567", "1234567"),
        ("1'000", "1000"), ("1\N{RIGHT SINGLE QUOTATION MARK}250'000.50", "1250000.50"),
        ("\N{NO-BREAK SPACE}1\N{NO-BREAK SPACE}250\N{NO-BREAK SPACE}000,50", "1250000.50"),
        ("12\N{NARROW NO-BREAK SPACE}345\N{THIN SPACE}678", "12345678"), ("1\N{ZERO WIDTH SPACE}000", "1000"),
        ("１２", "12"), ("1 234 567.5", "1234567.5"), ("1.1250", "1.125"), ("1234.567", "1234.567"),
        ("0,950", "0.950"), ("0.500", "0.5"), ("12,34,567.8", "1234567.8"), ("1,00,000", "100000"),
        ("1.5E+06", "1500000"), ("1,5E+06", "1500000"), ("1e-05", "0.00001"), ("1.500E+03", "1500"),
        ("\N{MINUS SIGN}5", "-5"), ("(500)", "-500"), ("500-", "-500"), ("+5", "5"), ("-0", "0"),
        ("350 mln", "350000000"), ("1.125 billion", "1125000000"), ("2 crore", "20000000"),
    ],
)  # fmt: skip
def test_what_has_one_reading(text: str, number: str) -> None:
    assert parse(text) == Decimal(number)


@pytest.mark.parametrize("text", ["1.500", "1,500", "500.000", "-12.345", "(1.000)", "1.125 Mrd", "1,125 billion"])
def test_what_has_two_readings_is_asked_about(text: str) -> None:
    with pytest.raises(TwoReadings) as asked:
        parse(text)
    assert {parse(text, mark) for mark in Mark} == set(asked.value.readings.values())
    assert all(written(number) in str(asked.value) for number in asked.value.readings.values())


@pytest.mark.parametrize(
    "text",
    ["", "-", "1.000.00", "1,2,3", "1.2.3", "1 2", "12,34.5", "1_000", "5\N{SUPERSCRIPT TWO}", "½", "5%", "USD 5",
     "\N{ARABIC-INDIC DIGIT THREE}", "#REF!", "NaN", "inf", "-(5)", "--5", "1e", "0x10", "1\0"],
)  # fmt: skip
def test_what_is_no_number(text: str) -> None:
    with pytest.raises(NumberError, match=re.escape(f"“{text}” is not a number; write for example 1250000.50")):
        parse(text)


def test_what_is_too_long_for_a_number_is_shown_in_part() -> None:
    with pytest.raises(NumberError, match=r"^“9{60}…” is too long for a number$"):
        parse("9" * (MAX_LENGTH + 1))


@given(ANY)
def test_any_text_is_read_in_one_way_or_refused_or_asked_about(text: str) -> None:
    found = readings(text)
    for mark in Mark:
        if mark in found.by_mark:
            assert parse(text, mark) == found.by_mark[mark]
        else:
            with pytest.raises(NumberError, match=NOT_BY_THIS_MARK):
                parse(text, mark)
    try:
        number = parse(text)
    except TwoReadings:
        assert found.has_two
    except NumberError:
        assert not found.by_mark
    else:
        assert set(found.by_mark.values()) == {number}
        assert len(text) <= MAX_LENGTH


@given(NUMBERS)
def test_a_number_written_in_english_or_continental_is_the_same(number: Decimal) -> None:
    english = f"{number:,.4f}"
    continental = english.translate(str.maketrans(",.", ".,"))
    spaced = english.replace(",", "\N{NARROW NO-BREAK SPACE}").replace(".", ",")
    assert parse(english) == parse(continental) == parse(spaced) == number


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**12), max_value=10**12, places=3))
def test_what_is_printed_has_one_reading(number: Decimal) -> None:
    assert parse(written(number)) == number
