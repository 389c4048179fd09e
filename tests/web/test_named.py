"""The named tables as pages: their numbers are those of the API, and lead to what is behind them."""

import re
from decimal import Decimal

import pytest
from django.test import Client

from tests import factories
from tests.curation.desk import Desk
from tests.web.pages import check, get
from tracker.reporting.named.lineage import ROWS
from tracker.reporting.named.tables import NAMED, columns_of

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def aid(register: Desk) -> None:
    """Committed, allocated and delivered aid of two contributors."""
    factories.daily_rates()
    for party, amount in (("DEU", "512345678.90"), ("NLD", "17.25")):
        entries = [{"stage": stage, "amount": amount, "currency": "EUR", "date": "2025-08-05"}
                   for stage in ("commitment", "allocation", "delivery")]  # fmt: skip
        register.pledge(shares=[{"contributor": party}], initiative="purl", entries=entries)
    register.publish()


@pytest.mark.parametrize("name", NAMED)
def test_every_number_is_that_of_the_table(name: str, aid: None) -> None:
    page = check(f"/tables/{name}/")
    table = Client().get(f"/api/v1/tables/{name}/").json()
    numbers = [each["name"] for each in table["columns"] if each["type"] in ("integer", "decimal")]
    wanted = [Decimal(row[each]) for row in table["rows"] for each in numbers if row[each] is not None]
    assert [Decimal(exact) for exact, _text in page.numbers] == wanted
    assert Client().get(f"/tables/{name}.csv")["Location"] == f"/api/v1/tables/{name}/?format=csv"


@pytest.mark.parametrize("name", ["country-summary", "stage-funnel", "initiative", "by-month"])
def test_a_number_leads_to_what_is_behind_it(name: str, aid: None) -> None:
    page = get(f"/tables/{name}/")
    links = [link for link in page.links if link.startswith("cell/")]
    assert links
    for link in links[:8]:
        answer = Client().get(f"/tables/{name}/{link}", follow=True)
        assert answer.status_code == 200, link
        assert answer.request["PATH_INFO"] in ("/cell/", f"/tables/{name}/cell/")


@pytest.mark.parametrize("name", [*ROWS])
def test_a_number_that_is_worked_out_leads_to_those_that_it_is_worked_out_of(name: str, aid: None) -> None:
    html = get(f"/tables/{name}/").html
    # No number of the ledger's tables stands there without a way on, but for figures of other sources.
    assert not re.search(r'<td class="number"><data', html)
    for column in [each for each in columns_of(NAMED[name]) if each.derived_from]:
        link = re.search(rf'href="(cell/\?[^"]*column={column.name}(?:&[^"]*)?)"><data value="([^"]+)"', html)
        if link is None:
            continue
        page = get(f"/tables/{name}/{link[1].replace('&amp;', '&')}")
        assert page.numbers[0][0] == link[2]
        for part in [each for each in page.links if each.startswith("?")]:
            assert Client().get(f"/tables/{name}/cell/{part}", follow=True).status_code == 200, part
    get(f"/tables/{name}/cell/?column=rank&row=NOBODY", 404)


def test_what_is_pledged_to_a_mechanism_and_no_more_is_seen_and_of_which_it_is(register: Desk) -> None:
    register.pledge(
        initiative="eu-drone-defence-initiative", entries=[{"stage": "pledge", "amount": "500.25", "currency": "EUR"}]
    )
    register.publish()
    page = check("/tables/initiative/?initiative=eu-drone-defence-initiative")
    assert [exact for exact, _text in page.numbers] == ["500.25"]
    assert (
        "overlaps counted once; initiative: EU drone defence initiative"
        in page.text.partition("Value at each stage by itself")[2]
    )


@pytest.mark.parametrize(
    ("query", "status"), [("stage=banana", 400), ("stage=commitment,allocation", 422), ("page=7", 400), ("page=x", 400)]
)
def test_what_cannot_be_answered_says_why(query: str, status: int, register: Desk) -> None:
    get(f"/tables/by-month/?{query}", status)


def test_what_is_not_there_says_what_is(register: Desk) -> None:
    assert "/tables/by-month/" in get("/tables/by-week/", 404).links
    get("/tables/by-month/cell/?column=nothing&row=x", 404)
    assert Client().get("/tables/by-week.csv").status_code == 404
