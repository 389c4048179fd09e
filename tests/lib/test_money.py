"""Amounts as people write them, minor units, and splits that lose no cent."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tracker.lib import money
from tracker.lib.numbers import Mark

AMOUNTS = st.decimals(min_value=0, max_value=money.MAX_AMOUNT, places=2)
WEIGHTS = st.lists(st.fractions(min_value=0, max_value=100, max_denominator=1000), min_size=1).filter(any)


@pytest.mark.parametrize(
    ("written", "amount", "currency"),
    [
        ("500000000", "500000000", ""),
        ("500 million", "500000000", ""),
        ("EUR 500 million", "500000000", "EUR"),
        ("eur 500", "500", "EUR"),
        ("500 eur", "500", "EUR"),
        ("500 million eur", "500000000", "EUR"),
        ("500mn EUR", "500000000", "EUR"),
        ("1.5bn", "1500000000", ""),
        ("500 MIO", "500000000", ""),
        ("500 MIO EUR", "500000000", "EUR"),
        ("$3m", "3000000", "USD"),
        ("3 US$", "3", "USD"),
        ("US$ 3", "3", "USD"),
        ("£2 billion", "2000000000", "GBP"),
        ("20 €", "20", "EUR"),
        ("€20 EUR", "20", "EUR"),
        ("1,250,000.50", "1250000.50", ""),
        ("1.250.000,50", "1250000.50", ""),
        ("1 250 000,50", "1250000.50", ""),
        ("1\N{NO-BREAK SPACE}250\N{NARROW NO-BREAK SPACE}000", "1250000", ""),
        ("1'250'000", "1250000", ""),
        ("1.125 billion €", "1125000000", "EUR"),
        ("1,5", "1.5", ""),
        ("0.500", "0.5", ""),
        ("0,500", "0.5", ""),
        ("1,500.00", "1500", ""),
        ("1,234.50 €", "1234.50", "EUR"),
        ("€ 1.234,50", "1234.50", "EUR"),
        ("350 mln", "350000000", ""),
        ("500m€", "500000000", "EUR"),
        ("1.5bnUSD", "1500000000", "USD"),
        ("5CAN$", "5", "CAD"),
        ("1,5 Mrd", "1500000000", ""),
        ("2 млрд", "2000000000", ""),
        ("1,5 Mrd. EUR", "1500000000", "EUR"),
        ("100 zł", "100", "PLN"),
        ("C$5.5m", "5500000", "CAD"),
        ("1.5E+06", "1500000", ""),
        ("1e9", "1000000000", ""),
        ("12,34,567.50", "1234567.50", ""),
        ("JPY 15", "15", "JPY"),
        ("-5", "-5", ""),
        ("(500)", "-500", ""),
        ("\N{MINUS SIGN}500", "-500", ""),
        ("500-", "-500", ""),
        ("-€500", "-500", "EUR"),
        ("€ (1.234,50)", "-1234.50", "EUR"),
        ("1.5", "1.5", ""),
        ("0", "0", ""),
        ("9999999999999.99", "9999999999999.99", ""),
    ],
)
def test_what_people_write(written: str, amount: str, currency: str) -> None:
    assert money.parse_amount(written) == (Decimal(amount), currency)


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("", "not an amount"),
        ("some", "not an amount"),
        ("5 EUR USD", "not an amount"),
        ("-(5)", "not an amount"),
        ("5²", "not an amount"),
        ("1_000", "not an amount"),
        ("JPY 1.5", "JPY has no smaller unit"),
        ("¥ 5", "JPY or CNY"),
        ("5 kr", "SEK, NOK, DKK or ISK"),
        ("NaN", "not an amount"),
        ("5\0", "not an amount"),
        ("<script>", "not an amount"),
        ("1,2,3", "not an amount"),
        ("1.2.3", "not an amount"),
        ("1,2345.00", "not an amount"),
        ("12,34.5", "not an amount"),
        ("1.50,00", "not an amount"),
        (".,5", "not an amount"),
        ("1 2", "not an amount"),
        ("1 25 EUR", "not an amount"),
        ("10000000000000", "larger than 9,999,999,999,999.99"),
        ("1.500", "can be 1.5 or 1500: write the one you mean"),
        ("1,500", "can be 1500 or 1.5: write the one you mean"),
        ("€ 1.125", "can be 1.1250 or 1125"),
        ("1.125 Mrd", "can be 1125000000 or 1125000000000"),
        ("0.001", "parts of a cent"),
        ("9999999999999.9900000000000000000001", "larger than"),
        ("9999999999999.9800000000000000000001", "parts of a cent"),
        ("$5 EUR", "two currencies"),
        ("5 XYZ", "not an ISO 4217"),
        ("9" * 101, "too long"),
    ],
)
def test_what_is_no_amount(written: str, says: str) -> None:
    with pytest.raises(money.AmountError, match=says):
        money.parse_amount(written)


@given(st.one_of(st.text(max_size=120), st.text(alphabet="0123456789.,' €$EURUSDmnbio", max_size=30)))
@example("9" * 100)
@example("1" + "," * 98 + "1")
def test_any_text_gives_an_amount_or_says_why_not(text: str) -> None:
    try:
        amount, currency = money.parse_amount(text)
    except money.AmountError:
        return
    assert -money.MAX_AMOUNT <= amount <= money.MAX_AMOUNT
    assert amount.as_tuple().exponent == -2
    assert currency == "" or money.is_known_currency(currency)


@given(AMOUNTS, st.sampled_from(["{}", "{:,}", "EUR {:,}", "{:,} eur", "€{}", "-{:,}", "({})", "{:,}-"]))
def test_what_is_printed_can_be_read(amount: Decimal, form: str) -> None:
    is_negative = form.startswith(("-", "(")) or form.endswith("-")
    assert money.parse_amount(form.format(amount))[0] == (-amount if is_negative else amount)


def test_the_convention_of_a_column_decides_and_holds_for_all_of_it() -> None:
    for mark, amount in ((Mark.POINT, "1.5"), (Mark.COMMA, "1500")):
        assert money.parse_amount("EUR 1.500", mark) == (Decimal(amount), "EUR")
    assert money.parse_amount("1,500", Mark.COMMA)[0] == Decimal("1.5")
    for written in ("5,100,000", "1.5 million"):
        with pytest.raises(money.AmountError, match="cannot be read with a decimal comma"):
            money.parse_amount(written, Mark.COMMA)


@given(AMOUNTS, st.sampled_from(money.currencies()))
def test_minor_units_round_trip_where_the_currency_has_them(amount: Decimal, currency: str) -> None:
    minor = money.to_minor(amount, currency)
    back = money.from_minor(minor, currency)
    assert abs(back - amount) <= Decimal("0.5").scaleb(-money.minor_digits(currency))
    assert money.to_minor(back, currency) == minor


@pytest.mark.parametrize(
    ("amount", "currency", "minor"),
    [("1.005", "EUR", 100), ("1.015", "EUR", 102), ("2.5", "JPY", 2), ("3.5", "JPY", 4), ("1.23", "BHD", 123)],
)
def test_minor_units_round_half_to_even(amount: str, currency: str, minor: int) -> None:
    assert money.to_minor(Decimal(amount), currency) == minor


@pytest.mark.parametrize(("code", "known"), [("EUR", True), ("UAH", True), ("eur", False), ("XYZ", False), ("", False)])
def test_currency_codes(code: str, known: bool) -> None:
    assert money.is_known_currency(code) is known


@pytest.mark.parametrize(
    ("text", "code"), [("eur", "EUR"), ("€", "EUR"), (" Euro", "EUR"), ("US$", "USD"), ("$", "USD"), ("zł", "PLN")]
)
def test_a_currency_alone_is_read_as_beside_an_amount(text: str, code: str) -> None:
    assert money.currency_code(text) == code
    assert money.parse_amount(f"5 {text}") == (5, code)


@pytest.mark.parametrize("text", ["¥", "kr", "XYZ", "€$", "5", ""])
def test_what_is_no_one_currency(text: str) -> None:
    with pytest.raises(money.AmountError, match=r"can be JPY or CNY|can be SEK|is not an ISO 4217 currency code"):
        money.currency_code(text)


def test_listed_currencies_are_known() -> None:
    assert all(money.is_known_currency(code) for code in money.currencies())


@given(st.integers(min_value=-(10**17), max_value=10**17), WEIGHTS)
def test_a_split_conserves_its_total(total: int, weights: list[Fraction]) -> None:
    parts = money.split(total, weights)
    assert sum(parts) == total
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part - Fraction(total) * weight / sum(weights)) < 1


@given(st.integers(min_value=0, max_value=10**17), st.integers(min_value=1, max_value=40))
def test_equal_parts_differ_by_one_unit_at_most(total: int, count: int) -> None:
    parts = money.split(total, [Fraction(1)] * count)
    assert max(parts) - min(parts) <= 1
    assert parts == sorted(parts, reverse=True)


def test_who_bears_nothing_gets_nothing() -> None:
    assert money.split(100, [Fraction(0), Fraction(1), Fraction(0)]) == [0, 100, 0]


@pytest.mark.parametrize("weights", [[], [Fraction(0)], [Fraction(-1)], [Fraction(2), Fraction(-1)]])
def test_what_cannot_be_split(weights: list[Fraction]) -> None:
    with pytest.raises(ValueError, match="weights"):
        money.split(100, weights)
