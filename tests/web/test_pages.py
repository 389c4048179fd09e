"""Every page of every record: it is there, says what it should, links to what is there, and keeps its size."""

import re

import pytest
from django.test import Client

from tests import factories
from tests.curation.desk import Desk
from tests.web.pages import FIXED, addresses, check, get, read_json, walk
from tracker.models import Pledge
from tracker.web.explorer.questions import START, starts

pytestmark = pytest.mark.django_db


@pytest.mark.once
def test_every_page_of_the_fixtures_is_there(register: Desk) -> None:
    many = ("/parties/", "/platforms/", "/categories/")
    rows = [address for address in addresses() if not address.startswith(many)]
    some = ["/parties/DEU/", "/parties/POL/", "/parties/EU/", "/platforms/eurofighter-typhoon/", "/platforms/patriot/"]
    walk([*rows, *many, *some, "/categories/aircraft/", "/categories/fighter-aircraft/"])


def test_every_page_can_be_read_as_it_stood(register: Desk) -> None:
    """Also before anything was published, when no record is there."""
    for address in FIXED:
        mark = "&" if "?" in address else "?"
        assert "Nothing was published by then" in get(f"{address}{mark}as_of=2020-01-01").text
        assert "as it was last published by then" in get(f"{address}{mark}as_of=2025-10-20").text
    page = get("/pledges/DEU-2025-0001/?as_of=2025-10-20")
    inside = [link for link in page.links if link.startswith("/") and not link.startswith(("/admin", "/api/v1/docs"))]
    # The way back to today, the feed, and what readers report are of no moment.
    back = ("/pledges/DEU-2025-0001/", "/pledges/DEU-2025-0001/changes.atom")
    assert all("as_of=2025-10-20" in link for link in inside if link not in back and not link.startswith("/report"))
    assert "was no pledge" in get("/pledges/DEU-2025-0001/?as_of=2020-01-01", 404).text


def test_a_page_as_of_a_moment_stays_as_it_is(register: Desk) -> None:
    address = "/pledges/DEU-2025-0001/?as_of=2025-10-20T12:00:00Z"
    before = get(address).html
    register.write("pledge", id="DEU-2025-0001", name="Germany: four fighters")
    register.publish()
    assert get(address).html == before
    assert "Germany: four fighters" in get("/pledges/DEU-2025-0001/").text


def test_a_pledge_says_what_was_promised_with_its_source(register: Desk) -> None:
    page = get("/pledges/DEU-2025-0001/")
    assert "Germany deploys own forces in Poland under Eastern Sentry: 4 × Eurofighter Typhoon." in page.text.replace(
        "\xa0", " "
    )
    assert "/documents/nato-discusses-better-deterrence/" in page.links
    assert "/platforms/eurofighter-typhoon/" in page.links
    # On what each claim rests stands beside it, as it is.
    assert "Quoted from a text that is not kept here" in page.text
    assert "never enters aid totals" in page.text
    rejected = get("/officials/rustem-umerov/")
    assert "Contested" in rejected.text
    assert "rejected" in rejected.text


def test_versions_are_compared_in_words(register: Desk) -> None:
    register.write("pledge", id="DEU-2025-0001", name="Germany: four fighters")
    register.publish()
    page = get("/pledges/DEU-2025-0001/")
    assert "Version 2" in page.text
    assert "Name: Germany: four Eurofighters for Eastern Sentry → Germany: four fighters" in page.text


def test_a_withdrawn_record_says_so(register: Desk) -> None:
    register.withdraw(Pledge.objects.get(public_id="CZE-2025-0001"))
    register.publish()
    page = get("/pledges/CZE-2025-0001/", 410)
    said = "This record was withdrawn: It was entered twice."
    assert said in page.text
    assert said in get("/pledges/CZE-2025-0001/embed/", 410).text
    # Whoever follows it is told that it is gone, and not that it never was.
    assert Client().get("/pledges/CZE-2025-0001/changes.atom").status_code == 410
    assert "/pledges/CZE-2025-0001/" not in get("/pledges/").links


def test_what_is_not_there_says_what_is(register: Desk) -> None:
    page = get("/platforms/eurofighter/", 404)
    assert "/platforms/eurofighter-typhoon/" in page.links
    assert "There is nothing at this address" in get("/nothing/at/all/", 404).text
    assert Client().get("/contributors/DEU/?as_of=2025-10-20")["Location"] == "/parties/DEU/?as_of=2025-10-20"


@pytest.mark.parametrize("moment", ["yesterday", "2025-13-45", "%00", "2025-10-15T12:00", "<script>alert(1)</script>"])
@pytest.mark.parametrize("path", ["/", "/pledges/", "/pledges/DEU-2025-0001/", "/explore/", "/changes/"])
def test_a_wrong_moment_is_a_400_in_words(path: str, moment: str, register: Desk) -> None:
    page = get(f"{path}?as_of={moment}", 400)
    assert "is neither a day such as 2025-10-15" in page.text
    assert "<script>alert" not in page.html


@pytest.mark.parametrize(
    "query",
    ["cursor=x", "ordering=size", "contributor=NOBODY", "date_from=yesterday", "stage=given", "search=" + "x" * 300],
)
def test_what_a_list_cannot_read_is_a_400_in_words(query: str, register: Desk) -> None:
    assert "This cannot be read" in get(f"/pledges/?{query}", 400).text


