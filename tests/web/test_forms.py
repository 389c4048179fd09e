"""One address, all forms: each sort of page by each form, its media type, and the same bytes as of a moment."""

import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import quote, urlsplit

import pytest
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import factories
from tests.curation.desk import Desk
from tests.web.pages import get
from tracker.lib import short_links

DATA = {
    "csv": "text/csv; charset=utf-8", "json": "application/json", "ndjson": "application/x-ndjson",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "parquet": "application/vnd.apache.parquet", "zip": "application/zip",
}  # fmt: skip
DRAWN = {"svg": "image/svg+xml", "png": "image/png", "pdf": "application/pdf", "vl.json": "application/json"}
MAP = {form: DRAWN[form] for form in ("svg", "png", "pdf")}
FRAME = {"embed": "text/html; charset=utf-8"}
QUERY = "rows=contributor&columns=aid_type&stage=allocation"

PAGES = {
    "/front": DRAWN,
    f"/explore?{QUERY}": DATA | DRAWN | FRAME,
    f"/changes/table?{QUERY}&from=2025-01-01": DATA | DRAWN | FRAME,
    f"/cell?{QUERY}&row=DEU": DATA | FRAME,
    "/tables/stage-funnel": DATA | DRAWN | FRAME,
    "/tables/deployments": DATA | MAP | FRAME,
    "/pledges": DATA | FRAME,
    "/contributors": DATA | FRAME,
    "/changes": DATA,
    "/changes/1": DATA | FRAME,
    "/pledges/DEU-2025-0001": DATA | FRAME,
    "/parties/DEU": DATA | DRAWN | FRAME,
    "/initiatives/purl": DATA | DRAWN | FRAME,
    "/documents/nato-discusses-better-deterrence": DATA | FRAME,
}  # fmt: skip
"""Each sort of page, by its address without what ends it, and the forms that it has."""


@pytest.fixture
def aid(register: Desk) -> str:
    """Aid that each page has something to draw of; returns the moment of its publishing."""
    factories.daily_rates()
    for year in ("2023", "2024"):
        for kind in ("military", "humanitarian"):
            entry = {"stage": "allocation", "amount": "500000000.25", "currency": "EUR", "date": f"{year}-08-05"}
            register.pledge(name=f"{kind} {year}", aid_type=kind, initiative="purl", entries=[entry])
    entry = {"stage": "allocation", "amount": "17.00", "currency": "EUR", "date": "2024-08-05"}
    register.pledge(name="Of others", shares=[{"contributor": "NLD"}], initiative="purl", entries=[entry])
    published = register.publish().published_at
    assert published is not None
    return published.isoformat().replace("+00:00", "Z")


def addresses(moment: str) -> Iterator[tuple[str, str, str]]:
    """Yield each page in each form that it has, as of a moment: address, media type, and form."""
    for page, forms in PAGES.items():
        path, _mark, query = page.partition("?")
        for form, media_type in forms.items():
            where = f"{path}/embed/" if form == "embed" else f"{path}.{form}"
            # The API calls it `to` up to when changes are told.
            name = "to" if path == "/changes/table" and form in DATA else "as_of"
            yield f"{where}?{query}&{name}={moment}".replace("?&", "?"), media_type, form


@pytest.mark.django_db
def test_every_page_is_had_in_every_form_and_stays_the_same_as_of_a_moment(aid: str, register: Desk) -> None:
    first = {}
    for address, media_type, _form in addresses(aid):
        answer = Client().get(address, follow=True)
        assert (address, answer.status_code, answer["Content-Type"]) == (address, 200, media_type)
        first[address] = answer.getvalue()
    register.write("party", id="DEU", aliases=["The Federal Republic"])
    register.pledge(
        name="Another", initiative="purl", entries=[{"stage": "allocation", "amount": "7.00", "currency": "EUR"}]
    )
    register.publish()
    for address, _media_type, form in addresses(aid):
        if form not in ("png", "pdf"):
            assert Client().get(address, follow=True).getvalue() == first[address], address


