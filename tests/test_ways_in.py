"""Every way in reads a text alike: forms, REST, cells of imports and of the register's own workbook, and price lists.

A text is read in one way, refused, or asked about. No two ways in give different values; a cell of a file may keep what
a program worked out to more decimals, which a person is asked to round.
"""

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st
from rest_framework import serializers

from tracker.admin.forms.fields import AmountFormField, PartialDateFormField, QuantityFormField, WholeNumberFormField
from tracker.lib import cells, money, quantities, reading_cells
from tracker.records.engine.fields import PartialDateField, QuantityField
from tracker.records.engine.plain_fields import Amount

REFUSED = "refused"
DIGITS = "0123456789.,' \N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{RIGHT SINGLE QUOTATION MARK}"
NUMBERS = st.text(alphabet=DIGITS + "-+()\N{MINUS SIGN}eE€$ mlnbkRd", min_size=1, max_size=14)
DATES = st.one_of(
    st.text(alphabet="0123456789-/.?~ :TZ", min_size=1, max_size=20),
    st.builds(
        "{}{}{}{}{}".format, st.integers(1, 31), st.sampled_from("/-. "),
        st.sampled_from(["3", "06", "Mar", "13", "März"]), st.sampled_from("/-. "),
        st.sampled_from(["2022", "22", "1999"]),
    ),
    st.builds("{} {}".format, st.sampled_from(["before", "after", "until", "since", "about"]), st.integers(1990, 2030)),
    st.builds("{}/{:02d}".format, st.integers(1995, 2030), st.integers(0, 40)),
)  # fmt: skip
ANY = st.text(max_size=30)


def outcome(read: Callable[[], Any]) -> Any:
    """Return what a way in makes of a text; REFUSED where it refuses or asks."""
    try:
        return read()
    except (ValidationError, serializers.ValidationError, ValueError):
        return REFUSED


def amounts(text: str) -> dict[str, Any]:
    """Return what the ways in make of an amount. REST names its currency in a field of its own."""
    rest = Amount(max_digits=15, decimal_places=2)
    return {
        "form": outcome(lambda: AmountFormField().to_python(text)),
        "rest": outcome(lambda: rest.to_internal_value(text)),
        "workbook": outcome(lambda: rest.to_internal_value(rest.raw(text))),
        "cell": outcome(lambda: reading_cells.amount(text)),
    }


@given(st.one_of(NUMBERS, ANY))
def test_amounts(text: str) -> None:
    found = amounts(text)
    read = {value for value in found.values() if value not in (REFUSED, None)}
    assert len(read) <= 1, found
    names_currency = outcome(lambda: money.parse_amount(text)[1]) not in ("", REFUSED)
    assert found["rest"] == found["workbook"] or not text.isprintable()
    if not names_currency and found["form"] is not None:
        assert found["form"] == found["rest"]
    if found["form"] not in (REFUSED, None) and not cells.is_unknown(text):
        assert found["cell"] == found["form"]


@given(st.one_of(NUMBERS, ANY))
def test_quantities(text: str) -> None:
    form = outcome(lambda: QuantityFormField().to_python(text))
    rest = outcome(lambda: QuantityField().to_internal_value(text))
    cell = outcome(lambda: str(reading_cells.quantity(text)))
    if text.strip() and "\0" not in text:
        assert form == rest
    if form not in (REFUSED, "") and not cells.is_unknown(text):
        assert cell == form
    assert cell == REFUSED or str(quantities.stored(cell)) == cell


@given(st.one_of(DATES, ANY))
def test_dates(text: str) -> None:
    form = outcome(lambda: PartialDateFormField().to_python(text))
    rest = outcome(lambda: PartialDateField().to_internal_value(text))
    cell = outcome(lambda: reading_cells.date(text).edtf)
    if "\0" not in text:
        assert form == rest
    if form != REFUSED:
        assert cell in (form, "")


@pytest.mark.parametrize("text", ["1.500", "1,500", "€ 1.500", "500.000", "-12.345", "1.125 Mrd"])
def test_two_amounts_are_asked_about_everywhere_with_both(text: str) -> None:
    assert set(amounts(text).values()) == {REFUSED}
    with pytest.raises(ValidationError, match=r"can be .* or .*: write the one you mean"):
        AmountFormField().to_python(text)
    with pytest.raises(serializers.ValidationError, match=r"can be .* or .*: write the one you mean"):
        Amount(max_digits=15, decimal_places=2).to_internal_value(text)
    assert len({reading for reading, _currency in reading_cells.amount_readings(text).values()}) == 2


@pytest.mark.parametrize("number", [1.5, 1.125, 1500, Decimal("1.125")])
def test_a_number_of_a_program_has_one_reading(number: Any) -> None:
    quantity = QuantityField().to_internal_value(number)
    assert quantities.stored(quantity).low == Decimal(str(number))
    assert reading_cells.quantity(Decimal(str(number))).low == Decimal(str(number))


def test_whole_numbers_of_forms_are_not_rounded() -> None:
    field = WholeNumberFormField()
    assert [field.clean(text) for text in ("1500", "1 500", "1.234.567", "1500.0")] == [1500, 1500, 1234567, 1500]
    for text, said in (
        ("1.000", "“1.000” can be 1 or 1000: write the one you mean"),
        ("1.5", "Enter a whole number"),
        ("1_000", "“1_000” is not a number"),
    ):
        with pytest.raises(ValidationError, match=re.escape(said)):
            field.clean(text)


@pytest.mark.parametrize("edtf", ["2022-23", "2022-21", "2025-23", "2022/2023", "2022-09~", "", "../2022"])
def test_what_is_stored_comes_back_through_the_form(edtf: str) -> None:
    field = PartialDateFormField(required=False)
    assert field.clean(field.written(edtf)) == edtf


@pytest.mark.parametrize("quantity", ["13.333", "13.3330", "about 1.5", "10 to 20", "unknown"])
def test_a_stored_quantity_comes_back_through_the_form(quantity: str) -> None:
    field = QuantityFormField(required=False)
    assert quantities.stored(field.clean(field.written(quantity))) == quantities.stored(quantity)
