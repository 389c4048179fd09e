"""What is behind a number: rows that add up to it, pledges, rates and sentences in two clicks."""

from decimal import Decimal

import pytest
from django.utils.http import urlencode

from tests import factories
from tests.curation.desk import Desk
from tests.web.pages import check, get

pytestmark = pytest.mark.django_db


@pytest.fixture
def aid(register: Desk) -> None:
    """Sixty allocations by Germany, of which one is unknown and one in dollars."""
    factories.daily_rates()
    for number in range(1, 59):
        register.pledge(name=f"Pledge {number}", entries=[
            {"stage": "allocation", "amount": f"{number * 1000}.25", "currency": "EUR"}])  # fmt: skip
    register.pledge(name="In dollars", entries=[{"stage": "allocation", "amount": "500.00", "currency": "USD"}])
    register.pledge(name="Unknown", entries=[{"stage": "allocation"}])
    register.publish()


def test_the_rows_behind_a_number_add_up_to_it_over_all_pages(aid: None) -> None:
    query = {"rows": "contributor", "columns": "none", "stage": "allocation", "row": "DEU"}
    page = check(f"/cell/?{urlencode(query)}")
    exact = Decimal(page.numbers[0][0])
    assert "60 rows of the ledger add up to it" in page.text
    added, text, pages = Decimal(0), page, 1
    while True:
        added += Decimal(
            text.html.partition("These rows")[2].split('class="number">')[1].split("<")[0].replace(",", "")
        )
        onwards = [link for link in text.links if "cursor=" in link and 'rel="next"' in text.html]
        if not onwards:
            break
        text, pages = get(onwards[-1]), pages + 1
    assert pages == 2
    assert added == exact


def test_from_a_number_to_the_sentence_in_two_clicks(register: Desk) -> None:
    table = get("/parties/DEU/")
    link = next(link for link in table.links if link.startswith("/cell/") and "column=eurofighter-typhoon" in link)
    cell = check(link)
    assert "four" in cell.text
    assert "/pledges/DEU-2025-0001/" in cell.links
    assert "/documents/nato-discusses-better-deterrence/" in cell.links
    assert "/methodology/#one-stage" in cell.links


@pytest.mark.parametrize(
    ("query", "status", "words"),
    [
        ("row=NOBODY", 400, "There is no row"),
        ("column=" + "x" * 600, 400, "At most 500 characters"),
        ("rows=banana", 400, "is unknown"),
        ("nature=deployment,transfer", 422, "never added"),
    ],
)
def test_what_cannot_be_answered_says_why(query: str, status: int, words: str, register: Desk) -> None:
    assert words in get(f"/cell/?{query}", status).text