def test_a_parameter_that_a_page_has_not_is_a_400_with_the_nearest(register: Desk) -> None:
    misspelt = "contributer=DEU"
    for address in ("/pledges/", "/explore/", "/cell/", "/tables/by-month/", "/changes/table/", "/pledges/embed/"):
        assert "Did you mean contributor?" in get(f"{address}?{misspelt}", 400).text, address
    assert "Ist contributor gemeint?" in get(f"/de/pledges/?{misspelt}", 400).text
    assert "Ask for contributor instead" in get("/pledges/?country=DEU", 400).text
    for address in ("/changes/?caus=correction", "/search/?p=leopard", f"/explore.svg?{misspelt}",
                    f"/pledges.atom?{misspelt}"):  # fmt: skip
        get(address, 400)
    assert "begin again at the first page" in get("/pledges/?cursor=x", 400).text


def test_what_is_asked_twice_is_a_400_where_one_value_is_meant(register: Desk) -> None:
    for asked in ("as_of=2025-10-20&as_of=2025-10-21", "measure=value&measure=count"):
        assert "Given twice" in get(f"/explore/?{asked}", 400).text, asked
    get("/parties/DEU/?as_of=2025-10-20&as_of=2025-10-21", 400)
    get("/explore/?contributor=DEU&contributor=NLD&rows=contributor&rows=year&columns=stage")


def test_what_mail_and_other_sites_put_behind_an_address_is_left_out(register: Desk) -> None:
    for address in ("/pledges/", "/pledges.csv"):
        led = Client().get(f"{address}?contributor=DEU&utm_source=mail&fbclid=1")["Location"]
        assert "contributor=DEU" in led
        assert "utm_source" not in led
        assert "fbclid" not in led


def test_a_list_filters_searches_and_pages_as_programs_do(register: Desk) -> None:
    assert "1 record." in get("/pledges/?contributor=DEU").text
    assert "5 records." in get("/pledges/?initiative=eastern-sentry&nature=deployment").text
    assert "Nothing fits all of that" in get("/pledges/?search=submarine").text
    first = get("/parties/")
    onwards = [link for link in first.links if "cursor=" in link]
    second = get(onwards[0])
    names = {link for link in first.links if link.startswith("/parties/") and "cursor" not in link} - {"/parties/"}
    assert len(names) == 50
    assert not names & {link for link in second.links if link not in ("/parties/",)}


def test_a_view_as_a_file_is_what_programs_read(register: Desk) -> None:
    for address, target in (
        ("/pledges.csv?contributor=DEU", "/api/v1/pledges/?contributor=DEU&format=csv"),
        ("/pledges/DEU-2025-0001.json", "/api/v1/pledges/DEU-2025-0001/?format=json"),
        ("/explore.parquet?rows=contributor&columns=stage",
         "/api/v1/tables/contributions/?rows=contributor&columns=stage&format=parquet"),
        ("/changes.json", "/api/v1/change-sets/?format=json"),
    ):  # fmt: skip
        answer = Client().get(address)
        assert answer["Location"] == target
        assert Client().get(answer["Location"]).status_code == 200
    assert Client().get("/pledges.exe").status_code == 404


def test_pages_are_only_read_and_repeat_themselves(register: Desk) -> None:
    # Not that a token is missing, of which who sends something here knows nothing.
    sent = Client(enforce_csrf_checks=True).post("/de/explore/")
    assert (sent.status_code, sent["Allow"]) == (405, "GET, HEAD")
    for address in ("/de/pledges.csv", "/de/explore.svg", "/de/changes.atom", "/de/report/", "/de/reports/"):
        for accept in ("text/html", "*/*"):
            refused = Client(enforce_csrf_checks=True).put(address, headers={"Accept": accept})
            assert refused.status_code == 405, address
            assert refused["Allow"].startswith("GET, HEAD"), address
            assert "GET, HEAD" in refused.content.decode(), address
    assert "Diese Seite wird nur gelesen" in sent.content.decode()
    answer = Client().get("/pledges/DEU-2025-0001/")
    again = Client().get("/pledges/DEU-2025-0001/", headers={"If-None-Match": answer["ETag"]})
    assert again.status_code == 304
    assert Client().get("/pledges/DEU-2025-0001/").content == answer.content
    policy = answer["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert not answer.cookies


def test_the_questions_to_begin_with_have_answers(register: Desk) -> None:
    factories.daily_rates()
    register.pledge(name="Aid", entries=[{"stage": "allocation", "amount": "500000000", "currency": "EUR"}])
    register.publish()
    assert START in [params for _title, params in starts()]
    for link in get("/explore/").links:
        if link.startswith("/explore/?"):
            get(link)


def test_a_source_of_many_claims_is_shown_in_parts(register: Desk) -> None:
    address, shown = "/documents/nato-discusses-better-deterrence/", 0
    first = check(address)
    for page in (first, check(f"{address}?page=2")):
        supports = page.html.partition('id="supports"')[2].partition("</section>")[0]
        shown += len(re.findall(r"<ul><li>|</li><li>", supports))
    all_of_it = read_json(f"/api/v1/claims/?document={address.split('/')[2]}")["count"]
    assert f"What it supports: {all_of_it} claims" in first.text
    assert 'rel="next" href="' + address + '?page=2#supports"' in first.html
    assert 40 < shown <= 80
