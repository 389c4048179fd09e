"""A `$` is the American one, unless another dollar can be meant: then it is asked about."""

from pathlib import Path
from typing import Any

import pytest

from tests import factories
from tests.exchange.kiel import make_parties, plan_of, row, write
from tracker.lib.money import dollar_of, is_bare_dollar

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _register(db: None) -> None:
    make_parties()
    factories.PartyFactory(public_id="CAN", name="Canada")
    factories.PartyFactory(public_id="USA", name="United States")


def stated(tmp_path: Path, *rows: dict[str, Any]) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Return what the first row is read as: its first entry, and what is said of the row."""
    plan = plan_of(write(tmp_path / "kiel.csv", list(rows)))
    entry = plan.steps[0].draft.document["entries"][0]
    return {name: entry.get(name) for name in ("amount", "currency")}, plan.rows[0].notes


def dollars(donor: str = "Finland", currency: str = ".", text: str = "$500") -> dict[str, Any]:
    return row("FIM1", donor=donor, reporting_currency=currency, tot_activity_value=text, tot_activity_value_EUR="460")


@pytest.mark.parametrize(
    ("cells", "currency"),
    [
        ({}, "USD"), ({"donor": "United States"}, "USD"), ({"donor": "Canada", "currency": "CAD"}, "CAD"),
        ({"donor": "Canada", "text": "C$500"}, "CAD"), ({"donor": "Canada", "text": "US$500"}, "USD"),
    ],
)  # fmt: skip
def test_a_dollar_that_can_be_one_only(tmp_path: Path, cells: dict[str, str], currency: str) -> None:
    assert stated(tmp_path, dollars(**cells)) == ({"amount": "500.00", "currency": currency}, ())


def test_a_dollar_of_who_has_another_is_asked_about(tmp_path: Path) -> None:
    found, notes = stated(tmp_path, dollars(donor="Canada"))
    assert found == {"amount": None, "currency": None}
    assert "“$500” can be in USD or in CAD: write the code of the currency" in notes[0]


def test_a_dollar_beside_another_in_the_file_is_asked_about(tmp_path: Path) -> None:
    other = row("FIM2", reporting_currency="AUD", value="7")
    assert "can be in USD or in AUD" in stated(tmp_path, dollars(), other)[1][0]
    assert stated(tmp_path, dollars(donor="United States"), other)[0]["currency"] == "USD"


@pytest.mark.parametrize(("sign", "currency"), [("€", "EUR"), ("US$", "USD"), ("$", "USD"), ("A$", "AUD")])
def test_a_sign_in_the_column_of_currencies(tmp_path: Path, sign: str, currency: str) -> None:
    assert stated(tmp_path, dollars(currency=sign, text="500")) == ({"amount": "500.00", "currency": currency}, ())


def test_a_dollar_in_the_column_of_currencies_that_can_be_two(tmp_path: Path) -> None:
    found, notes = stated(tmp_path, dollars(donor="Canada", currency="$", text="500"))
    assert found == {"amount": None, "currency": None}
    assert "“$” can be in USD or in CAD: write the code of the currency" in notes[0]
    other = row("FIM2", reporting_currency="A$", value="7")
    assert "can be in USD or in AUD" in stated(tmp_path, dollars(currency="$", text="500"), other)[1][0]


def test_which_dollars_there_are() -> None:
    assert [dollar_of(code) for code in ("CAN", "AUS", "USA", "DEU", "EU", "")] == ["CAD", "AUD", "USD", "", "", ""]
    assert [is_bare_dollar(text) for text in ("$5", "5 $", "$5 mln", "US$5", "USD 5", "5", "A$5")] == [
        True, True, True, False, False, False, False,
    ]  # fmt: skip
