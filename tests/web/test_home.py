"""The front page: what it shows of a register with aid in it, and of one without."""

from decimal import Decimal

import pytest

from tests import factories
from tests.curation.desk import Desk
from tests.web.pages import check, get

AID = {"name": "The Netherlands for PURL", "initiative": "purl", "shares": [{"contributor": "NLD"}]}

pytestmark = pytest.mark.django_db


def test_a_register_without_aid_shows_what_it_knows(register: Desk) -> None:
    page = check("/")
    for words in (
        "4 × Eurofighter Typhoon", "No aid with a known value is published yet", "Germany: four Eurofighters",
        "PURL", "Ukraine Defense Contact Group, 15 October 2025", "Russian drones in Polish airspace",
        "None of the 102 values is checked", "67 claims quote texts that are not held here",
        "Own forces deployed",
        "Quantity in units; stage: commitment", "Pledges: 5",
    ):  # fmt: skip
        assert words in page.text.replace("\xa0", " "), words
    assert page.html.count('<span class="unknown">unknown</span>') >= 4


def test_aid_is_said_in_billions_and_what_is_new_comes_first(register: Desk) -> None:
    factories.daily_rates()
    entries = [{"stage": "commitment", "amount": "5230000000.50", "currency": "EUR"},
               {"stage": "allocation", "amount": "1250000000.00", "currency": "EUR"}]  # fmt: skip
    register.pledge(**AID | {"entries": entries})
    assert "The Netherlands for PURL" not in get("/").text
    register.publish()
    page = check("/")
    assert ("5230000000.50", "5.2 billion\xa0EUR") in page.numbers
    assert ("1250000000.00", "1.2 billion\xa0EUR") in page.numbers
    # In a table of millions each number is rounded, half to even, and has the exact one beside it.
    assert ("1250000000.00", "1,250.0") in page.numbers
    assert "what the source states, else what its dataset says" in page.text
    assert page.html.index("The Netherlands for PURL") < page.html.index("Germany: four Eurofighters")


def test_every_number_of_the_page_is_that_of_its_cell(register: Desk) -> None:
    factories.daily_rates()
    for amount in ("5230000000.50", "17.25", "333333333.33"):
        register.pledge(**AID | {"entries": [{"stage": "allocation", "amount": amount, "currency": "EUR"}]})
    register.publish()
    page = get("/")
    cells = [link for link in page.links if link.startswith("/cell/")]
    assert len(cells) >= 6
    for link in cells:
        cell = get(link)
        if cell.numbers:
            assert Decimal(cell.numbers[0][0]) in {Decimal(exact) for exact, _text in page.numbers}
