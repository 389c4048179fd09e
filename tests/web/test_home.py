"""The front page: what it shows, and as of when."""

import pytest
from django.test import Client

from tests import factories
from tests.curation.desk import Desk

AID = {"name": "The Netherlands for PURL", "initiative": "purl", "shares": [{"contributor": "NLD"}]}


pytestmark = pytest.mark.django_db


def get(query: str = "", status: int = 200) -> str:
    answer = Client().get(f"/{query}")
    assert answer.status_code == status
    return answer.content.decode()


def test_it_shows_the_newest_pledges_and_the_tables(register: Desk) -> None:
    page = get()
    assert "Germany: four Eurofighters for Eastern Sentry" in page
    assert "4 × Eurofighter Typhoon" in page
    assert "No aid is published yet. Deployments" in page
    assert "Quantity in units; stage: commitment" in page
    assert page.count("unknown</td>") >= 4
    assert 'href="/api/v1/docs/"' in page
    assert 'href="/admin/"' in page
    assert "<script" not in page
    assert "style=" not in page


def test_aid_is_grouped_by_digits_and_what_is_new_comes_first(register: Desk) -> None:
    factories.ExchangeRateFactory.create_batch(40)
    register.pledge(**AID | {"entries": [{"stage": "commitment", "amount": "500000000", "currency": "EUR"}]})
    assert "The Netherlands for PURL" not in get()
    register.publish()
    page = get()
    assert "500,000,000.00" in page
    assert page.index("The Netherlands for PURL") < page.index("Germany: four Eurofighters")


def test_it_can_be_read_as_it_stood(register: Desk) -> None:
    register.pledge(**AID)
    register.publish()
    page = get("?as_of=2025-10-20T12:00:00Z")
    assert "The Netherlands for PURL" not in page
    assert "Last published: 20 October 2025, 12:00 UTC" in page
    assert 'DEU-2025-0001/?as_of=2025-10-20T12%3A00%3A00Z"' in page
    assert page.count("&amp;as_of=2025-10-20T12%3A00%3A00Z") == 4
    assert "Back to today" in page
    nothing = get("?as_of=2020-01-01")
    assert "Nothing was published by then" in nothing
    assert "No pledge is published" in nothing
    assert "No aid is published.<" in nothing
    assert "as_of=" not in get().replace('name="as_of"', "")


@pytest.mark.parametrize("moment", ["yesterday", "2025-13-45", "%00", "2025-10-15T12:00", "<script>alert(1)</script>"])
def test_a_wrong_moment_is_a_400_in_words(moment: str, register: Desk) -> None:
    page = get(f"?as_of={moment}", 400)
    assert "is neither a day such as 2025-10-15" in page
    assert 'aria-invalid="true"' in page
    assert "<script" not in page
    assert "Germany: four Eurofighters" in page


def test_it_is_only_read_and_forbids_all_that_is_not_its_own(db: None) -> None:
    assert Client().post("/").status_code == 405
    policy = Client().get("/")["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
