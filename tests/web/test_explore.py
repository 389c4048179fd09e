"""The explorer: a form that asks, and an answer or a reason below it."""

from decimal import Decimal

import pytest
from django.test import Client

from tests import factories
from tests.curation.desk import Desk
from tests.web.pages import check, get
from tracker.models import Party

pytestmark = pytest.mark.django_db
DEPLOYED = "rows=contributor&columns=platform&measure=quantity&nature=deployment"


def test_what_is_asked_stays_in_the_form(register: Desk) -> None:
    page = check(f"/explore/?{DEPLOYED}&contributor=DEU&quantity_qualifier=exact&cumulative=&currency=")
    assert '<option value="DEU" selected>' in page.html
    assert '<option value="deployment" selected>' in page.html
    assert '<input type="hidden" name="quantity_qualifier" value="exact">' in page.html
    assert ("4", "4") in page.numbers


def test_numbers_are_those_of_the_table_cell_by_cell(register: Desk) -> None:
    factories.ExchangeRateFactory.create_batch(40)
    for party, amount, kind in (
        ("DEU", "1234567890.12", "military"), ("NLD", "5.01", "military"), ("NLD", "99.99", "humanitarian"),
    ):  # fmt: skip
        entries = [{"stage": "allocation", "amount": amount, "currency": "EUR"}]
        register.pledge(shares=[{"contributor": party}], aid_type=kind, entries=entries)
    register.publish()
    query = "rows=contributor&columns=aid_type&stage=allocation"
    page = check(f"/explore/?{query}")
    table = Client().get(f"/api/v1/tables/contributions/?{query}").json()
    cells = [cell for row in table["rows"] for cell in (*row["cells"], row["total"])]
    cells += [*(column["total"] for column in table["columns"]), table["total"]]
    wanted = [Decimal(cell["value"]) for cell in cells if cell and cell["value"] is not None]
    assert [Decimal(exact) for exact, _text in page.numbers] == wanted
    for exact, text in page.numbers:
        rounded = text.replace(",", "").lstrip("<\xa0")
        assert abs(Decimal(exact) / 10**6 - Decimal(rounded)) <= Decimal("0.1" if "<" in text else "0.05")


@pytest.mark.parametrize(
    ("query", "status", "words"),
    [
        ("rows=banana", 400, "llowed are"),
        ("rows=contributor&columns=contributor", 400, "choose two dimensions"),
        ("top=none", 400, "Write a number"),
        ("contributor=NOBODY", 400, "There is no party"),
        ("rows=contributor&columns=none&nature=deployment,transfer", 422, "nature"),
        ("rows=year&columns=none&per=gdp&stage=allocation", 422, "make contributor the rows or columns"),
    ],
)
def test_a_refusal_says_why_and_keeps_the_question(query: str, status: int, words: str, register: Desk) -> None:
    page = get(f"/explore/?{query}", status)
    assert words in page.text
    assert 'role="alert"' in page.html
    assert "Show the table" in page.text


@pytest.mark.django_db
def test_a_share_of_gdp_of_one_contributor_is_had_by_year_and_never_written_as_zero(register: Desk) -> None:
    factories.ExchangeRateFactory.create_batch(40)
    germany = Party.objects.get(public_id="DEU")
    factories.IndicatorFactory(party=germany, measure="gdp_eur", year=2021, value=10_000_000)
    for year, amount in (("2023", "10000.00"), ("2024", "1.00")):
        entry = {"stage": "allocation", "amount": amount, "currency": "EUR", "date": f"{year}-05-01"}
        register.pledge(name=f"Of {year}", entries=[entry])
    register.publish()
    page = check("/explore/?rows=year&columns=none&stage=allocation&per=gdp&of_year=2021&contributor=DEU")
    assert [text.replace("\xa0", " ") for _exact, text in page.numbers][:2] == ["0.100", "< 0.001"]
    refused = get("/explore/?rows=year&columns=none&stage=allocation&per=gdp", 422)
    assert "with a column for each contributor" in refused.text
