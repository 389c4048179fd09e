"""Views that travel: packages with definitions and sources, frames for other sites, licence and citation in each."""

import csv
import io
import json
import re
import zipfile
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from tests import factories
from tests.curation.desk import Desk
from tests.web.pages import check, get

pytestmark = pytest.mark.django_db
TABLE = "rows=contributor&columns=aid_type&stage=allocation"
LICENCE = "https://creativecommons.org/licenses/by/4.0/"


@pytest.fixture(scope="module")
def aid(register: Desk) -> str:
    """A pledge with a source; returns the moment of its publishing."""
    factories.daily_rates()
    claim = {
        "field": "",
        "document": "nato-discusses-better-deterrence",
        "verdict": "adopted",
        "value": "named",
        "reason": "It names the pledge.",
    }
    entry = {"stage": "allocation", "amount": "500000000.25", "currency": "EUR", "date": "2025-08-05"}
    register.pledge(entries=[entry], claims=[claim])
    published = register.publish().published_at
    assert published is not None
    return published.isoformat()


def package(address: str) -> dict[str, str]:
    """Return the files of a package by name."""
    answer = Client().get(address, follow=True)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(answer.getvalue())) as found:
        return {name: found.read(name).decode() for name in found.namelist()}


def test_a_package_has_data_definitions_sources_and_citation(aid: str) -> None:
    files = package(f"/explore.zip?{TABLE}")
    assert sorted(files) == ["README.txt", "cells.csv", "data.csv", "datapackage.json", "sources.csv"]
    rows = list(csv.DictReader(io.StringIO(files["data.csv"])))
    assert Decimal(rows[0]["military"]) == Decimal("500000000.25")
    described = json.loads(files["datapackage.json"])
    columns = {field["name"]: field for field in described["resources"][0]["schema"]["fields"]}
    assert set(columns) == set(rows[0])
    assert all(field["description"] for field in columns.values())
    assert described["licenses"][0]["path"] == LICENCE
    assert described["rules"]
    assert "nato-discusses-better-deterrence" in files["sources.csv"]
    assert "as published on" in files["README.txt"]
    homepage = described["homepage"]
    assert "as_of=" in homepage
    assert Client().get(homepage).status_code == 200


@pytest.mark.parametrize("address", ["/pledges.zip?contributor=DEU", "/tables/deployments.zip", "/documents.zip"])
def test_lists_and_named_tables_are_packages_too(address: str, aid: str) -> None:
    files = package(address)
    assert {"data.csv", "datapackage.json", "sources.csv"} <= set(files)


def test_a_package_as_of_a_moment_is_the_same_bytes_for_ever(aid: str, register: Desk) -> None:
    address = f"/api/v1/tables/contributions/?{TABLE}&format=zip&as_of={aid.replace('+00:00', 'Z')}"
    before = Client().get(address).getvalue()
    register.pledge(name="Another", entries=[{"stage": "allocation", "amount": "7.00", "currency": "EUR"}])
    register.publish()
    assert Client().get(address).getvalue() == before


FRAMES = (f"/explore/embed/?{TABLE}", "/tables/deployments/embed/", "/parties/DEU/embed/",
          f"/changes/table/embed/?{TABLE}")  # fmt: skip


@pytest.mark.parametrize("address", FRAMES)
def test_a_frame_may_be_shown_by_any_site_and_leads_to_its_page(address: str, aid: str) -> None:
    answer = Client().get(address)
    assert answer.status_code == 200
    policy = answer["Content-Security-Policy"]
    assert "frame-ancestors *" in policy
    assert "'unsafe-inline'" not in policy
    assert "X-Frame-Options" not in answer
    page = check(address)
    assert address.replace("embed/", "") in [link.replace("%2C", ",") for link in page.links]
    plain = Client().get(address.replace("embed/", ""))
    assert "frame-ancestors 'none'" in plain["Content-Security-Policy"]
    assert plain["X-Frame-Options"] == "DENY"


def test_a_page_offers_its_frame_and_its_picture(aid: str) -> None:
    page = check(f"/explore/?{TABLE}")
    assert f'src="http://testserver/explore/embed/?{TABLE}"'.replace("&", "&amp;") in page.text
    picture = re.search(r'property="og:image" content="([^"]+)"', page.html)
    assert picture is not None
    answer = Client().get(picture[1].replace("&amp;", "&"))
    assert answer["Content-Type"] == "image/png"
    data = json.loads(page.html.partition('ld+json">')[2].partition("</script>")[0])
    assert (data["@type"], data["license"]) == ("Dataset", LICENCE)
    assert len(data["distribution"]) == 5


@pytest.mark.parametrize(
    "address", ["/", f"/explore/?{TABLE}", f"/explore.svg?{TABLE}", "/api/v1/pledges/", "/api/v1/pledges/?format=csv",
                "/api/v1/tables/stage-funnel/?format=parquet"]
)  # fmt: skip
def test_every_answer_names_its_licence_and_where_it_stays(address: str, aid: str) -> None:
    answer = Client().get(address)
    cited = re.match(rf'<{re.escape(LICENCE)}>; rel="license", <([^>]+)>; rel="cite-as"', answer["Link"])
    assert cited is not None
    assert "as_of=" in cited[1]
    assert Client().get(cited[1]).status_code == 200


def test_a_page_says_how_to_cite_it(aid: str) -> None:
    page = get("/parties/DEU/")
    assert "Defence Aid Tracker, “Germany”, as published on" in page.text
    assert LICENCE in page.links


def test_the_register_says_who_publishes_it_and_where_they_are_reached(aid: str, settings: Any) -> None:
    settings.PUBLISHER, settings.CONTACT = "Institute <of> Peace", "desk@example.org"
    about = check("/about/")
    assert "Institute <of> Peace, desk@example.org" in about.text
    assert "mailto:desk@example.org" in about.html


@pytest.mark.parametrize("page", ["/changes/99999999999999999999", "/parties/DÖU", "/pledges/a b"])
def test_of_what_no_id_can_be_there_is_no_file(page: str) -> None:
    assert Client().get(f"{page}.csv").status_code == 404