@pytest.mark.django_db
def test_a_form_that_a_page_has_not_is_not_there(aid: str) -> None:
    for address in ("/pledges.svg", "/pledges/DEU-2025-0001.exe", "/tables/coverage.png", "/search.csv",
                    "/parties/NOBODY.svg", "/tables/by-week.svg", "/explore.svg?chart=none"):  # fmt: skip
        assert Client().get(address, follow=True).status_code == 404, address


@pytest.mark.django_db
def test_why_a_file_is_not_had_is_a_page_for_people_and_a_line_for_programs(register: Desk) -> None:
    browser = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
    for address in ("/de/explore.svg?rows=banana", "/de/parties/DEU.png?as_of=x", "/de/explore.atom?rows=banana"):
        page, line = Client().get(address, headers=browser), Client().get(address)
        assert (page.status_code, page["Content-Type"]) == (400, "text/html; charset=utf-8"), address
        assert "Das ist nicht lesbar" in page.content.decode()
        assert (line.status_code, line["Content-Type"]) == (400, "text/plain; charset=utf-8"), address
        assert line.content.decode() in unescape(page.content.decode())
    for address in ("/de/pledges.csv?contributer=DEU", "/parties/NOBODY.json", "/explore.xlsx?per=gdp&rows=year"):
        page = Client().get(address, headers=browser, follow=True)
        problem = Client().get(address, follow=True)
        assert page["Content-Type"] == "text/html; charset=utf-8", address
        assert problem["Content-Type"] == "application/problem+json", address
        assert page.status_code == problem.status_code >= 400, address
        assert problem.json()["detail"] in unescape(page.content.decode()), address


@pytest.mark.django_db
def test_a_program_gets_the_form_that_it_accepts_at_the_address_of_the_page(aid: str) -> None:
    for accept, leads_to in (
        ("text/csv", "/parties/DEU.csv"), ("application/json", "/parties/DEU.json"), ("image/png", "/parties/DEU.png"),
        ("text/html, text/csv;q=0.9", None), ("*/*", None), ("image/webp", None), ("", None),
    ):  # fmt: skip
        for _again in (1, 2):
            # Nor is it answered with what somebody else accepted before.
            assert Client().get("/parties/DEU/").status_code == 200
            answer = Client().get("/parties/DEU/", headers={"Accept": accept} if accept else {})
            assert answer["Vary"].startswith("Accept")
            assert answer.get("Location") == leads_to, accept
        assert Client().get("/parties/DEU/", headers={"Accept": accept}, follow=True).status_code == 200


@pytest.mark.django_db
def test_a_page_says_where_its_other_forms_are(aid: str) -> None:
    answer = Client().get("/parties/DEU/")
    alternates = dict(re.findall(r'<([^>]+)>; rel="alternate"; type="([^"]+)"', answer["Link"]))
    assert {"/parties/DEU.csv": "text/csv", "/parties/DEU.svg": "image/svg+xml"}.items() <= alternates.items()
    for address in alternates:
        assert Client().get(address, follow=True).status_code == 200, address
    html = answer.content.decode()
    assert '<link rel="alternate" type="text/csv" title="CSV" href="/parties/DEU.csv">' in html


@pytest.mark.django_db
def test_a_short_link_leads_to_the_view_and_nowhere_else(aid: str) -> None:
    address = f"/explore/?{QUERY}&chart=lines&as_of={quote(aid)}"
    page = get(address)
    short = next(link for link in page.links if "/s/" in link)
    assert len(short) < 80
    where = Client().get(urlsplit(short).path)["Location"]
    assert get(where).html == page.html
    for letters in ("1", "2abc", "1____", "1é", short_links.shorten("https://example.org/"),
                    short_links.shorten("//example.org/"), short_links.shorten("/\\example.org")):  # fmt: skip
        assert Client().get(f"/s/{letters}").status_code == 404, letters


@settings(max_examples=30)
@given(st.text(max_size=300))
def test_what_is_made_short_comes_back_as_it_was(address: str) -> None:
    assert short_links.lengthen(short_links.shorten(address)) == address


def test_links_that_were_given_to_people_lead_on_for_ever() -> None:
    assert short_links.lengthen("1w-skiHXIeQkA") == "/explore/?rows=month&columns=stage&currency=USD"
