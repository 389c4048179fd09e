"""What others find pages by: feeds, the map of the site, robots, and linked data."""

import json
import xml.etree.ElementTree as ElementTree
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.curation.desk import Desk
from tests.web.pages import get
from tracker.web.sitemap import RecordPages

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def entries(address: str) -> list[str]:
    """Return the titles of a feed, each of which leads to a page."""
    answer = Client().get(address)
    assert answer["Content-Type"].startswith("application/atom+xml")
    found = ElementTree.fromstring(answer.content).findall(f"{ATOM}entry")
    for each in found:
        link = each.find(f"{ATOM}link")
        assert link is not None
        get(urlsplit(link.attrib["href"]).path)
    return [each.findtext(f"{ATOM}title") or "" for each in found]


def numbers(address: str) -> list[int]:
    """Return the numbers of the change sets in a feed."""
    found = ElementTree.fromstring(Client().get(address).content).findall(f"{ATOM}entry/{ATOM}id")
    return [int((each.text or "").rstrip("/").rpartition("/")[2]) for each in found]


def test_feeds_say_what_changed_in_all_and_of_one(register: Desk) -> None:
    register.pledge(name="Fighters", shares=[{"contributor": "DEU"}], initiative="eastern-sentry")
    title = register.publish().message
    register.pledge(name="Tanks", shares=[{"contributor": "NLD"}])
    register.publish()
    assert len(entries("/changes.atom")) == 3
    assert len(entries("/parties/DEU/changes.atom")) == 2
    assert entries("/initiatives/eastern-sentry/changes.atom")[0] == title
    assert len(entries("/parties/NLD/changes.atom")) == 2
    assert 'href="/parties/DEU/changes.atom"' in get("/parties/DEU/").html
    assert Client().get("/parties/NOBODY/changes.atom").status_code == 404


def test_a_feed_of_a_view_says_what_changed_in_it(register: Desk) -> None:
    entry = {"stage": "allocation", "amount": "7.00", "currency": "EUR"}
    tanks = register.pledge(name="Tanks", shares=[{"contributor": "NLD"}], entries=[entry])
    came = register.publish().pk
    register.pledge(name="Boots", shares=[{"contributor": "NLD"}], aid_type="humanitarian", entries=[entry])
    boots = register.publish().pk
    register.write("pledge", id=tanks.public_id, shares=[{"contributor": "DEU"}])
    moved = register.publish().pk
    military = "contributor=NLD&aid_type=military"
    for address in (f"/explore.atom?rows=year&columns=none&stage=allocation&{military}", f"/pledges.atom?{military}",
                    f"/tables/by-month.atom?{military}"):  # fmt: skip
        assert numbers(address) == [moved, came], address
    first = numbers("/changes.atom")[-1]
    assert numbers("/changes.atom") == [moved, boots, came, first]
    for address in ("/contributors.atom", "/tables/incidents.atom", "/incidents.atom",
                    "/explore.atom?rows=contributor&columns=none&nature=deployment&measure=quantity"):  # fmt: skip
        assert numbers(address) == [first], address
    html = get(f"/pledges/?{military}&as_of=2025-10-20").html
    assert f'href="/pledges.atom?{military.replace("&", "&amp;")}"' in html
    of_table = "/explore.atom?rows=contributor&columns=none&nature=deployment&measure=quantity"
    for page in (f"/cell/{of_table.partition('.atom')[2]}&row=DEU", f"/changes/table/{of_table.partition('.atom')[2]}"):
        feeds = [link for link in get(page).links if ".atom" in link]
        assert [len(numbers(feed)) for feed in feeds] == [len(numbers(of_table))], page
    refused = {"/explore.atom?rows=x": 400, "/tables/by-week.atom": 404, "/pledges.atom?contributor=NOBODY": 400}
    for address, status in refused.items():
        assert Client().get(address).status_code == status, address


def test_the_map_of_the_site_leads_to_pages(register: Desk) -> None:
    index = ElementTree.fromstring(Client().get("/sitemap.xml").content)
    maps = [each.text or "" for each in index.iter(f"{SITEMAP}loc")]
    assert len(maps) == 14
    found = []
    for each in maps:
        listed = ElementTree.fromstring(Client().get(urlsplit(each).path).content)
        found += [urlsplit(one.text or "").path for one in listed.iter(f"{SITEMAP}loc")]
    assert {"/", "/explore/", "/tables/by-month/", "/pledges/DEU-2025-0001/", "/about/", "/data/"} <= set(found)
    for address in [path for path in found if not path.startswith(("/parties/", "/categories/"))][:60]:
        get(address)
    robots = Client().get("/robots.txt").content.decode()
    assert "Disallow: /admin/" in robots
    assert "Sitemap: http://testserver/sitemap.xml" in robots


def test_the_map_of_many_records_has_parts_and_each_is_read_alone(
    register: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def told(address: str, name: str) -> list[str]:
        return [each.text or "" for each in ElementTree.fromstring(Client().get(address).content).iter(SITEMAP + name)]

    whole, days = told("/sitemap-parties.xml", "loc"), told("/sitemap-parties.xml", "lastmod")
    languages = len(settings.LANGUAGES)
    assert len(whole) > 2 * languages
    monkeypatch.setattr(RecordPages, "limit", languages + 1)
    with CaptureQueriesContext(connection) as asked:
        index = told("/sitemap.xml", "loc")
    assert not [query for query in asked if '"tracker_publication"."public_id"' in query["sql"]]  # No record is read.
    parts = [f"/{address.rpartition('/')[2]}" for address in index if "sitemap-parties" in address]
    assert len(parts) == -(-len(whole) // (languages + 1))
    assert [each for part in parts for each in told(part, "loc")] == whole
    assert max(days) in {each[:10] for each in told("/sitemap.xml", "lastmod")}
    assert Client().get(f"/sitemap-parties.xml?p={len(parts) + 1}").status_code == 404


def test_the_register_says_what_it_is_as_data(register: Desk) -> None:
    html = get("/data/").html
    said = json.loads(html.partition('<script type="application/ld+json">')[2].partition("</script>")[0])
    assert said["@type"] == "Dataset"
    assert said["dateModified"].startswith("2025-10-")
    for each in said["distribution"]:
        address = each["contentUrl"].removeprefix("http://testserver")
        assert Client().get(address, follow=True).status_code == 200
