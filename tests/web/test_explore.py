"""The explorer: a form that asks, and an answer or a reason below it."""

import re
from decimal import Decimal
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests import factories
from tests.curation.desk import Desk
from tests.web.pages import Page, check, get
from tracker.models import Party
from tracker.web.named import pages as named_pages
from tracker.web.tables import menus

pytestmark = pytest.mark.django_db
DEPLOYED = "rows=contributor&columns=platform&measure=quantity&nature=deployment"


def test_what_is_asked_stays_in_the_form(register: Desk) -> None:
    plain = f"/explore/?{DEPLOYED}&contributor=DEU&quantity_qualifier=exact"
    # Whatever a menu leaves open, a form sends all the same: the address to share is without it.
    assert Client().get(f"{plain}&cumulative=&currency=")["Location"] == plain
    page = check(plain)
    assert '<option value="DEU" selected>' in page.html
    assert '<option value="deployment" selected>' in page.html
    assert '<input type="hidden" name="quantity_qualifier" value="exact">' in page.html
    assert "how units are known: exactly" in page.text
    assert ("4", "4") in page.numbers


def test_numbers_are_those_of_the_table_cell_by_cell(register: Desk) -> None:
    factories.daily_rates()
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
    factories.daily_rates()
    germany = Party.objects.get(public_id="DEU")
    factories.IndicatorFactory(party=germany, measure="gdp_eur", year=2021, value=10_000_000)
    for other in (2019, 2020):
        factories.IndicatorFactory(party=germany, measure="gdp_eur", year=other, value=10_000_000)
    factories.IndicatorFactory(measure="gdp_eur", year=2022, value=10_000_000)
    factories.IndicatorFactory(party=germany, measure="gdp_eur", year=2023, value=10_000_000)
    for year, amount in (("2023", "10000.00"), ("2024", "1.00")):
        entry = {"stage": "allocation", "amount": amount, "currency": "EUR", "date": f"{year}-05-01"}
        register.pledge(name=f"Of {year}", entries=[entry])
    register.publish()
    page = check("/explore/?rows=year&columns=none&stage=allocation&per=gdp&of_year=2021&contributor=DEU")
    assert [text.replace("\xa0", " ") for _exact, text in page.numbers][:2] == ["0.100", "< 0.001"]
    # The number behind it says whose it is, and what it is held against.
    behind = get(next(link for link in page.links if link.startswith("/cell/") and "row=2023" in link)).text
    assert "Germany: 2023" in behind
    assert "GDP, current euros, Germany, 2021: 10,000,000. Source:" in behind
    assert any("currency=USD" in link and "per=gdp" in link for link in page.links)
    assert "known for" not in page.text
    own = get("/explore/?rows=year&columns=none&stage=allocation&per=gdp&of_year=own&contributor=DEU").text
    assert "GDP, current euros: known for 2019–2021, 2023" in own
    refused = get("/explore/?rows=year&columns=none&stage=allocation&per=gdp", 422)
    assert "with a column for each contributor" in refused.text


def _further(what: str, page: Page) -> str:
    found = re.search(rf'<a href="([^"]+)#answer">Further {what}', page.html)
    return unescape(found[1]) if found else ""


def test_a_long_table_is_shown_in_parts_that_make_the_whole(register: Desk) -> None:
    factories.daily_rates()
    days = [f"{2023 + month // 12}-{month % 12 + 1:02}-05" for month in range(30)]
    for at, party in enumerate(
        ("DEU", "NLD", "FRA", "GBR", "POL", "USA", "DNK", "CZE", "ITA", "ESP", "SWE", "NOR", "FIN", "EST")
    ):
        entries = [{"stage": "allocation", "amount": f"{at}.{number + 10}", "currency": "EUR", "date": day}
                   for number, day in zip(range(1, 31), days, strict=True)]  # fmt: skip
        register.pledge(shares=[{"contributor": party}], entries=entries)
    register.publish()
    query = "rows=contributor&columns=month&stage=allocation&chart=none"
    whole = Client().get(f"/api/v1/tables/contributions/?{query.removesuffix('&chart=none')}").json()
    cells = [cell["value"] for row in whole["rows"] for cell in row["cells"] if cell]
    shown, first = list[str](), f"/explore/?{query}"
    while first:
        beside = first
        while beside:
            page = check(beside)
            body = re.sub(r"<tfoot>.*</tfoot>", "", page.html, flags=re.DOTALL)
            shown += re.findall(r'column=20[^"]*"><data value="([^"]+)"', body)
            beside = _further("columns", page)
        first = _further("rows", get(first))
    assert sorted(shown) == sorted(cells)
    assert "Rows before" in page.text
    assert "Totals are of all." in page.text
    assert "Write a number from 1 to 14" in get(f"/explore/?{query}&rows_from=15", 400).text


@pytest.mark.django_db
def test_whatever_is_taken_along_says_what_it_is_narrowed_to(register: Desk) -> None:
    factories.daily_rates()
    entry = {"stage": "allocation", "amount": "1000000.00", "currency": "EUR", "date": "2024-05-01"}
    register.pledge(entries=[entry])
    register.publish()
    query = (
        "rows=year&columns=none&stage=allocation&aid_type=military&contributor=DEU,FRA&group=NATO"
        "&nature=transfer,financing&date_from=2023&amount_to=5000000.5&conditional=included"
    )
    said = (
        "contributor: Germany, France; group: NATO", "; aid type: military", "; nature: transfer",
        "from 1 January 2023",
        "worth 5,000,000.50 EUR or less", "with what depends on an open condition",
    )  # fmt: skip
    for address in ("/explore/", "/explore/embed/", "/cell/", "/changes/table/", "/explore.svg"):
        text = get(f"{address}?{query}").text
        for each in said:
            # A file breaks long lines.
            assert "".join(each.split()) in "".join(text.split()), address


@pytest.mark.parametrize("address", ["/explore/", "/tables/country-summary/"])
def test_of_more_records_than_a_menu_holds_no_more_are_read_and_one_writes_the_id(
    address: str, register: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(menus, "MOST_OPTIONS", 2)
    monkeypatch.setattr(named_pages, "MOST_OPTIONS", 2)
    with CaptureQueriesContext(connection) as queries:
        page = check(f"{address}?group=NATO")
    assert '<input name="group"' in re.sub(r' (id|type|class)="[^"]*"', "", page.html)
    assert '<option value="NATO"' not in page.html
    lists = [each["sql"] for each in queries if '"folded" ASC' in each["sql"] and "'group'" in each["sql"]]
    assert lists
    assert all("LIMIT 2" in sql for sql in lists)
