"""Quantities with qualifiers."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.lib import quantities as q
from tracker.lib.numbers import Mark

NUMBERS = st.decimals(min_value=0, max_value=q.MAX_QUANTITY, places=6)


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        ("4", "4"),
        ("four", "4"),
        ("exactly 4", "4"),
        ("= 4", "4"),
        ("about 40", "about 40"),
        ("~40", "about 40"),
        ("ca. 40", "about 40"),
        ("at least three", "at least 3"),
        ("more than 3", "at least 3"),
        (">= 3", "at least 3"),
        ("3+", "at least 3"),
        ("Up To 10", "up to 10"),
        ("<=10", "up to 10"),
        ("10 to 20", "10 to 20"),
        ("10-20", "10 to 20"),
        ("10 – 20", "10 to 20"),
        ("between 10 and 20", "10 to 20"),
        ("5 to 5", "5"),
        ("1 200", "1200"),
        ("1,200.0", "1200"),
        ("1,5", "1.5"),
        ("13.3330", "13.3330"),
        ("5 thousand", "5000"),
        ("10.000.000 – 20.000.000", "10000000 to 20000000"),
        ("0.5", "0.5"),
        ("1.500000", "1.5"),
        ("0", "0"),
        ("", "unknown"),
        ("  ", "unknown"),
        ("unknown", "unknown"),
        ("several", "unknown"),
        ("undisclosed", "withheld"),
        ("999999999.999999", "999999999.999999"),
    ],
)
def test_what_people_write(written: str, canonical: str) -> None:
    assert str(q.parse(written)) == canonical


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("-3", "negative"),
        ("about -3", "negative"),
        ("many", "not a quantity"),
        ("NaN", "not a quantity"),
        ("inf", "not a quantity"),
        ("1_000", "not a quantity"),
        ("1,200", "can be 1200 or 1.2"),
        ("about 1.000", "“about 1.000” can be 1 or 1000"),
        ("500-", "negative"),
        ("500 m", "not a quantity"),
        ("4\0", "not a quantity"),
        ("1-2-3", "not a quantity"),
        ("about", "not a quantity"),
        ("20 to 10", "backwards"),
        ("1000000000", "larger than 999999999.999999"),
        ("1e999999999", "not a quantity"),
        ("0.0000001", "six decimals"),
        ("4" * 1_000_000, "too long"),
    ],
)
def test_what_is_no_quantity(written: str, says: str) -> None:
    with pytest.raises(q.QuantityError, match=says) as caught:
        q.parse(written)
    assert len(str(caught.value)) < 250


@pytest.mark.parametrize(
    ("written", "low", "high", "counted"),
    [
        ("4", 4, 4, 4),
        ("about 40", 40, 40, 40),
        ("at least 3", 3, None, 3),
        ("up to 10", None, 10, 10),
        ("10 to 20", 10, 20, 10),
        ("unknown", None, None, None),
        ("withheld", None, None, None),
        ("0", 0, 0, 0),
    ],
)
def test_bounds(written: str, low: int | None, high: int | None, counted: int | None) -> None:
    quantity = q.parse(written)
    assert (quantity.low, quantity.high, quantity.counted) == (low, high, counted)


@given(st.one_of(st.text(max_size=120), st.text(alphabet="0123456789.,+-~<>=e to about", max_size=20)))
def test_any_text_gives_a_quantity_or_says_why_not(text: str) -> None:
    try:
        quantity = q.parse(text)
    except q.QuantityError:
        return
    assert q.parse(str(quantity)) == quantity
    assert len(str(quantity)) <= q.MAX_LENGTH
    assert quantity.low is None or 0 <= quantity.low <= q.MAX_QUANTITY
    assert quantity.low is None or quantity.high is None or quantity.low <= quantity.high


@given(st.sampled_from(q.QUALIFIERS), NUMBERS, NUMBERS)
def test_what_is_printed_can_be_read(qualifier: str, one: Decimal, other: Decimal) -> None:
    low, high = sorted((one, other))
    text = {q.UNKNOWN: q.UNKNOWN, q.WITHHELD: q.WITHHELD, q.EXACT: f"{low}", q.RANGE: f"{low} to {high}"}
    quantity = q.parse(text.get(qualifier, f"{qualifier} {low}"))
    assert quantity.qualifier == (q.EXACT if qualifier == q.RANGE and low == high else qualifier)
    assert q.parse(str(quantity)) == quantity
    assert q.stored(str(quantity)) == quantity


def test_what_was_stored_has_a_decimal_point() -> None:
    assert q.stored("13.333") == q.parse("13,333", Mark.COMMA) == q.parse("13.3330")


@pytest.mark.parametrize(("written", "estimated"), [("4", "about 4"), ("at least 3", "at least 3"), ("?", "unknown")])
def test_an_estimated_number_is_about_that_many(written: str, estimated: str) -> None:
    assert q.estimated(q.parse(written)) == q.parse(estimated)
